import { parseAddress, parseBinding, parsePlace } from './address';
import { incoherences } from './coherence';
import type { PackProblem, PackProblemCode } from './packProblem';
import {
  type Address,
  type BindingSource,
  type Comparator,
  type Conditions,
  type NameOf,
  type Pack,
  type PlaceSource,
  type Rule,
  type RuleKind,
  type Severity,
  type Text,
} from './rule';
import { Vetting, type Words } from './vet';

/** A pack as written. Nothing of it is trusted: it may come from a workspace. */
export type PackSource = unknown;

export interface CompiledPack {
  readonly pack: Pack;
  /** Where each rule stands in the source: `rules/3`. */
  readonly places: ReadonlyMap<string, string>;
  readonly overrides: ReadonlyMap<string, Severity>;
  readonly problems: readonly PackProblem[];
}

export const KINDS: readonly RuleKind[] = [
  ...(['sum', 'hierarchy', 'balance', 'equal', 'compare', 'ratio'] as const),
  ...(['direction', 'list', 'note', 'name', 'stated', 'input'] as const),
];
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint', 'off'];
const NAMES: readonly NameOf[] = ['organisation', 'project', 'subject'];
const COMPARATORS: readonly Comparator[] = ['eq', 'ge'];
export const PACK_FIELDS = ['pack', 'basis', 'rules', 'override'];
export const RULE_FIELDS = [
  ...['id', 'kind', 'severity', 'comparator', 'title', 'basis', 'each', 'at', 'when', 'unless'],
  ...['target', 'terms', 'base', 'or', 'whole', 'bounded', 'of'],
];

const CONSTANT = /^\d+(?:\.\d+)?$/;
const ID = /^[a-z][\w-]*(?:\.[\w-]+)+$/;

/** How many addresses each condition takes, at least and at most. */
export const CONDITIONS: Readonly<
  Record<keyof Conditions, readonly [least: number, most: number]>
> = {
  ...{ equal: [2, 50], zero: [1, 50], nonZero: [1, 50], notNegative: [1, 50] },
  ...{ written: [1, 50], unwritten: [1, 50], some: [1, 50], one: [1, 50] },
  ...{ reached: [2, 2], less: [2, 2], covered: [2, 2], listed: [2, 2] },
  ...{ unshifted: [3, 3] },
};

/** More are a mistake, and would make every keystroke wait. */
const MOST_RULES = 500;
const MOST_ITEMS = 200;

/** Turns a pack into plain data and says what cannot be understood. The good rules survive the bad. */
export function compilePack(source: PackSource, words: Words): CompiledPack {
  const problems: PackProblem[] = [];
  const compiler = new Compiler(new Vetting(words), problems);
  const fields = compiler.fields(source, '', PACK_FIELDS);
  const id = compiler.text(fields['pack'], 'pack');
  const basis =
    fields['basis'] === undefined ? undefined : compiler.bilingual(fields['basis'], 'basis');
  const list = compiler.list(fields['rules'] ?? [], 'rules', MOST_RULES);
  const places = new Map<string, string>();
  const rules = list.flatMap((item, index) => {
    const where = `rules/${index}`;
    const rule = compiler.rule(item, where);
    if (!rule) return [];
    if (places.has(rule.id)) {
      problems.push({ where: `${where}/id`, code: 'duplicate-id', args: { id: rule.id } });
      return [];
    }
    places.set(rule.id, where);
    return [rule];
  });
  const overrides = compiler.overrides(fields['override'] ?? {});
  return { pack: { id, ...(basis && { basis }), rules }, places, overrides, problems };
}

type Fields = Readonly<Record<string, unknown>>;

class Compiler {
  private readonly writtenAt = new Map<Address, string>();

  constructor(
    private readonly vetting: Vetting,
    private readonly problems: PackProblem[],
  ) {}

