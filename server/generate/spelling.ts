import type { Named } from '../src/disclosure/vocabulary';

const QUOTES = /["“”]/gu;

/**
 * A schema cannot normalise keys as the server does, so the spellings that people use become
 * patterns: aliases, brackets of either width, and quotation marks or none around words such as
 * “三公”.
 */
export class Spelling {
  private readonly quoted: ReadonlySet<string>;

  /** @param names where one of them quotes a word, the quotes are optional in all of them */
  constructor(names: Iterable<string>) {
    const words = [...names].flatMap((name) => [...name.matchAll(/“(.+?)”/gu)]);
    this.quoted = new Set(words.map(([, word]) => word!));
  }

  /** Matches every spelling but the canonical key itself; undefined if there is no other. */
  others(named: Named): string | undefined {
    const key = escape(named.key);
    const all = this.all(named);
    return all === key ? undefined : `^(?!${key}$)(?:${all})$`;
  }

  /** Alternatives for every spelling. */
  all({ key, alias = [] }: Named): string {
    return [...new Set([key, ...alias].map((name) => this.pattern(name)))].join('|');
  }

  private pattern(name: string): string {
    let pattern = [...name.replace(QUOTES, '')]
      .map((c) => ('(（'.includes(c) ? '[(（]' : ')）'.includes(c) ? '[)）]' : escape(c)))
      .join('');
    for (const word of this.quoted) pattern = pattern.replaceAll(word, `["“]?${word}["”]?`);
    return pattern;
  }
}

export function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
