import type {
  ColumnSpec,
  Named,
  SectionSpec,
  TableSpec,
  Vocabulary,
} from '../src/disclosure/vocabulary';

export type Schema = Readonly<Record<string, unknown>>;
export type Keyed = [Named, Schema];

/** Makes an object schema of keys with all their spellings. */
export type KeyedSchema = (keys: readonly Keyed[]) => Schema;

const FIGURE: Schema = { type: ['number', 'string', 'null'] };
const TEXT: Schema = { type: ['string', 'array', 'null'] };

/**
 * What a section of the narrative or an annex may hold: shape and spelling, as for tables. Figures of a
 * text name their units and are not described further.
 */
export class StatementSchema {
  /** Rows that many keys share, by their columns. */
  private readonly definitions: Record<string, Schema> = {};

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly keyed: KeyedSchema,
  ) {}

  /** By the id of a top-level section; sections of text only are not among them. */
  sections(): ReadonlyMap<string, Schema> {
    const { statements, sections } = this.vocabulary;
    const ids = [...new Set(statements.map(({ section }) => section!))];
    return new Map(
      ids.map((id) => {
        const specs = statements.filter(({ section }) => section === id);
        const own = specs.find(({ key }) => key === sections[id]!.key);
        return [id, own ? this.whole(own) : this.parts(specs)];
      }),
    );
  }

  private parts(specs: readonly TableSpec[]): Schema {
    const keys = specs.map((spec): Keyed => [spec, described(this.body(spec), spec)]);
    return { type: ['object', 'array', 'string', 'null'], ...this.keyed(keys) };
  }

  private whole(spec: TableSpec): Schema {
    const body = this.body(spec);
    if (!spec.repeated) return body;
    return { type: ['array', 'object', 'null'], items: body };
  }

  private body({ sections, repeated }: TableSpec): Schema {
    const { tableKeys, itemKeys } = this.vocabulary;
    const main = sections.find(({ id }) => id === '');
    const keys: Keyed[] = [
      ...(repeated ? [[named(itemKeys['project']!), this.project()] as Keyed] : []),
      ...sections
        .filter(({ id }) => id !== '')
        .map((side): Keyed => [side as Named, described(this.side(side), side as Named)]),
      ...(main ? this.inside(main) : []),
      [named(tableKeys['unit']!), { type: ['string', 'null'] }],
    ];
    return { type: ['object', 'array', 'number', 'string', 'null'], ...this.keyed(keys) };
  }

  private side(section: SectionSpec): Schema {
    if (section.items) {
      const keys = [...this.facets(section), ...this.itemKeys(section)];
      return { type: ['array', 'null'], items: { type: 'object', ...this.keyed(keys) } };
    }
    return { type: ['object', 'number', 'string', 'null'], ...this.keyed(this.inside(section)) };
  }

  /** Rows, or the facets of the only one. */
  private inside(section: SectionSpec): Keyed[] {
    if (section.flat) return this.facets(section);
    if (section.transposed) {
      return section.columns.map((column): Keyed => [column, { type: ['object', 'null'] }]);
    }
    const row = this.rowOf(section);
    return section.rows.map((spec): Keyed => [spec, described(row, spec)]);
  }

  /** One definition for all rows of equal columns. */
  private rowOf(section: SectionSpec): Schema {
    const name = `row.${section.columns.map(({ id, key }) => `${id}-${key}`).join('.')}`;
    const known = Object.keys(this.definitions).indexOf(name);
    const index = known < 0 ? Object.keys(this.definitions).length : known;
    if (known < 0) {
      this.definitions[name] = {
        type: ['object', 'number', 'string', 'array', 'null'],
        ...this.keyed(this.facets(section)),
      };
    }
    return { $ref: `#/definitions/statementRow${index}` };
  }

  /** The definitions under the names that references use. */
  named(): Record<string, Schema> {
    return Object.fromEntries(
      Object.values(this.definitions).map((schema, index) => [`statementRow${index}`, schema]),
    );
  }

  private facets(section: SectionSpec): Keyed[] {
    const { groups, rowKeys } = this.vocabulary;
    const used = [...new Set(section.columns.flatMap(({ group }) => group ?? []))];
    // A column that is the word for a group is described with it.
    const words = new Set(used.map((id) => groups[id]!.column));
    const single = section.columns.filter(({ id, group }) => !group && !words.has(id));
    return [
      ...single.flatMap((column) => this.facet(column)),
      ...used.map((id): Keyed => {
        const inner = section.columns.filter(({ group }) => group === id);
        const keys = inner.flatMap((column) => this.facet(column));
        return [groups[id]!, { type: ['object', 'string', 'null'], ...this.keyed(keys) }];
      }),
      [named(rowKeys['printed']!), TEXT],
    ];
  }

  private facet(column: ColumnSpec): Keyed[] {
    const { kind = 'money', opposite, en } = column;
    const schema = described(kind === 'list' || kind === 'text' ? TEXT : FIGURE, column);
    const turned: Keyed[] = opposite ? [[{ ...opposite, en: `${en} (less)` }, schema]] : [];
    return [[column, schema], ...turned];
  }

  private itemKeys({ items }: SectionSpec): Keyed[] {
    const { itemKeys } = this.vocabulary;
    const text = { type: ['string', 'number', 'null'] };
    const own = items === 'subject' ? 'subject' : items === 'project' ? 'code' : 'indicator';
    return [
      [named(itemKeys[own]!), text],
      [named(itemKeys['project']!), this.project()],
    ];
  }

  private project(): Schema {
    const { itemKeys, rowKeys } = this.vocabulary;
    const text = { type: ['string', 'number', 'null'] };
    const keys: Keyed[] = [
      [named(itemKeys['code']!), text],
      [named(rowKeys['printed']!), text],
    ];
    return { type: ['object', 'string', 'null'], ...this.keyed(keys) };
  }
}

/** Keys that the vocabulary gives no English name. */
const named = (spec: Partial<Named> & { readonly key: string }): Named => ({ en: '', ...spec });

const described = (schema: Schema, { key, en }: Named): Schema => ({
  ...schema,
  description: `${key} · ${en}`,
});
