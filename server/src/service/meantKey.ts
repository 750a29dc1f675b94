/** A key that stands twice where one of both entries was to have another key: which one, as the figures say. */
import { catalogOf } from '../catalog/inForce';
import { codePlaces } from '../catalog/places';
import {
  isNonZero,
  type Cell,
  type Disclosure,
  type Problem,
  type Row,
  type Table,
} from '../disclosure/model';
import { rowId, tablesByKey } from '../disclosure/ownKeys';
import { indexOf } from '../disclosure/sectionIndex';
import { hasShapeOf, isColumn, isSpelling } from '../disclosure/shape';
import { vocabulary, type RowSpec } from '../disclosure/vocabulary';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { greatestOf } from '../syntax/arrays';
import type { Entry, SyntaxNode, SyntaxTree } from '../syntax/tree';
import { evaluateAgain } from './again';
import type { Analysis } from './analysis';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';
import { withoutQuotes } from './places';
import { repetitionOf, type Repetition } from './repeatedEntry';
import { apply } from './textChanges';

/** Another key for one of the two entries, and what it would then write. */
interface Renaming {
  readonly entry: Entry;
  readonly key: string;
  /** Of a subject: its code with its name. */
  readonly subject?: string;
  /** Cells of a document in which it has that key. */
  readonly cells: (disclosure: Disclosure) => readonly Cell[];
  /** Cells that the other entry writes. */
  readonly others: (disclosure: Disclosure) => readonly Cell[];
}

/** Each trial evaluates the document anew, while an editor waits for its fixes. */
const MOST_TRIED = 6;

/** In a document with more rows nothing is tried. */
const MOST_ROWS = 2000;

/** What holds by chance holds once. */
const FEWEST_HOLDING = 2;

const known = new WeakMap<Problem, Renaming | 'none'>();

/** Offered where one key lets all hold that speaks of both entries, and lets more hold than any other key. */
export function meantKeyFix(problem: Problem, analysis: Analysis, locale: Locale): Fix[] {
  const { tree, disclosure } = analysis;
  const repetition = disclosure && repetitionOf(problem, tree);
  if (!repetition) return [];
  const found = known.get(problem) ?? likeliest(repetition, disclosure, analysis) ?? 'none';
  known.set(problem, found);
  if (found === 'none') return [];
  const { entry, key, subject } = found;
  const title = subject
    ? message(locale, 'fix.recode', { subject })
    : message(locale, 'fix.value', { value: key });
  return [{ title, preferred: false, edits: [editOf(entry, key, tree)] }];
}

const editOf = ({ key }: Entry, newText: string, tree: SyntaxTree) => ({
  range: withoutQuotes(tree.rangeOf(key), tree),
  newText,
});

function likeliest(
  repetition: Repetition,
  disclosure: Disclosure,
  analysis: Analysis,
): Renaming | undefined {
  const { tree } = analysis;
  const all = renamings(repetition, disclosure, tree);
  const tried = all.slice(0, MOST_TRIED);
  const proven = tried.flatMap((renaming) => {
    const text = apply(tree.text, [editOf(renaming.entry, renaming.key, tree)]);
    const count = holdingWith(renaming, evaluateAgain(analysis, text));
    return count === undefined ? [] : [{ renaming, count }];
  });
  const [best, second] = proven.sort((a, b) => b.count - a.count);
  // Of two entries that say the same either may be the other one.
  const isOnly =
    !second || second.count < best!.count || second.renaming.key === best!.renaming.key;
  // That nothing speaks against one says something only where there is no other.
  const isProven = best && (best.count > 0 || all.length === tried.length);
  return isOnly && isProven ? best.renaming : undefined;
}

/**
 * How many relations hold by the figures under their new key; undefined where that proves nothing. A subject that is
 * lacking here, and printed elsewhere with that figure, may have no more than the sum of all rows.
 */
function holdingWith(
  { cells, others, subject }: Renaming,
  { disclosure, network }: { readonly disclosure: Disclosure; readonly network: Network },
): number | undefined {
  const own = evaluationsOf(cells(disclosure), network);
  const all = [...own, ...evaluationsOf(others(disclosure), network)];
  if (all.some(({ outcome }) => outcome === 'fails')) return undefined;
  const holding = own.filter(({ outcome, relation }) => {
    return outcome === 'holds' && relation.comparator === 'eq';
  });
  // A sum of all rows holds whatever their codes are.
  const telling = holding.filter(({ relation }) => !subject || relation.rule.kind !== 'sum');
  if (telling.length > 0 && holding.length >= FEWEST_HOLDING) return telling.length;
  return subject && holding.length > 0 ? 0 : undefined;
}

const evaluationsOf = (cells: readonly Cell[], network: Network): Evaluation[] => [
  ...new Set(cells.filter(isNonZero).flatMap((cell) => network.of(cell))),
];

/** The second entry is more often the one to be renamed. */
function renamings(
  { map, first, second }: Repetition,
  disclosure: Disclosure,
  tree: SyntaxTree,
): Renaming[] {
  const entries = [second, first];
  const rows = [...disclosure.tables.values()].reduce((count, table) => count + table.rows.size, 0);
  if (rows > MOST_ROWS) return [];
  if (map === tree.root) return entries.flatMap((entry) => asTables(entry, disclosure));
  const tables = [...disclosure.tables.values()].filter(({ spec }) => spec.section === undefined);
  for (const table of tables) {
    for (const row of table.rows.values()) {
      if (row.entry && map.entries.includes(row.entry) && row.entry.key.text === second.key.text) {
        return row.code === undefined
          ? inTurn(entries, (entry) => asRows(entry, row, table))
          : inTurn(entries, (entry) => asSubjects(entry, row, table, disclosure));
      }
      if (row.entry?.value === map) return inTurn(entries, (entry) => asColumns(entry, row, table));
    }
  }
  return [];
}

