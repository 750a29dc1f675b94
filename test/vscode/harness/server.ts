import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './install';
import { installServer, type InstalledServer } from './install-server';
import { installChinese } from './install-chinese';
import { onEnd, temporaryFolder } from './lifetime';
import { editions, type Edition, type EditionName } from './pins';

export type DisplayLanguage = 'en' | 'zh-cn';

export interface ServerOptions {
  /** User settings, over the quiet ones below. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Left out: the language of the browser that asks. */
  readonly language?: DisplayLanguage;
  /** Left out: a free one. */
  readonly port?: number;
  /** Left out: the usual one. */
  readonly edition?: EditionName;
  /** A .vsix that is installed before the server starts. */
  readonly vsix?: string;
  /** Nobody has said that the folder's authors are trusted. */
  readonly restricted?: boolean;
}

export interface VsCodeServer {
  /** host:port, also the authority of its vscode-remote URIs. */
  readonly authority: string;
  readonly version: string;
  /** Settled when it ends by itself, or is stopped. */
  readonly ended: Promise<void>;
  /** What the server wrote, for the report of a failure. */
  log(): string;
  stop(): Promise<void>;
}

/** Nothing that asks, greets or goes out. */
const quiet = {
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
  'files.simpleDialog.enable': true,
  // In a page it saves after a second by default, in the midst of what a test does.
  'files.autoSave': 'off',
};

const startLimit = 30_000;

/** Starts a VS Code server of its own: a free loopback port, its own data and extension folders. */
export async function startServer(options: ServerOptions = {}): Promise<VsCodeServer> {
  const edition = options.edition ?? 'usual';
  const installed = await installServer(edition);
  const { code, node } = installed;
  const temporary = await temporaryFolder('vscode');
  const home = temporary.path;
  let child: ChildProcess | undefined;
  let stopped: Promise<void> | undefined;
  const forget = onEnd(() => void (child && signalGroup(child, 'SIGKILL')));
  const stop = (): Promise<void> =>
    (stopped ??= (async () => {
      if (child) await endGroup(child);
      forget();
      temporary.remove();
    })());

  try {
    await writeData(path.join(home, 'data'), options);
    if (options.vsix !== undefined) await installExtension(installed, home, options.vsix);
    let log = '';
    child = spawn(node, serverArguments(code, home, options), {
      cwd: code,
      // A group of its own, so that stopping it stops its extension hosts too.
      detached: true,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer): void => void (log = (log + chunk.toString()).slice(-100_000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const port = await listeningPort(child, () => log);
    const running = child;
    return {
      authority: `127.0.0.1:${port}`,
      version: await versionOf(code),
      ended: new Promise((resolve) => running.once('exit', () => resolve())),
      log: () => log,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As a user does it: `code --install-extension`. */
async function installExtension(
  { code, node }: InstalledServer,
  home: string,
  vsix: string,
): Promise<void> {
  const main = path.join(code, 'out/server-main.js');
  const args = [main, ...foldersOf(home), '--install-extension', vsix];
  const said = await run(node, args, code, { env: cleanEnvironment() });
  if (!said.includes('was successfully installed')) throw new Error(said);
}

const foldersOf = (home: string): string[] => [
  ...['--server-data-dir', home, '--extensions-dir', path.join(home, 'extensions')],
];

function serverArguments(code: string, home: string, options: ServerOptions): string[] {
  const { testDriver }: Edition = editions[options.edition ?? 'usual'];
  const language = options.language === undefined ? [] : ['--locale', options.language];
  return [
    path.join(code, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'],
    ...['--accept-server-license-terms', '--disable-telemetry', '--disable-update-check'],
    ...foldersOf(home),
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
    ...language,
  ];
}

async function writeData(data: string, options: ServerOptions): Promise<void> {
  const trust = { 'security.workspace.trust.enabled': options.restricted === true };
  const settings = JSON.stringify({ ...quiet, ...trust, ...options.settings }, null, 2);
  for (const scope of ['Machine', 'User']) {
    await mkdir(path.join(data, scope), { recursive: true });
    await writeFile(path.join(data, scope, 'settings.json'), settings);
  }
  if (options.language !== 'en') {
    await writeFile(path.join(data, 'languagepacks.json'), JSON.stringify(await installChinese()));
  }
}

/** The server must not think that it was started by the VS Code whose terminal we may be in. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(key),
  );
  // Without a gallery nothing is asked of the network.
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{}' };
}

function listeningPort(child: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearInterval(poll);
      reject(new Error(`the VS Code server ${why}:\n${log().slice(-3000)}`));
    };
    const started = Date.now();
    const poll = setInterval(() => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (port !== undefined) {
        clearInterval(poll);
        resolve(Number(port));
      } else if (Date.now() - started > startLimit) {
        fail(`did not listen within ${startLimit / 1000} s`);
      }
    }, 20);
    child.once('error', (error) => fail(`did not start (${error.message})`));
    child.once('exit', (status, signal) => fail(`ended with ${status ?? signal}`));
  });
}

async function versionOf(code: string): Promise<string> {
  const manifest = await readFile(path.join(code, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

async function endGroup(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve();
    else child.once('exit', () => resolve());
  });
  signalGroup(child, 'SIGTERM');
  const patience = new Promise<void>((resolve) => setTimeout(resolve, 2000).unref());
  await Promise.race([ended, patience]);
  signalGroup(child, 'SIGKILL'); // also what outlived its parent
  await ended;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It has ended already.
  }
}
