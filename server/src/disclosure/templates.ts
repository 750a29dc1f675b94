import type { Entry, ScalarNode, SyntaxNode } from '../syntax/tree';
import type { Problem } from './model';
import { normalizeKey, vocabulary } from './vocabulary';

/** What a text still has of its template, as keys are compared. */
const leftovers = vocabulary.templates.map((text) => ({ text, plain: normalizeKey(text) }));

/** Placeholders; next to other letters they are part of a name. */
const PLACEHOLDER = /(?<![A-Za-z0-9×])(?:[Xx]{2,}|×{2,})(?![A-Za-z0-9×])/u;

/** Most values are figures: only these characters make it worth to look closer. */
const WORTH = /\p{Script=Han}|[XxＸｘ×]{2}/u;

/**
 * Alternatives that were not chosen between (“增加（减少）”) and places that were not filled in (XX).
 * Only what a text says: a heading may well be 增加（减少）.
 */
export function templateProblems(sections: Iterable<Entry>): Problem[] {
  const problems: Problem[] = [];
  for (const { value } of sections) visit(value);
  return problems;

  function visit(node: SyntaxNode | undefined): void {
    if (node?.kind === 'scalar') check(node);
    else if (node?.kind === 'sequence') node.items.forEach(visit);
    else if (node?.kind === 'map') for (const { value } of node.entries) visit(value);
  }

  function check(node: ScalarNode): void {
    const found = leftoverIn(node.text);
    if (found !== undefined) problems.push({ code: 'text.template', at: node, args: { found } });
  }
}

/** The first leftover in a text, as it is written there. */
export function leftoverIn(text: string): string | undefined {
  if (!WORTH.test(text)) return undefined;
  const [placeholder] = PLACEHOLDER.exec(text.normalize('NFKC')) ?? [];
  if (placeholder !== undefined) return placeholder;
  const plain = normalizeKey(text);
  return leftovers.find((leftover) => plain.includes(leftover.plain))?.text;
}
