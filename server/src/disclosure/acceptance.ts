import { append } from '../syntax/arrays';
import type { Entry, MapNode, ScalarNode, SyntaxNode } from '../syntax/tree';
import type { Acceptance, Problem } from './model';
import { acceptanceKeys } from './ownKeys';
import { isMerge, repeated, unknownKey } from './unknown';
import { vocabulary, type Vocabulary } from './vocabulary';

type Key = keyof Vocabulary['acceptanceKeys'];

const { pendingReason } = vocabulary;

/** Reads 审核说明. An entry that does not say what it accepts, or why, accepts nothing. */
export function readAcceptances(section: Entry | undefined, problems: Problem[]): Acceptance[] {
  const { value } = section ?? {};
  if (!section || !value) return [];
  if (value.kind !== 'sequence') {
    problems.push({ code: 'accept.form', at: section.key, args: { key: section.key.text } });
    return [];
  }
  return value.items.flatMap((item) => {
    if (item?.kind === 'map') return readAcceptance(section, item, problems) ?? [];
    const at = item ?? section.key;
    problems.push({ code: 'accept.form', at, args: { key: section.key.text } });
    return [];
  });
}

function readAcceptance(
  section: Entry,
  node: MapNode,
  problems: Problem[],
): Acceptance | undefined {
  const written = new Map<Key, Entry>();
  for (const entry of node.entries) {
    const id = acceptanceKeys.get(entry.key.text);
    if (id) {
      append(problems, repeated(written.get(id), entry));
      written.set(id, entry);
    } else if (!isMerge(entry)) {
      const isTaken = (near: Key) => written.has(near);
      const args = { table: section.key.text };
      const { names } = acceptanceKeys;
      problems.push(unknownKey('input.unknown-column', entry, names, isTaken, args).problem);
    }
  }
  const rule = scalarOf(written.get('rule'));
  const path = scalarOf(written.get('path'));
  if (!rule || !path) {
    const { key } = vocabulary.acceptanceKeys[rule ? 'path' : 'rule'];
    problems.push({ code: 'accept.incomplete', at: firstOf(node), args: { key } });
    return undefined;
  }
  const reason = scalarOf(written.get('reason'));
  const args = { path: path.text.trim(), pending: pendingReason };
  if (!reason) {
    const at = written.get('reason')?.key ?? path;
    problems.push({ code: 'accept.reason', at, args });
    return undefined;
  }
  if (reason.text.trim() === pendingReason) {
    problems.push({ code: 'accept.pending', at: reason, args });
  }
  const fingerprintEntry = written.get('fingerprint');
  const fingerprints = textsOf(fingerprintEntry?.value);
  return { node, rule, path, reason: reason.text.trim(), fingerprints, fingerprintEntry };
}

const firstOf = (node: MapNode): SyntaxNode => node.entries[0]?.key ?? node;

/** A text that is not blank. */
function scalarOf(entry: Entry | undefined): ScalarNode | undefined {
  const { value } = entry ?? {};
  return value?.kind === 'scalar' && value.text.trim() !== '' ? value : undefined;
}

/** One text, or a list of them. */
function textsOf(node: SyntaxNode | undefined): string[] {
  const items = node?.kind === 'sequence' ? node.items : [node];
  return items.flatMap((item) => {
    const text = item?.kind === 'scalar' ? item.text.trim() : '';
    return text === '' ? [] : [text];
  });
}
