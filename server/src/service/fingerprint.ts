import type { Problem } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import { operandsOf } from '../relations/relation';
import { scalarText, type SyntaxTree } from '../syntax/tree';
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
  const words = [at, related].flatMap((place) => (place ? writtenAt(place, tree) : []));
  return fingerprint(`${code}@${pathTo(at, tree).join('/')}`, [...Object.values(args), ...words]);
}

/** The key with its value, as far as that is a text. */
function writtenAt(at: Problem['at'], tree: SyntaxTree): string[] {
  const { start } = 'kind' in at ? tree.rangeOf(at) : at;
  const entry = tree.pathAt(start).findLast((node) => node.kind === 'entry');
  return entry ? [entry.key.text, scalarText(entry) ?? ''] : [];
}

/** The address by meaning of a finding: with its rule, what an accepted one is known by. */
export function addressOf(found: Evaluation | Fact): string {
  return 'relation' in found ? pathOf(found.relation.left[0]!.cell) : found.path.join('/');
}
