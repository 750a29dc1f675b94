import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(__dirname, '../../docs/benchmarks.md');

/** Puts results between the marks of their name in the page of benchmarks. */
export function writeBetween(name: string, results: string): void {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`no marks of ${name} in ${PAGE}`);
  writeFileSync(PAGE, `${before}${begin}\n\n${results}\n\n${end}${after}`);
}
