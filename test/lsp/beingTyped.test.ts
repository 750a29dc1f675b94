import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver-protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { Client, ClientOptions } from './support/client';
import { startClient, useServer } from './support/server';
import { edited, find } from './support/text';

useServer();

const uri = 'file:///work/a.disclosure.yaml';
const text = `格式: gouji/1
年度: 2024
支出决算表:
  2080101: {本年支出合计: 250.04, 基本支出: 250.04}

单位名称: 某局
决算情况说明:
  一般公共预算支出:
    各项:
      - {科目: 2080101, 决算: 250.04}

`;

let client: Client;
let written: string;
async function start(options: ClientOptions = {}): Promise<void> {
  client = await startClient(options);
  written = text;
  client.open(uri, text);
}
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
});

/** Types characters one after the other behind some text; where that is. */
function type(behind: string, characters: string) {
  for (const [index, character] of [...characters].entries()) {
    const { end } = find(written, behind + characters.slice(0, index));
    const edit = { range: { start: end, end }, newText: character };
    written = edited(written, [edit]);
    client.change(uri, { range: edit.range, text: character });
  }
  return find(written, behind + characters);
}

const errors = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error);

const now = () => client.published.findLast((params) => params.uri === uri)!.diagnostics;

const PLACES = [
  ['a code', '基本支出: 250.04}\n', '  2010507'],
  ['a name', '基本支出: 250.04}\n', '  xzyx'],
  ['a row in braces that are open', '基本支出: 250.04}\n', '  2010507: {本年支出合计: 1'],
  ['an item whose dash is to come', '决算: 250.04}\n', '      2080105'],
] as const;

/** One part is still blank of what makes up a total. */
const blank = `格式: gouji/1
年度: 2024
支出决算表:
  合计: {本年支出合计: 500.00, 基本支出: 500.00, 项目支出: 0.00}
  2080101: {本年支出合计: 500.00, 基本支出: , 项目支出: 0.00}
`;

describe('a figure that is being entered into an empty cell', () => {
  const CELL = '2080101: {本年支出合计: 500.00, 基本支出: ';
  const alarms = (found: readonly Diagnostic[]) =>
    found.filter(({ severity }) => severity !== DiagnosticSeverity.Information);
  const at = (found: readonly Diagnostic[], { start }: Range) =>
    found.filter(
      ({ range }) => range.start.line === start.line && range.start.character === start.character,
    );

  async function begin(): Promise<Range> {
    client = await startClient();
    written = blank;
    client.open(uri, blank);
    await client.pushed(uri);
    const { end } = find(blank, CELL);
    type(CELL, '5');
    return { start: end, end };
  }

  it('is not red while it is typed, and told in the end', async () => {
    const cell = await begin();
    const found = at(await client.pushed(uri), cell);
    expect(found.length).toBeGreaterThan(0);
    expect(alarms(found)).toEqual([]);
    await client.codeActions(uri, find(written, '年度'));
    await client.until(() => alarms(at(now(), cell)).length > 0, 'the finding');
  });

  it('makes no other figure wrong while it is typed', async () => {
    client = await startClient();
    written =
      '格式: gouji/1\n年度: 2024\n单位名称: 某局\n决算情况说明:\n  政府采购:\n    采购总额: 50.00\n' +
      '    货物: {金额: 30.00, 占比: 60.00%}\n    工程: {金额: , 占比: }\n    服务: {金额: , 占比: }\n';
    client.open(uri, written);
    await client.pushed(uri);
    const cell = '服务: {金额: ';
    type(cell, '2');
    expect(alarms(await client.pushed(uri))).toEqual([]);
    await client.codeActions(uri, find(written, '年度'));
    await client.until(
      () => alarms(now()).some(({ code }) => code === 'n.procurement'),
      'the finding',
    );
  });

  it('is not red while its end is taken away', async () => {
    client = await startClient();
    written = blank.replace('基本支出: ,', '基本支出: 500.00,');
    client.open(uri, written);
    expect(alarms(await client.pushed(uri))).toEqual([]);
    for (const left of ['500.0', '500.']) {
      const { start, end } = find(written, `${CELL}500.00`.slice(0, CELL.length + left.length + 1));
      const cut = { start: { ...end, character: end.character - 1 }, end };
      expect(start.line).toBe(end.line);
      written = edited(written, [{ range: cut, newText: '' }]);
      client.change(uri, { range: cut, text: '' });
    }
    const found = await client.pushed(uri);
    expect(alarms(found).map(({ code }) => code)).not.toContain('input.amount-form');
    await client.codeActions(uri, find(written, '年度'));
    await client.until(
      () => alarms(now()).some(({ code }) => code === 'input.amount-form'),
      'the finding',
    );
  });

  it('is told as soon as the cursor is in another cell of its row', async () => {
    const cell = await begin();
    expect(alarms(at(await client.pushed(uri), cell))).toEqual([]);
    const { end } = find(written, '项目支出: 0.00}\n', '项目支出: 0.00');
    await client.codeActions(uri, { start: end, end });
    await client.until(() => alarms(at(now(), cell)).length > 0, 'the finding');
  });

  it('is not red while parts of it that stand behind it are blank, and told when they are not', async () => {
    client = await startClient();
    written = blank.replace(
      '本年支出合计: 500.00, 基本支出: , 项目支出: 0.00}\n',
      '本年支出合计: , 基本支出: , 项目支出: }\n',
    );
    expect(written).not.toBe(blank);
    client.open(uri, written);
    await client.pushed(uri);
    const row = '2080101: {本年支出合计: ';
    type(row, '510.00');
    const total = find(written, '510.00');
    const goTo = async (text: string) => {
      const { end } = find(written, text);
      await client.codeActions(uri, { start: end, end });
    };
    const part = `${row}510.00, 基本支出: `;
    await goTo(part);
    type(part, '400.00');
    const last = `${part}400.00, 项目支出: `;
    await goTo(last);
    expect(at(await client.pushed(uri), total).length).toBeGreaterThan(0);
    expect(alarms(at(now(), total))).toEqual([]);
    type(last, '100.00');
    await goTo('年度');
    await client.until(() => alarms(at(now(), total)).length > 0, 'the finding');
  });

  it('is told when the file is saved so', async () => {
    const cell = await begin();
    expect(alarms(at(await client.pushed(uri), cell))).toEqual([]);
    client.save(uri);
    await client.until(() => alarms(at(now(), cell)).length > 0, 'the finding');
  });

  it('is told with the character where a figure is changed', async () => {
    client = await startClient();
    written = blank.replace('基本支出: ,', '基本支出: 500.00,');
    client.open(uri, written);
    expect(alarms(await client.pushed(uri))).toEqual([]);
    type(CELL, '1');
    expect(alarms(at(await client.pushed(uri), find(written, '1500.00'))).length).toBeGreaterThan(
      0,
    );
  });
});

