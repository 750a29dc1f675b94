import type { Action } from '../drive';

/** What a suite writes beside its workspace, and the host's runner reads. */
export interface SuiteResults {
  /** VS Code's own word for its version. */
  readonly vscode: string;
  readonly tests: readonly TestResult[];
}

export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly ms: number;
  readonly error?: string;
  /** Of one that passed at the second attempt only: why it failed at the first. */
  readonly firstError?: string;
}

/**
 * A real editor in a real browser, on a machine that may stand still for a second: a test that fails is run
 * once more, and the report says so. What is broken fails twice.
 */
export const retries = 1;

export const resultsFile = 'results.json';

/** Set by esbuild when it bundles the suite. */
export interface SuiteDefines {
  readonly host: 'node' | 'web';
  /** The workspace's authors are trusted. */
  readonly trusted: boolean;
  readonly grep: string;
  readonly timeoutMs: number;
}

/**
 * Begins a line of a suite's log that asks the browser for something that no command can do: a `PageWish`
 * follows, as JSON.
 */
export const inPageMark = 'in the page:';

/** What is to be done in the page, one after the other. */
export interface PageWish {
  readonly number: number;
  readonly actions: readonly Action[];
}

/** Written into `answerFile(number)` when it was done, or could not be. */
export interface PageAnswer {
  readonly problem?: string;
}

/** Beside the workspace, as the results. */
export const answerFile = (number: number): string => `page-${number}.json`;
