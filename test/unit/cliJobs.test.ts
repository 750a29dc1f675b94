import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../esbuild.config';
import { run } from '../../server/src/cli/run';

/** Enough for two workers. */
const FILES = 36;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-jobs-'));
  await build(['cli.js'], { outdir: folder });
  for (let i = 0; i < FILES; i++) {
    const total = i % 3 === 0 ? '3.50' : '3.00';
    writeFileSync(
      join(folder, `${String(i).padStart(2, '0')}.disclosure.yaml`),
      `格式: gouji/1\n支出决算表:\n  2080101: {本年支出合计: ${total}, 基本支出: 1.00, 项目支出: 2.00}\n`,
    );
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const built = (...args: string[]) =>
  spawnSync(process.execPath, [join(folder, 'cli.js'), 'check', folder, ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, LANG: 'en' },
  });

describe('many files', () => {
  it.each(['text', 'json'])(
    'are told alike however many are checked at a time: %s',
    (format) => {
      const [one, two] = ['1', '2'].map((jobs) => built('--format', format, '--jobs', jobs));
      expect(one!.stdout.match(/\.disclosure\.yaml/g)!.length).toBeGreaterThanOrEqual(FILES);
      expect(two!.stdout).toBe(one!.stdout);
      expect([two!.stderr, two!.status]).toEqual(['', 1]);
    },
    120_000,
  );

  it('are checked each by one of the shards', async () => {
    const paths: string[] = [];
    for (const shard of ['1/3', '2/3', '3/3']) {
      let out = '';
      await run(['check', folder, '--format', 'json', '--shard', shard], {
        out: (text) => void (out += text),
        error: () => undefined,
        locale: 'en',
      });
      const { files } = JSON.parse(out) as { files: { path: string }[] };
      expect(files).toHaveLength(FILES / 3);
      paths.push(...files.map(({ path }) => path));
    }
    expect(new Set(paths).size).toBe(FILES);
  });

  it('say that a shard has no file', async () => {
    const said: string[] = [];
    const terminal = {
      out: () => undefined,
      error: (text: string) => void said.push(text),
      locale: 'en',
    };
    const shard = `${FILES + 1}/${FILES + 1}`;
    expect(await run(['check', folder, '--shard', shard], terminal)).toBe(0);
    expect(said).toEqual([`gouji: there is no file in part ${shard}\n`]);
  });

  it.each(['0/3', '4/3', '2', 'a/b', '1/2/3'])('have no shard %s', async (shard) => {
    const silent = { out: () => undefined, error: () => undefined, locale: 'en' };
    expect(await run(['check', folder, '--shard', shard], silent)).toBe(2);
  });
});
