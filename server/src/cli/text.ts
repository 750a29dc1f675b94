import type { Mode } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Counts } from '../service/analysis';
import { message, type Locale, type MessageKey } from '../service/messages';
import type { CellChange } from '../service/changes';
import type { FileReport } from '../service/report';

const WORDS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  'zh-cn': { error: '错误', warning: '警告', information: '提示', hint: '建议' },
  en: { error: 'error', warning: 'warning', information: 'information', hint: 'hint' },
};

export function severityWord(severity: string, locale: Locale): string {
  return WORDS[locale][severity] ?? severity;
}

/** A file's report for people: causes by line, then what was counted and what was not checked. */
export function textReport(report: FileReport, locale: Locale): string {
  const { path, causes, checked, unchecked, accepted, relations } = report;
  if (report.status === 'ignored') return `${path}: ${notDisclosure(locale)}\n`;
  const lines = causes.map(({ range, severity, message: text, rule }) => {
    const at = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
    return `${at}: ${severityWord(severity, locale)}: ${text} [${rule}]`;
  });
  const outcomes = (relations ?? []).map(
    ({ id, outcome, printed, computed }) =>
      `  ${word(outcome, locale)}  ${id}  ${printed ?? ''} | ${computed ?? ''}`,
  );
  const reasons = [...byReason(unchecked)].map(
    ([why, rules]) => `  ${word('unchecked', locale)}  ${why}: ${rules.join(' ')}`,
  );
  const reviewed = (relations ? accepted : []).map(
    ({ rule, path: where, reason }) =>
      `  ${word('accepted', locale)}  ${where} [${rule}]: ${reason}`,
  );
  const rounding =
    report.mode !== 'nearest'
      ? [message(locale, 'report.mode', { mode: wayOf(report.mode, locale) })]
      : [];
  const summary = `${path}: ${[countsText(checked, notedIn(report), locale), ...rounding].join(', ')}`;
  const inferred = report.inferredMode ? [`  ${inferredText(report.inferredMode, locale)}`] : [];
  return [...lines, ...outcomes, ...reviewed, ...reasons, summary, ...inferred, ''].join('\n');
}

/** `成立 638, 尾差 36`; what is only worth knowing is counted apart from what is wrong. */
export function countsText(counts: Counts, noted: number, locale: Locale): string {
  const told = Object.entries({ ...counts, fails: counts.fails - noted })
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${word(outcome, locale)} ${count}`);
  if (noted > 0) told.push(message(locale, 'count.noted', { count: noted }));
  return told.join(', ');
}

/** Of what fails, how much is information or less. */
function notedIn(report: FileReport): number {
  // The ledger asks every relation of the document: where nothing fails it is not made.
  if (report.checked.fails === 0) return 0;
  return report.ledger.rows.reduce((sum, { noted }) => sum + noted, 0);
}

/** What was changed, or would be: `path:line: cell: old → new`. */
export function changeList(path: string, changes: readonly CellChange[]): string {
  return changes
    .map(({ range, path: cell, before, after }) => {
      return `${path}:${range.start.line + 1}: ${cell}: ${before} → ${after}\n`;
    })
    .join('');
}

/** The rules that one missing table or figure leaves unchecked, together. */
function byReason(unchecked: FileReport['unchecked']): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const { rule, message: why } of unchecked) {
    const rules = reasons.get(why) ?? [];
    if (!rules.includes(rule)) rules.push(rule);
    reasons.set(why, rules);
  }
  return reasons;
}

/** What it means for the checks, in the words that the file would declare it with. */
function inferredText(mode: Mode, locale: Locale): string {
  const key = vocabulary.head['rounding']!.key;
  return message(locale, 'report.inferred', { key, mode: wayOf(mode, 'zh-cn') });
}

/** A way of rounding in words: as a file declares it, or in English. */
function wayOf(mode: Mode, locale: Locale): string {
  const way = vocabulary.rounding.find(({ id }) => id === mode);
  return (locale === 'zh-cn' ? way?.key : way?.en) ?? mode;
}

const IGNORED: Readonly<Record<Locale, string>> = {
  'zh-cn': '不是决算公开数据文件，未核对',
  en: 'not a disclosure, not checked',
};

export const notDisclosure = (locale: Locale) => IGNORED[locale];

export function word(outcome: string, locale: Locale): string {
  return message(locale, `outcome.${outcome}` as MessageKey);
}
