/** Which codes stand above others: by their digits, and as they are written below each other. */

/** What begins a code, itself left out: the subjects above it are among that. */
export const beginningsOf = (code: string): string[] =>
  Array.from(code, (_, length) => code.slice(0, length));

/** A code without sub-subjects of its own, right above those of another one that is not listed. */
export interface Misfit {
  /** Its number in the list; the first of those below is the next. */
  readonly at: number;
  /** The subject of those below, of its own level. */
  readonly code: string;
  /** How many of that subject there are in the list. */
  readonly count: number;
}

/** 211 above 20101 and 20103, where nothing is 201. In most lists every code stands below its own subject. */
export function* misfitsIn(codes: readonly string[]): Iterable<Misfit> {
  for (const [at, own] of codes.entries()) {
    const below = codes[at + 1] ?? '';
    if (below.length <= own.length || below.startsWith(own)) continue;
    const code = below.slice(0, own.length);
    if (codes.some((one, place) => one === code || (place !== at && one.startsWith(own)))) continue;
    yield { at, code, count: codes.filter((one) => one.startsWith(code)).length };
  }
}