describe('a line that is being typed', () => {
  it.each(PLACES)(
    'has no error while the cursor is in it, and one behind it: %s',
    async (_, behind, line) => {
      await start();
      expect(errors(await client.pushed(uri))).toEqual([]);
      const { end } = type(behind, line);
      const found = await client.pushed(uri);
      expect(errors(found)).toEqual([]);
      // It is told all the same.
      expect(found.filter(({ code }) => String(code).startsWith('syntax.'))).toHaveLength(1);
      // A question about the line itself says that the cursor is there.
      await client.codeActions(uri, { start: end, end });
      await client.codeActions(uri, find(written, '年度'));
      await client.until(() => errors(now()).length === 1, 'the error');
    },
  );

  it.each([
    ['a figure right behind its colon', '  2010507: {基本支出:18.00}', 'syntax.colon-blank'],
    ['a full-width colon', '  2010507: {基本支出：18.00}', 'syntax.full-width-colon'],
  ])('has no error for %s, and one finding behind it', async (_, line, code) => {
    await start();
    await client.pushed(uri);
    type('基本支出: 250.04}\n', line);
    const isMark = (one: Diagnostic) => one.code === code;
    expect(errors(await client.pushed(uri)).filter(isMark)).toEqual([]);
    await client.codeActions(uri, find(written, '年度'));
    await client.until(() => errors(now()).some(isMark), 'the error');
    expect(now().filter(isMark)).toHaveLength(1);
  });

  it('is an error as soon as something is typed elsewhere', async () => {
    await start();
    await client.pushed(uri);
    type('基本支出: 250.04}\n', '  xzyx');
    expect(errors(await client.pushed(uri))).toEqual([]);
    type('某局', '级');
    expect(errors(await client.pushed(uri))).toHaveLength(1);
  });

  it('is an error as soon as the file is saved as it is', async () => {
    await start();
    await client.pushed(uri);
    type('基本支出: 250.04}\n', '  xzyx');
    expect(errors(await client.pushed(uri))).toEqual([]);
    client.save(uri);
    await client.until(() => errors(now()).length === 1, 'the error');
  });

  it('is no error with a figure of which the decimals are to come', async () => {
    await start();
    await client.pushed(uri);
    const edit = { range: find(written, '250.04', '250.04'), newText: '0' };
    written = edited(written, [edit]);
    client.change(uri, { range: edit.range, text: '0' });
    type('基本支出: 0', '.');
    const isForm = ({ code }: Diagnostic) => code === 'input.amount-form';
    expect(errors(await client.pushed(uri)).filter(isForm)).toEqual([]);
    await client.codeActions(uri, find(written, '年度'));
    await client.until(() => errors(now()).some(isForm), 'the error');
  });

  it.each([
    ['in a line of its own', '基本支出: 250.04}\n', '  2010507:\n    基本支出: -'],
    ['before a comma', '{本年支出合计: 250.04', ', 项目支出: -'],
    ['before a brace', '基本支出: 250.04', ', 项目支出: -'],
  ])('is no error with the sign of a figure to come: %s', async (_, behind, begun) => {
    await start();
    await client.pushed(uri);
    type(behind, begun);
    const isDash = ({ code }: Diagnostic) => code === 'syntax.lone-dash';
    const found = await client.pushed(uri);
    expect(errors(found)).toEqual([]);
    expect(found.filter(isDash)).toHaveLength(1);
    await client.codeActions(uri, find(written, '年度'));
    await client.until(() => errors(now()).some(isDash), 'the error');
  });

  it('is an error in a file that is opened so', async () => {
    client = await startClient();
    client.open(uri, text.replace('\n\n', '\n  xzyx\n\n'));
    expect(errors(await client.pushed(uri))).toHaveLength(1);
  });

  it('is told to a client that asks, when the cursor has left it', async () => {
    await start({ pull: true });
    type('基本支出: 250.04}\n', '  xzyx');
    const first = await client.pull(uri);
    expect(errors(await client.pulled(uri))).toEqual([]);
    await client.codeActions(uri, find(written, '年度'));
    expect((await client.pull(uri, first.resultId)).kind).toBe('full');
    expect(errors(await client.pulled(uri))).toHaveLength(1);
  });
});
