import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  DefinitionRequest,
  DidChangeWatchedFilesNotification,
  DocumentHighlightRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  WorkspaceSymbolRequest,
  type Location,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver-protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client, ClientOptions } from './support/client';
import { startClient, useServer } from './support/server';
import { edited, find, textOf } from './support/text';

useServer();

const text = `格式: gouji/1
年度: 2024
收入决算表:
  2080101: {本年收入合计: 1.00, 财政拨款收入: 1.00}
支出决算表:
  "2080101": {本年支出合计: 1.00, 基本支出: 1.00}
  2080505: {名称: 人社, 本年支出合计: 1.00, 基本支出: 1.00}
决算情况说明:
  一般公共预算支出:
    各项:
    - {科目: 2080101, 决算: 1.00}
`;

let client: Client;
let folder = '';
let uri = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gouji-codes-'));
  uri = pathToFileURL(path.join(folder, '甲.disclosure.yaml')).toString();
});
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function start(options: ClientOptions = {}): Promise<void> {
  client = await startClient({ folders: [pathToFileURL(folder).toString()], ...options });
}
async function open(content = text): Promise<void> {
  client.open(uri, content);
  await client.status(uri);
}

const narrative = find(text, '科目: ', '2080101').start;
const at = () => ({ textDocument: { uri }, position: narrative });
const places = [
  find(text, '2080101'),
  find(text, '支出决算表:', '2080101'),
  find(text, '科目: ', '2080101'),
];

describe('a subject code', () => {
  it('leads from the narrative to the tables, and to all its places', async () => {
    await start();
    await open();
    const definitions = (await client.connection.sendRequest(
      DefinitionRequest.type,
      at(),
    )) as Location[];
    expect(definitions.map(({ range }) => range)).toEqual([places[0]]);
    const references = await client.connection.sendRequest(ReferencesRequest.type, {
      ...at(),
      context: { includeDeclaration: true },
    });
    expect(references!.map(({ range }) => range)).toEqual(places);
    const highlights = await client.connection.sendRequest(DocumentHighlightRequest.type, at());
    expect(highlights!.map(({ range }) => textOf(text, range))).toEqual(Array(3).fill('2080101'));
  });

  it('is renamed in all its places, quotes staying', async () => {
    await start();
    await open();
    const prepared = await client.connection.sendRequest(PrepareRenameRequest.type, at());
    expect(prepared).toEqual({ range: places[2], placeholder: '2080101' });
    const edit = await client.connection.sendRequest(RenameRequest.type, {
      ...at(),
      newName: '2080150',
    });
    const [change] = edit!.documentChanges as TextDocumentEdit[];
    expect(change!.textDocument).toEqual({ uri, version: 1 });
    expect(edited(text, change!.edits as TextEdit[])).toBe(text.replaceAll('2080101', '2080150'));
  });

  it.each([
    ['30101', '《收入决算表》列的是支出功能分类的科目，30101 不是'],
    ['行政运行', '科目代码只由数字组成'],
    ['2080', '《收入决算表》里没有 2080 这样位数的科目'],
    ['2080505', '《支出决算表》里已有 2080505'],
  ])('is not renamed to %s', async (newName, reason) => {
    await start({ locale: 'zh-cn' });
    await open();
    const renaming = client.connection.sendRequest(RenameRequest.type, { ...at(), newName });
    await expect(renaming).rejects.toThrow(ResponseError);
    await expect(renaming).rejects.toThrow(reason);
  });

  it('has its name behind it where none is printed, as long as the setting says so', async () => {
    await start({ configuration: {} });
    await open();
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = async () =>
      (await client.connection.sendRequest(InlayHintRequest.type, {
        textDocument: { uri },
        range,
      }))!;
    expect((await hints()).map(({ label }) => label)).toEqual(['行政运行', '行政运行', '行政运行']);
    client.configure({ inlayHints: { names: false } });
    await client.until(() => client.hintRefreshes > 0, 'refresh');
    expect(await hints()).toEqual([]);
  });
});

describe('workspace symbols', () => {
  it.each([
    [
      '20805',
      ['2080505 机关事业单位基本养老保险缴费支出', '2080505 机关事业单位基本养老保险缴费支出'],
    ],
    [
      '养老',
      ['2080505 机关事业单位基本养老保险缴费支出', '2080505 机关事业单位基本养老保险缴费支出'],
    ],
    ['zfbz', ['221 住房保障支出 zfbzzc']],
    ['221 住房', ['221 住房保障支出']],
    ['221 住房保障支出', ['221 住房保障支出']],
    ['221 教育', []],
    ['天王星', []],
  ])('finds %s in files that are open and files that are not', async (query, names) => {
    const other = text.replaceAll('2080101', '2080102').replace('格式', '# 乙\n格式');
    await writeFile(
      path.join(folder, '乙.disclosure.yaml'),
      `${other}收入支出决算总表:\n  支出: {221: 1.00}\n`,
    );
    await writeFile(path.join(folder, 'compose.yaml'), '支出决算表: {2080505: 1}\n');
    await start();
    await open();
    const found = await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query });
    expect(found!.map(({ name }) => name)).toEqual(names);
  });
});

