import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import { build } from '../../../esbuild.config';
import { generate, generateCatalog } from '../speed/generate';
import { machine } from '../speed/table';
import { writeBetween } from '../page';

/**
 * `npm run bench -- folder [--files 1000] [--lines 1000] [--sample 50] [--rounds 3] [--write]`: a folder of
 * disclosures checked by the command line, on one processor and on two, against reading every byte and
 * against `yaml`, which parses a sample of the files.
 */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      files: { type: 'string', default: '1000' },
      lines: { type: 'string', default: '1000' },
      sample: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '3' },
      write: { type: 'boolean', default: false },
    },
  });
  const [files, lines] = [Number(values.files), Number(values.lines)];
  const folder = mkdtempSync(join(tmpdir(), 'gouji-bench-'));
  const bundle = mkdtempSync(join(tmpdir(), 'gouji-bench-'));
  try {
    await build(['cli.js'], { outdir: bundle });
    const text = generate('flow', 'yaml', lines);
    const paths = Array.from({ length: files }, (_, i) => join(folder, `${i}.disclosure.yaml`));
    // Each has a name of its own, so that none is the same as another.
    paths.forEach((path, i) => writeFileSync(path, `${text}单位名称: 单位${i}\n`));
    writeFileSync(join(folder, 'codes.csv'), generateCatalog(lines));
    const sample = paths.slice(0, Number(values.sample));
    const readings: number[] = [];
    const parsings: number[] = [];
    const checks: Record<1 | 2, Awaited<ReturnType<typeof check>>[]> = { 1: [], 2: [] };
    for (let round = 0; round < Number(values.rounds); round++) {
      readings.push(timed(() => paths.forEach((path) => readFileSync(path))));
      parsings.push(
        timed(() => sample.forEach((path) => parseDocument(readFileSync(path, 'utf8')))),
      );
      for (const jobs of [1, 2] as const) checks[jobs].push(await check(bundle, folder, jobs));
    }
    const [reading, parsing] = [Math.min(...readings), Math.min(...parsings)];
    const fastest = (jobs: 1 | 2) => checks[jobs].reduce((a, b) => (b.ms < a.ms ? b : a));
    const [one, two] = [fastest(1), fastest(2)];
    const parsed = (parsing * files) / sample.length;
    const row = (name: string, ms: number, memory: number | undefined) =>
      `| ${[name, (ms / 1000).toFixed(2), (parsed / ms).toFixed(1), memory?.toFixed(0) ?? '–'].join(' | ')} |`;
    const table = [
      `${machine([])} ${files.toLocaleString('en')} files of ${lines.toLocaleString('en')} lines; \`yaml\` on ${sample.length} of them, the time for all calculated. The fastest of ${values.rounds} rounds.`,
      '',
      '| | s | times as fast as `yaml` | memory MB |',
      '|---|--:|--:|--:|',
      row('reading every byte', reading, undefined),
      row('`yaml`, parsing alone', parsed, undefined),
      row('`gouji check --jobs 1`', one.ms, one.memory),
      row('`gouji check --jobs 2`', two.ms, two.memory),
    ].join('\n');
    console.log(table);
    if (values.write) writeBetween('folder', table);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(bundle, { recursive: true, force: true });
  }
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Milliseconds, and the most memory that was resident, in MB. */
async function check(bundle: string, folder: string, jobs: number) {
  const started = performance.now();
  const args = ['check', '--jobs', String(jobs), '--catalog', join(folder, 'codes.csv'), folder];
  const child = spawn(process.execPath, [join(bundle, 'cli.js'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  let memory: number | undefined;
  const timer = setInterval(() => {
    const resident = residentOf(child.pid!);
    if (resident !== undefined) memory = Math.max(memory ?? 0, resident);
  }, 50);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(timer);
  if (code !== 0) throw new Error(`gouji check ended with ${code}: ${told}`);
  return { ms: performance.now() - started, memory };
}

function residentOf(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) / 1024;
  } catch {
    // Not Linux, or gone.
    return undefined;
  }
}
