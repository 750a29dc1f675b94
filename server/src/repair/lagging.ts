/** Tables that the rest of a document is ahead of by several lines: somebody is still typing them. */
import { isBlankLine, isNonZero, type Cell, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { gathersRows } from '../relations/hidden';
import type { Network } from '../relations/network';
import { isLong } from '../relations/totals';
import type { Operand } from '../relations/relation';
import { isUnwritten, nameOf } from './lostFigures';
import type { Mistake } from './mistakes';
import { hasNoFigure } from './unfilled';
import { unlistedItems, type UnlistedItem } from './unlistedItems';
import { WholeLists } from './wholeLists';

/** One line that others speak of may be lost, or its figure; so many at once are still to be written. */
const FEWEST = 2;

/**
 * The tables of which figures, or names in a text, ask for several lines that nobody has written.
 * @param isTextless whether the text has no figure yet: then a list that lacks subjects of others is not done, either
 */
export function laggingIn(
  failing: readonly Evaluation[],
  mistakes: readonly Mistake[],
  network: Network,
  isTextless: boolean,
): ReadonlySet<Table> {
  const asked = new Map<Table, Set<string>>();
  const ask = (table: Table, line: string) => {
    if (!hasNoFigure(table)) asked.set(table, (asked.get(table) ?? new Set()).add(line));
  };
  const decided = new Set(
    mistakes.flatMap(({ verdict, members }) => (verdict === 'undecided' ? [] : members)),
  );
  for (const member of failing) {
    const { left, right, base } = member.relation;
    if (base || isLong(member.relation)) continue;
    for (const cell of [askedFor(left, right), askedFor(right, left)]) {
      // A blank that is located by itself has only been left out.
      if (cell && !(isBlankLine(cell) && decided.has(member))) ask(cell.table, nameOf(cell.row));
    }
  }
  for (const { outcome, rule, cells, lacking } of network.facts) {
    if (outcome !== 'fails' || rule.kind !== 'list') continue;
    const blank = cells.find(isBlankLine);
    // A printed sum tells by itself what its lines lack.
    if (blank && network.expansion.counts(blank)) ask(blank.table, nameOf(blank.row));
    else if (!blank && lacking) ask(lacking.table, lacking.codes.join());
  }
  for (const item of unlistedItems(network)) {
    if (!item.isWithin && isSaid(item)) ask(item.listed, item.code);
  }
  const found = new Set<Table>();
  for (const [table, lines] of asked) {
    if (lowest(lines).length >= FEWEST && !isSummedUp(table, network)) found.add(table);
  }
  if (!isTextless) return found;
  const lists = new WholeLists(network.tables);
  for (const table of network.tables.values()) {
    const isBehind = lists.lackedBy(table).length >= FEWEST && !hasNoFigure(table);
    if (isBehind && !isSummedUp(table, network)) found.add(table);
  }
  return found;
}

/** Whether an item of a text prints any figure. */
const isSaid = ({ table, row }: UnlistedItem): boolean =>
  [...row.values.keys()].some((column) => {
    const cell = table.cell(row.id, column);
    return cell?.state === 'amount' && isNonZero(cell);
  });

/** What says nothing where figures of another table on the other side of a relation would have it say something. */
function askedFor(
  [only, ...more]: readonly Operand[],
  others: readonly Operand[],
): Cell | undefined {
  const cell = only?.cell;
  if (!cell || more.length > 0 || !(isUnwritten(cell) || isBlankLine(cell))) return undefined;
  return others.some((one) => isNonZero(one.cell) && one.cell.table !== cell.table)
    ? cell
    : undefined;
}

/** Whether the rows of a list come to what it prints as its totals: then none is lacking. */
function isSummedUp(table: Table, network: Network): boolean {
  const totals = [...table.rows.values()].filter(({ spec }) => spec?.total === true);
  const sums = totals.flatMap(({ id, values }) =>
    [...values.keys()].flatMap((column) => {
      const cell = table.cell(id, column);
      if (cell?.state !== 'amount' || !isNonZero(cell)) return [];
      return network.of(cell).filter(({ relation }) => gathersRows(relation.rule));
    }),
  );
  return sums.length > 0 && sums.every(({ outcome }) => outcome !== 'fails');
}

/** Without the subjects below which others are: those are lacking for the same reason. */
function lowest(codes: ReadonlySet<string>): string[] {
  const inOrder = [...codes].sort();
  return inOrder.filter((code, at) => !inOrder[at + 1]?.startsWith(code));
}
