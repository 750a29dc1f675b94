import type { Amount } from '../disclosure/amount';
import type { Row, Table } from '../disclosure/model';
import { vocabulary, type ColumnSpec } from '../disclosure/vocabulary';
import { eolOf, indentOf, insertAfter, insertBefore, quoted } from '../syntax/insert';
import type { Entry, MapNode, SyntaxTree, TextEdit, TextRange } from '../syntax/tree';
import { sideEntry } from './insertCell';
import { textFor } from './edits';
import { withoutQuotes } from './places';
import { apply } from './textChanges';

/**
 * Writes the row of a subject at its place in the order of the codes, in the form of a neighbour: its
 * columns, braces and alignment. A column left to the server there is left to it here too, as long as what
 * it is computed from is known; what nobody knows is blank. Undefined where no row can serve as a model.
 * @param figures by column id what is known
 */
export function newRow(
  table: Table,
  code: string,
  figures: ReadonlyMap<string, Amount>,
  tree: SyntaxTree,
): TextEdit | undefined {
  const [column] = figures.keys();
  const own = column === undefined ? undefined : table.cell(code, column)?.row;
  if (!own) return undefined;
  const list = listOf(table, own);
  if (!list) return undefined;
  const rows = [...table.rows.values()].filter(
    (row) => row.section === own.section && row.code !== undefined && isIn(row, list),
  );
  const models = rows
    .filter((row) => isModel(row, own, tree))
    .sort(
      (a, b) => likeness(b, table, figures) - likeness(a, table, figures) || nearer(a, b, code),
    );
  const [model] = models;
  if (!model) return undefined;
  const written = writtenLike(model, table, code, figures, tree);
  const before = rows.findLast((row) => row.code! < code)?.entry;
  if (before) return insertAfter(before, list, written, tree);
  const next = rows.find((row) => row.code! > code)?.entry;
  return next && insertBefore(next, list, written, tree);
}

function listOf({ entry }: Table, { section }: Row): MapNode | undefined {
  const parent = section.id === '' ? entry : sideEntry(entry, section.key);
  return parent?.value?.kind === 'map' ? parent.value : undefined;
}

const isIn = ({ entry }: Row, { entries }: MapNode) =>
  entry !== undefined && entries.includes(entry);

/** Whether a row writes nothing but figures, one behind the other, and no comment between them. */
function isModel({ entry, values, code, broken }: Row, own: Row, tree: SyntaxTree): boolean {
  if (!entry || broken || code?.length !== own.code!.length || values.size === 0) return false;
  const entries = entry.value?.kind === 'map' ? entry.value.entries : [entry];
  if (entries.length !== values.size) return false;
  if (entries.some(({ value }) => value && (value.kind !== 'scalar' || value.style === 'block'))) {
    return false;
  }
  const { start, end } = tree.rangeOf(entry);
  return !tree.text.slice(start, end).includes('#');
}

/** In how many columns a row prints a figure, or none, as the new one does. */
function likeness(row: Row, table: Table, figures: ReadonlyMap<string, Amount>): number {
  const columns = new Set([...row.values.keys(), ...figures.keys()]);
  return [...columns].filter((column) => {
    const state = table.cell(row.id, column)?.state;
    return state === 'derived' || (state === 'amount') === figures.has(column);
  }).length;
}

/** Whether a row stands nearer to a code than another one, in the order of the codes. */
function nearer(a: Row, b: Row, code: string): number {
  const [first, second] = [a.code! < code, b.code! < code];
  if (first !== second) return first ? -1 : 1;
  return (a.code! < b.code! ? -1 : 1) * (first ? -1 : 1);
}

