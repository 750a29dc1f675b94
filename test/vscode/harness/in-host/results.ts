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
}

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
 * Begins a line of a suite's log that asks the browser for something that no command can do: an `Action` of
 * drive.ts follows, as JSON.
 */
export const inPageMark = 'in the page:';
