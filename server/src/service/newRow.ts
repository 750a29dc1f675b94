import { catalogOf } from '../catalog/inForce';
import { isSameAmount, type Amount } from '../disclosure/amount';
import type { Row, Table } from '../disclosure/model';
import { vocabulary, type ColumnSpec } from '../disclosure/vocabulary';
import { sumOf } from '../repair/lostFigures';
import { eolOf, indentOf, insertAfter, insertBefore, quoted } from '../syntax/insert';
import type { Entry, MapNode, ScalarNode, SyntaxTree, TextEdit } from '../syntax/tree';
import { displayWidth } from './format/width';
import { sideEntry } from './insertCell';
import { textFor } from './edits';
import { withoutQuotes } from './places';
import { apply } from './textChanges';
import { isAlignedIn, slotOf, valueEdit } from './valueSlot';

/**
 * Writes the row of a subject at its place in the order of the codes, or a line at its place in the form, as
 * a neighbour is written, or in its place where it prints nothing: its columns, braces and alignment. A column
 * left to the server there is left to it here too, as long as what it is computed from is known; what nobody
 * knows is blank. Undefined where no row can serve as a model.
 * @param name the code of a subject, the id of a line
 * @param figures by column id what is known
 */
export function newRow(
  table: Table,
  name: string,
  figures: ReadonlyMap<string, Amount>,
  tree: SyntaxTree,
): TextEdit | undefined {
  const [column] = figures.keys();
  const own = column === undefined ? undefined : table.cell(name, column)?.row;
  if (!own) return undefined;
  const list = listOf(table, own);
  const place = placeOf(own);
  if (!list || place === undefined) return undefined;
  const rows = [...table.rows.values()].filter(
    (row) =>
      row.section === own.section && row.id !== own.id && isAlike(row, own) && isIn(row, list),
  );
  const models = rows
    .filter((row) => row.code?.length === own.code?.length && isModel(row, tree))
    .sort(
      (a, b) => likeness(b, table, figures) - likeness(a, table, figures) || nearer(a, b, place),
    );
  // The first subject of a list is written as what the list comes to.
  const total = [...table.rows.values()].find(
    (row) => row.section === own.section && row.spec?.total && isIn(row, list),
  );
  const model =
    models[0] ?? (total && own.code !== undefined && isModel(total, tree) ? total : undefined);
  if (!model) return undefined;
  const written = writtenLike(model, table, own, figures, tree);
  if (own.entry) return replaced(own.entry, written, tree);
  // The next lower code, where rows do not stand in order.
  const before = rows
    .filter((row) => placeOf(row)! < place)
    .reduce<Row | undefined>((a, b) => (a && placeOf(a)! > placeOf(b)! ? a : b), undefined)?.entry;
  if (before) return insertAfter(before, list, written, tree);
  const next = rows.find((row) => placeOf(row)! > place)?.entry;
  if (next) return insertBefore(next, list, written, tree);
  return model === total ? insertAfter(model.entry!, list, written, tree) : undefined;
}

/** A row in the place of one that prints nothing, unless a comment stands in it. */
function replaced(entry: Entry, newText: string, tree: SyntaxTree): TextEdit | undefined {
  const range = tree.rangeOf(entry);
  return tree.text.slice(range.start, range.end).includes('#') ? undefined : { range, newText };
}

function listOf({ entry }: Table, { section }: Row): MapNode | undefined {
  const parent = section.id === '' ? entry : sideEntry(entry, section.key);
  return parent?.value?.kind === 'map' ? parent.value : undefined;
}

const isIn = ({ entry }: Row, { entries }: MapNode) =>
  entry !== undefined && entries.includes(entry);

/** Whether both are subjects, or both lines. */
const isAlike = (row: Row, own: Row) =>
  own.code === undefined ? row.spec !== undefined : row.code !== undefined;

/** What rows of a table are in the order of; undefined for what stands within another line. */
function placeOf({ code, spec, section }: Row): string | undefined {
  if (code !== undefined) return code;
  const at = section.rows.indexOf(spec!);
  return at < 0 ? undefined : String(at).padStart(String(section.rows.length).length, '0');
}

