import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import { run } from '../../server/src/cli/run';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { analyzeText, exampleText, HUNAN } from '../support/examples';

const text = exampleText(HUNAN);
const wrong = text.replace('{本年支出合计:  250.04,', '{本年支出合计:  260.04,');
const folder = mkdtempSync(join(tmpdir(), 'gouji-cli-'));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function gouji(...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = {
    out: (t: string) => void out.push(t),
    error: (t: string) => void error.push(t),
    locale: 'zh_CN.UTF-8',
  };
  const code = await run(args, terminal);
  return { code, out: out.join(''), error: error.join('') };
}

interface Report {
  readonly schema: string;
  readonly tool: { name: string; version: string };
  readonly files: {
    path: string;
    status: string;
    checked: Record<string, number>;
    byRule: Record<string, Record<string, number>>;
    causes: { severity: string; range: object; message: string; members: string[] }[];
    findings: { id: string; cause: string; difference: string; fixes: { preferred: boolean }[] }[];
    relations?: { outcome: string }[];
    accepted: { rule: string; path: string; reason: string; fingerprint: string }[];
    ledger: { rows: { id: string; counts: Record<string, number> }[] };
  }[];
}

async function json(...args: string[]): Promise<Report> {
  const { out } = await gouji('check', '--format', 'json', ...args);
  return JSON.parse(out) as Report;
}

const good = file('good.disclosure.yaml', text);
const bad = file('bad.disclosure.yaml', wrong);
const plain = file('plain.yaml', 'a: 1\n');

