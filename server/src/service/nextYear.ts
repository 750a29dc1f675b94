import { isNonZero, type Cell, type Disclosure } from '../disclosure/model';
import { vocabulary, normalizeKey } from '../disclosure/vocabulary';
import type { Evaluation } from '../relations/evaluate';
import { parse } from '../syntax/parse';
import type { Entry, MapNode, SyntaxTree, TextEdit } from '../syntax/tree';
import { rangeToRemove } from './acceptanceEdits';
import type { Analysis } from './analysis';
import { printedSums } from './derived';
import { clearValue, editCell } from './edits';
import { formatEdits } from './format/format';
import { decided, isComputable } from './skeleton/computed';
import { apply } from './textChanges';

export interface NextYear {
  readonly text: string;
  /** The new year; undefined where the file says none. */
  readonly year: number | undefined;
}

/**
 * A file to begin the next year with: the year is the next one, figures are cleared, what others come to is left
 * to be computed as in a new file, and names, rows, their order, comments, 自动 and markers stay. What was this
 * year's figure is last year's where a form prints both. Accepted findings were about the old figures and go.
 */
export function nextYearOf(analysis: Analysis): NextYear | undefined {
  const { disclosure, tree } = analysis;
  if (!disclosure) return undefined;
  const edits = new Map<number, TextEdit>();
  const accepted = disclosure.sections.get('accepted');
  const gone = accepted && withoutSection(accepted, tree);
  const put = (edit: TextEdit | undefined) => {
    if (!edit || edits.has(edit.range.start)) return;
    if (gone && edit.range.start >= gone.range.start && edit.range.end <= gone.range.end) return;
    edits.set(edit.range.start, edit);
  };
  const sums = new Set(sumsOf(analysis));
  const left = new Set<string>();
  for (const cell of disclosure.cells()) {
    const isLeft = sums.has(cell) || isTold(cell);
    if (isLeft) left.add(cell.id);
    put(isLeft ? editCell(cell, vocabulary.derived, tree) : cleared(cell, tree));
  }
  for (const entry of directionsOf(disclosure)) put(clearValue(entry, tree));
  const { year } = disclosure;
  if (year !== undefined) {
    put(yearEdit(tree, year));
    for (const edit of yearsInComments(tree, year)) put(edit);
  }
  const all = [...edits.values(), ...(gone ? [gone] : [])];
  const written = apply(tree.text, all).replace(FIRST_BLANKS, '$1');
  const text = decided(written, tree.language, ({ id }) => left.has(id));
  const options = { tabSize: 2, insertSpaces: true };
  const aligned = apply(text, formatEdits(parse(text, tree.language), options));
  return { text: aligned, year: year === undefined ? undefined : year + 1 };
}

/** Printed figures of the tables that follow from others: those are left to be computed. */
function sumsOf(analysis: Analysis): Cell[] {
  const isRight = ({ outcome }: Evaluation) => outcome === 'holds' || outcome === 'rounding';
  // What a form lists by itself is what the rows of other tables come to.
  const listed = [...analysis.disclosure!.cells()].filter(
    ({ state, row }) =>
      state === 'amount' && row.code !== undefined && row.section.codes?.lines !== undefined,
  );
  return [...printedSums(analysis, isRight), ...listed].filter(
    (cell) => isNonZero(cell) && cell.table.spec.section === undefined,
  );
}

/** The text of which a new file leaves to the server what tables print as well. */
const NARRATIVE = 'narrative';

const isTold = ({ state, column, table }: Cell): boolean =>
  state === 'amount' && table.spec.section === NARRATIVE && isComputable(column);

/** Lines without anything before the first one that has something. */
const FIRST_BLANKS = /^(\uFEFF?)(?:[ \t]*(?:\r\n|\n|\r))+/;

/** What an indicator counts for belongs to the form. */
const WEIGHT = 'weight';

const markers = new Set(vocabulary.markers.map(normalizeKey));

/** Words that compare figures, which go with them. */
function directionsOf({ tables }: Disclosure): Entry[] {
  return [...tables.values()].flatMap((table) =>
    [...table.rows.values()].flatMap((row) =>
      row.section.columns.flatMap(({ id, words }) =>
        words === 'directions' ? (row.values.get(id) ?? []) : [],
      ),
    ),
  );
}

/** What a cell shows next year. */
function cleared(cell: Cell, tree: SyntaxTree): TextEdit | undefined {
  const { entry, state, table, row, column } = cell;
  const { id } = column;
  if (!entry?.value || id === WEIGHT || state === 'derived' || state === 'blank') return undefined;
  // 持平 is no marker of a form, but what the figures came to.
  if (state === 'marker' && markers.has(normalizeKey(cell.printed))) return undefined;
  const final = id === 'last' ? table.cell(row.id, 'final') : undefined;
  if (final?.state === 'derived') return undefined;
  return editCell(cell, final?.state === 'amount' ? final.printed : '', tree);
}

/** Takes a section away with its lines. */
const withoutSection = (section: Entry, tree: SyntaxTree): TextEdit => ({
  range: rangeToRemove(section, tree.root as MapNode, tree),
  newText: '',
});

function yearEdit(tree: SyntaxTree, year: number): TextEdit | undefined {
  const { root } = tree;
  const key = normalizeKey(vocabulary.head['year']!.key);
  const entry =
    root?.kind === 'map'
      ? root.entries.findLast((one) => normalizeKey(one.key.text) === key)
      : undefined;
  if (!entry?.value) return undefined;
  const { start, end } = tree.rangeOf(entry.value);
  const written = tree.text.slice(start, end);
  return {
    range: { start, end },
    newText: written.replace(year.toString(), (year + 1).toString()),
  };
}

/** `2024 年度部门决算` and last year's in comments; a date stays what it was. */
function* yearsInComments(tree: SyntaxTree, year: number): Iterable<TextEdit> {
  if (tree.language === 'json') return;
  for (const comment of tree.text.matchAll(/(?<=^|[ \t])#.*$/gm)) {
    if (tree.pathAt(comment.index).at(-1)?.kind === 'scalar') continue;
    for (const found of comment[0].matchAll(/(?<!\d)\d{4}(?=\s*年(?!\s*\d))/g)) {
      const old = [year, year - 1].find((one) => one.toString() === found[0]);
      if (old === undefined) continue;
      const start = comment.index + found.index;
      yield { range: { start, end: start + 4 }, newText: (old + 1).toString() };
    }
  }
}
