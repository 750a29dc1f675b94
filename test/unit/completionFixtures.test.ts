import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Range } from 'vscode-languageserver-types';
import { parse } from 'yaml';
import { completionsAt } from '../../server/src/service/completion';
import { analyzeText } from '../support/examples';

interface Case {
  readonly title: string;
  readonly language?: 'yaml' | 'json';
  readonly text: string;
  readonly first: string;
  readonly after: string;
  /** Others that are offered, what is not, and the last of all. */
  readonly among?: readonly string[];
  readonly without?: readonly string[];
  readonly last?: string;
}

const cases = ['completion.yaml', 'completion-narrative.yaml'].flatMap(
  (name) => parse(readFileSync(join(__dirname, '../fixtures', name), 'utf8')) as Case[],
);

/** The offers at `$0`. */
function offers({ text: source, language = 'yaml' }: Case) {
  const offset = source.indexOf('$0');
  const text = source.replace('$0', '');
  const analysis = analyzeText(text, `x.disclosure.${language}`);
  const position = analysis.lines.position(offset);
  const items = completionsAt(analysis, position, { locale: 'zh-cn', snippets: true });
  return { text, offset, analysis, items };
}

describe('the first offer and what it writes', () => {
  test('there are forty positions', () => expect(cases.length).toBeGreaterThanOrEqual(40));

  test.each(cases.map((one) => [one.title, one] as const))('%s', (_, one) => {
    const { text, offset, analysis, items } = offers(one);
    const sorted = [...items].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
    const [item] = sorted;
    expect(item?.label).toBe(one.first);
    const labels = sorted.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining([...(one.among ?? [])]));
    expect(labels.filter((label) => one.without?.includes(label))).toEqual([]);
    if (one.last !== undefined) expect(labels.at(-1)).toBe(one.last);
    const { range, newText } = item!.textEdit as { range: Range; newText: string };
    const [start, end] = [analysis.lines.offset(range.start), analysis.lines.offset(range.end)];
    // What the protocol asks of an edit: one line, around the cursor.
    expect([range.start.line, start <= offset, offset <= end]).toEqual([
      range.end.line,
      true,
      true,
    ]);
    const written = item!.insertTextFormat === 2 ? newText.replace(/\\([\\$}])/g, '$1') : newText;
    expect(text.slice(0, start) + written + text.slice(end)).toBe(one.after);
    // The editor filters by what stands before the cursor in the edited range.
    expect((item!.filterText ?? item!.label).startsWith(text.slice(start, offset))).toBe(true);
  });
});
