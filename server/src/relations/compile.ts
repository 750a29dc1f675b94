import type { Vocabulary } from '../disclosure/vocabulary';
import type {
  Address,
  BindingSet,
  BindingSource,
  ColumnSelector,
  Comparator,
  Conditions,
  NameOf,
  Pack,
  PlaceSource,
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

const KINDS: readonly RuleKind[] = [
  ...(['sum', 'hierarchy', 'balance', 'equal', 'compare', 'ratio'] as const),
  ...(['direction', 'list', 'note', 'name', 'stated', 'input'] as const),
];
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint', 'off'];
const NAMES: readonly NameOf[] = ['organisation', 'project', 'subject'];
const COMPARATORS: readonly Comparator[] = ['eq', 'ge'];

const ADDRESS = /^(-?)(\w+)\/([^/]+)\/([^/]+)$/;
const SET_ROW = /^@(?:(\w+)\.)?(\w+)(?:\((!?)([\w,{}]+)\))?$/;
const BINDING = /^(\w+)\/(?:@(?:(\w+)\.)?(rows|codes|leaves|classes|titles)|(?:(\w+)\.)?\*)$/;
/** `{at}/column`, `{at:total}/column` */
const PLACE = /^(-?)\{at(?::(\w+))?\}\/([^/]+)$/;
const AT = /^(\w+)\/(?:@(?:(\w+)\.)?rows|([\w.]+))$/;
const CONSTANT = /^\d+(?:\.\d+)?$/;
const NAME = /^[\w{}-]+(?:\.[\w{}-]+)?$/;

const CONDITIONS = [
  ...(['equal', 'zero', 'nonZero', 'notNegative', 'written', 'unwritten', 'some'] as const),
  ...(['one', 'reached', 'less', 'covered', 'listed'] as const),
];

/** Turns a pack into plain data and says what cannot be understood. The good rules survive the bad. */
export function compilePack(
  source: PackSource,
  vocabulary: Pick<Vocabulary, 'tables' | 'statements'>,
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
    private readonly vocabulary: Pick<Vocabulary, 'tables' | 'statements'>,
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
    const needsTarget = !['input', 'note', 'name'].includes(kind);
    if (needsTarget && !target) this.problem(`${where}/target`, 'no target');
    const { constant, terms } = this.terms(fields, where);
    const rule: Rule = {
      id: this.text(fields['id'], `${where}/id`),
      kind,
      severity: this.oneOf(SEVERITIES, fields['severity'] ?? 'error', `${where}/severity`),
      comparator: this.oneOf(COMPARATORS, fields['comparator'] ?? 'eq', `${where}/comparator`),
      title: this.title(fields['title'], `${where}/title`),
      each: Object.entries(this.fields(fields['each'] ?? {}, `${where}/each`)).map(
        ([name, sources]) => ({ name, sources: this.bindings(sources, `${where}/each/${name}`) }),
      ),
      ...(fields['at'] !== undefined && { at: this.places(fields['at'], `${where}/at`) }),
      ...this.conditions('when', fields, where),
      ...this.conditions('unless', fields, where),
      ...(target && { target }),
      terms,
      ...(fields['base'] !== undefined && {
        base: this.addresses(fields['base'], `${where}/base`),
      }),
      ...(fields['whole'] === true && { whole: true }),
      ...(constant !== undefined && { constant }),
      ...(fields['bounded'] === true && { bounded: true }),
      ...(kind === 'name' && { of: this.oneOf(NAMES, fields['of'], `${where}/of`) }),
    };
    if (kind === 'ratio' && !rule.base) this.problem(`${where}/base`, 'a ratio has no base');
    return this.problems.length === before ? rule : undefined;
  }

  /** Terms, among which a number may stand. */
  private terms(fields: Fields, where: string) {
    const all = this.list(fields['terms'] ?? [], `${where}/terms`);
    const isNumber = (term: unknown) => CONSTANT.test(String(term));
    const [constant] = all.filter(isNumber).map(String);
    return {
      constant,
      terms: this.addresses(
        all.filter((term) => !isNumber(term)),
        `${where}/terms`,
      ),
    };
  }

  private places(source: unknown, where: string): PlaceSource[] {
    return this.list(source, where).map((item, index) => {
      const text = this.text(item, `${where}/${index}`);
      const [match, table = '', side = '', row = ''] = AT.exec(text) ?? [];
      if (match === undefined) this.problem(`${where}/${index}`, `not rows of a table: ${text}`);
      this.knownSide(table, side, `${where}/${index}`);
      return { table, side, row };
    });
  }

  private title(source: unknown, where: string): Rule['title'] {
    const { zh, en } = this.fields(source, where);
    const chinese = this.text(zh, `${where}/zh`);
    return { zh: chinese, en: en === undefined ? chinese : this.text(en, `${where}/en`) };
  }

  private conditions(key: 'when' | 'unless', fields: Fields, where: string) {
    if (fields[key] === undefined) return {};
    const given = this.fields(fields[key], `${where}/${key}`);
    const conditions: Conditions = Object.fromEntries(
      CONDITIONS.filter((name) => given[name] !== undefined).map((name) => [
        name,
        this.addresses(given[name], `${where}/${key}/${name}`),
      ]),
    );
    for (const name of Object.keys(given)) {
      if (!(CONDITIONS as readonly string[]).includes(name)) {
        this.problem(`${where}/${key}`, `no condition ${name}`);
      }
    }
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
    const place = PLACE.exec(text);
    if (place) {
      const [, minus, beside = '', at = ''] = place;
      return {
        coefficient: minus === '-' ? -1 : 1,
        table: '',
        row: { by: 'place', side: '', name: beside },
        column: at.startsWith('@') ? { by: 'set', name: at.slice(1) } : { by: 'id', name: at },
      };
    }
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
    if (text === '{at}') return { by: 'title', side: '', name: '' };
    const set = SET_ROW.exec(text);
    if (set) {
      const [, side = '', name = '', except, classes] = set;
      if (name === 'of') return { by: 'named', side, name: classes ?? '' };
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
    const { tables, statements } = this.vocabulary;
    return [...tables, ...statements].find((table) => table.id === id);
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
