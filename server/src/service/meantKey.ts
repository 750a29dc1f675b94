/** A key that stands twice where one of both entries was to have another key: which one, as the figures say. */
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
import type { Entry, ScalarNode, SyntaxTree } from '../syntax/tree';
import { evaluateAgain, isLarge } from './again';
import type { Analysis } from './analysis';
import { doubledCodeOf } from './doubledCode';
import type { Fix } from './fixes';
import { meantCodes } from './meantCode';
import { message, type Locale } from './messages';
import { withoutQuotes } from './places';
import { cellsIn, inTurn, ofRow, type Renaming } from './renaming';
import { repetitionOf } from './repeatedEntry';
import { apply } from './textChanges';

/** Each trial evaluates the document anew, while an editor waits for its fixes. */
const MOST_TRIED = 6;

/** What holds by chance holds once. */
const FEWEST_HOLDING = 2;

const known = new WeakMap<Problem, Renaming | 'none'>();

/** Offered where one key lets all hold that speaks of both entries, and lets more hold than any other key. */
export function meantKeyFix(problem: Problem, analysis: Analysis, locale: Locale): Fix[] {
  const { tree, disclosure } = analysis;
  if (!disclosure || isLarge(disclosure)) return [];
  const found =
    known.get(problem) ??
    likeliest(renamings(problem, disclosure, analysis.network), analysis) ??
    'none';
  known.set(problem, found);
  if (found === 'none') return [];
  const { at, key, subject } = found;
  const title = subject
    ? message(locale, 'fix.recode', { subject })
    : message(locale, 'fix.value', { value: key });
  return [{ title, preferred: false, edits: [editOf(at, key, tree)] }];
}

const editOf = (at: ScalarNode, newText: string, tree: SyntaxTree) => ({
  range: withoutQuotes(tree.rangeOf(at), tree),
  newText,
});

function likeliest(all: readonly Renaming[], analysis: Analysis): Renaming | undefined {
  const { tree } = analysis;
  const tried = all.slice(0, MOST_TRIED);
  const proven = tried.flatMap((renaming) => {
    const text = apply(tree.text, [editOf(renaming.at, renaming.key, tree)]);
    const count = holdingWith(renaming, evaluateAgain(analysis, text));
    return count === undefined ? [] : [{ renaming, count }];
  });
  const [best, second] = proven.sort(
    (a, b) => b.count - a.count || rankOf(b.renaming) - rankOf(a.renaming),
  );
  if (!best) return undefined;
  const { isInOrder = false, key } = best.renaming;
  const isOnly =
    !second ||
    second.count < best.count ||
    rankOf(second.renaming) < rankOf(best.renaming) ||
    // Of two entries that say the same either may be the other one.
    second.renaming.key === key;
  // That nothing speaks against one says something only where there is no other.
  const isProven = best.count > 0 || isInOrder || all.length === tried.length;
  return isOnly && isProven ? best.renaming : undefined;
}

const rankOf = ({ isInOrder = false, isGuess = false }: Renaming) =>
  Number(isInOrder) + 2 * Number(!isGuess);

/**
 * How many relations hold by the figures under their new key; undefined where that proves nothing. A subject that is
 * lacking here, and printed elsewhere with that figure, may have no more than the sum of all rows; what alone
 * would stand there in order, nothing at all.
 */
function holdingWith(
  { cells, others, subject, isInOrder = false }: Renaming,
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
  return subject && (isInOrder || holding.length > 0) ? 0 : undefined;
}

const evaluationsOf = (cells: readonly Cell[], network: Network): Evaluation[] => [
  ...new Set(cells.filter(isNonZero).flatMap((cell) => network.of(cell))),
];

function renamings(
  problem: Problem,
  disclosure: Disclosure,
  network: Network | undefined,
): Renaming[] {
  const { tree } = disclosure;
  const doubled = doubledCodeOf(problem, disclosure);
  if (doubled) return meantCodes(doubled, disclosure, network?.facts ?? []);
  const repetition = repetitionOf(problem, tree);
  if (!repetition) return [];
  const { map, own, other } = repetition;
  // Where it is told is more often the one to be renamed.
  const entries = [own, other];
  if (map === tree.root) return entries.flatMap((entry) => asTables(entry, disclosure));
  const tables = [...disclosure.tables.values()].filter(({ spec }) => spec.section === undefined);
  for (const table of tables) {
    for (const row of table.rows.values()) {
      if (row.entry && map.entries.includes(row.entry) && row.entry.key.text === own.key.text) {
        return row.code === undefined
          ? inTurn(entries.map((entry) => asRows(entry, row, table)))
          : [];
      }
      if (row.entry?.value === map) {
        return inTurn(entries.map((entry) => asColumns(entry, row, table)));
      }
    }
  }
  return [];
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
    return { at: entry.key, key, cells: cellsOf(id), others: cellsOf(own!.id) };
  });
}

/** Lines of the form that are not written, the nearest first. */
function asRows(entry: Entry, { id, section, spec }: Row, table: Table): Renaming[] {
  const around = section.rows.find(({ parts }) => parts?.includes(spec!));
  return nearestTo(spec, around?.parts ?? section.rows)
    .filter((line) => !table.rows.get(rowId(section, line.id))?.entry)
    .map(({ id: line, key }) => ({
      at: entry.key,
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
      at: entry.key,
      key,
      cells: (after) => [cellOf(id)(after)].flat(),
      others: (after) => [cellOf(own.id)(after)].flat(),
    }));
}
