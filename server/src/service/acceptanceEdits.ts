import type { Acceptance, ProblemFix } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { appendEntry, appendItem, eolOf, indentOf, openValue, quoted } from '../syntax/insert';
import { lineEnd, lineStart, nextLine } from '../syntax/traps/characters';
import {
  trimmedRange,
  type Entry,
  type MapNode,
  type SequenceNode,
  type SyntaxTree,
  type TextRange,
} from '../syntax/tree';
import type { CellEdit } from './edits';

/** What a new entry of 审核说明 says. */
export interface NewAcceptance {
  readonly rule: string;
  readonly path: string;
  readonly fingerprints: readonly string[];
}

const { acceptanceKeys: KEYS, pendingReason } = vocabulary;

/**
 * Writes an entry behind the others, or the section behind everything else, in the style of what stands
 * there. Undefined where there is no list to write into.
 */
export function addAcceptance(
  acceptance: NewAcceptance,
  section: Entry | undefined,
  tree: SyntaxTree,
): CellEdit | undefined {
  const { root } = tree;
  if (root?.kind !== 'map') return undefined;
  if (!section) {
    const { key } = vocabulary.sections['accepted']!;
    return appendEntry(tree, root, key, (indent) =>
      root.style === 'block' && tree.language === 'yaml'
        ? `${eolOf(tree)}${blockItem(acceptance, `${indent}  `, tree)}`
        : ` ${list(acceptance, indent, tree)}`,
    );
  }
  const { value } = section;
  if (value?.kind === 'sequence') return addTo(value, acceptance, tree);
  if (value) return undefined;
  const range = tree.valueRangeOf(section);
  if (tree.language === 'json' || root.style === 'flow') {
    return { range, newText: list(acceptance, indentOf(tree, section), tree) };
  }
  const at = lineEnd(tree.text, tree.rangeOf(section.key).end);
  const newText = `${eolOf(tree)}${blockItem(acceptance, '  ', tree)}`;
  return { range: { start: at, end: at }, newText };
}

function addTo(
  sequence: SequenceNode,
  acceptance: NewAcceptance,
  tree: SyntaxTree,
): CellEdit | undefined {
  const last = sequence.items.at(-1);
  const isBlock = sequence.style === 'block' && !(last?.kind === 'map' && last.style === 'flow');
  if (!isBlock || !last) return appendItem(tree, sequence, flowMap(acceptance, tree));
  const { start } = tree.rangeOf(last);
  const line = tree.text.slice(lineStart(tree.text, start), start);
  const indent = /^[ \t]*/.exec(line)![0];
  return appendItem(tree, sequence, blockItem(acceptance, indent, tree).trimStart());
}

/** Gives an entry the fingerprints of what is found now. */
export function refreshAcceptance(
  { fingerprintEntry, path }: Acceptance,
  fingerprints: readonly string[],
  tree: SyntaxTree,
): CellEdit | undefined {
  const newText = fingerprintText(fingerprints, tree);
  if (!fingerprintEntry) {
    // Behind the place, in the way it is written.
    const entry = tree.pathAt(tree.rangeOf(path).start).findLast((node) => node.kind === 'entry')!;
    const { start } = tree.rangeOf(entry);
    const onOwnLine = /[\r\n][ \t]*(?:- *)?$/.test(tree.text.slice(0, start));
    const isFlow = inFlow(tree, start);
    const gap = onOwnLine ? `${eolOf(tree)}${indentOf(tree, entry)}` : ' ';
    const at = tree.rangeOf(path).end;
    const key = quoted(KEYS.fingerprint.key, tree);
    return {
      range: { start: at, end: at },
      newText: `${isFlow ? ',' : ''}${gap}${key}: ${newText}`,
    };
  }
  return openValue(fingerprintEntry, newText, tree);
}

/** Keeps of an entry the fingerprints that still stand for something. */
export function prune(
  { fingerprints, fingerprintEntry }: Acceptance,
  matched: ReadonlySet<string>,
  tree: SyntaxTree,
): ProblemFix {
  const kept = fingerprints.filter((print) => matched.has(print));
  const at = tree.valueRangeOf(fingerprintEntry!);
  const edits = [{ at, newText: fingerprintText(kept, tree) }];
  return { title: 'acceptance-prune', edits, certain: false };
}

