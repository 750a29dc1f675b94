/** Several rows that a table has lost, written as a table of the same subjects prints them. */
import type { Amount } from '../disclosure/amount';
import { isNonZero, type Disclosure, type Row, type Table } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { operandsOf } from '../relations/relation';
import type { Cause } from '../repair/cause';
import { isHollow } from '../repair/hollow';
import { lackedRows } from '../repair/lackedRows';
import { evaluateAgain, isLarge } from './again';
import type { Analysis } from './analysis';
import type { CellEdit } from './edits';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';
import { newRow } from './newRow';
import { apply } from './textChanges';

/** Who has lost more has still to write them. */
const MOST_LOST = 12;

const known = new WeakMap<Cause, Found | 'none'>();

interface Found {
  readonly codes: readonly string[];
  readonly of: Table;
  readonly edits: readonly CellEdit[];
}

/** Offered where all that comes of their lack holds with them, and nothing else fails. */
export function lostRowsFix(cause: Cause, analysis: Analysis, locale: Locale): Fix[] {
  const [group] = cause.groups;
  const isLack = group?.kind === 'unfinished' || (group?.kind === 'lost-row' && !group.figures);
  const { disclosure, network } = analysis;
  if (!network || !disclosure || isLarge(disclosure)) return [];
  const table = isLack ? (group.table ?? cause.cell.table) : lackedRows(cause, network)?.table;
  if (!table) return [];
  const found = known.get(cause) ?? search(cause, table, analysis);
  known.set(cause, found);
  if (found === 'none') return [];
  const { codes, of, edits } = found;
  const args = { count: codes.length, codes: codes.join('、'), table: of.title };
  return [{ title: message(locale, 'fix.lost-rows', args), preferred: false, edits: [...edits] }];
}

function search(cause: Cause, table: Table, analysis: Analysis): Found | 'none' {
  const { tree, network, disclosure } = analysis;
  if (!network || !vocabulary.sisters.includes(table.spec.id)) return 'none';
  const failing = new Set(network.opened('fails').map(({ relation }) => relation.id));
  const columns = columnsLacking(cause, table);
  for (const [of, lost] of waysFor(table, columns, disclosure!)) {
    const edits = lost.flatMap(
      (row) => newRow(table, row.code, figuresOf(row, of, columns), tree) ?? [],
    );
    if (edits.length < lost.length) continue;
    const after = evaluateAgain(analysis, apply(tree.text, edits)).network;
    const left = new Set(after.opened('fails').map(({ relation }) => relation.id));
    const isSettled = cause.members.every(({ relation }) => !left.has(relation.id));
    if (!isSettled || [...left].some((id) => !failing.has(id))) continue;
    return { codes: lost.map(({ code }) => code), of, edits };
  }
  return 'none';
}

/** All that a table of the same subjects lists and this one does not, or what of it no table of another budget lists. */
function* waysFor(
  table: Table,
  columns: ReadonlySet<string>,
  { tables }: Disclosure,
): Iterable<readonly [of: Table, lost: readonly Subject[]]> {
  const { sisters } = vocabulary;
  // Figures of the same columns come first: what was received need not be what was spent.
  const shared = ({ spec }: Table) =>
    spec.sections[0]!.columns.filter(({ id }) => columns.has(id)).length;
  const others = sisters
    .flatMap((id) => tables.get(id) ?? [])
    .filter((other) => other !== table)
    .sort((a, b) => shared(b) - shared(a));
  const isElsewhere = ({ id }: Row) =>
    [...tables.values()].some(
      ({ spec, rows }) =>
        !sisters.includes(spec.id) && spec.section === undefined && rows.get(id)?.entry,
    );
  for (const of of others) {
    const all = rowsBeside(table, of);
    for (const lost of [all, all.filter((row) => !isElsewhere(row))]) {
      if (lost.length > 0 && lost.length <= MOST_LOST) yield [of, lost];
    }
  }
}

/** The columns of a table of which something fails. */
const columnsLacking = ({ members }: Cause, table: Table): ReadonlySet<string> =>
  new Set(
    members.flatMap(({ relation }) =>
      operandsOf(relation).flatMap(({ cell }) => (cell.table === table ? cell.column.id : [])),
    ),
  );

interface Subject extends Row {
  readonly code: string;
}

/** What a table lists and another one does not. */
const rowsBeside = (table: Table, of: Table): readonly Subject[] =>
  [...of.rows.values()].filter(
    (row): row is Subject =>
      row.entry !== undefined &&
      row.code !== undefined &&
      !isHollow(row, of) &&
      !table.rows.get(row.id)?.entry,
  );

/** What a row prints in the columns that lack something; of a column that it has not, what it comes to. */
function figuresOf(row: Row, of: Table, columns: ReadonlySet<string>): Map<string, Amount> {
  const total = row.section.columns.find((column) => column.total);
  return new Map(
    [...columns].flatMap((id): [string, Amount][] => {
      const isOwn = row.section.columns.some((column) => column.id === id);
      const cell = of.cell(row.id, isOwn ? id : (total?.id ?? id));
      return cell?.amount && isNonZero(cell) ? [[id, cell.amount]] : [];
    }),
  );
}