describe('a catalog of the workspace', () => {
  const named =
    '格式: gouji/1\n支出决算表:\n  20801: {名称: 人社管理事务, 本年支出合计: 1.00, 基本支出: 1.00}\n';
  const csv = (...lines: string[]) => `${['code,name', ...lines].join('\n')}\n`;
  const severities = async () =>
    (await client.pushed(uri)).map(({ code, severity }) => [code, severity]);
  const problemsOf = async (file: string) => {
    const target = pathToFileURL(path.join(folder, file)).toString();
    const last = () => client.published.findLast((params) => params.uri === target);
    await client.until(() => last() !== undefined, `findings on ${file}`);
    return last()!.diagnostics.map(({ range, code }) => [range.start.line, code]);
  };

  it('that has a name documents it: the hint becomes a warning', async () => {
    await mkdir(path.join(folder, '目录'));
    await writeFile(path.join(folder, '目录/本局.csv'), csv('20801,人力资源和社会保障管理事务'));
    await start({ configuration: {} });
    await open(named);
    expect(await severities()).toEqual([['code.name-recalled', 4]]);
    client.configure({ catalogs: ['目录/本局.csv'] });
    await client.until(
      () => client.published.at(-1)?.diagnostics[0]?.code === 'code.name',
      'warning',
    );
    expect(await severities()).toEqual([['code.name', 2]]);
    expect(await problemsOf('目录/本局.csv')).toEqual([]);
  });

  it('is read anew when it changes, and tells what of it cannot be understood', async () => {
    const file = path.join(folder, '本局.csv');
    await writeFile(file, csv('20801,人社管理事务', '2080,五位', '2080101,'));
    await start({ configuration: { catalogs: ['本局.csv'] } });
    await open(named);
    expect(await severities()).toEqual([]);
    expect(await problemsOf('本局.csv')).toEqual([
      [2, 'catalog.code'],
      [3, 'catalog.name'],
    ]);
    await writeFile(file, csv('20801,人力资源管理'));
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: pathToFileURL(file).toString(), type: 2 }],
    });
    await client.until(
      () => client.published.at(-1)?.diagnostics[0]?.code === 'code.name',
      'warning',
    );
    expect(await severities()).toEqual([['code.name', 2]]);
    expect(await problemsOf('本局.csv')).toEqual([]);
  });

  it('that is taken out of the settings has its findings withdrawn, and again when it is back', async () => {
    await writeFile(path.join(folder, '本局.csv'), csv('1,甲'));
    await start({ configuration: { catalogs: ['本局.csv'] } });
    await open(named);
    expect(await problemsOf('本局.csv')).toEqual([[1, 'catalog.code']]);
    const target = pathToFileURL(path.join(folder, '本局.csv')).toString();
    const shown = () => client.published.findLast((params) => params.uri === target)!.diagnostics;
    client.configure({ catalogs: [] });
    await client.until(() => shown().length === 0, 'withdrawal');
    client.configure({ catalogs: ['本局.csv'] });
    await client.until(() => shown().length === 1, 'findings');
  });

  it('that is not UTF-8 is not taken, and said to be so', async () => {
    const gbk = Buffer.from([0xc8, 0xcb, 0xc9, 0xe7]);
    await writeFile(
      path.join(folder, '本局.csv'),
      Buffer.concat([Buffer.from('code,name\n20801,'), gbk]),
    );
    await start({ configuration: { catalogs: ['本局.csv'] } });
    await open(named);
    expect(await severities()).toEqual([['code.name-recalled', 4]]);
    expect(await problemsOf('本局.csv')).toEqual([[0, 'catalog.encoding']]);
  });

  it.each(['../外.csv', '/etc/passwd', 'link.csv', '没有.csv'])(
    'outside the folder, or not there, is not read: %s',
    async (named) => {
      const outside = path.join(folder, '..', '外.csv');
      await writeFile(outside, csv('20801,人社'));
      await symlink(outside, path.join(folder, 'link.csv'));
      await start({ configuration: { catalogs: [named] } });
      await open();
      await client.until(() => client.shown.length > 0, 'warning');
      expect(client.shown[0]!.message).toContain(named);
      await rm(outside);
    },
  );
});
