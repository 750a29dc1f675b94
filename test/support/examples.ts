import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf } from '../../server/src/disclosure/recognize';
import { vocabulary } from '../../server/src/disclosure/vocabulary';
import { parse } from '../../server/src/syntax/parse';
import { analyze } from '../../server/src/service/analyze';
import type { Analysis } from '../../server/src/service/analysis';
import { causesOf, type CauseView } from '../../server/src/service/findings';

export const HUNAN = 'tianyuan-2024.disclosure.yaml';

export const EXAMPLES = [
  HUNAN,
  'putuo-finance-2024.disclosure.yaml',
  'putuo-ecology-2025.disclosure.json',
] as const;

/** An example as it is: tables, narrative and annexes. */
export function wholeText(name: string): string {
  return readFileSync(join(__dirname, '../../examples', name), 'utf8');
}

const sections = Object.values(vocabulary.sections).map(({ key }) => key);

/** Head and nine tables of an example as a file by themselves; the other sections stand behind them. */
export function exampleText(name: string): string {
  const text = wholeText(name);
  const tree = parse(text, languageOf(name));
  const entries = tree.root?.kind === 'map' ? tree.root.entries : [];
  const first = entries.findIndex(({ key }) => sections.includes(key.text));
  if (first < 0) throw new Error(`${name} has no other sections`);
  const { end } = tree.rangeOf(entries[first - 1]!);
  const kept = text.slice(0, end).trimEnd();
  return tree.language === 'json' ? `${kept}\n}\n` : `${kept}\n`;
}

/** The tables with the one note mended that speaks of other money: they have nothing but tails. */
export function rightTables(name: string = HUNAN): string {
  return exampleText(name).replace('使用国有资本经营预算安排', '使用政府性基金预算安排');
}

export function analyzeText(text: string, path = HUNAN): Analysis {
  return analyze({ path, text }, { severities: {} });
}

/** Causes at error or warning level. */
export function alarms(analysis: Analysis): CauseView[] {
  return causesOf(analysis, 'en').filter(
    ({ severity }) => severity === 'error' || severity === 'warning',
  );
}

export interface Edit {
  readonly range: { readonly start: number; readonly end: number };
  readonly newText: string;
}

/** Applies edits given in offsets, last one first. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  // Of several insertions at one place the first stands first.
  return [...edits]
    .reverse()
    .sort((a, b) => b.range.start - a.range.start)
    .reduce(
      (t, { range, newText }) => t.slice(0, range.start) + newText + t.slice(range.end),
      text,
    );
}
