import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../server/src/cli/run';
import { edited } from '../lsp/support/text';
import { rightTables } from '../support/examples';

const text = rightTables();
const wrong = text.replace('{本年支出合计:  250.04,', '{本年支出合计:  250.40,');
const line = wrong.split('\n').findIndex((l) => l.includes('250.40')) + 1;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-fix-'));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function gouji(...args: string[]) {
  let out = '';
  let error = '';
  const code = await run(args, {
    out: (t) => (out += t),
    error: (t) => (error += t),
    locale: 'zh_CN.UTF-8',
  });
  return { code, out, error };
}

describe('gouji check --fix', () => {
  it('writes what is certain, says what it wrote, and reports the text after', async () => {
    const path = file('a.disclosure.yaml', wrong);
    const { code, out } = await gouji('check', '--fix', path);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(
      `${path}:${line}: 支出决算表/2080101/本年支出合计: 250.40 → 250.04`,
    );
    expect(out).not.toContain(': 错误: ');
    expect(readdirSync(folder)).toEqual(['a.disclosure.yaml']);
  });

  it('leaves the file alone with --dry-run, and says the same', async () => {
    const path = file('a.disclosure.yaml', wrong);
    const { mtimeMs } = statSync(path);
    const dry = await gouji('check', '--fix', '--dry-run', path);
    expect(readFileSync(path, 'utf8')).toBe(wrong);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    expect(dry).toEqual(await gouji('check', '--fix', path));
  });

  it('does not touch files in which nothing is certain', async () => {
    // One figure of a class alone is in doubt: each of its items could be the wrong one.
    const open = text.replace('30101: 62.02', '30101: 72.02');
    const paths = [file('a.disclosure.yaml', text), file('b.disclosure.yaml', open)];
    const before = paths.map((path) => statSync(path).ino);
    const { code } = await gouji('check', '--fix', ...paths);
    expect(code).toBe(1);
    expect(paths.map((path) => statSync(path).ino)).toEqual(before);
    expect(readFileSync(paths[1]!, 'utf8')).toBe(open);
  });

  it('keeps byte order mark, line ends and mode', async () => {
    const dressed = (content: string) => `\uFEFF${content.replaceAll('\n', '\r\n')}`;
    const path = file('a.disclosure.yaml', dressed(wrong));
    chmodSync(path, 0o640);
    await gouji('check', '--fix', path);
    expect(readFileSync(path, 'utf8')).toBe(dressed(text));
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('writes through a symbolic link', async () => {
    const path = file('a.disclosure.yaml', wrong);
    const link = join(folder, 'link.disclosure.yaml');
    symlinkSync(path, link);
    await gouji('check', '--fix', link);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('takes names as long as a file system takes them', async () => {
    const name = `${'决'.repeat(78)}.disclosure.yaml`;
    const path = file(name, wrong);
    expect((await gouji('check', '--fix', path)).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('gives the edits as JSON, in places of the text before', async () => {
    const path = file('a.disclosure.yaml', wrong);
    const { out } = await gouji('check', '--fix', '--dry-run', '--format', 'json', path);
    const [report] = (JSON.parse(out) as { files: { fixed: never[]; checked: object }[] }).files;
    expect(edited(wrong, report!.fixed)).toBe(text);
    expect(report!.checked).toMatchObject({ fails: 0 });
    const plain = await gouji('check', '--format', 'json', path);
    expect(plain.out).not.toContain('"fixed"');
  });

  it('does not write what is no disclosure, and refuses --dry-run alone', async () => {
    const path = file('plain.yaml', 'a: 1\n');
    expect((await gouji('check', '--fix', path)).code).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe('a: 1\n');
    expect((await gouji('check', '--dry-run', path)).error).toContain('--fix');
  });

  it('exits with 2 where it cannot write', async () => {
    if (process.getuid?.() === 0) {
      // Nothing is read-only to root; cliFixFailure.test.ts lets the write itself fail.
      console.warn('running as root: permissions cannot be tested, only a failing write is');
      return;
    }
    const path = file('a.disclosure.yaml', wrong);
    chmodSync(path, 0o444);
    const readOnly = await gouji('check', '--fix', path);
    chmodSync(path, 0o644);
    chmodSync(folder, 0o555);
    const closed = await gouji('check', '--fix', path);
    for (const { code, out, error } of [readOnly, closed]) {
      expect(code).toBe(2);
      expect(error).toContain(path);
      // The report is of the file as it is.
      expect(out).toContain('250.40');
      expect(out).not.toContain('→');
    }
    expect(readFileSync(path, 'utf8')).toBe(wrong);
  });
});
