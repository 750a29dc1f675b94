import { PassThrough } from 'node:stream';
import * as server from 'vscode-languageserver/node';
import * as protocol from 'vscode-languageserver-protocol/node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startServer } from '../../server/src/lsp/server';
import { exampleText, HUNAN } from '../support/examples';
import { Client } from './support/client';
import { find } from './support/text';

const { failing } = vi.hoisted(() => ({ failing: new Set<string>() }));

/** A module whose functions throw when the test wants them to. */
async function fragile(name: string, original: () => Promise<object>): Promise<object> {
  const throwing = (call: unknown) => {
    return (...args: unknown[]): unknown => {
      if (failing.has(name)) throw new RangeError(`${name}\nis broken`);
      return (call as (...all: unknown[]) => unknown)(...args);
    };
  };
  const module = await original();
  return Object.fromEntries(
    Object.entries(module).map(([key, value]) => [
      key,
      typeof value === 'function' ? throwing(value) : (value as unknown),
    ]),
  );
}
vi.mock('../../server/src/service/analyze', (original) => fragile('analyze', original));
vi.mock('../../server/src/service/diagnostics', (original) => fragile('diagnostics', original));
vi.mock('../../server/src/service/hover', (original) => fragile('hover', original));
vi.mock('../../server/src/service/codeActions', (original) => fragile('codeActions', original));
vi.mock('../../server/src/service/status', (original) => fragile('status', original));

const uri = `file:///work/${HUNAN}`;
const broken = exampleText(HUNAN).replace('208: 1357.84', '208: 1357.48');
const cell = find(broken, '208: ', '1357.48');

/** Client and server in one process, so that parts of the server can be made to fail. */
async function connect(pull: boolean): Promise<Client> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const serverSide = server.createConnection(
    server.ProposedFeatures.all,
    new server.StreamMessageReader(up),
    new server.StreamMessageWriter(down),
  );
  startServer(serverSide, { defer: (callback) => void setImmediate(callback) });
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(down),
    new protocol.StreamMessageWriter(up),
  );
  const client = new Client(connection, Promise.resolve(0), () => undefined, { pull });
  await client.initialize();
  return client;
}

async function everything(client: Client, pull: boolean) {
  return {
    diagnostics: pull ? await client.pulled(uri) : await client.pushed(uri),
    hover: await client.hover(uri, cell.start),
    actions: await client.codeActions(uri, cell),
    status: await client.status(uri),
  };
}

afterEach(() => {
  failing.clear();
});

describe('what throws becomes one line in the log and an empty result', () => {
  const empty: Record<string, object> = {
    analyze: {
      diagnostics: [],
      hover: null,
      actions: [],
      status: { recognised: false, failed: true },
    },
    diagnostics: { diagnostics: [] },
    hover: { hover: null },
    codeActions: { actions: [] },
    status: { status: { recognised: false } },
  };
  for (const pull of [false, true]) {
    for (const [name, expected] of Object.entries(empty)) {
      it(`${name}, for a client that ${pull ? 'asks for' : 'is sent'} diagnostics`, async () => {
        const client = await connect(pull);
        failing.add(name);
        client.open(uri, broken);
        const without = await everything(client, pull);
        expect(without).toMatchObject(expected);
        // Fixes name the diagnostic they fix, so without diagnostics there are none either.
        expect(client.log).toHaveLength(name === 'diagnostics' ? 2 : 1);
        for (const line of client.log) {
          expect(line).not.toContain('\n');
          expect(line).toContain(`RangeError: ${name} is broken`);
          expect(line).toContain(uri);
        }
        client.log.length = 0;

        // The next version is as good as if nothing had happened.
        failing.clear();
        client.change(uri, { range: { start: cell.start, end: cell.start }, text: '' });
        const { diagnostics, hover, actions, status } = await everything(client, pull);
        expect(diagnostics).not.toEqual([]);
        expect(hover).not.toBeNull();
        expect(actions).not.toEqual([]);
        expect(status).toMatchObject({ recognised: true, failed: false });
        expect(client.log).toEqual([]);
      });
    }
  }
});
