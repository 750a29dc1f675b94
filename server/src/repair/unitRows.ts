/** Rows in a smaller unit than their table, where each of their figures is located by itself: told once. */
import { power, type Amount } from '../disclosure/amount';
import { isNonZero, type Row } from '../disclosure/model';
import { groupBy } from '../syntax/multimap';
import type { Candidate, Cause } from './cause';
import { isLocated, oneSlipOf, toldAs } from './oneSlip';

/** One figure alone is a slip of its own. */
const FEWEST = 2;

/** The same with one cause for each row all of whose figures are ten thousand times too large, as 元 beside 万元. */
export function withUnitRows(causes: readonly Cause[]): readonly Cause[] {
  const told = new Map<Cause, Cause>();
  for (const [row, own] of groupBy(causes.filter(isLocated), ({ cell }) => cell.row)) {
    const one = inUnit(row, own);
    if (one) for (const cause of own) told.set(cause, one);
  }
  return toldAs(causes, told);
}

function inUnit(row: Row, causes: readonly Cause[]): Cause | undefined {
  const candidates = causes.flatMap((cause) =>
    cause.candidates.flatMap((one) => withTenThousandth(one) ?? []),
  );
  const { table } = causes[0]!.cell;
  const cells = [...row.values.keys()].flatMap((column) => table.cell(row.id, column) ?? []);
  const figures = cells.filter((cell) => cell.state === 'amount' && isNonZero(cell));
  const isAll =
    candidates.length === figures.length &&
    figures.every((figure) => candidates.some(({ cell }) => cell === figure));
  if (candidates.every(({ values: [value] }) => value && isFaint(value))) return undefined;
  return isAll && figures.length >= FEWEST ? oneSlipOf('unit-row', causes, candidates) : undefined;
}

/** So few last places may as well be a tail: whatever is too large in a sum would come to that. */
const isFaint = ({ units }: Amount) => units < 10n && units > -10n;

/** 元 in 万元, by the powers of ten of both. */
const TEN_THOUSAND = 4;

/** With the value first that is a ten-thousandth of what is printed, as far as it is printed. */
function withTenThousandth(candidate: Candidate): Candidate | undefined {
  const { amount, unit } = candidate.cell;
  if (!amount || unit.exponent !== TEN_THOUSAND) return undefined;
  const value = candidate.values.find((one) => isTenThousandth(one, amount));
  if (!value) return undefined;
  return { ...candidate, values: [value, ...candidate.values.filter((one) => one !== value)] };
}

function isTenThousandth(value: Amount, printed: Amount): boolean {
  const times = value.place + TEN_THOUSAND;
  const place = Math.min(printed.place, times);
  const size = power(times - place);
  const rest = printed.units * power(printed.place - place) - value.units * size;
  return 2n * (rest < 0n ? -rest : rest) <= size;
}
