import type { Amount } from '../disclosure/amount';
import { isGuess } from '../disclosure/damage';
import { isLeftBlank, type Cell } from '../disclosure/model';
import type { Cause, CellGroup } from '../repair/cause';
import type { SyntaxTree, TextRange } from '../syntax/tree';
import { editCell, textFor, type CellEdit } from './edits';
import { choicesOf, MOST_VALUES, type Choice } from './fixChoices';
import { message, type Locale } from './messages';
import { labelOf, valueText, withoutQuotes } from './places';
import { endsOf } from './causeMessage';
import { emptiesRow } from './emptiedRow';
import { columnsOf, rowsText, subjectOf } from './groupMessage';
import { lostFigures, lostSubject, subjectIn } from './lostRow';
import { movedEdits } from './movedText';
import { newRow } from './newRow';
import { removalIn } from './repeatedEntry';

export interface Fix {
  readonly title: string;
  /** True where the figures leave one cell and one value. */
  readonly preferred: boolean;
  readonly edits: readonly CellEdit[];
  /** Of one blank among many: where its cell is written, the only place where it is offered. */
  readonly only?: TextRange;
  /** The rows of the blanks that it fills in, where it is offered too. */
  readonly rows?: readonly TextRange[];
}

/** More choices than this are no choice. */
const MOST_FIXES = 8;

/** The ways to mend a cause, the likeliest first. A rounding tail is never mended, but for what is printed coarser than the rest. */
export function fixesOf(cause: Cause, tree: SyntaxTree, locale: Locale): Fix[] {
  const [first] = cause.groups;
  if (first?.kind === 'miscoded' || first?.kind === 'exchanged-codes') {
    return [recoding(first, tree, locale)];
  }
  if (first?.kind === 'doubled-row') return removingRow(cause, first, tree, locale);
  if (first?.kind === 'lost-rows') return addingRows(first, tree, locale);
  if (first?.kind === 'emptied-row') return addingRow(first, tree, locale);
  if (first?.kind === 'lost-row' && first.figures) return addingRow(first, tree, locale);
  if (cause.coarse?.value) return ofCoarse(cause, cause.coarse.value, tree, locale);
  const breaks = tree.problems.filter(isGuess);
  const seen = new Set<string>();
  const fixes = choicesOf(cause, tree).flatMap((choice) => {
    const fix = fixOf(cause, choice, tree, locale);
    if (!fix || seen.has(fix.title)) return [];
    seen.add(fix.title);
    // Where the text is broken the figures may not be what they seem.
    const isBroken = fix.edits.some((edit) =>
      breaks.some(({ range }) => touchesLine(tree.text, range, edit.range)),
    );
    return isBroken ? [] : [{ ...fix, preferred: fix.preferred && breaks.length === 0 }];
  });
  const isAnywhere = ({ only }: Fix) => only === undefined;
  return [...fixes.filter(isAnywhere).slice(0, MOST_FIXES), ...fixes.filter((f) => !isAnywhere(f))];
}

function ofCoarse(cause: Cause, value: Amount, tree: SyntaxTree, locale: Locale): Fix[] {
  const fix = fixOf(cause, { changes: new Map([[cause.cell, value]]), bits: 0 }, tree, locale);
  return fix ? [fix] : [];
}

/** Writes the right code, wherever a wrong one stands. */
function recoding(group: CellGroup, tree: SyntaxTree, locale: Locale): Fix {
  const { kind, table, row, places = new Map<never, never>() } = group;
  const edits = Array.from(places, ([place, newText]) => ({
    range: withoutQuotes(tree.rangeOf(place), tree),
    newText,
  }));
  const args = { subject: subjectOf(group), count: edits.length };
  const title =
    kind === 'exchanged-codes'
      ? message(locale, 'fix.exchanged-codes', { ...args, row: subjectIn(table!, row!) })
      : message(locale, edits.length > 1 ? 'fix.recode.all' : 'fix.recode', args);
  return { title, preferred: false, edits };
}

/** Writes a row that was lost or emptied; figures that are there are right. */
function addingRow(group: CellGroup, tree: SyntaxTree, locale: Locale): Fix[] {
  const { table, row = '', figures = new Map<never, never>() } = group;
  const edit = table && newRow(table, row, figures, tree);
  if (!edit) return [];
  const { from } = group;
  const taken = from?.rows.get(row)?.entry;
  const removal = from && taken && removalIn(from, taken, tree);
  const args = {
    subject: lostSubject(group, locale),
    figures: lostFigures(group, locale),
    table: table.title,
  };
  const kind = group.kind === 'emptied-row' ? 'emptied-row' : removal ? 'moved-row' : 'lost-row';
  const edits = removal ? [edit, removal] : [edit];
  return [{ title: message(locale, `fix.${kind}`, args), preferred: false, edits }];
}

/** Writes all rows that were lost together. */
function addingRows(group: CellGroup, tree: SyntaxTree, locale: Locale): Fix[] {
  const { lost = [] } = group;
  const edits = lost.flatMap(({ table, row, figures }) => newRow(table, row, figures, tree) ?? []);
  if (edits.length < lost.length) return [];
  const title = message(locale, 'fix.lost-block', { rows: rowsText(group, locale) });
  return [{ title, preferred: false, edits }];
}

