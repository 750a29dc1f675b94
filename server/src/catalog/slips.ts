/** Codes that differ by one slip of the hand. */

/** Another digit in one place, or one digit left out and one put in: two that are swapped, 20185 for 20805. */
export function isSlip(a: string, b: string): boolean {
  if (a === b || a.length !== b.length) return false;
  let [start, end] = [0, a.length];
  while (a[start] === b[start]) start++;
  while (a[end - 1] === b[end - 1]) end--;
  const own = (text: string, from: number, to: number) => text.slice(start + from, end - to);
  // Of what is left the first digits differ, and the last ones: each code has one of the two too many.
  return own(a, 1, 0) === own(b, 0, 1) || own(a, 0, 1) === own(b, 1, 0);
}

/** What one slip makes of a code, of which some are none. */
export function* slipsOf(code: string): Iterable<string> {
  for (let i = 0; i <= code.length; i++) {
    const [before, after] = [code.slice(0, i), code.slice(i)];
    for (const digit of '0123456789') {
      yield before + digit + after;
      if (after !== '') yield before + digit + after.slice(1);
    }
    if (after === '') continue;
    yield before + after.slice(1);
    if (after.length > 1) yield before + after[1]! + after[0]! + after.slice(2);
    // A code of a level that does not exist is mostly one of the level above with more behind it.
    if (i >= 3) yield before;
  }
}
