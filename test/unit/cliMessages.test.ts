import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../server/src/cli/run';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-'));
  writeFileSync(join(folder, 'broken.json'), '{');
  writeFileSync(join(folder, 'other.yaml'), 'services: {}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function errorOf(args: readonly string[], locale = ''): Promise<string> {
  let error = '';
  const code = await run(args, { out: () => {}, error: (text) => (error += text), locale });
  expect(code).toBe(2);
  // The reason, and below it at most where to read on.
  expect(error.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  return error.split('\n')[0]!;
}

const CASES: readonly (readonly [args: () => string[], en: string, zh: string])[] = [
  [() => ['check', 'nowhere.yaml'], 'no such file: nowhere.yaml', '没有这个文件：nowhere.yaml'],
  [() => ['check'], 'no FILE or GLOB', '没有给出文件或通配符'],
  [() => ['judge'], 'unknown command judge', '没有 judge 这个命令'],
  [() => ['check', 'a', '--fromat', 'xml'], 'unknown option --fromat', '没有 --fromat 这个选项'],
  [() => ['check', 'a', '--fromat', 'xml'], 'did you mean --format?', '是不是 --format？'],
  [() => ['chekc', 'a'], 'did you mean check?', '是不是 check？'],
  [() => ['check', join(folder, 'other.yaml')], 'no file was checked', '没有核对任何文件'],
  [() => ['check', 'a', '--jobs'], '--jobs: a value', '--jobs 缺少取值'],
  [() => ['check', 'a', '--fix=yes'], '--fix: a value', '--fix 缺少取值，或不该有取值'],
  [() => ['check', 'a', '--format', 'xml'], 'unknown format xml', '没有 xml 这种格式'],
  [() => ['check', 'a', '--dry-run'], '--dry-run goes with --fix', '--dry-run 须与 --fix 同用'],
  [() => ['solve', 'nowhere.json'], 'no such file: nowhere.json', '没有这个文件：nowhere.json'],
  [() => ['solve', join(folder, 'broken.json')], 'not JSON: ', '不是 JSON：'],
];

describe('what the command line says of how it is called', () => {
  it.each(CASES)('is said in the language that is asked for: %o', async (args, en, zh) => {
    expect(await errorOf([...args(), '--lang', 'en'])).toContain(en);
    expect(await errorOf([...args(), '--lang', 'zh-cn'])).toContain(zh);
    expect(await errorOf(args(), 'en_US.UTF-8')).toContain(en);
    expect(await errorOf(args(), 'zh_CN.UTF-8')).toContain(zh);
  });
});