/** Takes out a row that another one says already; who wrote it may have meant to change its figures. */
function removingRow(
  { at }: Cause,
  { table, row = '' }: CellGroup,
  tree: SyntaxTree,
  locale: Locale,
): Fix[] {
  const own = [...(table?.rows.values() ?? [])].find(({ entry }) => entry && entry.key === at);
  const removal = table && own?.entry && removalIn(table, own.entry, tree);
  if (!removal) return [];
  const title = message(locale, 'fix.doubled-row', { row: subjectIn(table, row) });
  return [{ title, preferred: false, edits: [removal] }];
}

function fixOf(
  cause: Cause,
  { changes, group, among = [], only }: Choice,
  tree: SyntaxTree,
  locale: Locale,
): Fix | undefined {
  const written: { readonly cell: Cell; readonly value: string; readonly edit: CellEdit }[] = [];
  for (const [cell, amount] of changes) {
    const text = textFor(amount, cell, besideOf(cause, cell));
    const edit = cell.row.entry ? editCell(cell, text, tree) : editAbsent(cell, amount, text, tree);
    if (!edit) return undefined;
    written.push({ cell, value: text === '' ? message(locale, 'blank') : text, edit });
  }
  const [first, ...more] = written;
  if (!first) return undefined;
  const edits = written.map(({ edit }) => edit);
  const preferred = cause.verdict === 'certain' && !emptiesRow(changes);
  const rows = written.flatMap(({ cell }) => rowOfBlank(cell, tree) ?? []);
  if (group) {
    const title = groupTitle(group, written, locale);
    return { title, preferred, edits: movedEdits(group, tree) ?? edits };
  }
  if (more.length > 0) {
    const list = written.map(({ cell, value }) =>
      message(locale, 'fix.change', { cell: labelOf(cell, locale), value }),
    );
    const args = { rows: list.length, changes: list.join(message(locale, 'list')) };
    return { title: message(locale, 'fix.cells', args), preferred, edits, rows };
  }
  const { cell, value } = first;
  const isBlank = value === message(locale, 'blank');
  const title =
    cell === cause.cell && cell.entry && !cause.at && !only
      ? message(locale, isBlank ? 'fix.value.blank' : 'fix.value', { value })
      : message(locale, 'fix.cell', { value, cell: labelOf(cell, locale) });
  const within = among.length > MOST_VALUES && !isBlank ? withinText(among, cell, locale) : '';
  return { title: title + within, preferred, edits, rows, ...(only && { only }) };
}

/** A line that is not written yet stands at its place in the form. */
function editAbsent(cell: Cell, amount: Amount, text: string, tree: SyntaxTree) {
  const { table, row, column } = cell;
  const line =
    text === '' ? undefined : newRow(table, row.id, new Map([[column.id, amount]]), tree);
  return line ?? editCell(cell, text, tree);
}

/** Where somebody stands who is about to fill in a blank: in its row, to the end of the line. */
export function rowOfBlank(cell: Cell, tree: SyntaxTree): TextRange | undefined {
  const written = cell.row.entry ?? cell.entry;
  if (!written || !(cell.state === 'blank' || isLeftBlank(cell))) return undefined;
  const { start, end } = tree.rangeOf(written);
  return { start, end: end + /^[ \t]*/.exec(tree.text.slice(end, end + LONGEST_GAP))![0].length };
}

const LONGEST_GAP = 200;

function groupTitle(
  group: CellGroup,
  written: readonly { readonly cell: Cell; readonly value: string }[],
  locale: Locale,
): string {
  const { kind, moved } = group;
  const args = {
    first: labelOf(written[0]!.cell, locale),
    last: labelOf(written.at(-1)!.cell, locale),
    rows: moved?.cells.length ?? written.length,
    value: written[0]!.value,
  };
  if (kind === 'unsaid' && written.length === 1) return message(locale, 'fix.value', args);
  if (kind === 'swapped' && written.length === 2) return message(locale, 'fix.swapped', args);
  if (kind === 'columns') return message(locale, 'fix.columns', columnsOf(group, locale));
  if (kind === 'repeated') return message(locale, 'fix.copies', args);
  if (kind === 'rotated') return message(locale, 'fix.rotated');
  if (kind === 'shifted' || kind === 'signs' || kind === 'unit-row') {
    return message(locale, `fix.${kind}`, args);
  }
  const changes = written.map(({ cell, value }) =>
    message(locale, 'fix.change', { cell: labelOf(cell, locale), value }),
  );
  return message(locale, 'fix.cells', {
    rows: written.length,
    changes: changes.join(message(locale, 'list')),
  });
}

/** Between what a value could be any other one as well. */
function withinText(values: readonly Amount[], cell: Cell, locale: Locale): string {
  const [lo, hi] = endsOf(values, cell);
  return message(locale, 'fix.within', { lo: valueText(lo, cell), hi: valueText(hi, cell) });
}

/** What stands with a cell in a failing relation. */
function besideOf({ members }: Cause, cell: Cell): Cell[] {
  return members.flatMap(({ relation }) =>
    [...relation.left, ...relation.right].flatMap((o) => (o.cell === cell ? [] : [o.cell])),
  );
}

/** Whether two stretches of a text share a line. */
function touchesLine(text: string, a: TextRange, b: TextRange): boolean {
  const between = a.start < b.start ? text.slice(a.end, b.start) : text.slice(b.end, a.start);
  return !between.includes('\n');
}
