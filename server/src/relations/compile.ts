import type { Vocabulary } from '../disclosure/vocabulary';
import type {
  Address,
  BindingSet,
  BindingSource,
  ColumnSelector,
  Comparator,
  Conditions,
  Pack,
  RowSelector,
  Rule,
  RuleKind,
  Severity,
} from './rule';

/** A pack as written. Nothing of it is trusted: it may come from a workspace. */
export interface PackSource {
  readonly pack?: unknown;
  readonly rules?: unknown;
}

/** What is wrong with a pack; `where` leads to it: `rules/3/target`. */
export interface PackProblem {
  readonly where: string;
  readonly message: string;
}

const KINDS: readonly RuleKind[] = ['sum', 'hierarchy', 'balance', 'equal', 'compare', 'input'];
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint', 'off'];
const COMPARATORS: readonly Comparator[] = ['eq', 'ge'];

const ADDRESS = /^(-?)(\w+)\/([^/]+)\/([^/]+)$/;
const SET_ROW = /^@(?:(\w+)\.)?(\w+)(?:\((!?)([\d,]+)\))?$/;
const BINDING = /^(\w+)\/(?:@(?:(\w+)\.)?(rows|codes|classes)|(?:(\w+)\.)?\*)$/;
const NAME = /^[\w{}-]+(?:\.[\w{}-]+)?$/;

/** Turns a pack into plain data and says what cannot be understood. The good rules survive the bad. */
export function compilePack(
  source: PackSource,
  vocabulary: Pick<Vocabulary, 'tables'>,
): { pack: Pack; problems: PackProblem[] } {
  const problems: PackProblem[] = [];
  const compiler = new Compiler(vocabulary, problems);
  if (typeof source.pack !== 'string') problems.push({ where: 'pack', message: 'no name' });
  const list = Array.isArray(source.rules) ? (source.rules as unknown[]) : [];
  const rules = list.flatMap((rule, index) => compiler.rule(rule, `rules/${index}`) ?? []);
  const seen = new Set<string>();
  for (const { id } of rules) {
    if (seen.has(id)) problems.push({ where: 'rules', message: `rule ${id} stands twice` });
    seen.add(id);
  }
  return { pack: { id: String(source.pack), rules }, problems };
}

type Fields = Record<string, unknown>;

class Compiler {
  constructor(
    private readonly vocabulary: Pick<Vocabulary, 'tables'>,
    private readonly problems: PackProblem[],
  ) {}

  rule(source: unknown, where: string): Rule | undefined {
    const before = this.problems.length;
    const fields = this.fields(source, where);
    const kind = this.oneOf(KINDS, fields['kind'], `${where}/kind`);
    const target =
      fields['target'] === undefined
        ? undefined
        : this.address(fields['target'], `${where}/target`);
    if (kind !== 'input' && !target) this.problem(`${where}/target`, 'no target');
    const rule: Rule = {
      id: this.text(fields['id'], `${where}/id`),
      kind,
      severity: this.oneOf(SEVERITIES, fields['severity'] ?? 'error', `${where}/severity`),
      comparator: this.oneOf(COMPARATORS, fields['comparator'] ?? 'eq', `${where}/comparator`),
      title: this.title(fields['title'], `${where}/title`),
      each: Object.entries(this.fields(fields['each'] ?? {}, `${where}/each`)).map(
        ([name, sources]) => ({ name, sources: this.bindings(sources, `${where}/each/${name}`) }),
      ),
      ...this.conditions('when', fields, where),
      ...this.conditions('unless', fields, where),
      ...(target && { target }),
      terms: this.addresses(fields['terms'] ?? [], `${where}/terms`),
    };
    return this.problems.length === before ? rule : undefined;
  }

  private title(source: unknown, where: string): Rule['title'] {
    const { zh, en } = this.fields(source, where);
    const chinese = this.text(zh, `${where}/zh`);
    return { zh: chinese, en: en === undefined ? chinese : this.text(en, `${where}/en`) };
  }

