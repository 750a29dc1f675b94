import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { installOnce, npmUnpack, progress, run } from './install';
import { pins } from './pins';

export interface Browser {
  readonly executable: string;
  /** Libraries the machine lacks, for LD_LIBRARY_PATH. */
  readonly libraries?: string;
}

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * GOUJI_CHROMIUM if set, else a browser of this machine, else the one from npm,
 * else Debian's when we may install it. Says what to do when there is none.
 */
export async function findBrowser(): Promise<Browser> {
  const named = process.env['GOUJI_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`GOUJI_CHROMIUM names no file: ${named}`);
    return { executable: named };
  }
  const own = ownBrowser();
  if (own !== undefined) return { executable: own };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('no Chrome, Chromium or Edge found: install one, or name it by GOUJI_CHROMIUM');
  }

  let reason: string;
  try {
    const browser = await installedFromNpm();
    const missing = whatFails(browser);
    if (missing === undefined) return browser;
    reason = missing;
  } catch (error) {
    reason = String((error as Error).cause ?? error);
  }
  return debianBrowser(reason);
}

function ownBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...candidates, ...places].find((file) => path.isAbsolute(file) && existsSync(file));
}

async function installedFromNpm(): Promise<Browser> {
  const folder = await installOnce(pins.chromium, 'a headless Chromium', async (target) => {
    const unpacked = await npmUnpack(target, pins.chromium);
    const bin = path.join(unpacked, 'bin');
    await expand(path.join(bin, 'chromium.br'), path.join(target, 'chromium'));
    await expandArchive(path.join(bin, 'swiftshader.tar.br'), target);
    // NSS and its relatives, under lib/: not every machine has them.
    await expandArchive(path.join(bin, 'al2023.tar.br'), target);
    await rm(unpacked, { recursive: true });
  });
  const browser = { executable: path.join(folder, 'chromium') };
  return whatFails(browser) === undefined
    ? browser
    : { ...browser, libraries: path.join(folder, 'lib') };
}

async function expand(from: string, to: string): Promise<void> {
  await pipeline(
    createReadStream(from),
    createBrotliDecompress(),
    createWriteStream(to, { mode: 0o755 }),
  );
}

async function expandArchive(from: string, folder: string): Promise<void> {
  const tar = path.join(folder, 'archive.tar');
  await mkdir(folder, { recursive: true });
  await expand(from, tar);
  await run('tar', ['-xf', tar], folder);
  await rm(tar);
}

/** Why this browser does not start here, or undefined when it does. */
function whatFails(browser: Browser): string | undefined {
  const result = spawnSync(browser.executable, ['--version', '--no-sandbox'], {
    env: browserEnvironment(browser),
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (result.status === 0) return undefined;
  return (
    result.error?.message ??
    (result.stderr.trim() || `it ended with ${result.status ?? result.signal}`)
  );
}

export function browserEnvironment(browser: Browser): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (value !== undefined) environment[key] = value;
  }
  if (browser.libraries !== undefined) {
    const before = environment['LD_LIBRARY_PATH'];
    environment['LD_LIBRARY_PATH'] = before ? `${browser.libraries}:${before}` : browser.libraries;
  }
  return environment;
}

/** The last resort, said aloud because it changes the machine. */
async function debianBrowser(reason: string): Promise<Browser> {
  const advice = `the Chromium from npm does not run here: ${reason}`;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) {
    throw new Error(
      `${advice}\nInstall Chromium (sudo apt-get install chromium) or name one by GOUJI_CHROMIUM.`,
    );
  }
  progress(`${advice}; installing Debian's chromium instead …`);
  await run('apt-get', ['update', '-qq'], '/');
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], '/');
  const installed = ownBrowser();
  if (installed === undefined)
    throw new Error("Debian's chromium was installed but is not on PATH");
  return { executable: installed };
}
