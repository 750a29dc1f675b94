import { readFile } from 'node:fs/promises';
import { ProblemError } from '../repair/solve/problem';
import { readProblem } from '../repair/solve/read';
import { solve } from '../repair/solve/solve';
import { message, type Locale } from '../service/messages';
import type { Terminal } from './run';

const SOLUTION_SCHEMA = 'gouji-solution/1';

/**
 * Solves problems given as plain data (docs/solve.md) and prints each solution as JSON; resolves to the
 * exit code: 0 nothing found, 1 something is wrong, 2 a file is not a problem or cannot be read.
 */
export async function solveFiles(
  paths: readonly string[],
  locale: Locale,
  terminal: Terminal,
): Promise<number> {
  let code = 0;
  for (const path of paths) {
    try {
      const text = await readFile(path, 'utf8');
      const problem = readProblem(JSON.parse(text.replace(/^\uFEFF/, '')));
      const solution = solve(problem);
      terminal.out(`${JSON.stringify({ schema: SOLUTION_SCHEMA, path, ...solution }, null, 2)}\n`);
      const { findings, conflicts } = solution;
      if (findings.length > 0 || conflicts.some(({ proven }) => proven)) code = Math.max(code, 1);
    } catch (error) {
      terminal.error(`gouji: ${path}: ${reasonOf(error, locale)}\n`);
      code = 2;
    }
  }
  return code;
}

function reasonOf(error: unknown, locale: Locale): string {
  if (error instanceof ProblemError) {
    return message(locale, `solve.${error.complaint}`, error.details);
  }
  if (error instanceof SyntaxError) {
    return message(locale, 'cli.not-json', { detail: error.message });
  }
  if (error instanceof Error && 'code' in error) {
    const isAbsent = error.code === 'ENOENT' && 'path' in error;
    return isAbsent
      ? message(locale, 'cli.unmatched', { name: String(error.path) })
      : message(locale, 'cli.unreadable', { detail: error.message });
  }
  throw error;
}
