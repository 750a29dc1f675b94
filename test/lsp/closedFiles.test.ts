import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CancellationTokenSource,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  WorkspaceDiagnosticRequest,
  type PreviousResultId,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client, ClientOptions } from './support/client';
import { startClient, useServer } from './support/server';

useServer();

const right = `格式: gouji/1
年度: 2024
支出决算表:
  合计: {本年支出合计: 30.00, 基本支出: 10.00, 项目支出: 20.00}
  "2080101": {本年支出合计: 30.00, 基本支出: 10.00, 项目支出: 20.00}
`;
const wrong = right.replace('合计: {本年支出合计: 30.00', '合计: {本年支出合计: 31.00');

let client: Client;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gouji-closed-'));
});
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
  await rm(folder, { recursive: true });
});

const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).toString();
const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
const start = async (options: ClientOptions = {}) => {
  client = await startClient({ folders: [pathToFileURL(folder).toString()], ...options });
};
const tell = (name: string, type: FileChangeType) =>
  client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: uriOf(name), type }],
  });

/** How many errors there are, by name. */
function errorsIn({ items }: WorkspaceDiagnosticReport): Record<string, number> {
  return Object.fromEntries(
    items.map((item) => [
      decodeURIComponent(path.basename(item.uri)),
      item.kind === 'full' ? item.items.filter(({ severity }) => severity === 1).length : NaN,
    ]),
  );
}

const idsIn = ({ items }: WorkspaceDiagnosticReport): PreviousResultId[] =>
  items.map(({ uri, resultId }) => ({ uri, value: resultId! }));

describe('a client that asks for the diagnostics of a workspace', () => {
  const ask = (previousResultIds: PreviousResultId[] = []) =>
    client.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });

  it('is told of all files that are not open, as they are on disk', async () => {
    await mkdir(path.join(folder, '乙'));
    await write('甲.disclosure.yaml', wrong);
    await write('乙/丙.disclosure.yaml', right);
    await write('丁.disclosure.yaml', wrong);
    await write('戊.yaml', wrong);
    await start({ pull: true });
    client.open(uriOf('丁.disclosure.yaml'), right);
    expect(errorsIn(await ask())).toEqual({ '甲.disclosure.yaml': 1, '丙.disclosure.yaml': 0 });
    expect(client.published).toEqual([]);
  });

  it('waits until something changes, and is told of that alone', async () => {
    await write('甲.disclosure.yaml', wrong);
    await write('乙.disclosure.yaml', wrong);
    await start({ pull: true });
    const known = idsIn(await ask());
    const next = ask(known);
    await write('甲.disclosure.yaml', right);
    await tell('甲.disclosure.yaml', FileChangeType.Changed);
    expect(errorsIn(await next)).toEqual({ '甲.disclosure.yaml': 0 });
    const last = ask(known);
    expect(errorsIn(await last)).toEqual({ '甲.disclosure.yaml': 0 });
  });

  it('is told that nothing is wrong with a file that is gone, or opened', async () => {
    await write('甲.disclosure.yaml', wrong);
    await write('乙.disclosure.yaml', wrong);
    await start({ pull: true });
    const known = idsIn(await ask());
    await rm(path.join(folder, '甲.disclosure.yaml'));
    await tell('甲.disclosure.yaml', FileChangeType.Deleted);
    const next = await ask(known);
    expect(errorsIn(next)).toEqual({ '甲.disclosure.yaml': 0 });
    client.open(uriOf('乙.disclosure.yaml'), wrong);
    const left = known.filter(({ uri }) => uri !== uriOf('甲.disclosure.yaml'));
    expect(errorsIn(await ask(left))).toEqual({ '乙.disclosure.yaml': 0 });
    client.close(uriOf('乙.disclosure.yaml'));
    expect(errorsIn(await ask())).toEqual({ '乙.disclosure.yaml': 1 });
  });

  it('can take back its question while it waits', async () => {
    await write('甲.disclosure.yaml', right);
    await start({ pull: true });
    const previousResultIds = idsIn(await ask());
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest(
      WorkspaceDiagnosticRequest.type,
      { previousResultIds },
      source.token,
    );
    source.cancel();
    expect(await answer).toEqual({ items: [] });
  });

  it('is told of them as long as the settings say so', async () => {
    await write('甲.disclosure.yaml', wrong);
    await start({ pull: true });
    const found = await ask();
    expect(errorsIn(found)).toEqual({ '甲.disclosure.yaml': 1 });
    client.configure({ checkWorkspace: false });
    const cleared = await ask(idsIn(found));
    expect(errorsIn(cleared)).toEqual({ '甲.disclosure.yaml': 0 });
    client.configure({ checkWorkspace: true });
    expect(errorsIn(await ask(idsIn(cleared)))).toEqual({ '甲.disclosure.yaml': 1 });
  });
});

