/**
 * Compiles the data of `schemas/` into what the server bundles: a browser worker has no file system.
 * `npm run generate` writes, `--check` only compares (a test does that, so data and code cannot drift).
 */
import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Vocabulary } from './src/disclosure/vocabulary';
import { compilePack, type PackSource } from './src/relations/compile';

const root = join(__dirname, '..');
const schemas = join(root, 'schemas');
const readYaml = (path: string) => parse(readFileSync(join(schemas, path), 'utf8')) as never;
const folder = (path: string) =>
  readdirSync(join(schemas, path))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(path, name));

function vocabularyData() {
  const tables = readYaml('tables.yaml') as Record<string, Record<string, object>>;
  // Codes are text: YAML reads 201 as a number.
  const codesAsText = (_key: string, value: unknown): unknown =>
    _key === 'codes' && Array.isArray(value) ? value.map(String) : value;
  const data = {
    ...tables,
    tables: Object.entries(tables['tables']!).map(([id, spec]) => ({
      id,
      ...spec,
      sections: Object.entries((spec as { sections: object }).sections).map(([side, section]) => ({
        id: side,
        ...(section as object),
      })),
    })),
    layouts: folder('layouts').map((path) => readYaml(path)),
  };
  return JSON.parse(JSON.stringify(data, codesAsText)) as Vocabulary;
}

function packData(vocabulary: Vocabulary) {
  const packs = folder('rules').map((path) => compilePack(readYaml(path) as PackSource, vocabulary));
  const problems = packs.flatMap(({ problems }) => problems);
  if (problems.length > 0) throw new Error(`schemas/rules: ${JSON.stringify(problems, null, 2)}`);
  return packs.map(({ pack }) => pack);
}

const vocabulary = vocabularyData();
const outputs: Record<string, unknown> = {
  'server/src/disclosure/vocabulary.generated.json': vocabulary,
  'server/src/relations/packs.generated.json': packData(vocabulary),
};

let drifted = false;
for (const [path, data] of Object.entries(outputs)) {
  const text = `${JSON.stringify(data, null, 1)}\n`;
  const target = join(root, path);
  const current = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (current === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is not what schemas/ says; run "npm run generate".`);
    drifted = true;
  } else {
    writeFileSync(target, text);
    console.log(`wrote ${path}`);
  }
}
process.exitCode = drifted ? 1 : 0;
