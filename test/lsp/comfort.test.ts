import {
  CodeActionRequest,
  CompletionRequest,
  CompletionTriggerKind,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  InlayHintRequest,
  LSPErrorCodes,
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type DocumentSymbol,
  type InlayHint,
  type Position,
  type Range,
  type SymbolInformation,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver-protocol';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { afterEach, describe, expect, it } from 'vitest';
import { exampleText, HUNAN } from '../support/examples';
import type { Client, ClientOptions } from './support/client';
import { startClient, useServer } from './support/server';
import { edited, find } from './support/text';

useServer();

const uri = `file:///work/${HUNAN}`;
const example = exampleText(HUNAN);
const broken = example
  .replace('208: 1357.84', '208: 1357.48')
  .replace('2080101: {本年支出合计:  250.04', '2080101: {本年支出合计:  250.40');
const drafted = example.replace('合计:    {本年收入合计: 1429.68', '合计:    {本年收入合计: 自动');

let client: Client;
async function start(options: ClientOptions = { pull: true }): Promise<void> {
  client = await startClient(options);
}
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
});

const textDocument = { uri };
const everything: Range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

const actions = async (range: Range, only?: string[]) => client.codeActions(uri, range, [], only);
const symbols = async () =>
  (await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument })) ?? [];
/** Of the computed cells: the names of codes have tests of their own. */
const hints = async (range = everything): Promise<InlayHint[]> => {
  const params = { textDocument, range };
  const all = await client.connection.sendRequest(InlayHintRequest.type, params);
  return (all ?? []).filter(({ label }) => (label as string).startsWith('='));
};
const complete = async (
  position: Position,
  asked: Partial<CompletionParams> = {},
): Promise<CompletionItem[]> => {
  const params = { textDocument, position, ...asked };
  const list = await client.connection.sendRequest(CompletionRequest.type, params);
  // What fits is found by the server: the client has to ask again at each character.
  expect(list).toMatchObject({ isIncomplete: true });
  return (list as CompletionList).items;
};

/** The text after the edits of an action, which must be for the version that was analysed. */
function applied(text: string, action: CodeAction, version = 1): string {
  expect(action.edit?.changes).toBeUndefined();
  const [change, ...others] = action.edit!.documentChanges as TextDocumentEdit[];
  expect(others).toEqual([]);
  expect(change!.textDocument).toEqual({ uri, version });
  return edited(text, change!.edits as TextEdit[]);
}

describe('capabilities', () => {
  it('name everything that can be asked for', async () => {
    await start();
    const { capabilities } = client.initializeResult!;
    expect(capabilities).toMatchObject({
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      inlayHintProvider: true,
      codeActionProvider: {
        codeActionKinds: ['quickfix', 'refactor.rewrite', 'source.fixAll.gouji'],
      },
    });
    // An Enter behind a colon leaves the cell blank; it must not take an offer.
    expect(capabilities.completionProvider?.triggerCharacters).not.toContain(' ');
    expect(capabilities.completionProvider?.triggerCharacters).not.toContain(':');
  });
});

describe('fix all', () => {
  const nowhere = find(example, '格式');

  it.each(['source', 'source.fixAll', 'source.fixAll.gouji'])('comes for %s', async (kind) => {
    await start();
    client.open(uri, broken);
    const found = await actions(nowhere, [kind]);
    expect(found.map((action) => action.kind)).toEqual(['source.fixAll.gouji']);
    expect(applied(broken, found[0]!)).toBe(example);
  });

  it('comes to nobody who asks for something else, and never as a quick fix', async () => {
    await start();
    client.open(uri, broken);
    const wrong = find(broken, '208: ', '1357.48');
    for (const only of [
      undefined,
      ['quickfix'],
      ['source.organizeImports'],
      ['source.fix'],
      [''],
    ]) {
      const kinds = (await actions(wrong, only)).map(({ kind }) => kind);
      expect(kinds).not.toContain('source.fixAll.gouji');
      expect(kinds.every((kind) => kind === 'quickfix' || kind === 'refactor.rewrite')).toBe(true);
    }
  });

  it('is of the newest version, and gone when there is nothing to write', async () => {
    await start();
    client.open(uri, example);
    expect(await actions(nowhere, ['source'])).toEqual([]);
    client.change(uri, { text: broken });
    const [action] = await actions(nowhere, ['source']);
    expect(applied(broken, action!, 2)).toBe(example);
  });
});

describe('printed and computed cells', () => {
  const cell = find(example, '2080101: {本年支出合计:  ', '250.04');

  it('change places for the cell, its table and the file', async () => {
    await start();
    client.open(uri, example);
    const [one, table, file, ...others] = await actions(cell, ['refactor']);
    expect(others).toEqual([]);
    expect(one!.title).toContain('250.04');
    // The next column stays where it is.
    expect(applied(example, one!)).toBe(
      example.replace('2080101: {本年支出合计:  250.04', '2080101: {本年支出合计:    自动'),
    );
    const draft = applied(example, table!);
    expect(applied(example, file!).length).not.toBe(draft.length);

    client.change(uri, { text: draft });
    const back = (await actions(nothing, ['refactor.rewrite'])).at(-1)!;
    expect(applied(draft, back, 2)).toBe(example);
  });
  const nothing = find(example, '格式');

  it('are not offered at each move of the cursor, nor beside quick fixes', async () => {
    await start();
    client.open(uri, example);
    const ask = async (triggerKind: 1 | 2, only?: string[]) => {
      const context = { diagnostics: [], triggerKind, ...(only && { only }) };
      const params = { textDocument, range: cell, context };
      const found = await client.connection.sendRequest(CodeActionRequest.type, params);
      return (found ?? []).length;
    };
    expect(await ask(2)).toBe(0);
    expect(await ask(1)).toBeGreaterThan(0);
    expect(await ask(1, ['quickfix'])).toBe(0);
    expect(await ask(1, ['refactor.extract'])).toBe(0);
  });
});

