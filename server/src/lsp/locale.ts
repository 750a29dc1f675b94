import type { Locale } from '../service/messages';

/** Messages are written in Chinese and English; whoever does not read Chinese gets English. */
export function localeOf(tag: string | undefined): Locale {
  return tag !== undefined && /^zh\b|^zh_/i.test(tag) ? 'zh-cn' : 'en';
}