/** Whether a row writes nothing but its name and figures, one behind the other, and no comment between them. */
function isModel({ entry, values, broken, name }: Row, tree: SyntaxTree): boolean {
  if (!entry || broken || values.size === 0) return false;
  const entries = entry.value?.kind === 'map' ? entry.value.entries : [entry];
  if (entries.length !== values.size + (name ? 1 : 0)) return false;
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

/** Whether a row stands nearer to a place than another one. */
function nearer(a: Row, b: Row, place: string): number {
  const [one, other] = [placeOf(a)!, placeOf(b)!];
  const [first, second] = [one < place, other < place];
  if (first !== second) return first ? -1 : 1;
  return (one < other ? -1 : 1) * (first ? -1 : 1);
}

function writtenLike(
  model: Row,
  table: Table,
  own: Row,
  figures: ReadonlyMap<string, Amount>,
  tree: SyntaxTree,
): string {
  const entry = model.entry!;
  const whole = tree.rangeOf(entry);
  const name = own.id;
  const columns = table.columnsOf(model.section);
  const isSplit = columns.some(({ id, total }) => !total && figures.has(id));
  const isAll = isSplitWhole(figures, columns);
  const cells = [...model.values].flatMap(([id, cell]) => {
    const { state, amount: beside } = table.cell(model.id, id)!;
    // Where what a row comes to is all told, it has nothing else: zero, if that is how its neighbour says so.
    if (isAll && !figures.has(id) && state === 'amount' && beside?.units === 0n) return [];
    const column = columns.find((one) => one.id === id);
    const isLeft = isSplit && state === 'derived' && column?.total;
    const amount = figures.get(id);
    const text = isLeft
      ? quoted(vocabulary.derived, tree)
      : amount
        ? textOf(amount, table, name, id, tree)
        : '';
    return valueEdit(cell, text, isAlignedIn(table, id, tree), tree);
  });
  const key = keyEdit(entry, own, tree);
  const others = [...figures].filter(([id]) => !model.values.has(id));
  const more = others.flatMap(([id, amount]) => {
    const column = columns.find((one) => one.id === id);
    return column ? `${keyOf(column, table, tree)}: ${textOf(amount, table, name, id, tree)}` : [];
  });
  const title = model.name && titleEdit(model.name, table, own, tree);
  const { value } = entry;
  // In a row of lines the next one begins where the line ends.
  const last = value?.kind === 'map' && more.length > 0 ? value.entries.at(-1) : undefined;
  const behind = last
    ? [insertAfter(last, value as MapNode, more.join(joinIn(value as MapNode, last, tree)), tree)]
    : [];
  const edits = [key, ...(title ? [title] : []), ...cells, ...behind];
  const written = apply(
    tree.text.slice(whole.start, whole.end),
    edits.map(({ range, newText }) => ({
      range: { start: range.start - whole.start, end: range.end - whole.start },
      newText,
    })),
  ).trimEnd();
  return written.endsWith(':') ? `${written} ` : written;
}

/** Whether the parts of a row that are known come to all of it. */
function isSplitWhole(
  figures: ReadonlyMap<string, Amount>,
  columns: readonly ColumnSpec[],
): boolean {
  const own = (isTotal: boolean) =>
    columns.flatMap(({ id, total = false }) => (total === isTotal ? (figures.get(id) ?? []) : []));
  const [whole] = own(true);
  const parts = own(false);
  return whole !== undefined && parts.length > 0 && isSameAmount(whole, sumOf(parts));
}

/** Its name in the place of another row's, with the blanks behind it where these set what follows apart. */
function keyEdit(entry: Entry, { code, spec }: Row, tree: SyntaxTree): TextEdit {
  const range = withoutQuotes(tree.rangeOf(entry.key), tree);
  const newText = code ?? spec!.key;
  const { start, blanks } = slotOf(entry, tree);
  if (blanks < 2) return { range, newText };
  const behind = tree.text.slice(range.end, start);
  const width = displayWidth(tree.text.slice(range.start, range.end)) + blanks;
  const gap = ' '.repeat(Math.max(1, width - displayWidth(newText)));
  return { range: { start: range.start, end: start + blanks }, newText: newText + behind + gap };
}

/** The name of a subject in the place of another one's: the catalog's, or none. */
function titleEdit(
  node: ScalarNode,
  table: Table,
  { code = '', section }: Row,
  tree: SyntaxTree,
): TextEdit {
  const classification = section.codes?.classification;
  const known = classification && catalogOf(table).lookup(code, classification);
  return { range: withoutQuotes(tree.rangeOf(node), tree), newText: known?.name ?? '' };
}

function textOf(amount: Amount, table: Table, row: string, column: string, tree: SyntaxTree) {
  const text = textFor(amount, table.cell(row, column)!);
  const isPlain =
    !text.includes(',') && (tree.language !== 'json' || /^-?\d+(?:\.\d+)?$/.test(text));
  return isPlain ? text : `"${text}"`;
}

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
