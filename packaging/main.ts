/**
 * `npm run package`: the extension as a .vsix and the language server as an npm package, from a new build.
 *
 *   npm run package -- [--out FOLDER] [--repository URL]
 *
 * The address of the repository is for the links and pictures of the README on a marketplace.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageAll } from './packages';
import { root } from './product';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: root }, repository: { type: 'string' } },
  });
  const { vsix, server } = await packageAll(path.resolve(values.out), values.repository);
  for (const file of [vsix, server]) {
    const { size } = await stat(file);
    process.stdout.write(`${file}: ${(size / 1024).toFixed(0)} KiB\n`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
