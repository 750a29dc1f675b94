import { printedAmount, power, writeAmount, ZERO, type Amount } from '../disclosure/amount';
import { isLeftBlank, measureOf, type Cell } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Evaluation } from '../relations/evaluate';
import { isStructural } from '../relations/rounding';
import type { SyntaxTree } from '../syntax/tree';
import { computeAgain, type Computed } from './again';
import type { Analysis } from './analysis';
import { editCell, textFor, type CellEdit } from './edits';
import { apply } from './textChanges';
import { Columns, slotOf } from './valueSlot';

/** Cells left to the server (自动), and the ways between them and printed amounts. */
export function derivedCells({ disclosure }: Analysis): Cell[] {
  return [...(disclosure?.cells() ?? [])].filter(
    (cell) => cell.state === 'derived' && cell.amount && !isLeftBlank(cell),
  );
}

/** What a computed cell prints, in the style of its table; empty for a blank. */
export function derivedText(cell: Cell): string {
  const { table } = cell;
  const amount = rounded(cell.amount!, placeOf(cell));
  // A zero made of printed zeros is printed as they are, one made of blanks as the table prints zero.
  const made = amount.units === 0n && amount.width === 0n && cell.amount !== ZERO;
  return made ? writeAmount(amount, table.unit.exponent) : textFor(amount, cell);
}

const places = new WeakMap<object, Map<string, number>>();

/** The last place to which a table prints what is measured as a cell is; two decimals where it prints none. */
function placeOf({ table, unit }: Cell): number {
  const measure = measureOf(unit);
  const known = places.get(table.manner) ?? new Map<string, number>();
  places.set(table.manner, known);
  let place = known.get(measure);
  if (place === undefined) {
    const printed = [...table.rows.values()].flatMap((row) =>
      [...row.values.keys()].flatMap((column) => {
        const cell = table.cell(row.id, column);
        if (cell?.state !== 'amount' || cell.amount!.units === 0n) return [];
        return measureOf(cell.unit) === measure ? [cell.amount!.place] : [];
      }),
    );
    place = printed.reduce(
      (finest, next) => (next < finest ? next : finest),
      printed[0] ?? unit.exponent - (measure === 'count' ? 0 : 2),
    );
    known.set(measure, place);
  }
  return place;
}

/** A sum of figures from a table that prints finer places is printed as coarse as its own table. */
function rounded(amount: Amount, place: number): Amount {
  if (amount === ZERO) return { ...ZERO, place };
  if (amount.place >= place) return amount;
  const step = power(place - amount.place);
  const size = amount.units < 0n ? -amount.units : amount.units;
  const units = (size + step / 2n) / step;
  return printedAmount(amount.units < 0n ? -units : units, place);
}

/** How a document writes amounts, beyond what a single place in it tells. */
interface Style {
  /** Thousands separators. */
  readonly grouped: boolean;
  /** JSON only: whether an amount is text rather than a number where a cell stands. */
  quotes(cell: Cell): boolean;
}

/**
 * A cell is quoted as most of its row and its column are, or else as most of the document is. What has
 * thousands separators could not be written otherwise, so it tells nothing.
 */
function styleOf({ disclosure, tree }: Pick<Analysis, 'disclosure' | 'tree'>): Style {
  let grouped = false;
  const balances = new Map<unknown, number>();
  const balance = (of: unknown) => balances.get(of) ?? 0;
  for (const { state, node, printed, row, column } of disclosure!.cells()) {
    if (state !== 'amount' || node?.kind !== 'scalar') continue;
    if (printed.includes(',')) grouped = true;
    else {
      const vote = node.style === 'quoted' ? 1 : -1;
      for (const of of [row, column, disclosure]) balances.set(of, balance(of) + vote);
    }
  }
  const quotes = ({ row, column }: Cell) =>
    (balance(row) + balance(column) || balance(disclosure)) > 0;
  return { grouped, quotes: (cell) => tree.language === 'json' && quotes(cell) };
}

/** The edits that print the values of computed cells. */
export function printEdits(analysis: Analysis, cells: readonly Cell[]): CellEdit[] {
  const style = styleOf(analysis);
  const columns = new Columns(analysis.tree);
  return cells.flatMap((cell) => {
    const edit = printEdit(cell, analysis.tree, style);
    return edit ? columns.kept(cell, edit) : [];
  });
}