  rule(source: unknown, where: string): Rule | undefined {
    const before = this.problems.length;
    const fields = this.fields(source, where, RULE_FIELDS);
    if (this.problems.length > before && Object.keys(fields).length === 0) return undefined;
    const id = this.text(fields['id'], `${where}/id`);
    if (id !== '' && !ID.test(id)) this.problem(`${where}/id`, 'bad-id', { id });
    const given = (field: string) => fields[field] !== undefined;
    const { constant, terms } = this.terms(fields, where);
    const rule: Rule = {
      id,
      kind: this.oneOf(KINDS, fields['kind'], `${where}/kind`),
      severity: this.oneOf(SEVERITIES, fields['severity'] ?? 'error', `${where}/severity`),
      comparator: this.oneOf(COMPARATORS, fields['comparator'] ?? 'eq', `${where}/comparator`),
      title: this.bilingual(fields['title'], `${where}/title`),
      ...(given('basis') && { basis: this.bilingual(fields['basis'], `${where}/basis`) }),
      each: this.each(fields['each'] ?? {}, `${where}/each`),
      ...(given('at') && { at: this.places(fields['at'], `${where}/at`) }),
      ...this.conditions('when', fields, where),
      ...this.conditions('unless', fields, where),
      ...(given('target') && { target: this.address(fields['target'], `${where}/target`) }),
      terms,
      ...(given('base') && { base: this.addresses(fields['base'], `${where}/base`) }),
      ...(given('or') && { or: this.addresses(fields['or'], `${where}/or`) }),
      ...(this.flag(fields['whole'], `${where}/whole`) && { whole: true }),
      ...(constant !== undefined && { constant }),
      ...(this.flag(fields['bounded'], `${where}/bounded`) && { bounded: true }),
      ...(fields['kind'] === 'name' && { of: this.oneOf(NAMES, fields['of'], `${where}/of`) }),
    };
    if (this.problems.length === before) this.coherent(rule, where);
    return this.problems.length === before ? rule : undefined;
  }

  /** Once each of its fields is well, a rule must be well as a whole. */
  private coherent(rule: Rule, where: string): void {
    for (const { at, field, code, args } of incoherences(rule, this.vetting)) {
      const place = at && this.writtenAt.get(at);
      this.problem(place ?? (field === undefined ? where : `${where}/${field}`), code, args);
    }
  }

  /** Terms, among which a number may stand. */
  private terms(fields: Fields, where: string) {
    const all = this.list(fields['terms'] ?? [], `${where}/terms`);
    const isNumber = (term: unknown): term is string | number =>
      ['string', 'number'].includes(typeof term) && CONSTANT.test(String(term));
    const constants = all.filter(isNumber).map(String);
    if (constants.length > 1) this.problem(`${where}/terms`, 'too-many', { most: '1' });
    return {
      constant: constants[0],
      terms: all.flatMap((term, index) =>
        isNumber(term) ? [] : this.address(term, `${where}/terms/${index}`),
      ),
    };
  }

  private each(source: unknown, where: string): Rule['each'] {
    return Object.entries(this.fields(source, where)).map(([name, sources]) => ({
      name,
      sources: this.bindings(sources, `${where}/${name}`),
    }));
  }

  private bindings(source: unknown, where: string): BindingSource[] {
    return this.list(source, where).flatMap((item, index) => {
      const at = `${where}/${index}`;
      const text = this.text(item, at);
      const binding = parseBinding(text);
      if (!binding) this.problem(at, 'no-address', { address: text });
      else if ('table' in binding) this.side(binding.table, binding.side, at);
      return binding ?? [];
    });
  }

  private places(source: unknown, where: string): PlaceSource[] {
    return this.list(source, where).flatMap((item, index) => {
      const at = `${where}/${index}`;
      const text = this.text(item, at);
      const place = parsePlace(text);
      if (!place) this.problem(at, 'no-address', { address: text });
      else this.side(place.table, place.side, at);
      return place ?? [];
    });
  }

  private conditions(key: 'when' | 'unless', fields: Fields, where: string) {
    if (fields[key] === undefined) return {};
    const given = this.fields(fields[key], `${where}/${key}`, Object.keys(CONDITIONS));
    const conditions: Conditions = Object.fromEntries(
      Object.entries(CONDITIONS).flatMap(([name, [least, most]]) => {
        if (given[name] === undefined) return [];
        const at = `${where}/${key}/${name}`;
        const addresses = this.addresses(given[name], at);
        if (addresses.length < least || addresses.length > most) {
          this.problem(at, 'condition-size', { name, least: String(least), most: String(most) });
        }
        return [[name, addresses]];
      }),
    );
    return { [key]: conditions };
  }

