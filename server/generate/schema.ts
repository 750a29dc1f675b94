import type { CatalogData } from '../src/catalog/data';
import type {
  Named,
  RowSpec,
  SectionSpec,
  TableSpec,
  Vocabulary,
} from '../src/disclosure/vocabulary';
import { escape, Spelling } from './spelling';
import { StatementSchema, type Schema } from './statementSchema';

type Schemas = Record<string, Schema>;

const AMOUNT = String.raw`[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?`;

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const both = (chinese: string, english: string) => `${chinese} · ${english}`;

/**
 * The JSON Schema of data files, for tools that do not run the server. Draft 7, because that is what
 * VS Code's JSON support and the YAML extension know best. It describes shape and spelling only;
 * keys it does not know are allowed, as in the server.
 */
export function disclosureSchema(vocabulary: Vocabulary, catalog: CatalogData): Schema {
  return new SchemaBuilder(vocabulary, catalog).build();
}

class SchemaBuilder {
  private readonly spelling: Spelling;
  private readonly functionNames: ReadonlyMap<string, string>;

  constructor(
    private readonly vocabulary: Vocabulary,
    catalog: CatalogData,
  ) {
    this.spelling = new Spelling(
      vocabulary.tables.flatMap(({ key, alias = [] }) => [key, ...alias]),
    );
    this.functionNames = new Map(catalog.subjects.functional.map(([code, name]) => [code, name]));
  }

  build(): Schema {
    const { head, tables, sections, format } = this.vocabulary;
    const statements = new StatementSchema(this.vocabulary, (keys) => this.keyed([...keys]));
    const bodies = new Map([...statements.sections(), ['accepted', this.acceptances()]]);
    const keys: [Named, Schema][] = [
      ...Object.entries(head).map(([id, named]): [Named, Schema] => [named, this.head(id, named)]),
      ...tables.map((table): [Named, Schema] => [
        table,
        { ...ref(table.id), description: both(table.id, table.en) },
      ]),
      ...Object.entries(sections).map(([id, named]): [Named, Schema] => [
        named,
        { ...(bodies.get(id) ?? ref('section')), description: both(named.key, named.en) },
      ]),
    ];
    return {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: both('部门决算公开数据文件', 'departmental final accounts disclosure'),
      description: both(`格式 ${format}；未列出的键保留`, 'keys that are not listed are kept'),
      type: 'object',
      required: [head['format']!.key],
      ...this.keyed(keys),
      definitions: { ...this.definitions(), ...statements.named() },
    };
  }

  /** 审核说明: a list of entries. */
  private acceptances(): Schema {
    const { rule, path, reason, fingerprint } = this.vocabulary.acceptanceKeys;
    const text = { type: ['string', 'null'] };
    // All digits, a fingerprint is a number to a reader of YAML.
    const print = { type: ['string', 'number', 'array', 'null'] };
    const keys: [Named, Schema][] = [rule, path, reason].map((key) => [key, text]);
    const entry = { type: 'object', ...this.keyed([...keys, [fingerprint, print]]) };
    return { type: ['array', 'null'], items: entry };
  }

  private head(id: string, named: Named): Schema {
    const { format, kinds, units, layouts, rounding } = this.vocabulary;
    const description = both(named.key, named.en);
    switch (id) {
      case 'format':
        return { const: format, description };
      case 'kind':
        return { type: ['string', 'null'], examples: kinds, description };
      case 'year':
        return {
          type: ['integer', 'string', 'null'],
          minimum: 1000,
          maximum: 9999,
          pattern: '^\\s*\\d{4}\\s*$',
          ...says('年度应为四位年份', 'a year has four digits'),
          description,
        };
      case 'unit':
        return { enum: [...Object.keys(units), null], description };
      case 'layout':
        return { enum: [...layouts.flatMap(names), null], description };
      case 'rounding':
        return { enum: [...rounding.flatMap(names), null], description };
      default:
        return { type: ['string', 'null'], description };
    }
  }

  private definitions(): Schemas {
    const { tables, units, layouts } = this.vocabulary;
    const definitions: Schemas = {
      amount: { title: both('金额', 'amount'), ...this.amount() },
      unit: { title: both('金额单位', 'unit of amounts'), enum: [...Object.keys(units), null] },
      note: { title: both('说明', 'note'), type: ['string', 'array', 'null'] },
      name: { title: both('所印科目名称', 'printed name'), type: ['string', 'null'] },
      printed: { title: both('所印文字', 'as printed'), type: ['string', 'array', 'null'] },
      section: { type: ['object', 'array', 'string', 'null'] },
      notACode: { not: {}, ...says('科目代码位数不对', 'a subject code has the wrong length') },
    };
    for (const table of tables) {
      const printed = layouts.flatMap((layout) => {
        const form = layout.tables.find(({ id }) => id === table.id);
        return form?.number ? [`${layout.key} ${form.number}`] : [];
      });
      const number = printed.length > 0 ? ` (${printed.join('、')})` : '';
      definitions[table.id] = {
        title: both(table.key, table.en) + number,
        type: ['object', 'array', 'null'],
        maxItems: 0,
        ...says('表应为键值结构', 'a table is a map'),
        ...this.tableBody(table),
      };
      for (const section of table.sections) {
        const id = sectionId(table, section);
        if (section.id) definitions[id] = this.side(table, section);
        definitions[`${id}.row`] = this.row(section);
      }
    }
    return definitions;
  }