describe('inlay hints', () => {
  it('show what 自动 stands for, in the range asked for', async () => {
    await start();
    client.open(uri, drafted);
    const at = find(drafted, '自动');
    const [hint, ...others] = await hints();
    expect(others).toEqual([]);
    expect(hint!.position).toEqual(at.end);
    // The row has a single part, 财政拨款收入 1429.68; the ten rounded subjects come to 1429.67.
    expect(hint!.label).toBe('= 1429.68');
    expect((hint!.tooltip as { value: string }).value).toContain('1429.68');
    expect(
      await hints({ start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }),
    ).toEqual([]);
  });

  it('can be switched off, and the editor is told', async () => {
    await start({ pull: true, configuration: {} });
    client.open(uri, drafted);
    expect(await hints()).toHaveLength(1);
    client.configure({ inlayHints: { derived: false } });
    await client.until(() => client.hintRefreshes > 0, 'refresh of the hints');
    expect(await hints()).toEqual([]);
  });
});

describe('outline and folding', () => {
  it('have the nine tables', async () => {
    await start();
    client.open(uri, example);
    const found = (await symbols()) as DocumentSymbol[];
    expect(found).toHaveLength(9);
    expect(found[0]!.children!.map(({ name }) => name)).toEqual(['收入', '支出']);
    const ranges = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    const first = found.map(({ range }) => range.start.line);
    expect(ranges!.map(({ startLine }) => startLine)).toEqual(expect.arrayContaining(first));
  });

  it('are flat for a client without trees', async () => {
    await start({ pull: true, plain: true });
    client.open(uri, example);
    const found = (await symbols()) as SymbolInformation[];
    expect(found.find(({ name }) => name === '支出')).toMatchObject({
      containerName: '收入支出决算总表',
      location: { uri },
    });
  });
});

describe('completion', () => {
  const text = `${example}\n`.replace('  2080505: {本年支出合计', '  \n  2080505: {本年支出合计');
  const at = find(text, '支出决算表:', '2080101', '\n  ').end;
  const missing = text.replace(/\n {2}2080505: \{本年支出合计[^\n]*/, '');

  it('writes where the cursor is, with a snippet for those who can', async () => {
    await start();
    client.open(uri, missing);
    const found = await complete(at);
    const item = found.find(({ label }) => label.startsWith('2080505'))!;
    expect(item.insertTextFormat).toBe(2);
    expect(item.textEdit).toEqual({
      range: { start: at, end: at },
      newText: '2080505: {本年支出合计: $1, 基本支出: $2, 项目支出: $3\\}',
    });
  });

  it('writes plain text for those who cannot', async () => {
    await start({ pull: true, plain: true });
    client.open(uri, missing);
    const item = (await complete(at)).find(({ label }) => label.startsWith('2080505'))!;
    expect(item.insertTextFormat).toBeUndefined();
    expect(item.textEdit).toMatchObject({
      newText: '2080505: {本年支出合计: , 基本支出: , 项目支出: }',
    });
  });

  it('offers no key of JSON for a comma alone', async () => {
    await start();
    const typed = '{"格式": "gouji/1",';
    client.open(uri, `${typed}}\n`, 'json');
    const end = { line: 0, character: typed.length };
    const comma = { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: ',' };
    expect(await complete(end, { context: comma })).toEqual([]);
    const asked = await complete(end, { context: { triggerKind: CompletionTriggerKind.Invoked } });
    expect(asked.map(({ label }) => label)).toContain('文种');
  });

  it('works in a file that is still empty', async () => {
    await start();
    client.open(uri, '');
    const found = await complete({ line: 0, character: 0 });
    expect(found[0]!.textEdit).toMatchObject({ newText: '格式: gouji/1' });
  });
});

describe('every one of them', () => {
  const requests: [string, object][] = [
    ['documentSymbol', {}],
    ['foldingRange', {}],
    ['inlayHint', { range: everything }],
    ['completion', { position: { line: 0, character: 0 } }],
    ['codeAction', { range: everything, context: { diagnostics: [], only: ['source'] } }],
  ];

  it.each(requests)('%s says nothing of other files and unknown ones', async (name, params) => {
    await start();
    client.open('file:///work/compose.yaml', 'a: {b: 1}\n', 'yaml');
    for (const other of ['file:///work/compose.yaml', 'file:///no', 'file:///%']) {
      const answer = await client.connection.sendRequest(`textDocument/${name}`, {
        textDocument: { uri: other },
        ...params,
      });
      expect(answer).toEqual([]);
    }
  });

  it.each(requests)('%s can be taken back', async (name, params) => {
    await start();
    client.open(uri, example);
    // The answer may be on its way already: one of many has to be taken back in time.
    const answers = Array.from({ length: 30 }, () => {
      const source = new CancellationTokenSource();
      const answer = client.connection.sendRequest(
        `textDocument/${name}`,
        { textDocument, ...params },
        source.token,
      );
      source.cancel();
      return answer;
    });
    const refusals = (await Promise.allSettled(answers)).flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refusals.length).toBeGreaterThan(0);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    }
  });

  it.each(requests)('%s survives places that do not exist', async (name, params) => {
    await start();
    client.open(uri, broken);
    for (const place of [null, {}, { line: -1, character: 1e9 }, { line: 1e9, character: '3' }]) {
      const odd = { position: place, range: { start: place, end: place } };
      await client.connection.sendRequest(`textDocument/${name}`, {
        textDocument,
        ...params,
        ...odd,
      });
    }
    expect(await client.pulled(uri)).not.toEqual([]);
  });
});