describe('a client that is sent diagnostics', () => {
  const sent = async (name: string, count: number) => {
    const last = () => client.published.findLast(({ uri }) => uri === uriOf(name));
    const errors = () => last()?.diagnostics.filter(({ severity }) => severity === 1).length;
    await client.until(() => errors() === count, `${count} errors in ${name}`);
    return last()!;
  };

  it('is sent those of files that are not open, and sees them come and go', async () => {
    await write('甲.disclosure.yaml', wrong);
    await write('乙.disclosure.yaml', right);
    await start();
    expect((await sent('甲.disclosure.yaml', 1)).version).toBeUndefined();
    await write('甲.disclosure.yaml', right);
    await tell('甲.disclosure.yaml', FileChangeType.Changed);
    await sent('甲.disclosure.yaml', 0);
    await write('乙.disclosure.yaml', wrong);
    await tell('乙.disclosure.yaml', FileChangeType.Changed);
    await sent('乙.disclosure.yaml', 1);
    await rm(path.join(folder, '乙.disclosure.yaml'));
    await tell('乙.disclosure.yaml', FileChangeType.Deleted);
    await sent('乙.disclosure.yaml', 0);
  });

  it('sees what its editor has while a file is open, and what is on disk afterwards', async () => {
    await write('甲.disclosure.yaml', wrong);
    await start();
    await sent('甲.disclosure.yaml', 1);
    client.open(uriOf('甲.disclosure.yaml'), right);
    expect((await sent('甲.disclosure.yaml', 0)).version).toBe(1);
    client.close(uriOf('甲.disclosure.yaml'));
    expect((await sent('甲.disclosure.yaml', 1)).version).toBeUndefined();
  });

  it('is sent them as long as the settings say so', async () => {
    await write('甲.disclosure.yaml', wrong);
    await start();
    await sent('甲.disclosure.yaml', 1);
    client.configure({ checkWorkspace: false });
    await sent('甲.disclosure.yaml', 0);
    client.configure({ checkWorkspace: true });
    await sent('甲.disclosure.yaml', 1);
  });

  it('sees how far a long check is', async () => {
    for (let i = 0; i < 30; i++) await write(`${i}.disclosure.yaml`, i === 29 ? wrong : right);
    await start({ progress: true });
    await sent('29.disclosure.yaml', 1);
    await client.until(() => client.progress.at(-1)?.kind === 'end', 'the end of the progress');
    const told = client.progress.map((one) => (one.kind === 'report' ? one.message : one.kind));
    expect(told[0]).toBe('begin');
    expect(told).toContain('30/30');
  });
});

describe('what an editor asks while a folder is being checked', () => {
  it('is answered before the next file is', async () => {
    const count = 200;
    for (let i = 0; i < count; i++) await write(`${i}.disclosure.yaml`, wrong);
    await start();
    const uri = uriOf('甲.disclosure.yaml');
    client.open(uri, wrong);
    await client.pushed(uri);
    const checked = () => client.published.filter(({ uri: other }) => other !== uri).length;
    await client.until(() => checked() > 0, 'the first of the folder');
    const before = checked();
    const line = 3;
    const range = { start: { line, character: 0 }, end: { line, character: 40 } };
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => client.codeActions(uri, range)),
    );
    for (const actions of answers) expect(actions.length).toBeGreaterThan(0);
    // One may be under way when the first of them comes, and one told that is not heard of yet.
    expect(checked() - before).toBeLessThanOrEqual(2);
    expect(checked()).toBeLessThan(count);
    await client.until(() => checked() === count, 'the rest of the folder');
  });
});
