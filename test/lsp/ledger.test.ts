import { CodeActionRequest, type CodeAction } from 'vscode-languageserver-protocol';
import { afterEach, describe, expect, it } from 'vitest';
import {
  LEDGER_REQUEST,
  type LedgerAnswer,
  type LedgerParams,
} from '../../server/src/lsp/protocol';
import type { Client, ClientOptions } from './support/client';
import { startClient, useServer } from './support/server';
import { edited, find } from './support/text';

useServer();

const uri = 'file:///work/a.disclosure.yaml';
const text = `格式: gouji/1
支出决算表:
  208: {本年支出合计: 335.80, 基本支出: 235.80, 项目支出: 90.00}
`;

let client: Client;
async function start(options: ClientOptions = { pull: true }): Promise<void> {
  client = await startClient(options);
}
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
});

function ledger(of = uri): Promise<LedgerAnswer> {
  const params: LedgerParams = { textDocument: { uri: of } };
  return client.connection.sendRequest(LEDGER_REQUEST, params);
}

describe('the ledger of an open document', () => {
  it('is a page in the language of the editor', async () => {
    await start({ pull: true, locale: 'zh-cn' });
    client.open(uri, text);
    const page = await ledger();
    expect(page).toMatchObject({ title: '核对一览', language: 'zh-CN' });
    // The row that fails can be gone to: line 2, its total.
    const { start: at } = find(text, '335.80');
    expect(page!.body).toContain(`href="#${at.line}:${at.character}"`);
  });

  it('is in the language of the settings', async () => {
    await start({ pull: true, locale: 'zh-cn', configuration: { language: 'en' } });
    client.open(uri, text);
    expect(await ledger()).toMatchObject({ title: 'Ledger of checks', language: 'en' });
  });

  it('is of the newest version', async () => {
    await start({ pull: true, locale: 'zh-cn' });
    client.open(uri, text);
    client.change(uri, { text: text.replace('235.80', '245.80') });
    expect((await ledger())!.body).not.toContain('class="count fails">1');
  });

  it('is nothing for what is no disclosure, or not open', async () => {
    await start();
    client.open('file:///work/plain.yaml', 'a: 1');
    expect(await ledger('file:///work/plain.yaml')).toBeNull();
    expect(await ledger('file:///work/closed.disclosure.yaml')).toBeNull();
  });
});

describe('accepting a finding', () => {
  it('takes it out of the diagnostics and counts it', async () => {
    await start({ pull: true, locale: 'zh-cn' });
    client.open(uri, text);
    const diagnostics = await client.pulled(uri);
    expect(diagnostics.map(({ code }) => code)).toEqual(['t3.row-sum']);
    const actions = (await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: find(text, '335.80'),
      context: { diagnostics },
    })) as CodeAction[];
    const accept = actions.find(({ title }) => title === '接受并说明原因…')!;
    expect(accept.diagnostics).toEqual(diagnostics);
    const [change] = accept.edit!.documentChanges as { edits: Parameters<typeof edited>[1] }[];
    client.change(uri, { text: edited(text, change!.edits) });
    expect((await client.pulled(uri)).map(({ code }) => code)).toEqual(['accept.pending']);
    expect((await client.status(uri)).counts).toMatchObject({ accepted: 1, fails: 0 });
  });
});
