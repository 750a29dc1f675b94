/**
 * `npm test`: everything, in the order in which failures are cheapest to find. Each step runs even
 * when an earlier one failed; the last lines say what ran, and how many tests in the real VS Code.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../packaging/product';

const root = join(__dirname, '..');
const scratch = join(root, '.vscode-test');
const unitResults = join(scratch, 'unit.json');
const hostResults = join(scratch, 'results.json');
const packages = join(scratch, 'packages');

interface UnitResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

interface Failure {
  readonly title: string;
  readonly error: string;
}

interface HostResults {
  readonly hosts: readonly {
    readonly host: string;
    readonly vscode: string;
    readonly passed: number;
    readonly failed: number;
    readonly failures: readonly Failure[];
    /** What passed at the second attempt only, and why not at the first. */
    readonly unsteady: readonly Failure[];
    readonly problem?: string;
  }[];
}

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const steps: readonly Step[] = [
  { name: 'generated files', command: ['tsx', 'server/generate.ts', '--check'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint and layers', command: ['eslint', '.', '--max-warnings', '0'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'bundles and packages', command: ['tsx', 'packaging/main.ts', '--out', packages] },
  // Before the others, which use the grammars of the VS Code that this installs.
  {
    name: 'tests in the real VS Code',
    command: ['tsx', 'test/vscode/run.ts', '--vsix', join(packages, `gouji-${version}.vsix`)],
  },
  {
    name: 'unit and protocol tests',
    command: [
      ...['vitest', 'run', '--reporter=default', '--reporter=json'],
      `--outputFile.json=${unitResults}`,
    ],
  },
];

mkdirSync(scratch, { recursive: true });
for (const stale of [unitResults, hostResults, packages]) {
  rmSync(stale, { recursive: true, force: true });
}

const failures: string[] = [];
for (const { name, command } of steps) {
  const started = Date.now();
  console.log(`\n=== ${name}`);
  const [tool, ...args] = command;
  // The tools of this project's own node_modules, found the same way on every platform.
  const { status } = spawnSync('npx', ['--no-install', tool!, ...args], {
    cwd: root,
    // Tests of the packages take these.
    env: { ...process.env, GOUJI_PACKAGES: packages },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) failures.push(name);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`=== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${seconds} s`);
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The step that writes it has failed and said so.
    return undefined;
  }
}

const unit = read(unitResults) as UnitResults | undefined;
const hosts = (read(hostResults) as HostResults | undefined)?.hosts ?? [];
console.log('');
// Once more at the end, for a log of which only the last lines are kept.
for (const { assertionResults } of unit?.testResults ?? []) {
  for (const { fullName, failureMessages } of assertionResults) {
    for (const message of failureMessages ?? []) console.log(`✗ ${fullName}\n${message}\n`);
  }
}
for (const { host, vscode, failures: told, unsteady, problem } of hosts) {
  const name = `real VS Code ${vscode}, ${host}`;
  for (const { title, error } of told) console.log(`✗ ${name}: ${title}\n${error}\n`);
  for (const { title, error } of unsteady) {
    console.log(`! ${name}, passed at the second attempt only: ${title}\n${error}\n`);
  }
  if (problem !== undefined) console.log(`✗ ${name}: ${problem}\n`);
}
for (const name of failures) console.log(`failed: ${name}`);
console.log(`unit and protocol tests: ${unit?.numPassedTests ?? 0} passed`);
for (const { host, vscode, passed } of hosts) {
  console.log(`real VS Code ${vscode}, ${host}: ${passed} passed`);
}
const passed = (unit?.numPassedTests ?? 0) + hosts.reduce((sum, host) => sum + host.passed, 0);
const failed = (unit?.numFailedTests ?? 0) + hosts.reduce((sum, host) => sum + host.failed, 0);
// Both hosts from the sources; the .vsix in three VS Codes.
const idle = !unit?.numPassedTests || hosts.length < 5 || hosts.some((host) => host.passed === 0);
if (idle) console.log('A suite ran no test: that is a failure.');
console.log(`${passed} passed, ${failed + (failures.length > 0 && failed === 0 ? 1 : 0)} failed`);
process.exitCode = failures.length > 0 || idle ? 1 : 0;
