import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  CodeLensRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  ReferencesRequest,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type Location,
  type SemanticTokens,
  type SemanticTokensDelta,
} from 'vscode-languageserver-protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RELATIONS_REQUEST, type RelationsAnswer } from '../../server/src/lsp/protocol';
import type { Client, ClientOptions } from './support/client';
import { startClient, useServer } from './support/server';
import { find, textOf } from './support/text';

useServer();

const text = `格式: gouji/1
年度: 2024
支出决算表:
  合计:    {本年支出合计: 6.00, 基本支出: 2.00, 项目支出: 3.00}
  2080101: {本年支出合计: 2.00, 基本支出: 2.00}
  2080505: {本年支出合计: 3.00, 项目支出: 3.00}
决算情况说明:
  支出:
    支出合计: 6.00
审核说明:
  - {规则: t3.row-sum, 位置: 支出决算表/合计/本年支出合计, 说明: 待定}
`;
const total = find(text, '本年支出合计: ', '6.00');
const told = find(text, '支出合计: ', '支出合计: ', '支出合计: ', '支出合计: ', '6.00');

let client: Client;
let folder = '';
let uri = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gouji-navigation-'));
  uri = pathToFileURL(path.join(folder, '甲2024.disclosure.yaml')).toString();
});
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function open(options: ClientOptions = {}, content = text): Promise<void> {
  client = await startClient({ folders: [pathToFileURL(folder).toString()], ...options });
  client.open(uri, content);
  await client.status(uri);
}
const textDocument = () => ({ uri });
const at = (range = total) => ({ textDocument: textDocument(), position: range.start });
const written = (ranges: readonly { range: Location['range'] }[]) =>
  ranges.map(({ range }) => textOf(text, range));

describe('a figure', () => {
  it('leads from a total to its parts, from the text to the table, and to all its places', async () => {
    await open();
    const { connection } = client;
    const parts = (await connection.sendRequest(DefinitionRequest.type, at())) as Location[];
    expect(written(parts)).toEqual(['2.00', '3.00', '2.00', '3.00']);
    const source = (await connection.sendRequest(DefinitionRequest.type, at(told))) as Location[];
    expect(source).toEqual([{ uri, range: total }]);
    const context = { includeDeclaration: true };
    const places = await connection.sendRequest(ReferencesRequest.type, { ...at(), context });
    expect(places!.map(({ range }) => range)).toEqual([total, told]);
    const highlights = await connection.sendRequest(DocumentHighlightRequest.type, at());
    expect(written(highlights!)).toEqual(['6.00', '2.00', '3.00', '2.00', '3.00', '6.00']);
  });

  it('has a call hierarchy, which survives that its place moves', async () => {
    await open({ locale: 'zh-cn' });
    const { connection } = client;
    const [item] = (await connection.sendRequest(CallHierarchyPrepareRequest.type, at()))!;
    expect(item).toMatchObject({ name: '6.00', detail: '合计 本年支出合计 《支出决算表》' });
    client.change(uri, { text: text.replace('格式', '# 一行\n格式') });
    const incoming = await connection.sendRequest(CallHierarchyIncomingCallsRequest.type, {
      item: item!,
    });
    expect(incoming!.map(({ from }) => [from.name, from.selectionRange.start.line])).toEqual([
      ['6.00', told.start.line + 1],
    ]);
    const outgoing = await connection.sendRequest(CallHierarchyOutgoingCallsRequest.type, {
      item: item!,
    });
    expect(outgoing!.map(({ to }) => to.name)).toEqual(['2.00', '3.00', '2.00', '3.00']);
    expect(outgoing![0]!.to.detail).toContain('✗ 不成立');
    const bare = { item: { ...item!, data: { table: 1 } } };
    expect(await connection.sendRequest(CallHierarchyIncomingCallsRequest.type, bare)).toEqual([]);
  });

  it('has none of this where nothing is written', async () => {
    await open();
    const nowhere = { ...at(), position: { line: 0, character: 0 } };
    expect(await client.connection.sendRequest(DefinitionRequest.type, nowhere)).toEqual([]);
    expect(await client.connection.sendRequest(CallHierarchyPrepareRequest.type, nowhere)).toBe(
      null,
    );
  });
});

describe('code lenses', () => {
  const lenses = async () =>
    (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: textDocument() }))!;

  it('sum up every table and section, and open the ledger where the client can', async () => {
    await open({ initializationOptions: { ledgerCommand: 'show' }, locale: 'zh-cn' });
    const found = await lenses();
    expect(written(found)).toEqual(['支出决算表', '决算情况说明']);
    const [table] = found;
    expect(table!.command!.title).toMatch(/^✗ 不成立 2 · .*成立 \d+$/);
    expect(table!.command).toMatchObject({ command: 'show', arguments: [uri, 'T3'] });
  });

  it('only say so to other clients, and to nobody who does not want them', async () => {
    await open({ configuration: {} });
    expect((await lenses()).map(({ command }) => command!.command)).toEqual(['', '']);
    client.configure({ codeLens: false });
    await client.until(() => client.lensRefreshes > 0, 'refresh');
    expect(await lenses()).toEqual([]);
  });
});

