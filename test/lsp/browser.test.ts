import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../esbuild.config';
import { exampleText, HUNAN } from '../support/examples';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly diagnostics?: readonly { severity: number }[] };
  readonly result?: unknown;
}

/** What a dedicated worker has and nothing else: no process, no require, no Buffer, no setImmediate. */
function startWorker(code: string) {
  const received: Message[] = [];
  const scope: Record<string, unknown> = {
    console,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    queueMicrotask,
    performance,
    crypto,
    TextEncoder,
    TextDecoder,
    URL,
    onmessage: undefined,
    postMessage: (message: Message) => received.push(message),
    addEventListener: () => undefined,
  };
  scope['self'] = scope;
  runInContext(code, createContext(scope));
  return {
    received,
    post: (data: unknown) => {
      (scope['onmessage'] as (event: { data: unknown }) => void)({ data });
    },
  };
}

let outdir = '';
beforeAll(async () => {
  outdir = await mkdtemp(path.join(tmpdir(), 'gouji-worker-'));
  await build(['server/browser.js'], { outdir });
});
afterAll(() => rm(outdir, { recursive: true, force: true }));

describe('the server in a worker', () => {
  it('starts without anything of Node and checks a document', async () => {
    const worker = startWorker(await readFile(path.join(outdir, 'server/browser.js'), 'utf8'));
    const answer = (matches: (message: Message) => boolean) =>
      expect.poll(() => worker.received.find(matches), { timeout: 5000 });

    worker.post({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { capabilities: {} } });
    await answer(({ id }) => id === 1).toMatchObject({
      result: { serverInfo: { name: 'gouji' }, capabilities: { hoverProvider: true } },
    });
    worker.post({ jsonrpc: '2.0', method: 'initialized', params: {} });
    const uri = `vscode-vfs://github/gouji/${HUNAN}`;
    const text = exampleText(HUNAN).replace('208: 1357.84', '208: 1357.48');
    const textDocument = { uri, languageId: 'disclosure-yaml', version: 1, text };
    worker.post({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument } });
    await answer(({ method }) => method === 'textDocument/publishDiagnostics').toBeDefined();
    const published = worker.received.find(({ params }) => params?.diagnostics);
    expect(published?.params?.diagnostics?.filter(({ severity }) => severity === 1)).toHaveLength(
      1,
    );
  });
});
