import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { afterAll, beforeAll } from 'vitest';
import { build } from '../../../esbuild.config';
import { Client, type ClientOptions } from './client';

let outdir = '';

/** Bundles the server as it is shipped, once for a test file. */
export function useServer(): void {
  beforeAll(async () => {
    outdir = await mkdtemp(path.join(tmpdir(), 'gouji-lsp-'));
    await build(['server/node.js'], { outdir });
  });
  afterAll(() => rm(outdir, { recursive: true, force: true }));
}

/** The bundled server, for whoever starts it himself. */
export const serverScript = () => path.join(outdir, 'server/node.js');

export function spawnServer(args: readonly string[] = ['--stdio'], script = serverScript()) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, exited, stderr: () => stderr };
}

/** A server of its own with an initialized client; `program` is another server than the bundled one. */
export async function startClient(options: ClientOptions = {}, program?: string): Promise<Client> {
  const { child, exited } = spawnServer(['--stdio'], program);
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const client = new Client(connection, exited, () => child.kill('SIGKILL'), options);
  await client.initialize();
  return client;
}
