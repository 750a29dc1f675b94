import chinese from '../../../l10n/server.zh-cn.json';
import english from '../../../l10n/server.en.json';
import type { CatalogProblem } from '../catalog/compile';
import type { Fact } from '../relations/fact';
import type { PackFinding } from '../relations/packFile';
import type { Text } from '../relations/rule';

export type Locale = 'zh-cn' | 'en';
export type MessageKey = keyof typeof chinese;

const bundles: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = {
  'zh-cn': chinese,
  en: english,
};

const PLACEHOLDER = /( ?)\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g;

/**
 * Fills the message's `{placeholders}`; braces that name no argument stay as they are. `{count:cell|cells}`
 * is the number with the word that goes with it, for one and for any other number.
 */
export function message(
  locale: Locale,
  key: MessageKey,
  args: Readonly<Record<string, string | number>> = {},
): string {
  let text = '';
  for (const part of partsOf(bundles[locale][key])) {
    text += typeof part === 'string' ? part : filled(part, args);
  }
  return text;
}

function filled(
  { placeholder, blank, name, one, other }: Placeholder,
  args: Readonly<Record<string, string | number>>,
): string {
  if (!Object.hasOwn(args, name)) return placeholder;
  const value = String(args[name]);
  // What is counted has no unit: the blank before it is left out too.
  if (value === '') return '';
  const word = value === '1' ? one : other;
  return word === undefined ? `${blank}${value}` : `${blank}${value} ${word}`;
}

interface Placeholder {
  /** As it is written, with the blank before it. */
  readonly placeholder: string;
  readonly blank: string;
  readonly name: string;
  readonly one: string | undefined;
  readonly other: string | undefined;
}

type Part = string | Placeholder;

/** The parts of messages, each taken apart when it is first told. */
const taken = new Map<string, readonly Part[]>();

function partsOf(text: string): readonly Part[] {
  const known = taken.get(text);
  if (known) return known;
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const [placeholder, blank = '', name = '', one, other] = match;
    parts.push(text.slice(end, match.index), { placeholder, blank, name, one, other });
    end = match.index + placeholder.length;
  }
  parts.push(text.slice(end));
  taken.set(text, parts);
  return parts;
}

/** The first of some names; where there are more, with how many there are. */
export function shortList(names: readonly string[], most: number, locale: Locale): string {
  const text = names.slice(0, most).join(message(locale, 'list'));
  const count = names.length;
  return count > most ? message(locale, 'list.cut', { names: text, count, named: most }) : text;
}

export function inLocale(text: Text, locale: Locale): string {
  return locale === 'zh-cn' ? text.zh : text.en;
}

/** A message quotes no more of a text than shows which one is meant. */
const LONGEST = 120;

const shortened = (args: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(args).map(([name, text]) => {
      return [name, text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text];
    }),
  );

/** The message of a finding about the writing; a code without one says its code. */
export function problemMessage(
  locale: Locale,
  code: string,
  written: Readonly<Record<string, string>>,
): string {
  const args = shortened(written);
  const parser = `parser.${args['parser'] ?? ''}`;
  // The parser's own words, in English, only where there are none of ours.
  const detail = Object.hasOwn(chinese, parser) && message(locale, parser as MessageKey, args);
  if (detail) return message(locale, `input.${code}` as MessageKey, { ...args, detail });
  // Where it can be told what is meant, or which of several ways it is, the message says so.
  const special = args['value'] ? `input.${code}.value` : `input.${code}.${args['part']}`;
  const key = Object.hasOwn(chinese, special) ? special : `input.${code}`;
  return Object.hasOwn(chinese, key) ? message(locale, key as MessageKey, args) : code;
}

/** The message of a finding on the file of a pack. */
export function packMessage(locale: Locale, { code, args }: PackFinding): string {
  return Object.hasOwn(chinese, code)
    ? message(locale, code as MessageKey, args)
    : problemMessage(locale, code, args);
}

/** The message of a finding on the file of a catalog. */
export function catalogMessage(locale: Locale, { code, args }: CatalogProblem): string {
  return code === 'syntax'
    ? problemMessage(locale, args['problem'] ?? code, args)
    : message(locale, `catalog.file.${code}`, args);
}

/** The message of a fact that does not hold: of its rule where there is one, else of its kind. */
export function factMessage(locale: Locale, { rule, variant, args }: Fact): string {
  const kind = variant ? `fact.${rule.kind}.${variant}` : `fact.${rule.kind}`;
  const own = `fact.${rule.id}`;
  const key = (Object.hasOwn(chinese, own) ? own : kind) as MessageKey;
  return message(locale, key, { ...shortened(args), rule: inLocale(rule.title, locale) });
}