describe('gouji check', () => {
  it.skipIf(process.platform === 'win32')(
    'tells of a link in a folder that leads nowhere',
    async () => {
      const links = join(folder, 'links');
      mkdirSync(links);
      symlinkSync(join(folder, 'nowhere'), join(links, 'a.disclosure.yaml'));
      const { code, out, error } = await gouji('check', links);
      expect(code).toBe(2);
      expect(out + error).toContain('a.disclosure.yaml');
    },
  );

  it('tells how a file that is not UTF-8 can be read', async () => {
    // 格式 in GBK.
    const gbk = file(
      'gbk.disclosure.yaml',
      Uint8Array.of(0xb8, 0xf1, 0xca, 0xbd, 0x3a, 0x20, 0x78),
    );
    const { code, error } = await gouji('check', gbk);
    expect(code).toBe(2);
    expect(error).toContain('请另存为 UTF-8');
    expect((await gouji('check', gbk, '--lang', 'en')).error).toContain('save it as UTF-8');
  });

  it('tells how a file says it rounds', async () => {
    const cut = file('cut.disclosure.yaml', '格式: gouji/1\n年度: 2024\n尾数处理: 截断\n');
    expect((await gouji('check', cut)).out).toContain('尾数处理：截断');
    expect((await gouji('check', cut, '--lang', 'en')).out).toContain('declared as truncated');
  });

  it('exits with 0 when there is no error', async () => {
    expect((await gouji('check', good)).code).toBe(0);
  });

  it('exits with 1 for a warning when asked to be strict', async () => {
    const open = file('open.disclosure.yaml', '年度: 2024\n');
    expect((await gouji('check', open)).code).toBe(0);
    expect((await gouji('check', '--strict', open)).code).toBe(1);
  });

  it('exits with 2 where none of the files is a disclosure: what was not checked has not passed', async () => {
    const { code, out, error } = await gouji('check', plain);
    expect(code).toBe(2);
    expect(out).toContain(`${plain}: 不是决算公开数据文件，未核对`);
    expect(error).toContain('没有核对任何文件');
    expect((await gouji('check', plain, good)).code).toBe(0);
    // Another part of the files has the disclosures.
    expect((await gouji('check', '--shard', '1/2', plain, good)).code).toBe(0);
  });

  it('exits with 1 when there is an error, and says where, what and which rule', async () => {
    const { code, out } = await gouji('check', bad);
    expect(code).toBe(1);
    const line = wrong.split('\n').findIndex((l) => l.includes('260.04')) + 1;
    const character = wrong.split('\n')[line - 1]!.indexOf('260.04') + 1;
    expect(out).toContain(`${bad}:${line}:${character}: 错误: `);
    expect(out).toContain('应为 250.04');
  });

  it.each([
    [[]],
    [['check']],
    [['chekc', good]],
    [['check', '--format', 'xml', good]],
    [['check', '--nonsense', good]],
    [['check', join(folder, 'missing.disclosure.yaml')]],
    [['check', join(folder, '*.nothing')]],
  ])('exits with 2 on %j and prints the reason to the error stream', async (args) => {
    const { code, error } = await gouji(...args);
    expect(code).toBe(2);
    expect(error).toContain('gouji: ');
  });

  it('exits with 2 on bytes that are not UTF-8, and still checks the other files', async () => {
    const latin = file('gbk.disclosure.yaml', Uint8Array.from([0xb8, 0xf1, 0xca, 0xbd, 0x3a]));
    const { code, out } = await gouji('check', latin, bad);
    expect(code).toBe(2);
    expect(out).toContain(bad);
  });

  it('takes folders and patterns, and says of other YAML that it was not checked', async () => {
    mkdirSync(join(folder, 'more'), { recursive: true });
    file('more/区.决算.json', '{"格式": "gouji/1"}');
    const byFolder = await json(folder);
    expect(byFolder.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([good, bad, join(folder, 'more/区.决算.json')]),
    );
    expect(byFolder.files.some(({ path }) => path === plain)).toBe(false);
    const byPattern = await json(join(folder, '*.yaml'));
    expect(byPattern.files.find(({ path }) => path === plain)?.status).toBe('ignored');
  });

  it('gives the documented JSON', async () => {
    const report = await json(bad);
    expect(report.schema).toBe('gouji-report/1');
    const [only] = report.files;
    expect(only!.status).toBe('ok');
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b);
    expect(
      Object.values(only!.byRule)
        .map(sum)
        .reduce((a, b) => a + b),
    ).toBe(sum(only!.checked));
    const members = only!.causes.flatMap((cause) => cause.members);
    expect(members.sort()).toEqual(only!.findings.map(({ id }) => id).sort());
    // 260.04 printed where 250.04 is right.
    const errors = only!.findings.filter(({ fixes }) => fixes.some(({ preferred }) => preferred));
    expect(errors.map(({ difference }) => Math.abs(Number(difference)))).toContain(10);
    expect(only!.relations).toBeUndefined();
  });

  it('lists every relation with --all', async () => {
    const [only] = (await json('--all', good)).files;
    const evaluated = Object.values(only!.checked).reduce((a, b) => a + b);
    expect(only!.relations!.length).toBe(evaluated);
    const holding = only!.relations!.filter(({ outcome }) => outcome === 'holds');
    expect(holding.length).toBe(only!.checked['holds']);
  });

  it('counts what the file accepts, and names it with --all', async () => {
    const path = file(
      'accepted.disclosure.yaml',
      `格式: gouji/1
支出决算表:
  208: {本年支出合计: 335.80, 基本支出: 235.80, 项目支出: 90.00}
审核说明:
  - {规则: t3.row-sum, 位置: 支出决算表/208/本年支出合计, 说明: 原件如此, 指纹: 573c05ef97b44981}
`,
    );
    const plainly = await gouji('check', path);
    expect(plainly.code).toBe(0);
    expect(plainly.out).toContain('已说明 1');
    expect(plainly.out).not.toContain('原件如此');
    const named = '  已说明  支出决算表/208/本年支出合计 [t3.row-sum]: 原件如此';
    expect((await gouji('check', '--all', path)).out).toContain(named);
    const [only] = (await json('--all', path)).files;
    expect(only!.checked).toMatchObject({ accepted: 1, fails: 0 });
    expect(only!.causes).toEqual([]);
    expect(only!.accepted).toMatchObject([
      {
        rule: 't3.row-sum',
        path: '支出决算表/208/本年支出合计',
        reason: '原件如此',
        fingerprint: '573c05ef97b44981',
      },
    ]);
    const relations = only!.relations!.filter(({ outcome }) => outcome === 'accepted');
    expect(relations).toHaveLength(1);
    const row = only!.ledger.rows.find(({ id }) => id === 'T3')!;
    expect(row.counts).toEqual({ ...row.counts, accepted: 1, fails: 0 });
  });

  it('lists table by table what was checked with --ledger', async () => {
    const path = file(
      'ledger.disclosure.yaml',
      `格式: gouji/1
支出决算表:
  208: {本年支出合计: 335.80, 基本支出: 235.80, 项目支出: 90.00}
  221: {本年支出合计: 64.20, 基本支出: 64.20}
`,
    );
    const { out } = await gouji('check', '--ledger', path);
    expect(out).toContain('收入支出决算总表: 文件中没有, 未核对');
    expect(out).toMatch(/支出决算表: 成立 1, 不成立 1.*\n {2}不成立 {2}\S+ \[t3\.row-sum\]\n/);
    expect(out).toContain('  未核对  文件中没有《收入支出决算总表》: ');
    expect((await gouji('check', path)).out).not.toContain('文件中没有, 未核对');
    const english = await gouji('check', '--ledger', '--lang', 'en', path);
    expect(english.out).toContain('收入支出决算总表 (income and expenditure): not in the file, ');
  });

  it('agrees with the editor on every cause', async () => {
    const damaged = wrong
      .replace('30101: 62.02', '30101: 6２.02')
      .replace('年度: 2024', '年度: 今年');
    const path = file('damaged.disclosure.yaml', damaged);
    const [only] = (await json(path)).files;
    const shown = diagnosticsOf(analyzeText(damaged), 'file:///x', 'zh-cn');
    const names = { error: 1, warning: 2, information: 3, hint: 4 } as const;
    expect(only!.causes.length).toBeGreaterThan(7);
    expect(
      only!.causes.map(({ severity, range, message }) => ({
        severity: names[severity as keyof typeof names],
        range,
        message,
      })),
    ).toEqual(shown.map(({ severity, range, message }) => ({ severity, range, message })));
    expect(shown.some(({ severity }) => severity === DiagnosticSeverity.Error)).toBe(true);
  });
});

describe('the built command', () => {
  it('runs under node as a user would run it', () => {
    const bin = join(__dirname, '../../dist/cli.js');
    const { status, stdout } = spawnSync(process.execPath, [bin, 'check', bad, '--lang', 'en'], {
      encoding: 'utf8',
    });
    expect(stdout).toContain('should be 250.04');
    expect(status).toBe(1);
  });
});
