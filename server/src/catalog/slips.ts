/** Codes that differ by one slip of the hand. */

/** Another digit in one place, or one digit left out and one put in: two that are swapped, 20185 for 20805. */
export function isSlip(a: string, b: string): boolean {
  if (a === b || a.length !== b.length) return false;
  const shorter = (text: string) =>
    [...text].map((_, at) => text.slice(0, at) + text.slice(at + 1));
  const of = new Set(shorter(a));
  return shorter(b).some((text) => of.has(text));
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
