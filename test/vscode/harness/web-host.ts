import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import type { VsCodeServer } from './server';

export interface WebFront {
  /** host:port, in place of the server's. */
  readonly authority: string;
  stop(): Promise<void>;
}

const prefix = '/extension-under-test';

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

/**
 * A front of the VS Code server that adds the extension as vscode.dev has it: from
 * a web site. It must come from one, because the worker host lets no extension
 * that comes from a VS Code server start a worker of its own; from the page's
 * own site, because the page's policy allows no other; and by the page's
 * configuration, because its address can name only a server's.
 */
export async function startWebFront(
  server: VsCodeServer,
  extension: string,
  suite: string,
): Promise<WebFront> {
  const [host = '', port = ''] = server.authority.split(':');
  const backend = { host, port: Number(port) };
  let authority = '';

  const front = createServer((incoming, response) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
    if (pathname.startsWith(`${prefix}/`)) {
      void sendFile(extension, pathname.slice(prefix.length), response);
    } else if (pathname === '/') {
      pass(incoming, response, backend, (html) => configured(html, authority, suite));
    } else {
      pass(incoming, response, backend);
    }
  });
  const tunnels = new Set<Duplex>();
  front.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnels.add(socket);
    socket.on('close', () => tunnels.delete(socket));
    tunnel(incoming, socket, head, backend);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  authority = `127.0.0.1:${(front.address() as AddressInfo).port}`;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      front.close(() => resolve());
      front.closeAllConnections();
      for (const socket of tunnels) socket.destroy(); // those it no longer counts as its own
    });
  return { authority, stop };
}

async function sendFile(folder: string, name: string, response: ServerResponse): Promise<void> {
  const file = path.join(folder, decodeURIComponent(name));
  const found = await stat(file).catch(() => undefined);
  if (!file.startsWith(folder + path.sep) || found?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  const type = types[path.extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  createReadStream(file).pipe(response);
}

interface Backend {
  readonly host: string;
  readonly port: number;
}

function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  backend: Backend,
  change?: (text: string) => string,
): void {
  // A page that we change must not come compressed.
  const headers = { ...incoming.headers, ...(change ? { 'accept-encoding': 'identity' } : {}) };
  const options = { ...backend, path: incoming.url, method: incoming.method, headers };
  const outgoing = request(options, (answer) => {
    const status = answer.statusCode ?? 502;
    if (!change) {
      response.writeHead(status, answer.headers);
      answer.pipe(response);
      return;
    }
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      const body = Buffer.from(change(Buffer.concat(chunks).toString()));
      response.writeHead(status, { ...answer.headers, 'content-length': body.length });
      response.end(body);
    });
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}

/** Web sockets: the request as it came, then bytes both ways. */
function tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer, backend: Backend): void {
  const upstream = connect(backend.port, backend.host, () => {
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
    }
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  const end = (): void => {
    upstream.destroy();
    socket.destroy();
  };
  for (const side of [upstream, socket]) side.on('error', end).on('close', end);
}

function configured(html: string, authority: string, suite: string): string {
  const place = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;
  if (!place.test(html)) throw new Error('the workbench page has no configuration to extend');
  const uri = (file: string): object => ({ scheme: 'http', authority, path: prefix + file });
  return html.replace(place, (_all, before: string, settings: string) => {
    const configuration = JSON.parse(settings.replaceAll('&quot;', '"')) as object;
    const developmentOptions = { extensions: [uri('')], extensionTestsPath: uri(suite) };
    const text = JSON.stringify({ ...configuration, developmentOptions });
    return `${before}${text.replaceAll('"', '&quot;')}"`;
  });
}
