import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../server/src/service/analyze';
import type { Analysis } from '../../server/src/service/analysis';
import { causesOf, type CauseView } from '../../server/src/service/findings';

export const HUNAN = 'tianyuan-2024.disclosure.yaml';

export const EXAMPLES = [
  HUNAN,
  'putuo-finance-2024.disclosure.yaml',
  'putuo-ecology-2025.disclosure.json',
] as const;

export function exampleText(name: string): string {
  return readFileSync(join(__dirname, '../../examples', name), 'utf8');
}

/** The nine tables of an example, without the narrative and what follows. */
export function tablesText(name: string): string {
  const text = exampleText(name);
  if (name.endsWith('.json')) {
    const end = text.search(/,\s*"(?:概况|决算情况说明)": /);
    return end < 0 ? text : `${text.slice(0, end)}\n}\n`;
  }
  const end = text.search(/^(?:概况|决算情况说明):/m);
  return end < 0 ? text : text.slice(0, end);
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
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce(
      (t, { range, newText }) => t.slice(0, range.start) + newText + t.slice(range.end),
      text,
    );
}
