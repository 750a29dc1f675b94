/** Rows whose figures are right and whose subject code has one wrong digit. */
import { catalogOf } from '../catalog/inForce';
import { codePlaces, hasRow, type CodePlace } from '../catalog/places';
import { isSlip } from '../catalog/slips';
import { isNonZero, type Disclosure, type Row, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf, type Operand } from '../relations/relation';
import { isStructural } from '../relations/rounding';
import { isLong } from '../relations/totals';
import { groupBy } from '../syntax/multimap';
import type { ScalarNode } from '../syntax/tree';
import type { Cause } from './cause';
import { missedByLists, missingFromTable, unexplained } from './miscodedItems';
import { misplacedBy } from './miscodedParents';
import { missingBelow, missingIn } from './miscodedRows';
import {
  causeOfSettled,
  causesWith,
  FEWEST_SETTLED,
  isOneFigure,
  MOST_FAILING,
  type Settled,
  settledIn,
  toExplain,
  untold,
} from './supposition';

/** The document evaluated anew with other codes in the given places. */
export type Recode = (codes: ReadonlyMap<ScalarNode, string>) => Network;

/** A row of one of the tables that would have to be another subject's. */
export interface Hypothesis {
  readonly table: Table;
  readonly row: Row;
  readonly code: string;
  /** Its figure is the one that others say, and its code stands nowhere else. */
  readonly isAlike?: boolean;
  /**
   * What its code is speaks for itself: it is no subject's, and the right one is; or it stands right above, or below,
   * what belongs to another.
   */
  readonly isStrange?: boolean;
  /** Nothing else speaks for it: it has to explain all that fails. */
  readonly isWhole?: boolean;
  /** Its code is of another classification: it may be any, and where that belongs it is right. */
  readonly isForeign?: boolean;
  /** Of an item of a text: where its code stands. */
  readonly node?: ScalarNode;
}

interface Miscoding extends Hypothesis {
  readonly places: readonly ScalarNode[];
  /** What fails with the code as it is written. */
  readonly settled: Settled;
}

/** Trying one costs as much as evaluating the document. */
const MOST_TRIED = 4;

/**
 * Tells of failing relations that one code with one wrong digit explains as one cause, at the code. Each
 * supposition is tried on the whole document: it has to settle two relations, or one where the catalog
 * speaks for it too, and all that speak of the row and of its place under the subject above, to break
 * nothing, and to be the only one. Where one figure would explain as much, that is told.
 */
export function withMiscoded(
  causes: readonly Cause[],
  network: Network,
  disclosure: Disclosure,
  recode: Recode,
): Cause[] {
  const tables = [...disclosure.tables.values()].filter(({ spec }) => spec.section === undefined);
  const told = causes.filter((cause) => !emptiesSubject(cause));
  const certain = told.filter(({ verdict }) => verdict === 'certain');
  const failing = untold(causes, toExplain(certain, network, disclosure, tables));
  if (failing.length === 0) return [...causes];
  const isTold = failing.length < FEWEST_SETTLED || isOneFigure(told, failing);
  const found: Miscoding[] = [];
  let left = MOST_TRIED;
  for (const hypothesis of hypotheses(failing.slice(0, MOST_FAILING), network, disclosure)) {
    const { code, isStrange = false } = hypothesis;
    if (isTold && !isStrange) continue;
    const at = codeOf(hypothesis);
    if (found.some((one) => one.code === code && one.places.includes(at))) continue;
    for (const places of placesAnew(hypothesis, disclosure)) {
      if (left-- <= 0) break;
      const settled = settledBy(network, recode(codesAt(places, code)), hypothesis);
      if (!settled || isOneFigure(isStrange ? certain : told, settled.relations)) continue;
      if (hypothesis.isWhole && settled.relations.size < failing.length) continue;
      found.push({ ...hypothesis, places, settled });
      break;
    }
  }
  // A code mistyped in one place is likelier than the same slip in each of several, and one that explains more.
  return causesWith(
    causes,
    found,
    causeOf,
    (one, other) => other.places.length <= one.places.length && !isMore(one, other),
  );
}

/** Of a subject that should have nothing the code may be wrong as well. */
const emptiesSubject = ({ cell, candidates: [only] }: Cause) =>
  cell.row.code !== undefined &&
  only?.cell === cell &&
  only.values.every(({ units }) => units === 0n);

/** Whether one settles all that another one does, and more. */
const isMore = ({ settled: { relations: all } }: Miscoding, { settled }: Miscoding) =>
  all.size > settled.relations.size && [...settled.relations].every((one) => all.has(one));

/**
 * A subject exceeds its sub-subjects by the figure of a row elsewhere in its table; or the table lacks a row
 * of which others speak, and has one that fails too. The codes are one slip apart, unless that row has the
 * very figure and no other place knows its code.
 */
