import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from '../../../server/src/syntax/tree';
import { writeBetween } from '../page';
import { generateCatalog, LAYOUTS, type Layout } from './generate';
import { measure, type Cell, type Size } from './measure';
import { CATALOG, peers } from './peers';
import { HEADER, machine, rowOf } from './table';

/**
 * `npm run bench -- speed [--lines 1000,10000] [--layouts flow,block,table] [--languages yaml,json]
 * [--edits 60] [--cap 60] [--alone] [--write]`: all servers on all files, one table; `cap` in seconds;
 * `alone` without the peers.
 */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      lines: { type: 'string', default: '1000,10000,50000,100000' },
      layouts: { type: 'string', default: LAYOUTS.join() },
      languages: { type: 'string', default: 'yaml,json' },
      edits: { type: 'string', default: '60' },
      cap: { type: 'string', default: '60' },
      alone: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const sizes: Size[] = values.lines.split(',').flatMap((lines) =>
    (values.layouts.split(',') as Layout[]).flatMap((layout) =>
      (values.languages.split(',') as Language[]).map((language) => ({
        layout,
        language,
        lines: Number(lines),
      })),
    ),
  );
  const outdir = mkdtempSync(join(tmpdir(), 'gouji-bench-'));
  const options = { edits: Number(values.edits), cap: 1000 * Number(values.cap), folder: outdir };
  try {
    const { floor, others: all } = await peers(outdir);
    const others = values.alone ? all.slice(0, 1) : all;
    const rows: string[] = [...HEADER];
    console.log(rows.join('\n'));
    for (const size of sizes) {
      writeFileSync(join(outdir, CATALOG), generateCatalog(size.lines));
      const cells: Cell[] = await measure(size, floor, others, options);
      const added = cells.map((cell) => rowOf(size, cell, cells));
      console.log(added.join('\n'));
      rows.push(...added);
    }
    if (values.write) writeBetween('speed', [machine(others), '', ...rows].join('\n'));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
