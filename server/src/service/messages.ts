import chinese from '../../../l10n/server.zh-cn.json';
import english from '../../../l10n/server.en.json';
import type { Fact } from '../relations/facts';
import type { Text } from '../relations/rule';

export type Locale = 'zh-cn' | 'en';
export type MessageKey = keyof typeof chinese;

const bundles: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = {
  'zh-cn': chinese,
  en: english,
};

/** Fills the message's `{placeholders}`; braces that name no argument stay as they are. */
export function message(
  locale: Locale,
  key: MessageKey,
  args: Readonly<Record<string, string | number>> = {},
): string {
  const text = bundles[locale][key].replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(args, name) ? String(args[name]) : placeholder,
  );
  // What is counted has no unit, and leaves the blank before it.
  return text.replace(/ +(?=[；，。;,]|$)/gu, '');
}

export function inLocale(text: Text, locale: Locale): string {
  return locale === 'zh-cn' ? text.zh : text.en;
}

/** The message of a finding about the writing; a code without one says its code. */
export function problemMessage(
  locale: Locale,
  code: string,
  args: Readonly<Record<string, string>>,
): string {
  // Where it can be told what is meant, or which of several ways it is, the message says so.
  const special = args['value'] ? `input.${code}.value` : `input.${code}.${args['part']}`;
  const key = Object.hasOwn(chinese, special) ? special : `input.${code}`;
  return Object.hasOwn(chinese, key) ? message(locale, key as MessageKey, args) : code;
}

/** The message of a fact that does not hold: of its rule where there is one, else of its kind. */
export function factMessage(locale: Locale, { rule, variant, args }: Fact): string {
  const kind = variant ? `fact.${rule.kind}.${variant}` : `fact.${rule.kind}`;
  const own = `fact.${rule.id}`;
  const key = (Object.hasOwn(chinese, own) ? own : kind) as MessageKey;
  return message(locale, key, { ...args, rule: inLocale(rule.title, locale) });
}