/** The likeliest of each first. */
function inTurn(entries: readonly Entry[], of: (entry: Entry) => Renaming[]): Renaming[] {
  const each = entries.map(of);
  const longest = greatestOf(
    each.map(({ length }) => length),
    0,
  );
  return Array.from({ length: longest }, (_, at) => each.flatMap((ones) => ones[at] ?? [])).flat();
}

/** The tables that a file lacks and that have all the columns which an entry writes. */
function asTables(entry: Entry, disclosure: Disclosure): Renaming[] {
  const { tables, unreadable } = disclosure;
  const own = tablesByKey.get(entry.key.text);
  const cellsOf = (id: string) => (after: Disclosure) => {
    const table = after.tables.get(id);
    return table ? [...table.rows.values()].flatMap((row) => cellsIn(table, row.id)) : [];
  };
  const lacking = vocabulary.tables.filter(
    ({ id }) => own && !tables.has(id) && !unreadable.has(id),
  );
  // A column may be called so in one table, and be called so too in another.
  const [proper, any] = [isColumn, isSpelling].map((isKnown) =>
    lacking.filter((spec) => hasShapeOf(entry, spec, isKnown)),
  );
  return (proper!.length > 0 ? proper! : any!).map(({ id, key }) => {
    return { entry, key, cells: cellsOf(id), others: cellsOf(own!.id) };
  });
}

const cellsIn = (table: Table, row: string): Cell[] =>
  table.spec.sections
    .flatMap(({ columns }) => columns)
    .flatMap(({ id }) => table.cell(row, id) ?? []);

const ofRow =
  ({ id }: Table, row: string) =>
  (after: Disclosure): Cell[] => {
    const table = after.tables.get(id);
    return table ? cellsIn(table, row) : [];
  };

/** Subjects that other places know, with one of the figures, and this list does not. */
function asSubjects(entry: Entry, row: Row, table: Table, disclosure: Disclosure): Renaming[] {
  const { section } = row;
  const { classification, levels } = section.codes!;
  const figures = new Set(figuresIn(entry.value));
  const codes = new Set<string>();
  for (const place of codePlaces(disclosure)) {
    const { code } = place;
    if (place.classification !== classification || !levels.includes(code.length)) continue;
    if (!place.table || !place.row || place.row === row) continue;
    if (table.rows.get(rowId(section, code))?.entry) continue;
    const others = cellsIn(place.table, place.row.id).filter(isNonZero);
    if (others.some(({ printed }) => figures.has(digitsOf(printed)))) codes.add(code);
  }
  const catalog = catalogOf(table);
  // Who copies a row seldom means a subject of another level.
  const alike = [...codes].filter((code) => code.length === row.code!.length);
  return (alike.length > 0 ? alike : [...codes]).map((code): Renaming => {
    const name = catalog.lookup(code, classification)?.name;
    return {
      entry,
      key: code,
      subject: name === undefined ? code : `${code} ${name}`,
      cells: ofRow(table, rowId(section, code)),
      others: ofRow(table, row.id),
    };
  });
}

function figuresIn(node: SyntaxNode | undefined): string[] {
  if (node?.kind === 'scalar') return [digitsOf(node.text)];
  return node?.kind === 'map' ? node.entries.flatMap(({ value }) => figuresIn(value)) : [];
}

const digitsOf = (text: string) => text.replace(/[,\s]/g, '');

/** Lines of the form that are not written, the nearest first. */
function asRows(entry: Entry, { id, section, spec }: Row, table: Table): Renaming[] {
  const around = section.rows.find(({ parts }) => parts?.includes(spec!));
  return nearestTo(spec, around?.parts ?? section.rows)
    .filter((line) => !table.rows.get(rowId(section, line.id))?.entry)
    .map(({ id: line, key }) => ({
      entry,
      key,
      cells: ofRow(table, rowId(section, line)),
      others: ofRow(table, id),
    }));
}

function nearestTo<T extends Pick<RowSpec, 'id'>>(own: T | undefined, all: readonly T[]): T[] {
  const place = own ? all.indexOf(own) : 0;
  const distance = (one: T) => Math.abs(all.indexOf(one) - place);
  return [...all].sort((a, b) => distance(a) - distance(b));
}

/** Columns that a row does not write, the nearest first. */
function asColumns(entry: Entry, row: Row, table: Table): Renaming[] {
  const columns = table.columnsOf(row.section);
  const own = indexOf(row.section).columns.get(entry.key.text);
  if (!own) return [];
  const cellOf = (column: string) => (after: Disclosure) =>
    after.tables.get(table.id)?.cell(row.id, column) ?? [];
  return nearestTo(own, columns)
    .filter(({ id }) => !row.values.has(id))
    .map(({ id, key }) => ({
      entry,
      key,
      cells: (after) => [cellOf(id)(after)].flat(),
      others: (after) => [cellOf(own.id)(after)].flat(),
    }));
}
