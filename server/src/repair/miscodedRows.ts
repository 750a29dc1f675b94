/** Rows whose code would have to be the one that a failing relation asks for. */
import { classificationOf } from '../catalog/data';
import { catalogOf } from '../catalog/inForce';
import type { CodePlace } from '../catalog/places';
import { isSlip } from '../catalog/slips';
import { halves, power, type Amount } from '../disclosure/amount';
import { isNonZero, type Row, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import { isStructural, type Measure } from '../relations/rounding';
import type { Hypothesis } from './miscoded';

/** Of a subject that exceeds its sub-subjects: the row of another place that has just that. */
export function* missingBelow(
  { relation, measure }: Evaluation,
  network: Network,
): Iterable<Hypothesis> {
  if (relation.rule.kind !== 'hierarchy' || !measure) return;
  const { table, row: parent, column } = relation.left[0]!.cell;
  const short = measure.left - measure.right;
  if (parent.code === undefined || table.spec.section !== undefined || short <= 0n) return;
  for (const row of rowsBeside(table, parent)) {
    const amount = table.cell(row.id, column.id)?.amount;
    if (!amount || row.code.length <= parent.code.length) continue;
    if (row.code.startsWith(parent.code) || amount.place < measure.place) continue;
    const gap = short - 2n * amount.units * power(amount.place - measure.place);
    // What rounding leaves open is judged with all the rest.
    if (gap * gap > BigInt(relation.right.length + 2) ** 2n) continue;
    if (!isShortInAll(table, parent, row, network)) continue;
    yield { table, row, code: parent.code + row.code.slice(parent.code.length) };
  }
}

/** Whether a subject does not add up in any column in which a row has a figure. */
function isShortInAll(table: Table, parent: Row, row: Row, network: Network): boolean {
  return [...row.values.keys()].every((column) => {
    const figure = table.cell(row.id, column);
    const total = table.cell(parent.id, column);
    if (!figure || !isNonZero(figure)) return true;
    return (
      total !== undefined &&
      network
        .of(total)
        .some(({ relation: { rule }, outcome }) => rule.kind === 'hierarchy' && outcome === 'fails')
    );
  });
}

/** Of rows that a relation asks for and that a table does not write: the row that would be it. */
export function* missingIn(
  { relation, measure }: Evaluation,
  network: Network,
  placesOf: (code: string) => readonly CodePlace[],
): Iterable<Hypothesis> {
  const isAlone = (code: string) => placesOf(code).length === 1;
  for (const { cell } of operandsOf(relation)) {
    const { table, row: absent, column } = cell;
    if (absent.entry || absent.code === undefined || table.spec.section !== undefined) continue;
    const beside = [...rowsBeside(table, absent)];
    const isOnly = (row: Row) =>
      isAlone(row.code!) &&
      !beside.some((one) => {
        return one !== row && isSlip(one.code, absent.code!) && isAlone(one.code);
      });
    for (const [at, row] of beside.entries()) {
      const amount = table.cell(row.id, column.id)?.amount;
      const isForeign = isOfAnother(row);
      const isBetween = (code: string) =>
        (beside[at - 1]?.code ?? '') < code && code < (beside[at + 1]?.code ?? '~');
      // Where it stands in order other tables may be still to list it, unless they list what it is a slip away from.
      const isMeant =
        !isBetween(row.code) ||
        (isSlip(row.code, absent.code) && isOnly(row) && isListed(placesOf(absent.code)));
      if (isBetween(absent.code) && isMeant && isHollow(table, row) && isAlone(row.code)) {
        yield { table, row, code: absent.code, isAlike: true };
        continue;
      }
      if (amount && measure && !relation.base && isGap(amount, measure)) {
        if (isForeign || isAlone(row.code)) {
          yield { table, row, code: absent.code, isAlike: true, isForeign };
          continue;
        }
      }
      if (!isSlip(row.code, absent.code)) continue;
      const cells = [...row.values.keys()].flatMap((column) => table.cell(row.id, column) ?? []);
      // That a sum which takes what rows there are fails says nothing of one of them.
      const isOwn = ({ outcome, relation: { rule } }: Evaluation) =>
        outcome === 'fails' && !isStructural(rule.kind);
      const isStrange = isNoSubject(table, row, absent.code);
      if (isStrange || cells.some((one) => network.of(one).some(isOwn))) {
        yield { table, row, code: absent.code, isStrange };
      } else if (amount && amount.units > 0n && isOnly(row)) {
        yield { table, row, code: absent.code, isWhole: true };
      }
    }
  }
}

/** Of one table alone the other may be the one that is not done yet. */
const FEWEST_LISTS = 2;

/** Whether several tables list a subject. */
const isListed = (places: readonly CodePlace[]) => {
  const tables = places.flatMap(({ table }) => (table && !table.spec.section ? table : []));
  return new Set(tables).size >= FEWEST_LISTS;
};

/** Whether all that a row writes is left to the server, which finds nothing that it could be. */
function isHollow(table: Table, { id, values }: Row): boolean {
  const cells = [...values.keys()].map((column) => table.cell(id, column));
  return cells.length > 0 && cells.every((cell) => cell?.state === 'derived' && !isNonZero(cell));
}

/** Whether a code is of another classification than the table lists: 30101 among functional subjects. */
function isOfAnother({ code, section }: Row): boolean {
  const own = classificationOf(code!);
  return own !== undefined && section.codes !== undefined && own !== section.codes.classification;
}

/** Whether the catalog knows the other code, and not that of a row. */
function isNoSubject(table: Table, { code, section }: Row, other: string): boolean {
  const { codes } = section;
  const isKnown = (one: string) =>
    codes !== undefined && catalogOf(table).lookup(one, codes.classification) !== undefined;
  return !isKnown(code!) && isKnown(other);
}

/** Whether the two sides of a relation differ by an amount. */
function isGap(amount: Amount, { left, right, place }: Measure): boolean {
  if (amount.units <= 0n || amount.place < place) return false;
  const gap = left < right ? right - left : left - right;
  return halves(amount, place) === gap;
}

/** Written rows of subjects on the same side of a table. */
function* rowsBeside({ rows }: Table, { section }: Row): Iterable<Row & { readonly code: string }> {
  for (const row of rows.values()) {
    const { code } = row;
    if (row.entry && code !== undefined && row.section === section) yield { ...row, code };
  }
}
