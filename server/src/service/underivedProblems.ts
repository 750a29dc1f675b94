/** What is said of cells left to the server (自动) that got no value: once, for what they wait for. */
import { isGuess } from '../disclosure/damage';
import type { Cell, Disclosure, Problem } from '../disclosure/model';
import { titleOf } from '../disclosure/titles';
import { vocabulary } from '../disclosure/vocabulary';
import type { Network } from '../relations/network';
import { printedBeside } from '../relations/printedBeside';
import type { Reason } from '../relations/relation';
import type { Underived } from '../relations/underived';
import type { SyntaxTree } from '../syntax/tree';

/** What keeps a cell from being computed that is an error of its own, and told as that. */
const TOLD: ReadonlySet<Reason['code']> = new Set(['table-unreadable', 'broken']);

/** What is only worth knowing of keys that nobody knows: that a figure is not read because of it is more. */
const HINTS: ReadonlySet<string> = new Set([
  'input.unknown-key',
  'input.unknown-row',
  'input.unknown-column',
]);

export function underivedProblems(disclosure: Disclosure, network: Network): Problem[] {
  const { tree } = disclosure;
  const { underived } = network;
  // What a syntax error swallowed may be what a cell is computed from, rather than what leads back to it.
  if (underived.length === 0 || tree.problems.some(isGuess)) return [];
  const waiting = underived.filter(({ state }) => state === 'waiting');
  const headings = new Set<Cell['row']>();
  return [
    ...underived.flatMap(({ cell, state, cycle }): Problem[] => {
      const { id: table } = cell.table.spec;
      if (state !== 'cycle' && state !== 'undefined') return [];
      if (state === 'undefined' && isHeading(cell)) {
        if (headings.has(cell.row)) return [];
        headings.add(cell.row);
        return [waitingFor(cell, { code: 'not-detailed', table }, disclosure)];
      }
      return [{ code: `input.derived-${state}`, at: placeOf(cell), args: {}, cell, cells: cycle }];
    }),
    ...missingTables(waiting, disclosure, network),
    ...otherReasons(waiting, disclosure),
  ];
}

/** The tables that are not in the file and that cells are computed from, in the order of the layout. */
export function tablesWaitedFor(
  underived: readonly Underived[],
  { layout }: Disclosure,
): readonly string[] {
  const missing = new Set(
    underived.flatMap(({ reasons }) =>
      reasons.flatMap(({ code, table }) => (code === 'table-missing' && table ? table : [])),
    ),
  );
  return layout.tables.flatMap(({ id }) => (missing.has(id) ? id : []));
}

/** Of some money a department may have none; the table of it is kept all the same. */
export const mayHaveNoData = (id: string): boolean =>
  vocabulary.tables.find((spec) => spec.id === id)?.subject !== undefined;

function missingTables(
  waiting: readonly Underived[],
  disclosure: Disclosure,
  { unchecked }: Network,
): Problem[] {
  const ids = tablesWaitedFor(waiting, disclosure);
  if (ids.length === 0) return [];
  const first = firstOf(
    waiting.filter(({ reasons }) => reasons.some(({ code }) => code === 'table-missing')),
    disclosure.tree,
  );
  const tables = ids.map((id) => `《${titleOf(id, disclosure)}》`).join('');
  const mayBeKept = (id: string) => mayHaveNoData(id) && !printedBeside(id, unchecked, disclosure);
  const args = {
    tables,
    ...(ids.every(mayBeKept) && { part: 'kept', words: vocabulary.noData[0]! }),
  };
  return [{ code: 'input.table-missing', at: placeOf(first), args, cell: first }];
}

/** What else is not there, unless it is told at its place: each once, at the first cell that waits for it. */
function otherReasons(waiting: readonly Underived[], disclosure: Disclosure): Problem[] {
  const { tree } = disclosure;
  const told = new Set<Cell | string>();
  const inOrder = [...waiting].sort((a, b) => startOf(a.cell, tree) - startOf(b.cell, tree));
  return inOrder.flatMap(({ cell, reasons }) =>
    reasons.flatMap((reason) => {
      const { code, table, cell: lacking } = reason;
      const what = lacking ?? table;
      if (code === 'table-missing' || TOLD.has(code) || what === undefined || told.has(what))
        return [];
      told.add(what);
      return lacking && isTold(lacking, disclosure) ? [] : waitingFor(cell, reason, disclosure);
    }),
  );
}

function waitingFor(
  cell: Cell,
  { code, table, cell: lacking }: Reason,
  disclosure: Disclosure,
): Problem {
  const args = { part: code, ...(table && { table: titleOf(table, disclosure) }) };
  const cells = lacking ? [lacking] : [];
  return { code: 'input.derived-waiting', at: placeOf(cell), args, cell, cells };
}

/** Whether a row prints nothing of a subject that has sub-subjects: they may be the next to be written. */
function isHeading({ row: { id, code, section, values }, table }: Cell): boolean {
  const { levels = [] } = section.codes ?? {};
  if (code === undefined || !levels.some((level) => level > code.length)) return false;
  return [...values.keys()].every((column) => !isPrinted(table.cell(id, column)));
}

const isPrinted = (cell: Cell | undefined) =>
  cell !== undefined && cell.state !== 'derived' && cell.state !== 'blank';

/** Whether it is said where a cell stands, or should stand, why it has no figure. */
function isTold({ state, row }: Cell, { problems, tree }: Disclosure): boolean {
  if (state === 'invalid') return true;
  const range = row.entry && tree.rangeOf(row.entry);
  return (
    range !== undefined &&
    problems.some(({ code, at }) => {
      const { start, end } = 'kind' in at ? tree.rangeOf(at) : at;
      return !HINTS.has(code) && start >= range.start && end <= range.end;
    })
  );
}

function firstOf(underived: readonly Underived[], tree: SyntaxTree): Cell {
  return underived
    .map(({ cell }) => cell)
    .reduce((a, b) => (startOf(b, tree) < startOf(a, tree) ? b : a));
}

const placeOf = ({ node, entry }: Cell) => node ?? entry!;

function startOf(cell: Cell, tree: SyntaxTree): number {
  return tree.rangeOf(placeOf(cell)).start;
}
