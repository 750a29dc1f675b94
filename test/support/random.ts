/** Mulberry32: a small generator of numbers in [0, 1), with a fixed seed the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(items: ArrayLike<T>, random: () => number): T {
  return items[Math.floor(random() * items.length)]!;
}

/** A figure with one digit replaced by another; it gets no leading zero, which JSON could not write. */
export function mistype(printed: string, random: () => number): string {
  const places = [...printed.matchAll(/\d/g)].map(({ index }) => index);
  for (;;) {
    const at = pick(places, random);
    const digit = (Number(printed[at]) + 1 + Math.floor(random() * 9)) % 10;
    const figure = `${printed.slice(0, at)}${digit}${printed.slice(at + 1)}`;
    if (!/^0\d/.test(figure)) return figure;
  }
}