function* hypotheses(
  all: readonly Evaluation[],
  network: Network,
  disclosure: Disclosure,
): Iterable<Hypothesis> {
  const seen = new Set<string>();
  // Most mistakes are told without going through all codes of the file.
  let byCode: ReadonlyMap<string, readonly CodePlace[]> | undefined;
  const placesOf = (code: string) => {
    byCode ??= groupBy(codePlaces(disclosure), (place) => place.code);
    return byCode.get(code) ?? [];
  };
  const isNew = (one: Hypothesis) => {
    const key = `${one.table.id} ${one.row.id} ${one.code}`;
    return isMeant(one) && !seen.has(key) && seen.add(key);
  };
  yield* [
    ...missedByLists(network),
    ...unexplained(all, network),
    ...misplacedBy(all, placesOf),
  ].filter(isNew);
  for (const failing of all) {
    // A long sum is of what rows there are: it asks for none, and none is all that it has.
    if (isLong(failing.relation)) continue;
    const supposed = [
      ...missingBelow(failing, network),
      ...missingIn(failing, network, placesOf),
      ...missingFromTable(failing, placesOf),
    ];
    yield* supposed.filter(isNew);
  }
}

/** Whether a row may have been meant for a code: free, told or one slip away, not the stranger of the two. */
function isMeant({ table, row, code, isAlike = false, isForeign = false }: Hypothesis): boolean {
  const { codes } = row.section;
  if (!codes?.levels.includes(code.length)) return false;
  if (row.code!.length !== code.length && !isForeign) return false;
  if (!(isAlike || isSlip(row.code!, code)) || isWritten(table, row, code)) return false;
  const catalog = catalogOf(table);
  const isKnown = (one: string) => catalog.lookup(one, codes.classification) !== undefined;
  return isKnown(code) || !isKnown(row.code!);
}

const isWritten = ({ rows }: Table, { section }: Row, code: string) =>
  [...rows.values()].some((row) => row.entry && row.section === section && row.code === code);

const codesAt = (places: readonly ScalarNode[], code: string): ReadonlyMap<ScalarNode, string> =>
  new Map(places.map((place) => [place, code]));

const codeOf = ({ row, node }: Hypothesis): ScalarNode => node ?? row.entry!.key;

/** Every place of the code, where it stands elsewhere too; or the row alone. */
function* placesAnew(
  { table, row, code, isForeign = false, node }: Hypothesis,
  disclosure: Disclosure,
): Iterable<readonly ScalarNode[]> {
  if (isForeign || node) {
    yield [node ?? row.entry!.key];
    return;
  }
  const all = codePlaces(disclosure).filter((place) => place.code === row.code);
  const isFree = all.every((place) => !hasRow(place, code) || place.table === table);
  if (all.length > 1 && isFree) yield all.map(({ node }) => node);
  yield [row.entry!.key];
}

/** What no longer fails with another code; undefined where that is too little, or anything new fails. */
function settledBy(
  before: Network,
  after: Network,
  { table, row, code, isStrange = false }: Hypothesis,
): Settled | undefined {
  // All that speaks of the row, and of the subjects that it is added to.
  const speaksOfIt = ({ cell }: Operand) =>
    cell.table.id === table.id && cell.row.section === row.section && cell.row.code === code;
  const isAbove = ({ relation: { rule, left } }: Evaluation) =>
    rule.kind === 'hierarchy' &&
    left[0]!.cell.table.id === table.id &&
    code.startsWith(left[0]!.cell.row.code ?? code);
  if (sumsWith(before, table, row).some((id) => !isIn(after, id, speaksOfIt))) return undefined;
  return settledIn(before, after, {
    // What is wrong of the row for another reason fails under its new code as well.
    renamed: (id) => id.replaceAll(row.code!, code),
    isToHold: (one) => isAbove(one) || operandsOf(one.relation).some(speaksOfIt),
    ...(isStrange && { fewest: 1 }),
  });
}

/** The sums of other rows that a row is counted in, and that plainly hold with it. */
function sumsWith(network: Network, table: Table, row: Row): string[] {
  const cells = [...row.values.keys()].flatMap((column) => table.cell(row.id, column) ?? []);
  return cells.filter(isNonZero).flatMap((cell) =>
    network
      .of(cell)
      .filter(({ outcome, relation: { rule, left } }) => {
        const { row: above, state } = left[0]!.cell;
        // A computed total holds whatever it is computed of.
        const isPrinted = state !== 'derived' && above.id !== row.id;
        return outcome === 'holds' && isStructural(rule.kind) && isPrinted;
      })
      .map(({ relation }) => relation.id),
  );
}

const isIn = (network: Network, id: string, speaks: (operand: Operand) => boolean) =>
  network.evaluations.some(({ relation }) => {
    return relation.id === id && operandsOf(relation).some(speaks);
  });

function causeOf(miscoding: Miscoding): Cause {
  const { table, row, code, places, settled } = miscoding;
  const columns = [...row.values.keys()];
  const cells = columns.flatMap((column) => table.cell(row.id, column) ?? []);
  const [first] = settled.relations;
  const cell = cells.find(({ entry }) => entry) ?? first!.relation.left[0]!.cell;
  const group = { kind: 'miscoded', probability: 1, changes: new Map<never, never>() } as const;
  return {
    ...causeOfSettled(cell, settled, {
      ...group,
      table,
      row: row.code!,
      code,
      places: codesAt(places, code),
    }),
    id: `code:${cell.id}`,
    at: codeOf(miscoding),
  };
}