function writtenLike(
  model: Row,
  table: Table,
  code: string,
  figures: ReadonlyMap<string, Amount>,
  tree: SyntaxTree,
): string {
  const entry = model.entry!;
  const whole = tree.rangeOf(entry);
  const columns = table.columnsOf(model.section);
  const isSplit = columns.some(({ id, total }) => !total && figures.has(id));
  const cells = [...model.values].map(([id, own]) => {
    const column = columns.find((one) => one.id === id);
    const isLeft = isSplit && table.cell(model.id, id)?.state === 'derived' && column?.total;
    const amount = figures.get(id);
    const text = isLeft
      ? quoted(vocabulary.derived, tree)
      : amount
        ? textOf(amount, table, code, id, tree)
        : '';
    return valueEdit(own, text, isAlignedIn(table, id, tree), tree);
  });
  const key = { range: withoutQuotes(tree.rangeOf(entry.key), tree), newText: code };
  const others = [...figures].filter(([id]) => !model.values.has(id));
  const more = others.flatMap(([id, amount]) => {
    const column = columns.find((one) => one.id === id);
    return column ? `${keyOf(column, table, tree)}: ${textOf(amount, table, code, id, tree)}` : [];
  });
  const { value } = entry;
  // In a row of lines the next one begins where the line ends.
  const last = value?.kind === 'map' && more.length > 0 ? value.entries.at(-1) : undefined;
  const behind = last
    ? [insertAfter(last, value as MapNode, more.join(joinIn(value as MapNode, last, tree)), tree)]
    : [];
  const edits = [key, ...cells, ...behind];
  return apply(
    tree.text.slice(whole.start, whole.end),
    edits.map(({ range, newText }) => ({
      range: { start: range.start - whole.start, end: range.end - whole.start },
      newText,
    })),
  ).trimEnd();
}

function textOf(amount: Amount, table: Table, code: string, column: string, tree: SyntaxTree) {
  const text = textFor(amount, table.cell(code, column)!);
  const isPlain =
    !text.includes(',') && (tree.language !== 'json' || /^-?\d+(?:\.\d+)?$/.test(text));
  return isPlain ? text : `"${text}"`;
}

/** A value with the blanks before it. */
function slotOf({ key, value }: Entry, tree: SyntaxTree): TextRange & { readonly blanks: number } {
  const start = tree.text.indexOf(':', tree.rangeOf(key).end) + 1;
  const blanks = /^[ \t]*/.exec(tree.text.slice(start, start + LONGEST_GAP))![0].length;
  return { start, end: value ? tree.rangeOf(value).end : start + blanks, blanks };
}

const LONGEST_GAP = 200;

/** Where the values of a column end at one place, what stands behind the value keeps its own. */
function valueEdit(own: Entry, text: string, isAligned: boolean, tree: SyntaxTree): TextEdit {
  const { start, end } = slotOf(own, tree);
  const width = isAligned ? end - start : 0;
  const range = { start, end };
  if (text !== '') return { range, newText: ` ${text}`.padStart(width) };
  const isLast = !/[^\r\n]/.test(tree.text[end] ?? '');
  const blank = tree.language === 'json' ? ' null' : isLast ? '' : ' ';
  return { range, newText: isLast ? blank : blank.padEnd(width) };
}

/** Whether values of a column are set apart from their keys by more than a blank. */
const isAlignedIn = ({ rows }: Table, column: string, tree: SyntaxTree) =>
  [...rows.values()].some(({ values }) => {
    const own = values.get(column);
    return own !== undefined && slotOf(own, tree).blanks > 1;
  });

/** As other rows of the table spell it. */
function keyOf({ id, key }: ColumnSpec, { rows }: Table, tree: SyntaxTree): string {
  for (const { values } of rows.values()) {
    const own = values.get(id);
    if (own) {
      const { start, end } = tree.rangeOf(own.key);
      return tree.text.slice(start, end);
    }
  }
  return quoted(key, tree);
}

const joinIn = ({ style }: MapNode, last: Entry, tree: SyntaxTree) =>
  style === 'block' ? eolOf(tree) + indentOf(tree, last) : ', ';
