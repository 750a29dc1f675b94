import { once } from 'node:events';
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { describe, expect, it } from 'vitest';
import { spawnServer, startClient, useServer } from './support/server';

useServer();

describe('initialize', () => {
  it('offers a client that asks for diagnostics to ask', async () => {
    const client = await startClient({ pull: true });
    expect(client.initializeResult?.capabilities.diagnosticProvider).toMatchObject({
      interFileDependencies: false,
      workspaceDiagnostics: true,
    });
    expect(await client.stop()).toBe(0);
  });

  it('does not offer it to one that cannot', async () => {
    const client = await startClient();
    expect(client.initializeResult?.capabilities.diagnosticProvider).toBeUndefined();
    expect(await client.stop()).toBe(0);
  });

  it('offers hover and fixes, and no commands', async () => {
    const client = await startClient();
    const capabilities = client.initializeResult!.capabilities;
    expect(capabilities.hoverProvider).toBe(true);
    expect(capabilities.codeActionProvider).toMatchObject({
      codeActionKinds: expect.arrayContaining(['quickfix']) as string[],
    });
    expect(capabilities.executeCommandProvider).toBeUndefined();
    expect(client.initializeResult!.serverInfo?.name).toBe('gouji');
    await client.stop();
  });

  it('offers no fixes to a client that can only run commands', async () => {
    const client = await startClient({ plain: true });
    expect(client.initializeResult!.capabilities.codeActionProvider).toBeUndefined();
    await client.stop();
  });

  it('asks to be told of changed settings', async () => {
    const client = await startClient({ configuration: {} });
    client.open('file:///a.yaml', 'a: 1\n');
    await client.status('file:///a.yaml');
    expect(client.registrations.map(({ method }) => method)).toEqual([
      'workspace/didChangeConfiguration',
    ]);
    await client.stop();
  });
});

describe('the end', () => {
  it('is 0 after shutdown, 1 without', async () => {
    const polite = await startClient();
    expect(await polite.stop()).toBe(0);
    const rude = await startClient();
    await rude.connection.sendNotification(ExitNotification.type);
    expect(await rude.ended()).toBe(1);
  });

  it('comes when the client is gone', async () => {
    const { child, exited } = spawnServer();
    await once(child, 'spawn');
    child.stdin.end();
    expect(await exited).toBe(1);
  });
});

describe('command line', () => {
  it('speaks over stdio when told nothing', async () => {
    const { child, exited, stderr } = spawnServer([]);
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const result = await connection.sendRequest(InitializeRequest.type, {
      processId: null,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still requires it
      rootUri: null,
      capabilities: {},
    });
    expect(result.capabilities.textDocumentSync).toMatchObject({ openClose: true, change: 2 });
    connection.dispose();
    child.stdin.end();
    await exited;
    expect(stderr()).toBe('');
  });
});
