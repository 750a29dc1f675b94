import type { ColumnSpec, SectionSpec, TableSpec, Vocabulary } from '../src/disclosure/vocabulary';
import { folder, readYaml } from './sources';

type Fields = Record<string, unknown>;

/** Tables, statements and layouts as the server wants them: lists with ids instead of maps. */
export function vocabularyData(): Vocabulary {
  const source = readYaml('tables.yaml') as Record<string, Record<string, object>>;
  // Codes are text: YAML reads 201 as a number.
  const codesAsText = (key: string, value: unknown): unknown =>
    key === 'codes' && Array.isArray(value) ? value.map(String) : value;
  const data = {
    ...source,
    tables: tableSpecs(source['tables']!),
    statements: folder('statements').flatMap((path) => statementSpecs(readYaml(path) as Fields)),
    layouts: folder('layouts').map((path) => readYaml(path)),
  };
  return JSON.parse(JSON.stringify(data, codesAsText)) as Vocabulary;
}

/** Specs by id, each with its sections by id, as lists. */
function tableSpecs(specs: Record<string, object>): TableSpec[] {
  return Object.entries(specs).map(([id, spec]) => ({
    id,
    ...spec,
    sections: Object.entries((spec as { sections: object }).sections).map(([side, section]) => ({
      rows: [],
      ...(section as object),
      id: side,
    })) as unknown as SectionSpec[],
  })) as unknown as TableSpec[];
}

/** The statements of one file, with the columns they name put in. */
function statementSpecs(source: Fields): TableSpec[] {
  const shared = source['columns'] as Record<string, object>;
  const column = (name: string | ColumnSpec): ColumnSpec => {
    if (typeof name !== 'string') return name;
    if (!shared[name]) throw new Error(`schemas/statements: no column ${name}`);
    return { ...shared[name], id: name } as unknown as ColumnSpec;
  };
  return tableSpecs(source['statements'] as Record<string, object>).map((spec) => ({
    section: source['section'] as string,
    ...spec,
    sections: spec.sections.map((section) => ({
      ...section,
      columns: (section.columns as readonly (string | ColumnSpec)[]).map(column),
    })),
  }));
}
