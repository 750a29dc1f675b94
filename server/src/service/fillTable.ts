/** Writes into a table what other tables determine of it, in place of the note that it has no data or of blanks. */
import type { Amount } from '../disclosure/amount';
import { isNonZero, type Problem, type Table } from '../disclosure/model';
import { noDataIn } from '../disclosure/note';
import type { Cause } from '../repair/cause';
import { isHollow } from '../repair/hollow';
import { eolOf } from '../syntax/insert';
import type { SyntaxTree } from '../syntax/tree';
import type { Analysis } from './analysis';
import type { CellEdit } from './edits';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';
import { aligned } from './missingTables';
import { writtenEntry, type Content } from './skeleton/written';
import { ROWS_NEEDED } from './rowsNeeded';
import { tableOfOthers } from './tableOfOthers';
import { apply } from './textChanges';
import { mayHaveNoData } from './underivedProblems';

const known = new WeakMap<Cause | Problem, readonly CellEdit[]>();

/** Of a table that is said to have no data, or that is not filled in. */
export function fillTableFix(cause: Cause, analysis: Analysis, locale: Locale): Fix[] {
  const [group] = cause.groups;
  const { table } = group ?? {};
  if (!table || (group?.kind !== 'denied' && group?.kind !== 'unfilled')) return [];
  return mayHaveNoData(table.spec.id) ? filling(cause, table, analysis, locale) : [];
}

/** Of a table that prints what it comes to and lists nothing of it. */
export function fillRowsFix(problem: Problem, analysis: Analysis, locale: Locale): Fix[] {
  const { code, cell } = problem;
  if (code !== ROWS_NEEDED || !cell) return [];
  return filling(problem, cell.table, analysis, locale, totalsIn(cell.table));
}

/** By column, what a table prints of what it comes to. */
function totalsIn(table: Table): ReadonlyMap<string, Amount> {
  const totals = new Map<string, Amount>();
  for (const { id, spec, values } of table.rows.values()) {
    for (const column of spec?.total ? values.keys() : []) {
      const cell = table.cell(id, column);
      if (cell && isNonZero(cell)) totals.set(column, cell.amount!);
    }
  }
  return totals;
}

function filling(
  finding: Cause | Problem,
  table: Table,
  analysis: Analysis,
  locale: Locale,
  totals?: ReadonlyMap<string, Amount>,
): Fix[] {
  let edits = known.get(finding);
  if (!edits) known.set(finding, (edits = editsFor(table, analysis, totals)));
  const title = message(locale, 'fix.fill-table', { table: table.title });
  return edits.length > 0 ? [{ title, preferred: false, edits }] : [];
}

function editsFor(
  table: Table,
  analysis: Analysis,
  totals?: ReadonlyMap<string, Amount>,
): readonly CellEdit[] {
  const { tree } = analysis;
  if (!isReplaceable(table, tree)) return [];
  const editOf = (content: Content): CellEdit => {
    const { language, text } = tree;
    const range = tree.rangeOf(table.entry);
    const written = aligned(writtenEntry(language, table.title, content), language);
    // Its key stays as it is.
    const key = tree.rangeOf(table.entry.key);
    const own = text.slice(key.start, key.end);
    const behind = written.slice(written.indexOf(':'));
    return { range, newText: own + behind.replaceAll('\n', eolOf(tree)) };
  };
  const withContent = (one: Content) => apply(tree.text, [editOf(one)]);
  const content = tableOfOthers(table.spec, analysis, withContent, totals);
  return content && keepsRows(content, table) ? [editOf(content)] : [];
}

/** Whether a row of which only the code is written is among those that are told. */
const keepsRows = (content: Content, { rows }: Table): boolean =>
  [...rows.values()].every(
    ({ entry, code }) => !entry || code === undefined || keysOf(content).includes(code),
  );

const keysOf = (content: Content): readonly string[] =>
  typeof content === 'object' && 'entries' in content ? content.entries.map(([key]) => key) : [];

/** Whether nothing would be lost: no figure, no comment, and no key but those of rows and of such a note. */
function isReplaceable(table: Table, tree: SyntaxTree): boolean {
  const { start, end } = tree.rangeOf(table.entry);
  if (table.within.length > 0 || tree.text.slice(start, end).includes('#')) return false;
  const { value } = table.entry;
  if (!value) return true;
  if (value.kind !== 'map') return false;
  const rows = [...table.rows.values()].filter(({ entry }) => entry !== undefined);
  const { note } = table;
  return value.entries.every(
    (entry) =>
      rows.some((row) => row.entry === entry && (row.code === undefined || isHollow(row, table))) ||
      (note !== undefined && entry.value === note && noDataIn(note) !== undefined),
  );
}