  private addresses(source: unknown, where: string): Address[] {
    return this.list(source, where).map((item, i) => this.address(item, `${where}/${i}`));
  }

  private address(source: unknown, where: string): Address {
    const text = this.text(source, where);
    const address = parseAddress(text);
    if (!address) {
      if (text !== '') this.problem(where, 'no-address', { address: text });
      return NOWHERE;
    }
    this.writtenAt.set(address, where);
    if (address.row.by === 'place') return address;
    this.side(address.table, address.row.side, where);
    this.vetting.address(address, (code, args) => {
      this.problem(where, code, args);
    });
    return address;
  }

  private side(table: string, side: string, where: string): void {
    this.vetting.side(table, side, (code, args) => {
      this.problem(where, code, args);
    });
  }

  /** Severities that a pack gives to rules of others. */
  overrides(source: unknown): Map<string, Severity> {
    return new Map(
      Object.entries(this.fields(source, 'override')).map(([id, severity]) => [
        id,
        this.oneOf(SEVERITIES, severity, `override/${id}`),
      ]),
    );
  }

  bilingual(source: unknown, where: string): Text {
    if (source === undefined) return { zh: this.text(source, where), en: '' };
    const before = this.problems.length;
    const { zh, en } = this.fields(source, where, ['zh', 'en']);
    if (zh === undefined && this.problems.length > before) return { zh: '', en: '' };
    const chinese = this.text(zh, `${where}/zh`);
    return { zh: chinese, en: en === undefined ? chinese : this.text(en, `${where}/en`) };
  }

  fields(source: unknown, where: string, known?: readonly string[]): Fields {
    if (typeof source !== 'object' || !source || Array.isArray(source)) {
      this.problem(where, 'not-a-map', {});
      return {};
    }
    for (const field of known ? Object.keys(source) : []) {
      if (known!.includes(field)) continue;
      const at = where === '' ? field : `${where}/${field}`;
      this.problem(at, 'unknown-field', { field, known: known!.join(', ') });
    }
    return source as Fields;
  }

  list(source: unknown, where: string, most = MOST_ITEMS): unknown[] {
    if (!Array.isArray(source)) {
      this.problem(where, 'not-a-list', {});
      return [];
    }
    if (source.length > most) this.problem(where, 'too-many', { most: String(most) });
    return source.slice(0, most) as unknown[];
  }

  text(source: unknown, where: string): string {
    if (typeof source === 'string' && source !== '') return source;
    if (source === undefined) this.missing(where);
    else this.problem(where, 'no-text', {});
    return '';
  }

  private flag(source: unknown, where: string): boolean {
    if (source === undefined) return false;
    return source === true || this.oneOf(['true', 'false'], source, where) === 'true';
  }

  private oneOf<T extends string>(known: readonly T[], source: unknown, where: string): T {
    const found = known.find((item) => item === source);
    if (source === undefined) this.missing(where);
    else if (!found) {
      const value = typeof source === 'string' ? source : '';
      this.problem(where, 'not-one-of', { value, known: known.join(', ') });
    }
    return found ?? known[0]!;
  }

  /** What is not there has no place of its own. */
  private missing(where: string): void {
    const cut = Math.max(where.lastIndexOf('/'), 0);
    const field = where.slice(where.lastIndexOf('/') + 1);
    this.problem(where.slice(0, cut), 'missing', { field });
  }

  private problem(where: string, code: PackProblemCode, args: PackProblem['args']): void {
    this.problems.push({ where, code, args });
  }
}

/** Stands for an address that is none; its rule is left out. */
const NOWHERE: Address = {
  coefficient: 1,
  table: '',
  row: { by: 'id', side: '', name: '' },
  column: { by: 'id', name: '' },
};
