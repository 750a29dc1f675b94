import { halves, type Amount } from '../disclosure/amount';
import { amountOf, isNonZero, type Cell, type Table } from '../disclosure/model';
import { comparison } from '../relations/conditions';
import type { Expansion } from '../relations/expansion';
import type { Fact } from '../relations/fact';
import { leavesTotals } from '../repair/begun';
import type { Cause, CellGroup } from '../repair/cause';

/**
 * Facts but those that another finding explains. A word that compares two figures (大于) can be right as
 * soon as a figure is that is wrong, or may be: then there is one mistake, and it is told at the figure. A name
 * in a list may be right as soon as a table is filled in to the end; nobody has said what a table comes to whose
 * totals are left to the server, as long as others have no figure. Nor does what is said of a table prove anything
 * whose figures are another year's, or other subjects'.
 */
export function withoutConsequences(
  facts: readonly Fact[],
  causes: readonly Cause[],
  expansion: Expansion,
): Fact[] {
  const values = new Map<Cell, readonly Amount[]>();
  for (const { candidates, groups } of causes) {
    for (const [cell, amount] of groups[0]?.changes ?? []) values.set(cell, [amount]);
    for (const candidate of candidates) values.set(candidate.cell, candidate.values);
  }
  const open = new Set(
    causes.flatMap(({ groups: [group] }) =>
      group?.kind === 'unfinished' ? (group.table ?? []) : [],
    ),
  );
  const strange = new Set(
    causes.flatMap(({ groups }) =>
      groups.flatMap(({ kind, table }) => (STRANGE.has(kind) && table ? table : [])),
    ),
  );
  const isStrange = (cell: Cell) =>
    strange.has(cell.table) ||
    (cell.state === 'derived' && [...expansion.of(cell)].some(([part]) => strange.has(part.table)));
  const isDraft = causes.some(({ groups: [group] }) => group?.kind === 'unfilled');
  const settled = new Set(causes.flatMap(({ facts: own }) => [...(own ?? [])]));
  return facts.filter((fact) => {
    if (settled.has(fact)) return false;
    if (strange.size > 0 && fact.outcome === 'fails' && fact.cells.some(isStrange)) return false;
    const { outcome, meaning, rule, cells } = fact;
    const [first, second] = cells;
    const isOpen = ({ state, table }: Cell) =>
      state === 'blank' && (open.has(table) || (isDraft && leavesTotals(table)));
    if (outcome === 'fails' && rule.kind === 'list' && cells.some(isOpen)) return false;
    if (outcome !== 'fails' || !meaning || !first || !second) return true;
    // Nor is a figure known that is computed from what such a table still lacks.
    if (open.size > 0 && [first, second].some((cell) => comesOf(cell, open, expansion)))
      return false;
    const firsts = valuesOf(first, values, expansion);
    const seconds = valuesOf(second, values, expansion);
    // What is said of figures that nothing accuses.
    if (!firsts && !seconds) return true;
    return !(firsts ?? [amountOf(first)]).some((one) =>
      (seconds ?? [amountOf(second)]).some((other) => meaning === comparison(one, other)),
    );
  });
}

/** Mistakes of a table none of whose figures can be taken for what it is to say. */
const STRANGE: ReadonlySet<CellGroup['kind']> = new Set(['foreign', 'displaced']);

/** Whether a computed figure comes of nothing yet, but for what tables say that are not filled in. */
const comesOf = (cell: Cell, open: ReadonlySet<Table>, expansion: Expansion): boolean =>
  cell.state === 'derived' &&
  !isNonZero(cell) &&
  [...expansion.of(cell)].every(([part]) => open.has(part.table));

/** What a figure may have to be: of a computed one, by each of the figures that it is computed from. */
function valuesOf(
  cell: Cell,
  values: ReadonlyMap<Cell, readonly Amount[]>,
  expansion: Expansion,
): readonly Amount[] | undefined {
  if (values.has(cell) || cell.state !== 'derived') return values.get(cell);
  const own = amountOf(cell);
  const found = [...expansion.of(cell)].flatMap(([part, count]) => {
    const printed = amountOf(part);
    return (values.get(part) ?? []).map((value): Amount => {
      const place = Math.min(own.place, printed.place, value.place);
      const more = BigInt(count) * (halves(value, place) - halves(printed, place));
      return { units: (halves(own, place) + more) / 2n, place, width: own.width };
    });
  });
  return found.length > 0 ? found : undefined;
}
