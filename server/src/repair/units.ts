import { power } from '../disclosure/amount';
import { amountOf, isNonZero, type Disclosure, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf, type Operand } from '../relations/relation';

/** A table all of whose figures are ten thousand times, or a ten-thousandth of, what others print. */
export interface UnitSlip {
  readonly table: Table;
  /** The unit that its figures seem to be in. */
  readonly unit: string;
}

/** Fewer figures than this prove nothing. */
const FEWEST = 3;

const TEN_THOUSAND = 10_000n;

/** What a figure's unit is mistaken for: 元 read as 万元 is too large, 万元 read as 元 too small. */
const MISTAKEN: Readonly<Record<string, { readonly unit: string; readonly larger: boolean }>> = {
  万元: { unit: '元', larger: true },
  元: { unit: '万元', larger: false },
};

/** Tables in another unit than they say: every figure that stands elsewhere too says so. */
export function findUnitSlips(network: Network, disclosure: Disclosure): UnitSlip[] {
  const failing = network.opened('fails').filter(isCompared);
  // A table in another unit is at odds with the others in every figure: it fails somewhere.
  const suspects = new Set(
    failing.flatMap(({ relation }) => operandsOf(relation).map(({ cell }) => cell.table)),
  );
  return [...disclosure.tables.values()].flatMap((table) => {
    const mistaken = suspects.has(table) ? MISTAKEN[table.unit.name] : undefined;
    if (!mistaken) return [];
    let agreeing = 0;
    for (const evaluation of network.evaluations) {
      if (!isCompared(evaluation)) continue;
      const verdict = differsByUnit(evaluation, table, mistaken.larger);
      if (verdict === false) return [];
      if (verdict) agreeing++;
    }
    return agreeing >= FEWEST ? [{ table, unit: mistaken.unit }] : [];
  });
}

const isCompared = ({ relation, measure }: Evaluation) =>
  relation.rule.kind === 'equal' && measure !== undefined;

/** Whether the table's side is the other one in another unit; undefined where that cannot be compared. */
function differsByUnit(
  { relation, measure }: Evaluation,
  table: Table,
  larger: boolean,
): boolean | undefined {
  const { left, right, place } = measure!;
  const own = isOf(relation.left, table);
  if (own === undefined || isOf(relation.right, table) !== !own || left === 0n || right === 0n) {
    return undefined;
  }
  const leftSide = { sum: left, width: widthOf(relation.left, place) };
  const rightSide = { sum: right, width: widthOf(relation.right, place) };
  const [big, small] = own === larger ? [leftSide, rightSide] : [rightSide, leftSide];
  const gap = big.sum - TEN_THOUSAND * small.sum;
  return (gap < 0n ? -gap : gap) <= big.width + TEN_THOUSAND * small.width;
}

/**
 * How far a side may be off, in halves of `place`: a last place for each figure, however the document
 * rounds, and also where the unit it gives would make figures exact.
 */
function widthOf(side: readonly Operand[], place: number): bigint {
  return side
    .filter(({ cell }) => isNonZero(cell))
    .reduce((sum, { cell }) => sum + 2n * power(amountOf(cell).place - place), 0n);
}

/** Whether all non-zero figures of a side stand in the table, or none (false); undefined if some. */
function isOf(side: readonly Operand[], table: Table): boolean | undefined {
  const figures = side.filter(({ cell }) => isNonZero(cell));
  const own = figures.filter(({ cell }) => cell.table === table).length;
  return own === 0 ? false : own === figures.length ? true : undefined;
}
