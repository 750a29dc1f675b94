/** Whether the shares of a whole, as they are printed, have to come to all of it. */
import { abs, halfWidth, halves, power } from '../disclosure/amount';
import { amountOf, isNonZero, type Cell } from '../disclosure/model';
import { leastOf } from '../syntax/arrays';

/**
 * Shares are worked out from exact amounts or from printed ones, whose sum need not be their total. What it lacks of
 * that in per cent is below half a last place of the shares: then no sum of them is another for it.
 *
 * @returns the figure because of which they may come to more or less: one that is too small to have a share, or the
 * total; undefined where they have to come to 100 %
 */
export function whyShifted(
  whole: Cell,
  parts: readonly Cell[],
  shares: readonly Cell[],
): Cell | undefined {
  const gone = shares.find(
    (share) =>
      share.state === 'amount' &&
      !isNonZero(share) &&
      parts.some((part) => part.row === share.row && isNonZero(part)),
  );
  if (gone) return gone;
  const told = [whole, ...parts].map(amountOf);
  const place = leastOf(told.map((amount) => amount.place));
  const [all, ...own] = told.map((amount) => halves(amount, place));
  const missed = abs(own.reduce((rest, part) => rest - part, all!));
  // What is missed by more is no tail: it is told where it is wrong.
  const isTail = missed <= told.reduce((sum, amount) => sum + halfWidth(amount, place), 0n);
  const finest = leastOf(
    shares.map((share) => amountOf(share).place),
    0,
  );
  // 100 · missed / all ≥ ½ · 10^finest
  return isTail && 200n * power(-finest) * missed >= abs(all!) ? whole : undefined;
}
