/** How a wrong figure seems to have come about, in words. */
import { measureOf } from '../disclosure/model';
import type { Candidate, Cause } from '../repair/cause';
import { unitOf } from './groupMessage';
import { message, type Locale } from './messages';

/** Undefined where digits do not tell it. */
export function slipMessage(
  { cell }: Cause,
  { kind, moved = 0 }: Candidate['values'][number]['slip'],
  locale: Locale,
): string | undefined {
  switch (kind) {
    case 'unit': {
      const unit = unitOf(cell.unit.exponent - moved);
      const isMoney = measureOf(cell.unit) === 'money';
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
