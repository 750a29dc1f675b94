import type { Vocabulary } from '../src/disclosure/vocabulary';
import { folder, readYaml } from './sources';

/** Tables and layouts as the server wants them: lists with ids instead of maps. */
export function vocabularyData(): Vocabulary {
  const tables = readYaml('tables.yaml') as Record<string, Record<string, object>>;
  // Codes are text: YAML reads 201 as a number.
  const codesAsText = (key: string, value: unknown): unknown =>
    key === 'codes' && Array.isArray(value) ? value.map(String) : value;
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
