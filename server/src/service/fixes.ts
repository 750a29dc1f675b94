import type { Amount } from '../disclosure/amount';
import { isGuess } from '../disclosure/damage';
import { amountIn, isLeftBlank, type Cell } from '../disclosure/model';
import type { Candidate, CandidateSet, Cause, CellGroup } from '../repair/cause';
import { exchangeIn } from '../repair/exchanged';
import type { SyntaxTree, TextRange } from '../syntax/tree';
import { editCell, textFor, type CellEdit } from './edits';
import { message, type Locale } from './messages';
import { fillInsOf } from './fillIns';
import { labelOf, valueText, withoutQuotes } from './places';
import { endsOf } from './causeMessage';
import { emptiesRow } from './emptiedRow';
import { subjectOf } from './groupMessage';
import { lostFigures, lostSubject } from './lostRow';
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

/** More values than these for one cell are not offered one by one. */
const MOST_VALUES = 2;

/** Of more values than this, all alike, none is proposed. */
const MOST_ALIKE = 5;

/** More blanks than these are offered each at its own place. */
const MOST_BLANKS = 3;

/** What cells would print together. */
interface Choice {
  readonly changes: ReadonlyMap<Cell, Amount>;
  readonly group?: CellGroup;
  /** Of one cell, all the values that would do. */
  readonly among?: readonly Amount[];
  readonly only?: TextRange;
  /** One figure whose digits tell how it came about. */
  readonly isTold?: boolean;
  /** What goes before others however likely. */
  readonly rank?: number;
  /** Beside the others, in bits: the less the likelier. */
  readonly bits: number;
}

const [PLAINER, BLANK, LAST] = [0, 1, 2];

