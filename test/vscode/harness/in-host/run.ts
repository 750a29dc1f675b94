import * as vscode from 'vscode';
import { resultsFile, type SuiteDefines, type SuiteResults, type TestResult } from './results';

declare const GOUJI_SUITE: SuiteDefines;

type AnyMocha = Mocha | BrowserMocha;

/**
 * Runs the suite inside the extension host. The results go into a file beside
 * the workspace: written through VS Code, that works alike in every host,
 * local, remote or worker.
 */
export async function runSuite(mocha: AnyMocha): Promise<void> {
  const tests: TestResult[] = [];
  if (GOUJI_SUITE.grep !== '') mocha.grep(new RegExp(GOUJI_SUITE.grep));
  mocha.reporter(reporterInto(tests) as unknown as Mocha.ReporterConstructor);

  await new Promise<void>((resolve) => void mocha.run(() => resolve()));
  await write({ vscode: vscode.version, tests });

  const failed = tests.filter((test) => test.state === 'failed').length;
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed`);
}

/** Mocha makes its reporter with `new`. */
function reporterInto(tests: TestResult[]): (runner: Mocha.Runner) => void {
  const firstErrors = new Map<string, string>();
  const add = (test: Mocha.Runnable, state: TestResult['state'], error?: unknown): void => {
    const title = test.fullTitle();
    const firstError = state === 'passed' ? firstErrors.get(title) : undefined;
    tests.push({
      ...{ title, state, ms: test.duration ?? 0 },
      ...(error === undefined ? {} : { error: textOf(error) }),
      ...(firstError === undefined ? {} : { firstError }),
    });
    console.log(`${state}: ${title}`);
  };
  return function (runner) {
    runner.on('pass', (test) => add(test, 'passed'));
    runner.on('pending', (test) => add(test, 'pending'));
    runner.on(
      'retry',
      (test: Mocha.Runnable, error: unknown) =>
        void firstErrors.set(test.fullTitle(), textOf(error)),
    );
    runner.on('fail', (test, error) => add(test, 'failed', error)); // hooks too
  };
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { actual, expected } = error as { actual?: unknown; expected?: unknown };
  const stack = error.stack ?? error.message;
  if (expected === undefined || stack.includes('+ actual')) return stack;
  return `${stack}\nexpected: ${JSON.stringify(expected)}\nactual:   ${JSON.stringify(actual)}`;
}

async function write(results: SuiteResults): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no workspace folder is open');
  const file = vscode.Uri.joinPath(folder.uri, '..', resultsFile);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(results)));
}
