/** How a wrong figure seems to have come about, in words. */
import { halves, power, type Amount } from '../disclosure/amount';
import { measureOf } from '../disclosure/model';
import type { Candidate, Cause } from '../repair/cause';
import { unitOf } from './groupMessage';
import { message, type Locale } from './messages';

/** Undefined where digits do not tell it. */
export function slipMessage(
  { cell }: Cause,
  value: Candidate['values'][number],
  locale: Locale,
): string | undefined {
  const { kind, moved = 0 } = value.slip;
  const isMoney = measureOf(cell.unit) === 'money';
  if (!isMoney && cell.amount && isHundredth(cell.amount, value)) {
    return message(locale, 'slip.fraction');
  }
  switch (kind) {
    case 'unit': {
      const unit = unitOf(cell.unit.exponent - moved);
      return isMoney && unit !== undefined
        ? message(locale, 'slip.unit', { unit })
        : message(locale, 'slip.shift');
    }
    case 'sign':
    case 'shift':
    case 'transposed':
    case 'missing':
    case 'extra':
    case 'digit':
    case 'total':
    case 'base':
    case 'year':
      return message(locale, `slip.${kind}`);
    default:
      // Of a figure of another place it is told which.
      return undefined;
  }
}

/** Whether an amount is a hundredth of another one, to the place to which that is written: 0.796 for 79.60%. */
function isHundredth(written: Amount, right: Amount): boolean {
  const place = Math.min(written.place, right.place);
  const gap = 100n * halves(written, place) - halves(right, place);
  return written.units !== 0n && (gap < 0n ? -gap : gap) <= power(right.place - place);
}