/** The ways to mend a cause, the likeliest first. A rounding tail is never mended, but for what is printed coarser than the rest. */
export function fixesOf(cause: Cause, tree: SyntaxTree, locale: Locale): Fix[] {
  const [first] = cause.groups;
  if (first?.kind === 'miscoded') return [recoding(first, tree, locale)];
  if (first?.kind === 'emptied-row') return addingRow(first, tree, locale);
  if (first?.kind === 'lost-row' && first.figures) return addingRow(first, tree, locale);
  if (cause.coarse?.value) return ofCoarse(cause, cause.coarse.value, tree, locale);
  const located = cause.verdict === 'certain' || cause.verdict === 'likely';
  const found = located && cause.candidates.length > 0 ? ofLocated(cause) : ofUndecided(cause);
  const blanks = located ? [] : ofFillIns(cause, tree);
  const others = blanks.length + found.length > 0 ? found : ofBlank(cause);
  const choices = [...blanks, ...plainerFirst(others, cause, blanks)];
  const breaks = tree.problems.filter(isGuess);
  const seen = new Set<string>();
  const fixes = choices
    .sort((a, b) => (a.rank ?? LAST) - (b.rank ?? LAST) || a.bits - b.bits)
    .flatMap((choice) => {
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

/** Writes the right code, wherever the wrong one stands. */
function recoding(group: CellGroup, tree: SyntaxTree, locale: Locale): Fix {
  const { code = '', places = [] } = group;
  const edits = places.map((place) => ({
    range: withoutQuotes(tree.rangeOf(place), tree),
    newText: code,
  }));
  const args = { subject: subjectOf(group), count: edits.length };
  const title = message(locale, edits.length > 1 ? 'fix.recode.all' : 'fix.recode', args);
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

/** The located cell's values, with the first of those that have to be changed with it. */
function ofLocated(cause: Cause): Choice[] {
  const [own, ...others] = cause.candidates;
  const group = exchangeIn(cause);
  if (group) return [{ changes: group.changes, group, bits: 0 }];
  const together = firstValues(others);
  return few(own!).map((value, index) => ({
    changes: new Map<Cell, Amount>([[own!.cell, value], ...together]),
    among: own!.values,
    bits: index,
  }));
}

function ofUndecided({ cell, candidates, sets, groups }: Cause): Choice[] {
  const isUnfinished = groups[0]?.kind === 'unfinished';
  const isRow = groups[0]?.kind === 'lost-row' && candidates.length === 0;
  const told = isUnfinished ? sets.flatMap(toldIn) : isRow ? sets.flatMap(allToldIn) : candidates;
  const open = new Set(told.map(({ cell }) => cell));
  // Beside a cell that is left blank nobody takes a figure away.
  const isKept = ({ changes }: Choice) =>
    cell.state !== 'blank' || ![...changes.values()].every(({ units }) => units === 0n);
  // Where it is told at the likeliest figure, that is to be changed first.
  const isLead = ({ changes }: Choice) =>
    candidates[0]?.cell === cell && changes.size === 1 && changes.has(cell);
  const ofFigures = sets
    .flatMap((set) => ofSet(set, open))
    .filter(isKept)
    .map((choice) => (isLead(choice) ? { ...choice, bits: 0 } : choice));
  // Nor moves others about, unless that stands out.
  const isOffered = ({ probability }: CellGroup) => cell.state !== 'blank' || probability >= 0.5;
  return [...ofFigures, ...likeliestOf(groups).filter(isOffered).flatMap(ofGroup)];
}

/** Beside what may be lacking, one figure whose digits tell how it came about. */
function toldIn({ candidates: [only, ...more] }: CandidateSet): Candidate[] {
  return only?.values.some(isTold) && more.length === 0 ? [only] : [];
}

/** Beside a row that may be lost, figures all of whose digits tell that. */
function allToldIn({ candidates }: CandidateSet): readonly Candidate[] {
  return candidates.every(({ values: [first] }) => first && isTold(first)) ? candidates : [];
}

/** Of mistakes that differ only in the last places of what the same cells should print, the likeliest. */
function likeliestOf(groups: readonly CellGroup[]): CellGroup[] {
  const byCells = new Map<string, CellGroup>();
  for (const group of groups) {
    const key = [group.kind, ...Array.from(group.changes.keys(), ({ id }) => id)].join(' ');
    const known = byCells.get(key);
    if (!known || known.probability < group.probability) byCells.set(key, group);
  }
  return [...byCells.values()];
}

/** A figure that is not filled in yet, where all that it is to agree with gives the same. */
function ofBlank({ cell, members }: Cause): Choice[] {
  if (cell.state !== 'blank') return [];
  const amounts = members.flatMap(({ relation: { comparator, base, left }, measure }) => {
    const isAlone = comparator === 'eq' && !base && left.length === 1 && left[0]!.cell === cell;
    return isAlone && measure ? amountIn(cell, measure.right / 2n, measure.place) : [];
  });
  const [first, ...more] = amounts;
  if (!first || more.some(({ units, place }) => units !== first.units || place !== first.place))
    return [];
  return [{ changes: new Map([[cell, first]]), bits: 0 }];
}

/** What is still blank, before any figure that is written. */
function ofFillIns(cause: Cause, tree: SyntaxTree): Choice[] {
  const blanks = fillInsOf(cause).filter((blank) => plausibleFor(blank).length > 0);
  return blanks.map((blank, index) => {
    const { cell } = blank;
    const values = plausibleFor(blank);
    const written = cell.entry ?? cell.row.entry ?? cell.table.entry;
    const { start } = tree.rangeOf(written.key);
    const only = { start, end: tree.rangeOf(written).end };
    const changes = new Map([[cell, values[0]!]]);
    return {
      changes,
      among: values,
      rank: BLANK,
      bits: index,
      ...(index >= MOST_BLANKS && { only }),
    };
  });
}

/** A figure whose digits tell how it came about goes before blanks, if it is clearly likelier than each of them. */
function plainerFirst(
  choices: readonly Choice[],
  { sets }: Cause,
  blanks: readonly Choice[],
): readonly Choice[] {
  const isBlankSet = ({ candidates }: CandidateSet) =>
    candidates.every(({ cell }) => cell.state === 'blank');
  const likeliest = sets
    .filter(isBlankSet)
    .reduce((most, { probability }) => Math.max(most, probability), 0);
  if (blanks.length === 0 || likeliest === 0) return choices;
  const most = bitsOf(likeliest) - Math.log2(CLEARLY);
  return choices.map((choice) =>
    choice.isTold && choice.bits <= most ? { ...choice, rank: PLAINER } : choice,
  );
}

/** So many times likelier. */
const CLEARLY = 2;

/** One figure by its values; several at once by the likeliest of each. */
function ofSet({ candidates, probability }: CandidateSet, open: ReadonlySet<Cell>): Choice[] {
  // Another cell of the set may be told by a cause of its own.
  const suspects = candidates.filter(({ cell }) => open.has(cell));
  // Only printed figures are worth a choice: what is blank is to be filled in, whatever becomes of them.
  const own = suspects.filter(({ cell }) => cell.state !== 'blank');
  if (own.length === 0 || own.some(({ cell }) => cell.state !== 'amount')) return [];
  const prior = bitsOf(probability);
  const [only, ...more] = own;
  if (more.length === 0) {
    const [first] = only!.values;
    let worst = 0;
    return few(only!).map((value) => {
      worst = Math.max(worst, value.slip.bits - first!.slip.bits);
      const changes = new Map([[only!.cell, value]]);
      return { changes, among: only!.values, bits: prior + worst, isTold: isTold(value) };
    });
  }
  const changes = firstValues(own);
  return changes.size === own.length ? [{ changes, bits: prior }] : [];
}

function firstValues(candidates: readonly Candidate[]): Map<Cell, Amount> {
  const changes = new Map<Cell, Amount>();
  for (const candidate of candidates) {
    const [value] = plausibleFor(candidate);
    if (value) changes.set(candidate.cell, value);
  }
  return changes;
}

function ofGroup(group: CellGroup): Choice[] {
  const { changes, probability } = group;
  return changes.size > 0 ? [{ changes, group, bits: bitsOf(probability) }] : [];
}

const bitsOf = (probability: number) => -Math.log2(Math.max(probability, Number.MIN_VALUE));

/** Whether digits tell how a figure came about. */
const isTold = ({ slip: { kind } }: Candidate['values'][number]) =>
  kind !== 'other' && kind !== 'omitted';

/** Nobody is told to write an amount below zero where none is printed; a growth may have lost its sign. */
const plausibleFor = ({ cell, values }: Candidate) =>
  values.filter(({ units, slip }) => {
    const isGrowth = cell.unit.measure === 'ratio' && slip.kind === 'sign';
    return units >= 0n || isNegative(cell) || isGrowth;
  });

/** Its values if they are few; else those that a slip of typing makes of what is printed, or the first. */
function few(candidate: Candidate) {
  const { cell } = candidate;
  const plausible = plausibleFor(candidate);
  if (plausible.length <= MOST_VALUES) return plausible;
  const told = plausible.filter(isTold);
  if (told.length > 0) return told.slice(0, MOST_VALUES);
  return cell.state === 'blank' || plausible.length <= MOST_ALIKE ? plausible.slice(0, 1) : [];
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
  if (group) return { title: groupTitle(group, written, locale), preferred, edits };
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
  { kind, moved }: CellGroup,
  written: readonly { readonly cell: Cell; readonly value: string }[],
  locale: Locale,
): string {
  const args = {
    first: labelOf(written[0]!.cell, locale),
    last: labelOf(written.at(-1)!.cell, locale),
    rows: moved?.cells.length ?? written.length,
    value: written[0]!.value,
  };
  if (kind === 'unsaid' && written.length === 1) return message(locale, 'fix.value', args);
  if (kind === 'swapped' && written.length === 2) return message(locale, 'fix.swapped', args);
  if (kind === 'repeated') return message(locale, 'fix.copies', args);
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

/** Whether a cell prints less than zero, so that such a value may be right for it too. */
function isNegative({ amount }: Cell): boolean {
  return amount !== undefined && amount.units < 0n;
}

/** Whether two stretches of a text share a line. */
function touchesLine(text: string, a: TextRange, b: TextRange): boolean {
  const between = a.start < b.start ? text.slice(a.end, b.start) : text.slice(b.end, a.start);
  return !between.includes('\n');
}
