import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { SuiteDefines } from './in-host/results';
import { harnessDir, suiteDir } from './paths';
import type { DisplayLanguage } from './server';
import type { Host } from './stage';

export interface SuiteOptions {
  /** VS Code's display language; English when left out. */
  readonly language?: DisplayLanguage;
  /** Only the tests whose full title matches. */
  readonly grep?: string;
  /** A longer limit for one test, for slow machines and debuggers. */
  readonly timeoutMs?: number;
  /** In Restricted Mode. */
  readonly restricted?: boolean;
}

/**
 * Bundles mocha and every suite/*.test.ts into the one file that VS Code loads
 * as `extensionTestsPath`. The tests are the same for both hosts; mocha is the
 * build that fits.
 */
export async function bundleSuite(
  host: Host,
  outfile: string,
  options: SuiteOptions,
): Promise<void> {
  const files = (await readdir(suiteDir)).filter((file) => file.endsWith('.test.ts')).sort();
  // The test that asserts the host comes first: what the others say is worth nothing in the wrong one.
  files.sort((a, b) => Number(b === 'host.test.ts') - Number(a === 'host.test.ts'));
  if (files[0] !== 'host.test.ts') throw new Error(`${suiteDir} has no host.test.ts`);

  const inHost = path.join(harnessDir, 'in-host');
  const from = (folder: string, file: string): string => JSON.stringify(path.join(folder, file));
  const defines: SuiteDefines = {
    host,
    trusted: options.restricted !== true,
    grep: options.grep ?? '',
    timeoutMs: options.timeoutMs ?? 60_000,
  };
  await build({
    stdin: {
      contents: [
        `import { mocha } from ${from(inHost, host === 'node' ? 'mocha-node.ts' : 'mocha-web.ts')};`,
        ...files.map((file) => `import ${from(suiteDir, file)};`),
        `import { runSuite } from ${from(inHost, 'run.ts')};`,
        'export const run = () => runSuite(mocha);',
      ].join('\n'),
      loader: 'ts',
      resolveDir: harnessDir,
    },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: host === 'node' ? 'node' : 'browser',
    target: 'es2022',
    // `node:assert` and the like do not exist in a worker: an import of one fails the build, and says so.
    external: ['vscode'],
    define: {
      GOUJI_SUITE: JSON.stringify(defines),
      ...(host === 'web' ? { global: 'globalThis' } : {}),
    },
    sourcemap: 'inline',
    logLevel: 'error',
  });
}
