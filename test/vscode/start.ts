/**
 * Opens VS Code with the extension of this repository on a copy of examples/:
 *
 *   npm start [-- --server] [--port N] [--check]
 *
 * The machine's own `code` when there is one; else, or with --server (or
 * GOUJI_VSCODE=server), the VS Code server from npm, at an address for the
 * browser. It stays until Ctrl-C. The extension is the repository's: after a build,
 * "Developer: Reload Window" loads the new one. The examples are copies, made anew
 * each time: whatever is tried on them, the repository's stay as they are.
 *
 * --check opens the served VS Code in a headless browser, waits until the
 * extension shows itself on the example, and exits: 0 when it did.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from './harness/browser';
import { waitForEditor, waitForFindings, waitForGouji } from './harness/drive';
import { cacheDir, examplesDir, extensionRoot } from './harness/paths';
import { startServer, type VsCodeServer } from './harness/server';
import { workbenchUrl } from './harness/workbench';

const WHAT_TO_TRY = `These are published accounts, and what is found in them is really there. To try:
  F8                      the next finding; Ctrl+. beside it is what can be done
  change two digits       one error, on that figure, and the right value to put back
  point at a code         its name; at a figure: every relation it is in
  Help: Welcome           the walkthrough "Get Started with Gouji"
Nothing you change here touches the examples of the repository.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      server: { type: 'boolean', default: process.env['GOUJI_VSCODE'] === 'server' },
      port: { type: 'string' },
    },
  });
  const folder = await copyExamples();
  const file = exampleFile(folder);
  const code = process.env['GOUJI_VSCODE_PATH'] ?? installedCode();
  if (code !== undefined && !values.server && !values.check) return openDesktop(code, folder, file);

  const server = await startServer(values.port === undefined ? {} : { port: Number(values.port) });
  try {
    const url = workbenchUrl(server, { folder, extension: extensionRoot, file });
    if (values.check) return await check(server, url);
    process.stdout.write(
      `VS Code ${server.version} with Gouji on ${path.basename(file)}:\n\n  ${url}\n\n${WHAT_TO_TRY}\nCtrl-C stops it.\n`,
    );
    await server.ended; // Ctrl-C ends us, and the server with us
    throw new Error(`the VS Code server ended:\n${server.log().slice(-3000)}`);
  } finally {
    await server.stop();
  }
}

async function copyExamples(): Promise<string> {
  const folder = path.join(cacheDir, 'examples');
  await rm(folder, { recursive: true, force: true });
  await cp(examplesDir, folder, { recursive: true });
  return folder;
}

function exampleFile(folder: string): string {
  const preferred = path.join(folder, 'tianyuan-2024.disclosure.yaml');
  if (existsSync(preferred)) return preferred;
  const other = readdirSync(folder).find((file) => /\.disclosure\.(ya?ml|json)$/.test(file));
  if (other === undefined) throw new Error(`no example to open in ${examplesDir}`);
  return path.join(folder, other);
}

function installedCode(): string | undefined {
  const names = ['code', 'code-insiders', 'codium'].map((name) =>
    process.platform === 'win32' ? `${name}.cmd` : name,
  );
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

function openDesktop(code: string, folder: string, file: string): Promise<number> {
  // VS Code refuses to run as root without both.
  const asRoot =
    process.getuid?.() === 0
      ? ['--no-sandbox', `--user-data-dir=${path.join(cacheDir, 'desktop-profile')}`]
      : [];
  const args = [
    `--extensionDevelopmentPath=${extensionRoot}`,
    '--new-window',
    '--wait',
    ...asRoot,
    folder,
    file,
  ];
  process.stdout.write(`${code} ${args.join(' ')}\n\n${WHAT_TO_TRY}`);
  return new Promise((resolve, reject) => {
    const child = spawn(code, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 0));
  });
}

async function check(server: VsCodeServer, url: string): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    try {
      await page.goto(url);
      await waitForEditor(page);
      await waitForGouji(page);
    } catch (error) {
      await mkdir(cacheDir, { recursive: true });
      const picture = path.join(cacheDir, 'failure-start.png');
      await page.screenshot({ path: picture });
      throw new Error(
        `Gouji did not show itself in VS Code ${server.version}; ${picture} shows what there was`,
        { cause: error },
      );
    }
    const title = await page.title();
    const findings = (await findingsAtRest(page)) ?? 'no findings';
    process.stdout.write(`VS Code ${server.version} opened "${title}" with Gouji: ${findings}
`);
    return 0;
  } finally {
    await browser.close();
  }
}

/** Closed files of the folder are still being checked when those of the open one are shown. */
async function findingsAtRest(page: Page): Promise<string | undefined> {
  let findings = await waitForFindings(page, 10_000);
  for (let tries = 0; findings !== undefined && tries < 10; tries++) {
    await page.waitForTimeout(2000);
    const now = await waitForFindings(page, 1000);
    if (now === findings) break;
    findings = now ?? findings;
  }
  return findings;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