function printEdit(cell: Cell, tree: SyntaxTree, style: Style): CellEdit | undefined {
  const plain = derivedText(cell);
  const text = style.grouped ? grouped(plain) : plain;
  const edit = editCell(cell, text, tree);
  if (!edit || text === '') return edit;
  // 自动 is text in JSON, whatever the amounts are.
  const bare = tree.language === 'json' && !style.quotes(cell) && !text.includes(',');
  return bare ? { ...edit, newText: text } : edit;
}

function grouped(text: string): string {
  return text.replace(/^(-?)(\d+)/, (_, sign: string, digits: string) => {
    return sign + digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
  });
}

/** Leaves one cell to the server, whatever it prints; undefined where that cannot be computed. */
export function deriveOne(
  analysis: Analysis,
  cell: Cell,
): { edit: CellEdit; computed: Cell } | undefined {
  const [edit] = cell.entry ? leaveEdits([cell], analysis.tree) : [];
  if (!edit) return undefined;
  const after = computeAgain(analysis, apply(analysis.tree.text, [edit]));
  const computed = counterpart(cell, after);
  return computed?.amount && after.underived <= underivedIn(analysis)
    ? { edit, computed }
    : undefined;
}

/** The edits that leave cells to the server. */
function leaveEdits(cells: readonly Cell[], tree: SyntaxTree): CellEdit[] {
  const columns = new Columns(tree);
  return cells.flatMap((cell) => {
    const edit = editCell(cell, vocabulary.derived, tree);
    return edit ? columns.kept(cell, edit) : [];
  });
}

/** A document is settled in a few rounds or not at all. */
const MOST_ROUNDS = 5;

/**
 * Leaves those of the cells to the server that it computes to the very characters they print: the way
 * back then restores the text. What would be computed differently, or not at all, stays printed.
 */
export function deriveAll(
  analysis: Analysis,
  within: (cell: Cell) => boolean,
): readonly CellEdit[] {
  const { tree } = analysis;
  let cells = plainSums(analysis).filter(within);
  for (let round = 0; round < MOST_ROUNDS && cells.length > 0; round++) {
    const edits = leaveEdits(cells, tree);
    const after = computeAgain(analysis, apply(tree.text, edits));
    const style = styleOf(after);
    const columns = new Columns(after.tree);
    const kept = cells.filter((cell) => {
      const computed = counterpart(cell, after);
      const edit = computed?.amount && printEdit(computed, after.tree, style);
      return edit && restores(cell, tree, columns.kept(computed, edit), after.tree);
    });
    if (kept.length === cells.length) return after.underived > underivedIn(analysis) ? [] : edits;
    cells = kept;
  }
  return [];
}

/** Whether an edit of the text that leaves a printed cell to the server is the way back. */
function restores(
  { entry }: Cell,
  before: SyntaxTree,
  { range, newText }: CellEdit,
  after: SyntaxTree,
): boolean {
  const { start, end } = slotOf(entry!, before);
  const gap = after.text.slice(after.text.lastIndexOf(':', range.start) + 1, range.start);
  return gap + newText === before.text.slice(start, end);
}

/** Printed amounts that are, digit for digit, the sums their own tables say they are. */
const plainSums = (analysis: Analysis) =>
  printedSums(analysis, ({ outcome }) => outcome === 'holds');

/** Printed amounts of which their own tables say what they are the sums of, where each of that is as it should. */
export function printedSums(
  { network }: Analysis,
  isRight: (evaluation: Evaluation) => boolean,
): Cell[] {
  const sums = new Map<Cell, boolean>();
  for (const evaluation of network?.evaluations ?? []) {
    const { relation, outcome } = evaluation;
    const [only, ...more] = relation.left;
    if (!only || more.length > 0 || only.coefficient !== 1) continue;
    if (!isStructural(relation.rule.kind) || outcome === 'unchecked') continue;
    const { cell } = only;
    if (cell.state !== 'amount' || !cell.entry) continue;
    sums.set(cell, (sums.get(cell) ?? true) && isRight(evaluation));
  }
  return [...sums].filter(([, holds]) => holds).map(([cell]) => cell);
}

function counterpart({ table, row, column }: Cell, { disclosure }: Computed): Cell | undefined {
  return disclosure.cell(table.spec.id, row.id, column.id);
}

const underivedIn = ({ network }: Analysis) => network?.underived.length ?? 0;
