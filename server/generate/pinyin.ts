import { pinyin } from 'pinyin-pro';
import type { CatalogData } from '../src/catalog/data';
import type { PinyinData } from '../src/catalog/pinyin';
import type { Vocabulary } from '../src/disclosure/vocabulary';

const HAN = /\p{Script=Han}/u;

/**
 * Initials of the common characters (the first level of GB 2312) and of every character that our names
 * use. Of a character with several readings the usual one is taken; the words in which the names here
 * read it otherwise (行业, 调查) are listed beside it. The library that knows this is not shipped.
 */
export function pinyinData(catalog: CatalogData, vocabulary: Vocabulary): PinyinData {
  const names = new Set([
    ...Object.values(catalog.subjects).flatMap((list) => list.map(([, name]) => name)),
    ...catalog.aliases.map(([, name]) => name),
    ...(JSON.stringify(vocabulary).match(/\p{Script=Han}+/gu) ?? []),
  ]);
  const usual = new Map<string, string>();
  for (const c of [...commonCharacters(), ...[...names].join('')]) {
    if (HAN.test(c) && !usual.has(c)) usual.set(c, readingsOf(c)[0]!);
  }
  return { characters: byInitial(usual), words: exceptions([...names].sort(), usual) };
}

export function pinyinText({ characters, words }: PinyinData): string {
  const lines = (record: Readonly<Record<string, string>>) =>
    Object.entries(record)
      .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  return `{\n"characters": {\n${lines(characters)}\n},\n"words": {\n${lines(words)}\n}\n}\n`;
}

/** One initial for each character; what is not Chinese is its own. */
function readingsOf(text: string): string[] {
  return pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' });
}

function commonCharacters(): string[] {
  const decoder = new TextDecoder('gb2312');
  const characters: string[] = [];
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      characters.push(decoder.decode(new Uint8Array([row, cell])));
    }
  }
  return characters.filter((c) => HAN.test(c));
}

function byInitial(usual: ReadonlyMap<string, string>): Record<string, string> {
  const characters: Record<string, string> = {};
  for (const initial of 'abcdefghijklmnopqrstuvwxyz') {
    const own = [...usual].filter(([, reading]) => reading === initial).map(([c]) => c);
    if (own.length > 0) characters[initial] = own.sort().join('');
  }
  return characters;
}

/** The pairs of characters that are read otherwise than one by one, wherever they stand. */
function exceptions(
  names: readonly string[],
  usual: ReadonlyMap<string, string>,
): Record<string, string> {
  const words: Record<string, string> = {};
  const read = names.map((name) => [[...name], readingsOf(name)] as const);
  for (const [characters, readings] of read) {
    for (const [i, c] of characters.entries()) {
      if (!HAN.test(c) || readings[i] === usual.get(c)) continue;
      const pairAt = (at: number) => characters.slice(at, at + 2).join('');
      const frequency = (at: number) => names.filter((name) => name.includes(pairAt(at))).length;
      const [start] = [i - 1, i]
        .filter((at) => isSteady(read, characters, readings, at))
        .sort((a, b) => frequency(b) - frequency(a));
      // Read in two ways by the same neighbours: the usual reading has to do.
      if (start === undefined) continue;
      const pair = pairAt(start);
      words[pair] = readings.slice(start, start + 2).join('');
    }
  }
  return words;
}

/** Whether a pair of characters is read alike in all names that have it. */
function isSteady(
  read: readonly (readonly [readonly string[], readonly string[]])[],
  characters: readonly string[],
  readings: readonly string[],
  at: number,
): boolean {
  const [first, second] = [characters[at], characters[at + 1]];
  if (first === undefined || second === undefined || !HAN.test(first + second)) return false;
  return read.every(([others, as]) =>
    others.every(
      (c, i) =>
        c !== first ||
        others[i + 1] !== second ||
        (as[i] === readings[at] && as[i + 1] === readings[at + 1]),
    ),
  );
}