  private tableBody(table: TableSpec): Schema {
    const { tableKeys } = this.vocabulary;
    const keys: [Named, Schema][] = [
      [tableKeys['unit']!, ref('unit')],
      [tableKeys['note']!, ref('note')],
    ];
    const main = table.sections.find(({ id }) => id === '');
    for (const section of table.sections) {
      if (section.id) keys.push([section as Named, ref(sectionId(table, section))]);
    }
    if (main) keys.push(...this.rows(table, main));
    return this.keyed(keys, main && this.codes(table, main));
  }

  private side(table: TableSpec, section: SectionSpec): Schema {
    return {
      title: both(section.key!, section.en!),
      type: ['object', 'null'],
      ...this.keyed(this.rows(table, section), this.codes(table, section)),
    };
  }

  private rows(table: TableSpec, section: SectionSpec): [Named, Schema][] {
    return section.rows.map((row) => [row, this.rowOf(table, section, row)]);
  }

  private rowOf(table: TableSpec, section: SectionSpec, row: RowSpec): Schema {
    const plain = { ...ref(`${sectionId(table, section)}.row`), description: row.en };
    if (!row.parts) return plain;
    const total: Named = { key: row.totalKey!, en: row.en };
    const parts = row.parts.map((part): [Named, Schema] => [
      part,
      this.rowOf(table, section, part),
    ]);
    return {
      ...this.amount('object'),
      description: row.en,
      ...this.keyed([[total, plain], ...parts]),
    };
  }

  /** A row is a map of columns; where there is only one column, its amount will do. */
  private row(section: SectionSpec): Schema {
    const { rowKeys } = this.vocabulary;
    const keys = this.keyed([
      ...section.columns.map((column): [Named, Schema] => [
        column,
        { ...ref('amount'), description: column.en },
      ]),
      [rowKeys['name']!, ref('name')],
      [rowKeys['printed']!, ref('printed')],
    ]);
    return section.columns.length === 1
      ? { ...this.amount('object'), ...keys }
      : { type: ['object', 'null'], ...says('行内应写列名', 'a row is a map of columns'), ...keys };
  }

  /** Subject codes as keys. The lines of the forms are listed, with their names, to be offered. */
  private codes(
    table: TableSpec,
    section: SectionSpec,
  ): { properties: Schemas; patternProperties: Schemas } {
    if (!section.codes) return { properties: {}, patternProperties: {} };
    const { levels, lines } = section.codes;
    const listed = lines ? (this.vocabulary.lines[lines] ?? []).flatMap((list) => list.codes) : [];
    const lengths = levels.map((length) => `\\d{${length}}`).join('|');
    return {
      properties: Object.fromEntries(
        [...new Set(listed)].map((code) => [code, { description: this.functionNames.get(code) }]),
      ),
      patternProperties: {
        [`^(?:${lengths})$`]: ref(`${sectionId(table, section)}.row`),
        [`^(?!(?:${lengths})$)\\d+$`]: ref('notACode'),
      },
    };
  }

  private amount(...or: string[]): Schema {
    const words = [...new Set([...this.vocabulary.markers, this.vocabulary.derived])]
      .map(escape)
      .join('|');
    return {
      type: ['number', 'string', 'null', ...or],
      pattern: `^\\s*(?:${AMOUNT}|${words})?\\s*$`,
      ...says('应为金额、空白或“不适用”记号', 'expected an amount, a blank or a marker'),
    };
  }

  private keyed(
    keys: readonly [Named, Schema][],
    codes?: ReturnType<SchemaBuilder['codes']>,
  ): Schema {
    const properties: Schemas = { ...codes?.properties };
    const patternProperties: Schemas = { ...codes?.patternProperties };
    for (const [named, schema] of keys) {
      properties[named.key] = schema;
      const others = this.spelling.others(named);
      if (others) patternProperties[others] = schema;
    }
    return {
      properties,
      ...(Object.keys(patternProperties).length > 0 && { patternProperties }),
      additionalProperties: true,
    };
  }
}

function sectionId(table: TableSpec, section: SectionSpec): string {
  return section.id ? `${table.id}.${section.id}` : table.id;
}

function names({ key, alias = [] }: { key: string; alias?: readonly string[] }): string[] {
  return [key, ...alias];
}

/** What editors show instead of the words of the validator. */
function says(chinese: string, english: string): Schema {
  return { errorMessage: both(chinese, english) };
}
