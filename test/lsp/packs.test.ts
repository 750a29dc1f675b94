import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DidChangeWatchedFilesNotification, FileChangeType } from 'vscode-languageserver-protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIST_FOLDER_REQUEST, READ_FILE_REQUEST } from '../../server/src/lsp/protocol';
import type { Client, ClientOptions } from './support/client';
import { startClient, useServer } from './support/server';

useServer();

const text = `格式: gouji/1
财政拨款“三公”经费支出决算表:
  合计: {预算数: 10.00, 决算数: 12.00}
  公务接待费: {预算数: 10.00, 决算数: 12.00}
`;
const rule = (id: string, more = '') => `  - id: ${id}
    kind: compare
    comparator: ge
    target: T9/reception/budget
    terms: [T9/reception/final]
    title: {zh: 接待费不超预算}
    ${more}
`;
const pack = (...rules: string[]) => `pack: 试\nrules:\n${rules.join('')}`;

let client: Client;
let folder = '';
let uri = '';
let packUri = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gouji-packs-'));
  await mkdir(path.join(folder, '.gouji'));
  uri = pathToFileURL(path.join(folder, '甲.disclosure.yaml')).toString();
  packUri = pathToFileURL(path.join(folder, '.gouji', 'a.yaml')).toString();
});
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function start(options: ClientOptions = {}): Promise<void> {
  client = await startClient({ folders: [pathToFileURL(folder).toString()], ...options });
}
const write = (name: string, content: string) => writeFile(path.join(folder, name), content);

/** The rules of what is found in the document. */
async function found(): Promise<string[]> {
  client.open(uri, text);
  return (await client.pushed(uri)).map(({ code }) => String(code));
}
const codesOn = (file: string) =>
  client.published.findLast((params) => params.uri === file)?.diagnostics.map(({ code }) => code);