  private conditions(key: 'when' | 'unless', fields: Fields, where: string) {
    if (fields[key] === undefined) return {};
    const { equal, zero, notNegative } = this.fields(fields[key], `${where}/${key}`);
    const conditions: Conditions = {
      ...(equal !== undefined && { equal: this.addresses(equal, `${where}/${key}/equal`) }),
      ...(zero !== undefined && { zero: this.addresses(zero, `${where}/${key}/zero`) }),
      ...(notNegative !== undefined && {
        notNegative: this.addresses(notNegative, `${where}/${key}/notNegative`),
      }),
    };
    return { [key]: conditions };
  }

  private bindings(source: unknown, where: string): BindingSource[] {
    return this.list(source, where).map((item): BindingSource => {
      const text = this.text(item, where);
      if (!text.includes('/')) return { literal: text };
      const match = BINDING.exec(text);
      if (!match) this.problem(where, `not a set of rows, codes, classes or columns: ${text}`);
      const [, table = '', rowSide, set, columnSide] = match ?? [];
      const side = rowSide ?? columnSide ?? '';
      this.knownSide(table, side, where);
      return { table, side, set: (set as BindingSet | undefined) ?? 'columns' };
    });
  }

  private addresses(source: unknown, where: string): Address[] {
    return this.list(source, where).map((item, i) => this.address(item, `${where}/${i}`));
  }

  private address(source: unknown, where: string): Address {
    const text = this.text(source, where);
    const [match, sign, table = '', row = '', column = ''] = ADDRESS.exec(text) ?? [];
    if (match === undefined) this.problem(where, `not an address TABLE/row/column: ${text}`);
    const selector = this.row(row, where);
    this.knownSide(table, selector.side, where);
    return {
      coefficient: sign === '-' ? -1 : 1,
      table,
      row: selector,
      column: this.column(table, selector.side, column, where),
    };
  }

  private row(text: string, where: string): RowSelector {
    const set = SET_ROW.exec(text);
    if (set) {
      const [, side = '', name = '', except, classes] = set;
      if (!classes) return { by: 'set', side, name };
      return { by: 'set', side, name, classes: classes.split(','), except: except === '!' };
    }
    const by = text.startsWith('~') ? 'rolled' : 'id';
    const full = by === 'rolled' ? text.slice(1) : text;
    if (!NAME.test(full)) this.problem(where, `not a row: ${text}`);
    const [first = '', second] = full.split('.');
    return second === undefined ? { by, side: '', name: first } : { by, side: first, name: second };
  }

  private column(table: string, side: string, text: string, where: string): ColumnSelector {
    if (text.startsWith('@')) return { by: 'set', name: text.slice(1) };
    const section = this.section(table, side);
    const known = text.includes('{') || section?.columns.some(({ id }) => id === text);
    // A bound row may lie on any side of its table.
    const anywhere = this.table(table)?.sections.some((s) =>
      s.columns.some(({ id }) => id === text),
    );
    if (!known && !anywhere) this.problem(where, `no column ${text} in ${table}`);
    return { by: 'id', name: text };
  }

  private table(id: string) {
    return this.vocabulary.tables.find((table) => table.id === id);
  }

  private section(table: string, side: string) {
    return this.table(table)?.sections.find(({ id }) => id === side);
  }

  private knownSide(table: string, side: string, where: string): void {
    if (!this.table(table)) this.problem(where, `no table ${table}`);
    else if (side && !this.section(table, side)) this.problem(where, `${table} has no ${side}`);
  }

  private fields(source: unknown, where: string): Fields {
    if (typeof source === 'object' && source && !Array.isArray(source)) return source as Fields;
    this.problem(where, 'not a map');
    return {};
  }

  private list(source: unknown, where: string): unknown[] {
    if (Array.isArray(source)) return source;
    this.problem(where, 'not a list');
    return [];
  }

  private text(source: unknown, where: string): string {
    if (typeof source === 'string' && source !== '') return source;
    this.problem(where, 'no text');
    return '';
  }

  private oneOf<T extends string>(known: readonly T[], source: unknown, where: string): T {
    const found = known.find((item) => item === source);
    if (!found) this.problem(where, `${String(source)} is none of ${known.join(', ')}`);
    return found ?? known[0]!;
  }

  private problem(where: string, message: string): void {
    this.problems.push({ where, message });
  }
}
