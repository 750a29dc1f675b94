import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProblem } from '../../server/src/repair/solve/read';
import { solve } from '../../server/src/repair/solve/solve';

const page = readFileSync(join(__dirname, '../../docs/solve.md'), 'utf8');
const blocks = [...page.matchAll(/^```(jsonc?)\n([^]*?)^```$/gm)];

/** A problem is followed by its solution, sooner or later. */
const examples = blocks.flatMap(([, language, problem], at) => {
  const solution = blocks.slice(at + 1).find(([, other]) => other === 'jsonc')?.[2];
  return language === 'json' ? [[problem!, solution] as const] : [];
});

const withoutComments = (text: string) => text.replace(/ +\/\/.*$/gm, '');

describe('the page about solving', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(1);
  });

  it.each(examples)('shows what is found in its example %#', (problem, solution) => {
    const { schema, path, ...shown } = JSON.parse(withoutComments(solution!)) as object & {
      schema: string;
      path: string;
    };
    expect(schema).toBe('gouji-solution/1');
    expect(path).not.toBe('');
    expect(solve(readProblem(JSON.parse(problem)))).toEqual(shown);
  });
});