describe('packs of the workspace', () => {
  it('are read from .gouji, and their rules work', async () => {
    await write('.gouji/a.yaml', pack(rule('local.limit')));
    await start();
    client.open(uri, text);
    const [diagnostic] = await client.pushed(uri);
    expect(diagnostic).toMatchObject({ code: 'local.limit', severity: 1 });
    // It leads to the rule in its pack.
    expect(diagnostic!.codeDescription).toEqual({ href: `${packUri}#L3` });
    expect(codesOn(packUri)).toEqual([]);
  });

  it('have findings of their own where they are broken; the other rules work', async () => {
    await write('.gouji/a.yaml', pack(rule('local.bad', 'colour: red'), rule('local.limit')));
    await start();
    expect(await found()).toEqual(['local.limit']);
    expect(codesOn(packUri)).toEqual(['pack.unknown-field']);
    expect(client.published.findLast((p) => p.uri === packUri)!.diagnostics[0]!.range).toEqual({
      start: { line: 8, character: 4 },
      end: { line: 8, character: 10 },
    });
  });

  it('that conflict are told apart by their names: the first counts', async () => {
    await write('.gouji/b.yaml', pack(rule('local.limit', 'severity: hint')));
    await write('.gouji/a.yaml', pack(rule('local.limit'), rule('t1.balance')));
    await start();
    expect(await found()).toEqual(['local.limit']);
    expect(codesOn(packUri)).toEqual(['pack.built-in-id']);
    expect(codesOn(packUri.replace('a.yaml', 'b.yaml'))).toEqual(['pack.conflicting-id']);
  });

  it('are read again when they change, come or go', async () => {
    await start();
    expect(await found()).toEqual([]);
    const told = async (type: FileChangeType) => {
      const before = client.published.length;
      void client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{ uri: packUri, type }],
      });
      const last = () => client.published.slice(before).findLast((params) => params.uri === uri);
      await client.until(() => last() !== undefined, 'diagnostics');
      return last()!.diagnostics.map(({ code, severity }) => `${String(code)} ${severity!}`);
    };
    await write('.gouji/a.yaml', pack(rule('local.limit')));
    expect(await told(FileChangeType.Created)).toEqual(['local.limit 1']);
    await write('.gouji/a.yaml', pack(rule('local.limit', 'severity: hint')));
    expect(await told(FileChangeType.Changed)).toEqual(['local.limit 4']);
    await rm(path.join(folder, '.gouji/a.yaml'));
    expect(await told(FileChangeType.Deleted)).toEqual([]);
  });

  it('are read where there were none before, for the next file, though nobody told of them', async () => {
    await rm(path.join(folder, '.gouji'), { recursive: true });
    await start();
    expect(await found()).toEqual([]);
    await mkdir(path.join(folder, '.gouji'));
    await write('.gouji/a.yaml', pack(rule('local.limit')));
    const next = uri.replace('.disclosure', '2.disclosure');
    client.open(next, text);
    expect((await client.pushed(next)).map(({ code }) => code)).toEqual(['local.limit']);
  });

  it('are those that the settings name', async () => {
    await write('.gouji/a.yaml', pack(rule('local.default')));
    await write('区.yaml', pack(rule('local.named')));
    await start({ configuration: { rules: { packs: ['./区.yaml'] } } });
    expect(await found()).toEqual(['local.named']);
    client.configure({ rules: { packs: [] } });
    await client.until(
      () => client.published.findLast((params) => params.uri === uri)!.diagnostics.length === 0,
      'diagnostics without packs',
    );
  });

  it('are not read from outside the folder, nor where links lead out; what is named and not there is said', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'gouji-outside-'));
    await writeFile(path.join(outside, 'a.yaml'), pack(rule('local.outside')));
    await symlink(path.join(outside, 'a.yaml'), path.join(folder, '.gouji/a.yaml'));
    const packs = ['.gouji/*.yaml', `../${path.basename(outside)}/*.yaml`, '../a.yaml'];
    await start({ configuration: { rules: { packs } } });
    expect(await found()).toEqual([]);
    expect(client.shown.map(({ message }) => message)).toEqual([
      expect.stringContaining('../a.yaml') as string,
    ]);
    await rm(outside, { recursive: true });
  });

  it('are asked of a client that reads files itself', async () => {
    await start({ initializationOptions: { files: true } });
    client.connection.onRequest(LIST_FOLDER_REQUEST, ({ uri: asked }: { uri: string }) =>
      asked === packUri.replace('/a.yaml', '') ? ['readme.md', 'a.yaml'] : [],
    );
    client.connection.onRequest(READ_FILE_REQUEST, ({ uri: asked }: { uri: string }) =>
      asked === packUri ? pack(rule('local.virtual')) : null,
    );
    expect(await found()).toEqual(['local.virtual']);
  });

  it('that an editor opens too keep their findings', async () => {
    await write('.gouji/a.yaml', 'pack: 试\nrules: 1\n');
    await start();
    expect(await found()).toEqual([]);
    client.open(packUri, 'pack: 试\nrules: 1\n');
    expect((await client.pushed(packUri)).map(({ code }) => code)).toEqual(['pack.not-a-list']);
  });
});

describe('the page of a rule', () => {
  const wrong = '格式: gouji/1\n收入支出决算总表:\n  收入: {总计: 1.00}\n  支出: {总计: 2.00}\n';
  const hrefs = async () => {
    client.open(uri, wrong);
    return (await client.pushed(uri)).map(({ codeDescription }) => codeDescription?.href);
  };

  it('is a file that comes with the server', async () => {
    await start();
    const [href] = await hrefs();
    // The bundle under test does not lie where it is shipped; the page lies as far from it.
    expect(href).toMatch(/^file:\/\/.*\/docs\/rules\/t1\.balance\.md$/);
    const page = path.join(__dirname, '../../docs/rules', path.basename(fileURLToPath(href!)));
    expect(existsSync(page)).toBe(true);
  });

  it('is where the client says', async () => {
    await start({ initializationOptions: { rulePages: 'command:show?{rule}' } });
    expect(await hrefs()).toEqual(['command:show?t1.balance']);
  });

  it('is not told to a client that cannot show it', async () => {
    await start({ plain: true });
    expect(await hrefs()).toEqual([undefined]);
  });
});
