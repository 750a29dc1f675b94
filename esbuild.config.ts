/**
 * Bundles the extension, the server and the command line into `dist/`. Types are checked apart
 * (`npm run typecheck`). `--watch` rebuilds, with source maps and unminified; so does `--dev`, once.
 */
import { context, type BuildOptions } from 'esbuild';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { writeNotices } from './packaging/notices';

export type Target =
  | 'client/node/extension.js'
  | 'client/browser/extension.js'
  | 'server/node.js'
  | 'server/browser.js'
  | 'cli.js';

const root = __dirname;
const shebang = { banner: { js: '#!/usr/bin/env node' } } satisfies BuildOptions;

const node: BuildOptions = {
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Some dependencies have a UMD `main` whose inner requires no bundler can follow.
  mainFields: ['module', 'main'],
};

const browser: BuildOptions = {
  platform: 'browser',
  target: 'es2022',
  // Libraries ask for it as a bundler's convention; nothing else of Node is there.
  define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
};

const targets: Readonly<Record<Target, BuildOptions & { entryPoints: [string] }>> = {
  'client/node/extension.js': {
    ...node,
    entryPoints: ['client/src/node/extension.ts'],
    external: ['vscode'],
  },
  'client/browser/extension.js': {
    ...browser,
    entryPoints: ['client/src/browser/extension.ts'],
    // VS Code loads it as a CommonJS module in a worker.
    format: 'cjs',
    external: ['vscode'],
  },
  'server/node.js': { ...node, ...shebang, entryPoints: ['server/src/lsp/node.ts'] },
  'server/browser.js': { ...browser, format: 'iife', entryPoints: ['server/src/lsp/browser.ts'] },
  'cli.js': {
    ...node,
    ...shebang,
    entryPoints: ['server/src/cli/main.ts'],
    // The file finder asks an ES module's question, which a CommonJS bundle answers with its own path.
    banner: {
      js: `${shebang.banner.js}\nconst bundleUrl = require('node:url').pathToFileURL(__filename).href;`,
    },
    define: { 'import.meta.url': 'bundleUrl' },
  },
};

const LOGGING: readonly Target[] = ['server/node.js', 'cli.js'];

export const allTargets = Object.keys(targets) as Target[];

/** Options of one bundle, written to its place under `outdir`. */
export function bundleOptions(target: Target, production: boolean, outdir: string): BuildOptions {
  return {
    ...targets[target],
    absWorkingDir: root,
    outfile: path.join(outdir, target),
    bundle: true,
    charset: 'utf8',
    minifyWhitespace: production,
    minifySyntax: production,
    // Names of functions stand in the log of a server. To keep them beside short ones, as `keepNames` does,
    // costs a call for every closure that is made.
    minifyIdentifiers: production && !LOGGING.includes(target),
    sourcemap: !production,
    // The licences are in ThirdPartyNotices.txt.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
}

/** Builds some bundles, for instance for a test that runs what is shipped. */
export async function build(
  wanted: readonly Target[] = allTargets,
  { production = true, outdir = path.join(root, 'dist') } = {},
): Promise<void> {
  const contexts = await Promise.all(
    wanted.map((target) => context(bundleOptions(target, production, outdir))),
  );
  try {
    const results = await Promise.all(contexts.map((bundle) => bundle.rebuild()));
    const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
    await writeNotices(root, inputs, path.join(outdir, 'ThirdPartyNotices.txt'));
    // Those of an earlier watch would be packaged.
    if (production) {
      await Promise.all(
        wanted.map((target) => rm(path.join(outdir, `${target}.map`), { force: true })),
      );
    }
  } finally {
    await Promise.all(contexts.map((bundle) => bundle.dispose()));
  }
}

async function watch(): Promise<void> {
  for (const target of allTargets) {
    const bundle = await context({
      ...bundleOptions(target, false, path.join(root, 'dist')),
      logLevel: 'info',
    });
    await bundle.watch();
  }
}

async function main(argv: readonly string[]): Promise<void> {
  await (argv.includes('--watch')
    ? watch()
    : build(allTargets, { production: !argv.includes('--dev') }));
}

if (process.argv[1] === __filename) {
  main(process.argv.slice(2)).catch(() => {
    // esbuild has printed what is wrong.
    process.exitCode = 1;
  });
}
