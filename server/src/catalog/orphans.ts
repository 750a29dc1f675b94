import type { Problem } from '../disclosure/model';
import { groupBy } from '../syntax/multimap';
import type { SyntaxTree } from '../syntax/tree';
import type { Catalog } from './catalog';
import { childlessRows } from './childless';
import { labelOf } from './nameChecks';
import { codeFix, type Around } from './nearestCodes';
import { parentFix } from './parentRow';
import type { CodePlace } from './places';
import { slipsOf } from './slips';

/** A subject under 其中 of another one than its own. */
export function nestedProblem(place: CodePlace, around: Around): Problem[] {
  const { code, within, classification, node } = place;
  if (within === undefined || (code.startsWith(within) && code !== within)) return [];
  const { catalog, isTaken } = around;
  const meant = catalog.lookup(within + code.slice(within.length), classification);
  const parent = labelIn(catalog, code.slice(0, Math.max(3, within.length)), classification);
  return [
    {
      code: 'code.orphan',
      at: node,
      args: { code, under: labelIn(catalog, within, classification), parent, part: 'nested' },
      fixes: meant && !isTaken(meant.code) ? [codeFix(place, meant, false)] : [],
    },
  ];
}

function labelIn(
  catalog: Catalog,
  code: string,
  classification: CodePlace['classification'],
): string {
  const entry = catalog.lookup(code, classification);
  return entry ? labelOf(entry) : code;
}

/** Rows whose subject above a table does not list, though it lists that of its other rows. */
export function orphanProblems(
  places: readonly CodePlace[],
  around: Around,
  tree: SyntaxTree,
): Problem[] {
  const fitting = places.filter(({ code, levels }) => levels.includes(code.length));
  const all = fitting.filter(({ code }) => {
    const parent = above(code);
    return parent !== undefined && !around.isTaken(parent);
  });
  if (all.length === 0) return [];
  const { problems, explained } = childlessRows(fitting, around);
  const orphans = all.filter((place) => !explained.has(place));
  const [orphan, ...more] = orphans;
  if (!orphan) return [...problems];
  const others =
    more.length === 0
      ? misplaced(orphan, fitting, around, tree)
      : lostParents(orphans, fitting, around, tree);
  return [...problems, ...others];
}

const above = (code: string) => (code.length > 3 ? code.slice(0, -2) : undefined);

/**
 * Subjects whose row is lost: several rows are theirs, and more subjects of their level are listed above
 * theirs. What speaks of such a subject says nothing then, so nothing else tells.
 */
function lostParents(
  orphans: readonly CodePlace[],
  fitting: readonly CodePlace[],
  around: Around,
  tree: SyntaxTree,
): Problem[] {
  const lost = groupBy(orphans, ({ code }) => above(code)!);
  const parents = new Set<string>();
  for (const { code } of fitting) if (code.length > 3) parents.add(above(code)!);
  return [...lost].flatMap(([parent, rows]): Problem[] => {
    const isPeer = (code: string) => code.length === parent.length;
    const missing = [...lost.keys()].filter(isPeer).length;
    const listed = [...parents].filter((code) => isPeer(code) && !lost.has(code)).length;
    const [first, ...others] = rows;
    // The code of a single row may as well be wrong itself.
    if (others.length === 0 || (missing > 1 ? listed <= missing : listed === 0)) return [];
    const entry = around.catalog.lookup(parent, first!.classification);
    // It may be there under a wrong code.
    const slips = new Set(slipsOf(parent));
    const isIt = ({ code, row }: CodePlace) =>
      slips.has(code) && (!parents.has(code) || row?.doubled === true);
    if (!entry || fitting.some(isIt)) return [];
    const args = {
      code: first!.code,
      count: rows.length.toString(),
      parent: labelOf(entry),
      part: 'lost',
    };
    const fixes = parentFix(first!, around.catalog, tree);
    return [{ code: 'code.orphan', at: first!.node, args, fixes }];
  });
}

/**
 * A row below a subject that is not its own, in a table that prints the subject above of every other row:
 * mostly a digit of the code is wrong.
 */
function misplaced(
  orphan: CodePlace,
  fitting: readonly CodePlace[],
  around: Around,
  tree: SyntaxTree,
): Problem[] {
  const { isTaken } = around;
  const peers = fitting.filter(({ code }) => code.length === orphan.code.length);
  const previous = fitting[fitting.indexOf(orphan) - 1];
  if (peers.length < FEWEST_PEERS || !previous) return [];
  // Where rows stand in any order, it says nothing below which one stands.
  const ordered = fitting.filter((place) => place !== orphan).map((place) => place.code);
  if (ordered.some((code, index) => index > 0 && code < ordered[index - 1]!)) return [];
  const { code, classification, node } = orphan;
  const under = previous.code.length === code.length ? above(previous.code)! : previous.code;
  if (under.length !== code.length - 2) return [];
  const name = (of: string) => labelIn(around.catalog, of, classification);
  const meant = around.catalog.lookup(under + code.slice(-2), classification);
  return [
    {
      code: 'code.orphan',
      at: node,
      args: { code, under: name(under), parent: name(above(code)!) },
      fixes: [
        ...(meant && !isTaken(meant.code) ? [codeFix(orphan, meant, false)] : []),
        ...parentFix(orphan, around.catalog, tree),
      ],
    },
  ];
}

/** So many rows have to show that a table prints the levels above. */
const FEWEST_PEERS = 3;
