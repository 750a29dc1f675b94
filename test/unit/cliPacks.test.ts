import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../server/src/cli/run';

const text = `格式: gouji/1
财政拨款“三公”经费支出决算表:
  合计: {预算数: 10.00, 决算数: 12.00}
  公务接待费: {预算数: 10.00, 决算数: 12.00}
`;
const pack = (id: string, more = '') => `pack: 试
rules:
  - id: ${id}
    kind: compare
    comparator: ge
    target: T9/reception/budget
    terms: [T9/reception/final]
    title: {zh: 接待费不超预算}
${more}`;

/** A folder with these files, one of them in a folder of its own below. */
function workspace(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'gouji-cli-packs-'));
  mkdirSync(join(root, '.gouji'));
  mkdirSync(join(root, '2024'));
  const all = { '2024/a.disclosure.yaml': text, ...files };
  for (const [name, content] of Object.entries(all)) writeFileSync(join(root, name), content);
  return root;
}

async function check(root: string, ...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = {
    out: (t: string) => void out.push(t),
    error: (t: string) => void error.push(t),
    locale: 'zh_CN.UTF-8',
  };
  const document = join(root, '2024/a.disclosure.yaml');
  const code = await run(['check', document, '--format', 'json', ...args], terminal);
  const report = JSON.parse(out.join('')) as {
    packs: { path: string; findings: { code: string; range: object }[] }[];
    files: { causes: { rule: string }[] }[];
  };
  return {
    code,
    error: error.join(''),
    packs: report.packs.map(({ path, findings }) => [path, findings.map((f) => f.code)]),
    rules: report.files.flatMap(({ causes }) => causes.map(({ rule }) => rule)),
  };
}

describe('gouji check with packs', () => {
  it('takes those of the folder above the file', async () => {
    const root = workspace({ '.gouji/a.yaml': pack('local.limit') });
    const { code, rules, packs, error } = await check(root);
    expect({ code, rules, error }).toEqual({ code: 1, rules: ['local.limit'], error: '' });
    expect(packs).toEqual([[join(root, '.gouji/a.yaml'), []]]);
  });

  it('takes those that are named, and no others', async () => {
    const root = workspace({ '.gouji/a.yaml': pack('local.limit'), 'b.yaml': pack('local.named') });
    expect((await check(root, '--pack', join(root, 'b.yaml'))).rules).toEqual(['local.named']);
  });

  it('says what is wrong with a pack, uses what is right, and exits with 2', async () => {
    const root = workspace({ '.gouji/a.yaml': pack('local.limit', '  - id: local.bad\n') });
    const { code, rules, packs, error } = await check(root);
    expect({ code, rules }).toEqual({ code: 2, rules: ['local.limit'] });
    expect(packs).toEqual([[join(root, '.gouji/a.yaml'), ['pack.missing', 'pack.missing']]]);
    expect(error).toContain(`${join(root, '.gouji/a.yaml')}:9:5: 错误: 缺少 kind`);
  });

  it('warns of what changes nothing', async () => {
    const root = workspace({ '.gouji/a.yaml': 'pack: 试\noverride: {no.rule: off}\n' });
    const { code, error } = await check(root);
    expect(code).toBe(0);
    expect(error).toContain('警告: 没有规则 no.rule');
  });

  it('says which named pack is not there', async () => {
    const { code, error } = await check(workspace({}), '--pack', 'nowhere.yaml');
    expect(code).toBe(2);
    expect(error).toContain('nowhere.yaml');
  });

  it('follows no link out of the folder', async () => {
    const other = workspace({ 'a.yaml': pack('local.outside') });
    const root = workspace({});
    symlinkSync(join(other, 'a.yaml'), join(root, '.gouji/a.yaml'));
    expect((await check(root)).rules).toEqual([]);
  });
});
