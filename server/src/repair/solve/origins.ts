/** The slips of `slips.ts` the other way round: what may have been meant by what is printed. */

/** The point is moved by no more places than a unit of ten thousand moves it. */
const FARTHEST = 4;

/**
 * Every figure of which one slip of the hand would have made what is printed; all in units of one place.
 * Figures that were taken from elsewhere, or left out, may have been any: they are not among them.
 */
export function* originsOf(printed: bigint): Iterable<bigint> {
  if (printed === 0n) return;
  const isNegative = printed < 0n;
  const digits = (isNegative ? -printed : printed).toString();
  const signed = (size: bigint) => (isNegative ? -size : size);
  yield -printed;
  for (const size of sizesOf(digits)) yield signed(size);
}

function* sizesOf(digits: string): Iterable<bigint> {
  for (let places = 1; places <= FARTHEST; places++) {
    yield BigInt(digits + '0'.repeat(places));
    // A figure in a smaller unit may have been rounded.
    const scale = 10n ** BigInt(places);
    const size = BigInt(digits);
    if (size % scale === 0n) yield size / scale;
    else if (places === FARTHEST) yield (2n * size + scale) / (2n * scale);
  }
  // A first digit may have become a zero, which nobody prints.
  const padded = `0${digits}`;
  for (let at = 0; at < padded.length; at++) {
    const [before, own, after] = [padded.slice(0, at), padded[at]!, padded.slice(at + 1)];
    for (const digit of DIGITS) {
      // One digit wrong, one missing before it.
      if (digit !== own) yield BigInt(before + digit + after);
      yield BigInt(before + digit + own + after);
    }
    // Two exchanged; one too many.
    if (after !== '') yield BigInt(before + after[0]! + own + after.slice(1));
    if (at > 0 && digits.length > 1) yield BigInt(before + after);
  }
  for (const digit of DIGITS) yield BigInt(digits + digit);
}

const DIGITS = [...'0123456789'];
