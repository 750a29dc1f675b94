/** Tables of the form that a file lacks whose other tables are filled in. */
import { isGuess } from '../disclosure/damage';
import type { Cell, Disclosure, Problem } from '../disclosure/model';
import { headKeys } from '../disclosure/ownKeys';
import { titleOf } from '../disclosure/titles';
import { vocabulary } from '../disclosure/vocabulary';
import type { Network } from '../relations/network';
import { printedBeside } from '../relations/printedBeside';
import { hasNoFigure, isUnfilled } from '../repair/unfilled';
import { mayHaveNoData, tablesWaitedFor } from './underivedProblems';

/** The keys of a head that say which tables are to be expected; the first that is written tells of them. */
const TELLING = ['layout', 'organisation'];

/** Of three tables so many are to be written. */
const MOST = 2;

/**
 * Of a part of a file, or of one just begun, no table is lacking: most have to be written. Nor is one that
 * may be the next to be: others have to stand behind it, or the text.
 */
export function leftOutTables(disclosure: Disclosure, network: Network): readonly string[] {
  const { layout, tables, tree, unreadable } = disclosure;
  const ids = layout.tables.map(({ id }) => id);
  const isThere = (id: string) => tables.has(id) || unreadable.has(id);
  if (ids.every(isThere) || tree.problems.some(isGuess)) return [];
  const all = [...tables.values()];
  const written = all.filter((table) => table.spec.section === undefined && !isUnfilled(table));
  if (written.length * 3 < ids.length * MOST) return [];
  const hasText = all.some((table) => table.spec.section !== undefined && !hasNoFigure(table));
  const end = hasText ? ids.length : ids.findLastIndex(isThere);
  // What cells wait for is told of by itself.
  const told = new Set(tablesWaitedFor(network.underived, disclosure));
  return ids.slice(0, end).filter((id) => !isThere(id) && !told.has(id));
}

/** The same, and apart from them those that may have no data but of whose money the file prints figures. */
export function leftOutByMoney(disclosure: Disclosure, network: Network): LeftOut {
  const needed: string[] = [];
  const others: string[] = [];
  let first: Cell | undefined;
  for (const id of leftOutTables(disclosure, network)) {
    // Of a table that every department fills in it goes without saying.
    const cell = mayHaveNoData(id) ? printedBeside(id, network.unchecked, disclosure) : undefined;
    (cell ? needed : others).push(id);
    first ??= cell;
  }
  return { needed, others, first };
}

interface LeftOut {
  readonly needed: readonly string[];
  readonly others: readonly string[];
  /** The first such figure. */
  readonly first: Cell | undefined;
}

export function leftOutProblems(disclosure: Disclosure, network: Network): Problem[] {
  const { needed, others, first } = leftOutByMoney(disclosure, network);
  const { tree, layout } = disclosure;
  const entries = tree.root?.kind === 'map' ? tree.root.entries : [];
  const [at] = TELLING.flatMap(
    (id) => entries.find(({ key }) => headKeys.get(key.text) === id) ?? [],
  );
  if (!at) return [];
  const args = (ids: readonly string[]) => ({
    tables: ids.map((id) => `《${titleOf(id, disclosure)}》`).join(''),
    layout: layout.key,
  });
  const problems: Problem[] = [];
  if (first) {
    const { table, printed } = first;
    const told = { ...args(needed), other: table.title, printed };
    problems.push({ code: 'input.table-needed', at: at.key, args: told });
  }
  if (others.length > 0) {
    const kept = others.every(mayHaveNoData) && { part: 'kept', words: vocabulary.noData[0]! };
    problems.push({ code: 'input.table-left-out', at: at.key, args: { ...args(others), ...kept } });
  }
  return problems;
}