describe('document links', () => {
  const links = async () =>
    (await client.connection.sendRequest(DocumentLinkRequest.type, {
      textDocument: textDocument(),
    }))!;
  const file = (...names: string[]) => pathToFileURL(path.join(folder, ...names)).toString();

  it('lead to the page of an accepted rule, and nowhere without other files', async () => {
    await open({ initializationOptions: { rulePages: 'page:{rule}' } });
    expect(written(await links())).toEqual(['t3.row-sum']);
    expect((await links())[0]!.target).toBe('page:t3.row-sum');
  });

  it.each([
    ['beside it', '甲2024.disclosure.yaml', ['甲2023.disclosure.yaml']],
    ['in another format', '甲2024.disclosure.yaml', ['甲2023.disclosure.json']],
    ['in the folder of the year', '2024/甲.disclosure.yaml', ['2023', '甲.disclosure.yaml']],
  ])('lead from the year to the file of the year before, %s', async (_, own, other) => {
    uri = file(...own.split('/'));
    await mkdir(path.dirname(path.join(folder, ...other)), { recursive: true });
    await writeFile(path.join(folder, ...other), '');
    await open();
    const year = (await links()).filter(({ range }) => textOf(text, range) === '2024');
    expect(year.map(({ target }) => target)).toEqual([file(...other)]);
  });

  it('never lead out of the workspace', async () => {
    const inner = path.join(folder, '2024');
    await mkdir(inner);
    await mkdir(path.join(folder, '2023'));
    await writeFile(path.join(folder, '2023', '甲.disclosure.yaml'), '');
    uri = file('2024', '甲.disclosure.yaml');
    await open({ folders: [pathToFileURL(inner).toString()] });
    expect(written(await links())).not.toContain('2024');
  });
});

describe('semantic tokens', () => {
  const whole = () => ({ textDocument: textDocument() });

  it('are told whole, in part, and by what has changed', async () => {
    await open();
    const { connection } = client;
    const first = (await connection.sendRequest(SemanticTokensRequest.type, whole()))!;
    expect(words(text, first)).toContain('2080101');
    const range = { start: total.start, end: total.start };
    const part = await connection.sendRequest(SemanticTokensRangeRequest.type, {
      ...whole(),
      range,
    });
    expect(words(text, part!)).toEqual(['6.00']);

    const after = text.replace('2.00, 项目', '12.00, 项目');
    client.change(uri, { text: after });
    const delta = (await connection.sendRequest(SemanticTokensDeltaRequest.type, {
      ...whole(),
      previousResultId: first.resultId!,
    })) as SemanticTokensDelta;
    const data = [...first.data];
    for (const edit of [...delta.edits].reverse()) {
      data.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
    }
    expect(delta.edits.flatMap((edit) => edit.data ?? []).length).toBeLessThan(10);
    expect(words(after, { data })).toEqual(
      words(after, (await connection.sendRequest(SemanticTokensRequest.type, whole()))!),
    );
    expect(words(after, { data })).toContain('12.00');
    const unknown = await connection.sendRequest(SemanticTokensDeltaRequest.type, {
      ...whole(),
      previousResultId: 'of another server',
    });
    expect(unknown).toMatchObject({ data });
  });

  /** What the tokens stand on, by the protocol's counting. */
  function words(source: string, { data }: SemanticTokens): string[] {
    const lines = source.split('\n');
    let line = 0;
    let character = 0;
    return Array.from({ length: data.length / 5 }, (_, index) => {
      const [down, right, length] = data.slice(index * 5, index * 5 + 3) as [
        number,
        number,
        number,
      ];
      line += down;
      character = down > 0 ? right : character + right;
      return lines[line]!.slice(character, character + length);
    });
  }
});

describe('the tree of relations', () => {
  const below = (...ids: string[]) =>
    client.connection.sendRequest<RelationsAnswer>(RELATIONS_REQUEST, {
      textDocument: textDocument(),
      path: ids,
    });

  it('goes from tables to rules, relations and cells, what fails first', async () => {
    await open({ locale: 'zh-cn' });
    const tables = await below();
    expect(tables.map(({ label, outcome }) => [label, outcome])).toEqual(
      expect.arrayContaining([['支出决算表', 'fails']]),
    );
    const rules = await below('T3');
    expect(rules[0]!.outcome).toBe('fails');
    const rowSum = rules.find(({ path: ids }) => ids[1] === 't3.row-sum')!;
    expect(rowSum).toMatchObject({ outcome: 'fails', hasChildren: true });
    expect(rowSum.description).toBe('不成立 1 · 成立 2');
    const relations = await below(...rowSum.path);
    expect(relations.map(({ label, outcome }) => [label, outcome])).toEqual([
      ['合计 本年支出合计', 'fails'],
      ['2080101 行政运行 本年支出合计', 'holds'],
      ['2080505 机关事业单位基本养老保险缴费支出 本年支出合计', 'holds'],
    ]);
    expect(relations[0]!.description).toBe('6.00 ≠ 5.00 = 2.00 + 3.00');
    expect(relations[0]!.spoken).toBe('合计 本年支出合计，不成立，6.00 ≠ 5.00 = 2.00 + 3.00');
    const cells = await below(...relations[0]!.path);
    expect(cells.map(({ label, range }) => [label, textOf(text, range!)])).toEqual([
      ['6.00', '6.00'],
      ['2.00', '2.00'],
      ['3.00', '3.00'],
    ]);
    expect(cells.every(({ hasChildren }) => !hasChildren)).toBe(true);
  });

  it('has every relation of the ledger once, and nothing below what is not there', async () => {
    await open();
    let count = 0;
    for (const table of await below()) {
      for (const rule of await below(...table.path)) {
        const lines = await below(...rule.path);
        const items = lines.filter(({ outcome }) => outcome !== null);
        count += items.length > 0 ? items.length : 1;
        expect(new Set(lines.map(({ path: ids }) => ids.join('|'))).size).toBe(lines.length);
      }
    }
    const { counts } = await client.status(uri);
    expect(count).toBe(Object.values(counts!).reduce((sum, number) => sum + number, 0));
    expect(await below('T3', 'nothing')).toEqual([]);
    expect(await below('T99')).toEqual([]);
  });
});
