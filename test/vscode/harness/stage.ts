import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { examplesDir, extensionRoot } from './paths';

export type Host = 'node' | 'web';

interface Manifest {
  main?: string;
  browser?: string;
  files?: string[];
  [key: string]: unknown;
}

/**
 * A copy of the extension as it is shipped (the manifest's `files`, nothing
 * else), so that a file missing from the package is missing from the tests too.
 * For the web host the copy has no `main` and no preferred kind: with either, a
 * VS Code that has a server quietly runs it in Node there. (One that has none,
 * like vscode.dev, takes `browser` whatever else is said.)
 */
export async function stageExtension(host: Host, target: string): Promise<void> {
  const text = await readFile(path.join(extensionRoot, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const entry = host === 'node' ? manifest.main : manifest.browser;
  if (entry === undefined) throw new Error(`package.json names no entry for the ${host} host`);
  if (host === 'web') {
    delete manifest.main;
    delete manifest['extensionKind'];
  }

  const patterns = manifest.files ?? ['**'];
  const shipped = await glob([...patterns, 'README*', 'LICENSE*', 'CHANGELOG*'], {
    cwd: extensionRoot,
    ignore: ['**/node_modules/**', '.vscode-test/**', '.git/**'],
    dot: false,
  });
  await mkdir(target, { recursive: true });
  for (const file of shipped) {
    const to = path.join(target, file);
    await mkdir(path.dirname(to), { recursive: true });
    await cp(path.join(extensionRoot, file), to);
  }
  await writeFile(path.join(target, 'package.json'), JSON.stringify(manifest, null, 2));

  const missing = [...new Set(referencesIn(manifest))].filter(
    (file) => !existsSync(path.join(target, file)),
  );
  if (missing.length > 0) {
    throw new Error(
      `package.json refers to what it does not ship: ${missing.join(', ')}\n` +
        'Build first (npm run build), or add the files to its "files".',
    );
  }
}

/** Every path that the manifest gives relative to itself. */
function referencesIn(value: unknown): string[] {
  if (typeof value === 'string')
    return value.startsWith('./') && !value.includes('*') ? [value] : [];
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap(referencesIn);
  return [];
}

/** An extension that does nothing but hold the suite: the one under test is installed. */
export async function stageHolder(target: string): Promise<void> {
  const manifest = {
    ...{ name: 'suite', publisher: 'gouji-tests', version: '0.0.1', engines: { vscode: '*' } },
    ...{ main: './main.js', extensionKind: ['workspace'] },
    capabilities: { untrustedWorkspaces: { supported: true } },
  };
  await mkdir(target, { recursive: true });
  await writeFile(path.join(target, 'package.json'), JSON.stringify(manifest, null, 2));
  await writeFile(path.join(target, 'main.js'), 'exports.activate = () => undefined;\n');
}

/** A copy of the examples, which a suite may edit at will. */
export async function stageExamples(target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await cp(examplesDir, target, { recursive: true });
}
