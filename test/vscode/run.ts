/**
 * The end-to-end tests: one mocha suite in the real VS Code, in its Node
 * extension host and in its web worker extension host.
 *
 *   npm run test:vscode -- [--host node|web] [--vscode oldest|usual|newest] [--vsix FILE]
 *                            [--grep REGEXP] [--timeout MS] [--language en|zh-cn] [--verbose]
 *
 * Without --vsix the extension runs from the sources, in the usual VS Code. With it there are three
 * more runs, with that package installed: in the oldest VS Code that the manifest allows, in the newest
 * to be had, and in a folder that is not trusted.
 *
 * GOUJI_VSCODE=server    (default) the VS Code server from npm, driven by a headless browser
 * GOUJI_VSCODE=electron  the Node host in a desktop VS Code: the one GOUJI_VSCODE_PATH names
 *                        (which alone selects this too), or a download of GOUJI_VSCODE_VERSION
 * GOUJI_CHROMIUM         the browser to use
 * GOUJI_EXTENSION_ROOT   the extension to test, when it is not this repository
 *
 * The desktop VS Code has no web worker host of its own for us to open, so that
 * one always runs on the server. A host that cannot run is a failure.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runOnElectron } from './harness/electron';
import { cacheDir } from './harness/paths';
import type { EditionName } from './harness/pins';
import { nameOf, runOnServer, type HostReport, type ServerRun } from './harness/suite';
import type { DisplayLanguage } from './harness/server';
import type { Host } from './harness/stage';

interface Run extends ServerRun {
  readonly host: Host;
  readonly edition: EditionName;
}

const secondAttempt = 'at the second attempt only';

/** Restricted Mode is a matter of the extension as a whole: the main features must be there. */
const RESTRICTED = '^(extension host|workspace trust|the Hunan example)';

function runsOf(vsix: string | undefined): readonly Run[] {
  const sources: readonly Run[] = [
    { host: 'node', edition: 'usual' },
    { host: 'web', edition: 'usual' },
  ];
  if (vsix === undefined) return sources;
  return [
    ...sources,
    { host: 'node', edition: 'usual', vsix, restricted: true, grep: RESTRICTED },
    { host: 'node', edition: 'oldest', vsix },
    { host: 'node', edition: 'newest', vsix },
  ];
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      host: { type: 'string' },
      vscode: { type: 'string' },
      vsix: { type: 'string' },
      grep: { type: 'string' },
      timeout: { type: 'string' },
      language: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const options: ServerRun = {
    ...(values.grep === undefined ? {} : { grep: values.grep }),
    ...(values.timeout === undefined ? {} : { timeoutMs: Number(values.timeout) }),
    ...(values.language === undefined ? {} : { language: languageNamed(values.language) }),
  };
  const { host, vscode, vsix } = values;
  const runs = runsOf(vsix === undefined ? undefined : path.resolve(vsix)).filter(
    (run) => run.host === (host ?? run.host) && run.edition === (vscode ?? run.edition),
  );
  if (runs.length === 0) throw new Error('no such run: see the head of test/vscode/run.ts');

  const reports: HostReport[] = [];
  for (const run of runs) {
    const report = await runHost({ ...run, ...options });
    print(report, values.verbose);
    reports.push(report);
  }
  await writeResults(reports);
  process.stdout.write('\n');
  for (const report of reports) process.stdout.write(`${summary(report)}\n`);
  return reports.some(isFailure) ? 1 : 0;
}

function languageNamed(name: string): DisplayLanguage {
  if (name === 'en' || name === 'zh-cn') return name;
  throw new Error(`no such language: ${name}; there are en and zh-cn`);
}

async function runHost(run: Run): Promise<HostReport> {
  try {
    const electron = run.host === 'node' && run.vsix === undefined && selected() === 'electron';
    return await (electron ? runOnElectron(run) : runOnServer(run.host, run));
  } catch (error) {
    const problem = explained(error);
    return { host: nameOf(run.host, run), vscode: run.edition, tests: [], log: [], problem };
  }
}

function selected(): 'electron' | 'server' {
  const named = process.env['GOUJI_VSCODE_PATH'] === undefined ? 'server' : 'electron';
  const choice = process.env['GOUJI_VSCODE'] ?? named;
  if (choice === 'electron' || choice === 'server') return choice;
  throw new Error(`GOUJI_VSCODE is electron or server, not ${choice}`);
}

function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n${explained(error.cause)}`;
}

function count(report: HostReport, state: 'passed' | 'failed' | 'pending'): number {
  return report.tests.filter((test) => test.state === state).length;
}

/** A problem of the host itself counts as one failure, so that no total hides it. */
function failures(report: HostReport): number {
  return count(report, 'failed') + (report.problem === undefined ? 0 : 1);
}

function isFailure(report: HostReport): boolean {
  return failures(report) > 0;
}

function print(report: HostReport, verbose: boolean): void {
  const lines = [`\n${report.host}, VS Code ${report.vscode}`];
  const marks = { passed: '✓', failed: '✗', pending: '-' };
  for (const test of report.tests) {
    lines.push(`  ${marks[test.state]} ${test.title} (${test.ms} ms)`);
    if (test.error !== undefined) lines.push(indent(test.error));
    if (test.firstError !== undefined) {
      lines.push(indent(`${secondAttempt}: ${test.firstError}`));
    }
  }
  if (report.problem !== undefined) lines.push(`  ✗ ${report.problem}`);
  if (verbose || isFailure(report)) lines.push('  log:', ...report.log.slice(-200).map(indent));
  process.stdout.write(`${lines.join('\n')}\n`);
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

function summary(report: HostReport): string {
  const pending = count(report, 'pending');
  const unsteady = report.tests.filter(({ firstError }) => firstError !== undefined).length;
  return (
    `real VS Code ${report.vscode}, ${report.host}: ` +
    `${count(report, 'passed')} passed, ${failures(report)} failed` +
    (pending > 0 ? `, ${pending} skipped` : '') +
    (unsteady > 0 ? `, ${unsteady} of them ${secondAttempt}` : '')
  );
}

async function writeResults(reports: readonly HostReport[]): Promise<void> {
  const hosts = reports.map((report) => ({
    host: report.host,
    vscode: report.vscode,
    passed: count(report, 'passed'),
    failed: failures(report),
    skipped: count(report, 'pending'),
    failures: report.tests.flatMap(({ title, error }) =>
      error === undefined ? [] : { title, error },
    ),
    unsteady: report.tests.flatMap(({ title, firstError: error }) =>
      error === undefined ? [] : { title, error },
    ),
    ...(report.problem === undefined ? {} : { problem: report.problem }),
  }));
  await mkdir(cacheDir, { recursive: true });
  await writeFile(path.join(cacheDir, 'results.json'), `${JSON.stringify({ hosts }, null, 2)}\n`);
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${explained(error)}\n`);
    process.exit(1);
  },
);
