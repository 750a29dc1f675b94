/**
 * Compiles the data of `schemas/` into what the server bundles: a browser worker has no file system.
 * `npm run generate` writes, `--check` only compares (a test does that, so data and code cannot drift).
 *
 * Nothing here, and nothing it imports, may import a generated file: they need not exist yet.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { outputs, outdated } from './generate/outputs';
import { root } from './generate/sources';

let drifted = false;
const files = outputs();
for (const [path, text] of files) {
  const target = join(root, path);
  const current = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (current === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is not what schemas/ says; run "npm run generate".`);
    drifted = true;
  } else {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    console.log(`wrote ${path}`);
  }
}
for (const path of outdated(files)) {
  if (process.argv.includes('--check')) {
    console.error(`${path} belongs to no rule any more; run "npm run generate".`);
    drifted = true;
  } else {
    rmSync(join(root, path));
    console.log(`removed ${path}`);
  }
}
process.exitCode = drifted ? 1 : 0;
