import data from './pinyin.generated.json';

/** Initials by character, and of words in which a character is read otherwise than usual. */
export interface PinyinData {
  /** Under each letter the characters that begin with it. */
  readonly characters: Readonly<Record<string, string>>;
  /** Words of two characters with the initials of both. */
  readonly words: Readonly<Record<string, string>>;
}

const { characters, words } = data as PinyinData;
let index: Map<string, string> | undefined;

/** What people type for a name: 就业补助 is `jybz`. Letters and digits stay, punctuation goes. */
export function initialsOf(name: string): string {
  index ??= new Map(
    Object.entries(characters).flatMap(([initial, all]) =>
      [...all].map((c): [string, string] => [c, initial]),
    ),
  );
  let initials = '';
  for (let i = 0; i < name.length; i++) {
    const word = words[name.slice(i, i + 2)];
    if (word) {
      initials += word;
      i++;
    } else initials += index.get(name[i]!) ?? (/\w/.test(name[i]!) ? name[i]!.toLowerCase() : '');
  }
  return initials;
}