/** Takes an entry out of its list; the last one with the section. */
export function remove(item: MapNode, section: Entry, tree: SyntaxTree): ProblemFix {
  const sequence = section.value as SequenceNode;
  const at =
    sequence.items.length > 1
      ? rangeToRemove(item, sequence, tree)
      : rangeToRemove(section, tree.root as MapNode, tree);
  return { title: 'acceptance-remove', edits: [{ at, newText: '' }], certain: false };
}

/**
 * What goes with an item of a list or an entry of a map: its lines, or a comma beside it; at the end of a file, or
 * before a blank line, the blank lines before it too.
 */
export function rangeToRemove(
  one: MapNode | Entry,
  around: SequenceNode | MapNode,
  tree: SyntaxTree,
): TextRange {
  const all = around.kind === 'map' ? around.entries : around.items;
  const nodes = all.flatMap((node) => node ?? []);
  const index = nodes.indexOf(one);
  const { start, end } = trimmedRange(one, tree);
  if (around.style === 'block') {
    const from = lineStart(tree.text, start);
    const to = lineEnd(tree.text, end);
    const behind = to + (/^\r?\n/.exec(tree.text.slice(to))?.[0].length ?? 0);
    const isApart = /^[ \t]*(?:[\r\n]|$)/.test(tree.text.slice(behind));
    return { start: isApart ? behindContent(tree.text, from) : from, end: behind };
  }
  const next = nodes[index + 1];
  if (next) return { start, end: tree.rangeOf(next).start };
  const before = nodes[index - 1];
  return { start: before ? trimmedRange(before, tree).end : start, end };
}

/** Where the line begins behind the last one above that is not blank. */
function behindContent(text: string, from: number): number {
  const end = text.slice(0, from).trimEnd().length;
  return end === 0 ? from : nextLine(text, lineEnd(text, end));
}

type Field = readonly [key: string, value: string];

function fieldsOf({ rule, path, fingerprints }: NewAcceptance, tree: SyntaxTree): Field[] {
  return [
    [KEYS.rule.key, text(rule, tree)],
    [KEYS.path.key, text(path, tree)],
    [KEYS.reason.key, text(pendingReason, tree)],
    [KEYS.fingerprint.key, fingerprintText(fingerprints, tree)],
  ].map(([key, value]) => [quoted(key!, tree), value!]);
}

const flowMap = (acceptance: NewAcceptance, tree: SyntaxTree) =>
  `{${fieldsOf(acceptance, tree)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')}}`;

function blockItem(acceptance: NewAcceptance, indent: string, tree: SyntaxTree): string {
  const lines = fieldsOf(acceptance, tree).map(([key, value], index) => {
    return `${indent}${index === 0 ? '- ' : '  '}${key}: ${value}`;
  });
  return lines.join(eolOf(tree));
}

/** A list of one in brackets, on lines of its own where its siblings are. */
function list(acceptance: NewAcceptance, indent: string, tree: SyntaxTree): string {
  const eol = eolOf(tree);
  const item = flowMap(acceptance, tree);
  return indent === '' ? `[${item}]` : `[${eol}${indent}${indent}${item}${eol}${indent}]`;
}

function fingerprintText(fingerprints: readonly string[], tree: SyntaxTree): string {
  const [only, ...more] = fingerprints.map((print) => text(print, tree));
  return more.length === 0 ? (only ?? '[]') : `[${[only, ...more].join(', ')}]`;
}

/** Letters and digits, and marks between them that mean nothing to YAML. */
const PLAIN = /^[\p{L}][\p{L}\p{N} ./_()（）、-]*$/u;
/** A number to a reader of YAML: 1234567890123456, 12e4567890123456. */
const NUMBER = /^\d+(?:e\d+)?$/;

function text(value: string, { language }: SyntaxTree): string {
  const isHex = /^[0-9a-f]+$/.test(value) && !NUMBER.test(value);
  const isPlain = language === 'yaml' && (PLAIN.test(value) || isHex) && !value.endsWith(' ');
  return isPlain ? value : JSON.stringify(value);
}

function inFlow(tree: SyntaxTree, offset: number): boolean {
  return tree.pathAt(offset).some((node) => node.kind === 'map' && node.style === 'flow');
}
