import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogData, catalogText } from './catalog';
import { formatDocument } from './docs';
import { jsonGrammar, yamlGrammar } from './grammar';
import { idTypes } from './ids';
import { exampleData, packData } from './packs';
import { RULE_PAGES, rulePages } from './rulePages';
import { pinyinData, pinyinText } from './pinyin';
import { disclosureSchema } from './schema';
import { root } from './sources';
import { vocabularyData } from './vocabulary';

const json = (data: unknown, indent = 1) => `${JSON.stringify(data, null, indent)}\n`;

/** Every generated file with the text it must have. */
export function outputs(): Map<string, string> {
  const vocabulary = vocabularyData();
  const packs = packData(vocabulary);
  const catalog = catalogData();
  const format = readFileSync(join(root, 'docs/format.md'), 'utf8');
  return new Map([
    ['server/src/disclosure/vocabulary.generated.json', json(vocabulary)],
    ['server/src/disclosure/ids.generated.ts', idTypes(vocabulary)],
    ['server/src/relations/packs.generated.json', json(packs)],
    ['server/src/catalog/catalog.generated.ts', catalogText(catalog)],
    ['server/src/catalog/pinyin.generated.json', pinyinText(pinyinData(catalog, vocabulary))],
    ['syntaxes/disclosure-yaml.tmLanguage.json', json(yamlGrammar(vocabulary), 2)],
    ['syntaxes/disclosure-json.tmLanguage.json', json(jsonGrammar(vocabulary), 2)],
    ['schemas/disclosure.schema.json', json(disclosureSchema(vocabulary, catalog))],
    ['docs/format.md', formatDocument(format, vocabulary)],
    ...rulePages(packs, vocabulary, exampleData()),
  ]);
}

/** Pages of rules that are no more. */
export function outdated(files: ReadonlyMap<string, string>): string[] {
  const folder = join(root, RULE_PAGES);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.map((name) => `${RULE_PAGES}/${name}`).filter((path) => !files.has(path));
}
