import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  SelectionRangeRequest,
  type Position,
  type TextEdit,
} from 'vscode-languageserver-protocol';
import { afterEach, describe, expect, it } from 'vitest';
import {
  CELL_REQUEST,
  LAYOUTS_REQUEST,
  NEW_DISCLOSURE_REQUEST,
  NEXT_YEAR_REQUEST,
  PASTE_REQUEST,
  type CellAnswer,
  type CellParams,
  type LayoutName,
  type NextYearAnswer,
  type PasteAnswer,
} from '../../server/src/lsp/protocol';
import type { Client } from './support/client';
import { startClient, useServer } from './support/server';
import { edited, find } from './support/text';

useServer();

const uri = 'file:///work/a.disclosure.yaml';
const textDocument = { uri };
const options = { tabSize: 2, insertSpaces: true };
const table =
  '格式: gouji/1\n年度: 2024\n支出决算表:\n  合计: {基本支出: 1.00}\n  2080101: {基本支出: 10.00}\n';
const aligned = table.replace('合计: {基本支出: 1', '合计:    {基本支出:  1');

let client: Client;
async function open(text: string, locale = 'zh-cn'): Promise<void> {
  client = await startClient({ pull: true, locale });
  client.open(uri, text);
}
const ask = <T>(method: string, params: object) => client.connection.sendRequest<T>(method, params);

afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
});

describe('formatting', () => {
  it('is of a file, of a range and while typing', async () => {
    await open(table);
    const { capabilities } = client.initializeResult!;
    expect(capabilities).toMatchObject({
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
      selectionRangeProvider: true,
    });
    const { connection } = client;
    const whole = await connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument,
      options,
    });
    expect(edited(table, whole!)).toBe(aligned);
    const range = find(table, '年度: 2024');
    expect(
      await connection.sendRequest(DocumentRangeFormattingRequest.type, {
        textDocument,
        range,
        options,
      }),
    ).toEqual([]);
    const typed = table.replace('支出决算表:', '支出决算表：');
    client.change(uri, { text: typed });
    const position = find(typed, '支出决算表：').end;
    const params = { textDocument, position, ch: '：', options };
    const edits = await connection.sendRequest(DocumentOnTypeFormattingRequest.type, params);
    expect(edited(typed, edits!)).toBe(table.replace('支出决算表:', '支出决算表: '));
  });

  it('survives what no client should send, and says nothing of other files', async () => {
    await open(table);
    client.open('file:///work/compose.yaml', 'a:  {b:   1}\n', 'yaml');
    const odd = { options: null, position: null, range: { start: null }, ch: 7, positions: [null] };
    for (const method of ['formatting', 'rangeFormatting', 'onTypeFormatting', 'selectionRange']) {
      await ask(`textDocument/${method}`, { textDocument, ...odd });
      const other = { textDocument: { uri: 'file:///work/compose.yaml' }, ...odd };
      expect(await ask(`textDocument/${method}`, other)).toEqual([]);
    }
  });
});

it('selection grows from a figure to the file', async () => {
  await open(table);
  const positions = [find(table, '10.00').start, find(table, '格式').start];
  const found = await client.connection.sendRequest(SelectionRangeRequest.type, {
    textDocument,
    positions,
  });
  expect(found).toHaveLength(2);
  expect(found![0]!.parent!.range).toEqual(find(table, '10.00'));
});

describe('writing', () => {
  it('makes a new file for any layout', async () => {
    await open('');
    const layouts = await ask<LayoutName[]>(LAYOUTS_REQUEST, {});
    expect(layouts.map(({ id }) => id)).toEqual(['national', 'shanghai']);
    expect(layouts.every(({ key, en }) => key !== '' && en !== '')).toBe(true);
    const wish = { language: 'yaml', layout: 'shanghai', year: 2025, organisation: '某局' };
    expect(await ask(NEW_DISCLOSURE_REQUEST, wish)).toMatch(
      /^格式: gouji\/1\n文种: 部门决算\n年度: 2025\n单位名称: 某局\n金额单位: 万元\n表样: 上海\n/,
    );
    expect(await ask(NEW_DISCLOSURE_REQUEST, { year: 'x', language: 3 })).toMatch(
      /\n年度: \d{4}\n/,
    );
  });

  it('makes the file of the next year', async () => {
    await open(table);
    const answer = await ask<NextYearAnswer>(NEXT_YEAR_REQUEST, { textDocument });
    expect(answer!.year).toBe(2025);
    expect(answer!.text).toContain('  合计:    {基本支出: }\n  2080101: {基本支出: }\n');
    expect(await ask(NEXT_YEAR_REQUEST, { textDocument: { uri: 'file:///no' } })).toBeNull();
  });

  it.each([
    ['zh-cn', '已填入 2 个数。'],
    ['en', 'Wrote 2 figures.'],
  ])('pastes a block of cells and says so in %s', async (locale, message) => {
    await open(aligned, locale);
    const text = '科目编码\t基本支出\n合计\t30.00\n2080101\t30.00\n';
    const params = { textDocument, position: find(aligned, '10.00').start, text };
    const answer = await ask<PasteAnswer>(PASTE_REQUEST, params);
    expect(answer).toMatchObject({ version: 1, message, incomplete: false });
    expect(edited(aligned, answer.edits as TextEdit[])).toBe(
      aligned.replace(' 1.00', '30.00').replace('10.00', '30.00'),
    );
  });

  it('tells the cells around a place, in the version that there is', async () => {
    await open(aligned);
    const at = (position: Position) =>
      ask<CellAnswer>(CELL_REQUEST, { textDocument, position } satisfies CellParams);
    const [first, second] = [find(aligned, '  1.00'), find(aligned, ' 10.00')];
    const cells = [first, second];
    expect(await at(first.end)).toEqual({ version: 1, cells, at: 0, isCell: true });
    expect(await at(second.start)).toEqual({ version: 1, cells, at: 1, isCell: true });
    expect(await at({ line: 0, character: 3 })).toBeNull();
  });

  it('unasked, takes for cells only what is nothing else', async () => {
    await open(aligned);
    const position = find(aligned, '10.00').start;
    const pasted = (text: string) =>
      ask<PasteAnswer | null>(PASTE_REQUEST, { textDocument, position, text, unasked: true });
    expect(await pasted('  2080102: {基本支出: 1.00}\n  2080103: {}\n')).toBeNull();
    expect(await pasted('2080101\t30.00\n')).toMatchObject({
      edits: [],
      incomplete: true,
      message: expect.stringContaining('连同表头') as string,
    });
    const answer = await pasted('科目编码\t基本支出\n2080101\t30.00\n');
    expect(edited(aligned, answer!.edits as TextEdit[])).toBe(aligned.replace('10.00', '30.00'));
  });
});
