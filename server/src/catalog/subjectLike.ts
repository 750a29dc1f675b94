import type { SectionSpec } from '../disclosure/vocabulary';
import type { Catalog, CatalogEntry } from './catalog';
import { EXPENDITURE, plainName } from './names';

/** Of these subjects the only one whose name a text almost is, whether or not it ends in 支出. */
export function subjectLike(
  text: string,
  codes: Iterable<string>,
  { classification }: NonNullable<SectionSpec['codes']>,
  catalog: Catalog,
): CatalogEntry | undefined {
  const written = [...bare(text)];
  if (written.length < SHORTEST || written.length > LONGEST) return undefined;
  const most = written.length >= LONG ? 2 : 1;
  const near: CatalogEntry[] = [];
  for (const code of codes) {
    const entry = catalog.lookup(code, classification);
    const names = entry ? [entry.name, ...entry.aliases.map(({ name }) => name)] : [];
    if (names.some((name) => distance(written, [...bare(name)], most) <= most)) near.push(entry!);
  }
  return near.length === 1 ? near[0] : undefined;
}

function bare(name: string): string {
  const plain = plainName(name);
  return plain.endsWith(EXPENDITURE) ? plain.slice(0, -EXPENDITURE.length) : plain;
}

/** Of shorter names one character makes too much of a difference: 住房支出 is not 住房保障. */
const SHORTEST = 5;
const LONG = 9;
const LONGEST = 40;

/** Characters left out, put in, or exchanged; more than `most` where that is certain. */
function distance(a: readonly string[], b: readonly string[], most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let above = [...b.keys(), b.length];
  for (const [i, c] of a.entries()) {
    const row = [i + 1];
    for (const [j, d] of b.entries()) {
      row.push(Math.min(above[j]! + (c === d ? 0 : 1), above[j + 1]! + 1, row[j]! + 1));
    }
    above = row;
  }
  return above.at(-1)!;
}
