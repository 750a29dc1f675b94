import type { Problem } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/facts';
import { operandsOf } from '../relations/relation';
import type { SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import { figureOf, pathOf, pathTo } from './places';

const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

/**
 * A short name for a relation with its printed figures: equal exactly as long as none of them
 * changes. FNV-1a, 64 bits, over UTF-16 units; a change detector, not a secret.
 */
export function fingerprint(id: string, figures: readonly string[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of [id, ...figures].join('\u0000')) {
    hash = ((hash ^ BigInt(character.codePointAt(0)!)) * PRIME) & MASK;
  }
  return hash.toString(16).padStart(16, '0');
}

/** Of a relation, or of what is said, with the figures it speaks of. */
export function fingerprintOf(found: Evaluation | Fact): string {
  if ('relation' in found) {
    const { relation } = found;
    return fingerprint(
      relation.id,
      operandsOf(relation).map(({ cell }) => figureOf(cell)),
    );
  }
  return fingerprint(found.id, [...Object.values(found.args), ...found.cells.map(figureOf)]);
}

/** Of what is written, with the words that stand there and those it is compared with. */
export function problemFingerprint({ code, at, related, args }: Problem, tree: SyntaxTree): string {
  const words = [at, related].map((place) => (place ? writtenAt(place, tree) : ''));
  return fingerprint(`${code}@${pathTo(at, tree).join('/')}`, [...Object.values(args), ...words]);
}

/** The key with its value, as they are written. */
function writtenAt(at: Problem['at'], tree: SyntaxTree): string {
  const range = rangeOf(at, tree);
  const entry = tree.pathAt(range.start).findLast((node) => node.kind === 'entry');
  const { start, end } = entry ? tree.rangeOf(entry) : range;
  return tree.text.slice(start, end).trim();
}

const rangeOf = (at: SyntaxNode | Problem['at'], tree: SyntaxTree): TextRange =>
  'kind' in at ? tree.rangeOf(at) : at;

/** The address by meaning of a finding: with its rule, what an accepted one is known by. */
export function addressOf(found: Evaluation | Fact): string {
  return 'relation' in found ? pathOf(found.relation.left[0]!.cell) : found.path.join('/');
}
