import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { bundleSuite, type SuiteOptions } from './bundle';
import {
  inPageMark,
  resultsFile,
  type PageWish,
  type SuiteResults,
  type TestResult,
} from './in-host/results';
import { clipboard } from './drive';
import { temporaryFolder } from './lifetime';
import { cacheDir } from './paths';
import type { EditionName } from './pins';
import { fulfil } from './page-wishes';
import { startServer, type VsCodeServer } from './server';
import { stageExamples, stageExtension, stageHolder, type Host } from './stage';
import { startWebFront, type WebFront } from './web-host';
import { workbenchUrl } from './workbench';

export interface HostReport {
  readonly host: string;
  readonly vscode: string;
  readonly tests: readonly TestResult[];
  readonly log: readonly string[];
  /** Why the host is to be taken as failed although its tests may not have. */
  readonly problem?: string;
}

export interface Stage {
  readonly extension: string;
  readonly workspace: string;
  readonly suite: string;
  /** The same, within the extension's folder. */
  readonly suiteName: string;
  readonly results: string;
}

export const hostNames: Record<Host, string> = {
  node: 'Node extension host',
  web: 'web worker extension host',
};

export interface ServerRun extends SuiteOptions {
  /** Left out: the usual one. */
  readonly edition?: EditionName;
  /** A .vsix to install, for the Node host; else the extension runs from the sources. */
  readonly vsix?: string;
}

/** The whole suite, VS Code's start included. */
const runLimit = Number(process.env['GOUJI_VSCODE_TIMEOUT_MS'] ?? 300_000);

/** Lays out the extension, a workspace to edit and the bundled suite, and removes them afterwards. */
export async function withStage<T>(
  host: Host,
  options: ServerRun,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const folder = await temporaryFolder(`suite-${host}`);
  const suiteName = 'suite/suite.js';
  const stage = {
    extension: path.join(folder.path, 'extension'),
    workspace: path.join(folder.path, 'workspace'),
    // Inside the extension's folder: VS Code runs the suite in the host of the extension that holds it.
    suite: path.join(folder.path, 'extension', suiteName),
    suiteName,
    results: path.join(folder.path, resultsFile),
  };
  try {
    if (options.vsix === undefined) await stageExtension(host, stage.extension);
    else await stageHolder(stage.extension);
    await stageExamples(stage.workspace);
    await bundleSuite(host, stage.suite, options);
    return await use(stage);
  } finally {
    folder.remove();
  }
}

/** Runs the suite in one host of the VS Code server, driven by a headless browser. */
export async function runOnServer(host: Host, options: ServerRun = {}): Promise<HostReport> {
  const { edition, vsix, restricted } = options;
  const name = nameOf(host, options);
  return withStage(host, options, async (stage) => {
    let server: VsCodeServer | undefined;
    let browser: Browser | undefined;
    let front: WebFront | undefined;
    try {
      server = await startServer({
        language: options.language ?? 'en',
        ...(edition && { edition }),
        ...(vsix !== undefined && { vsix }),
        ...(restricted && { restricted }),
      });
      browser = await launchBrowser();
      let url = workbenchUrl(server, {
        folder: stage.workspace,
        extension: stage.extension,
        tests: stage.suite,
      });
      if (host === 'web') {
        front = await startWebFront(server, stage.extension, `/${stage.suiteName}`);
        url = workbenchUrl(front, { folder: stage.workspace });
      }
      const page = await browser.newPage({ permissions: clipboard });
      const run = await openAndWait(page, host, url, path.dirname(stage.results));
      return await reportOf(name, server.version, stage, run);
    } finally {
      await browser?.close();
      await front?.stop();
      await server?.stop();
    }
  });
}

/** `Node extension host, the .vsix installed, in Restricted Mode` */
export function nameOf(host: Host, { vsix, restricted }: ServerRun): string {
  return [
    hostNames[host],
    ...(vsix === undefined ? [] : ['the .vsix installed']),
    ...(restricted ? ['in Restricted Mode'] : []),
  ].join(', ');
}

interface Run {
  readonly exitCode: number | undefined;
  readonly log: readonly string[];
  readonly problem?: string;
}

async function openAndWait(page: Page, host: Host, url: string, folder: string): Promise<Run> {
  const log: string[] = [];
  const keep = (text: string): void => {
    const line = text.replace(/^%c\s*(\w+) color: \S+ /, '$1 ');
    if (line.includes('No extension host found that can launch the test runner')) stop(line);
    if (!isNoise(line) && !log.some((known) => known.includes(line))) log.push(line);
  };
  let timer: NodeJS.Timeout | undefined;
  let stop: (problem: string) => void = () => undefined;
  const ended = new Promise<Omit<Run, 'log'>>((resolve, reject) => {
    stop = (problem) => resolve({ exitCode: undefined, problem });
    timer = setTimeout(() => stop(`no result within ${runLimit / 1000} s`), runLimit);
    // One after the other.
    let asked = Promise.resolve();
    page.on('crash', () => stop('the browser page crashed'));
    page.on('pageerror', (error) => keep(`page error: ${error.message}`));
    page.on('console', (message) => void (message.type() === 'error' && keep(message.text())));
    const automation = {
      codeAutomationExit: (exitCode: number) => resolve({ exitCode }),
      codeAutomationLog: (_level: string, args: unknown[]) => {
        const said = args.map(String).join(' ');
        const wish = said.split(`${inPageMark} `)[1];
        if (wish === undefined) keep(said);
        else
          asked = asked
            .then(() => fulfil(page, JSON.parse(wish) as PageWish, folder))
            .catch(reject);
      },
    };
    Promise.all(Object.entries(automation).map(([name, call]) => page.exposeFunction(name, call)))
      .then(() => page.goto(url))
      .catch(reject);
  });
  try {
    const end = await ended;
    if (end.problem !== undefined) await keepPicture(page, host, log);
    return { ...end, log };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Expected in this server and no news: native modules that are not built
 * because nothing is, and service workers that plain HTTP does not have.
 */
function isNoise(line: string): boolean {
  return /spdlog|native-watchdog|\(renderer-|connection token|Service ?Worker|bad HTTP response code \(404\)|status of 404/.test(
    line,
  );
}

async function keepPicture(page: Page, host: Host, log: string[]): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  const file = path.join(cacheDir, `failure-${host}.png`);
  try {
    await page.screenshot({ path: file, timeout: 10_000 });
    log.push(`what the workbench showed: ${file}`);
  } catch (error) {
    log.push(`no picture of the workbench: ${String(error)}`);
  }
}

/** Reads what the suite wrote; a suite that wrote nothing, or nothing but passes with a bad exit, failed. */
export async function reportOf(
  host: string,
  vscode: string,
  stage: Stage,
  run: Run,
): Promise<HostReport> {
  const base = { host, vscode, tests: [] as readonly TestResult[], log: run.log };
  if (!existsSync(stage.results)) {
    return {
      ...base,
      problem: run.problem ?? `the suite ended with ${run.exitCode} and wrote no results`,
    };
  }
  const results = JSON.parse(await readFile(stage.results, 'utf8')) as SuiteResults;
  const report = { ...base, vscode: results.vscode, tests: results.tests };
  const passed = results.tests.filter((test) => test.state === 'passed').length;
  const failed = results.tests.filter((test) => test.state === 'failed').length;
  if (run.problem !== undefined) return { ...report, problem: run.problem };
  if (passed + failed === 0) return { ...report, problem: 'no test ran' };
  if (run.exitCode !== 0 && failed === 0)
    return { ...report, problem: `the suite ended with ${run.exitCode}` };
  return report;
}
