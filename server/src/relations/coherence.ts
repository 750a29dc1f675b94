import type { PackProblemCode } from './packProblem';
import {
  conditionAddresses,
  type Address,
  type BindingSource,
  type Conditions,
  type PlaceSource,
  type Rule,
  type RuleKind,
} from './rule';
import type { Vetting } from './vet';

/** What is wrong with a rule as a whole, though each of its fields is well. */
export interface Incoherence {
  /** The address it is about. */
  readonly at?: Address;
  /** Or the field; neither, where the rule itself is meant. */
  readonly field?: string;
  readonly code: PackProblemCode;
  readonly args: Readonly<Record<string, string>>;
}

const WITHOUT_TARGET: readonly RuleKind[] = ['input', 'note', 'name'];
const WITHOUT_TERMS: readonly RuleKind[] = [...WITHOUT_TARGET, 'stated', 'hierarchy'];

const MOST_NAMES = 3;
const MOST_COMBINATIONS = 1000;

export function* incoherences(rule: Rule, vetting: Vetting): Iterable<Incoherence> {
  const { kind, target, terms, base = [], constant } = rule;
  const missing = (field: string): Incoherence => ({ code: 'missing', args: { field } });
  if (!target && !WITHOUT_TARGET.includes(kind)) yield missing('target');
  const hasTerms = terms.length > 0 || constant !== undefined;
  if (!hasTerms && !WITHOUT_TERMS.includes(kind)) yield missing('terms');
  if (kind === 'ratio' && base.length === 0) yield missing('base');
  if (kind === 'hierarchy' && target && target.row.by !== 'set') {
    const args = { table: target.table, row: target.row.name, known: 'parents' };
    yield { field: 'target', code: 'no-set', args };
  }
  const covered = new Set([rule.when, rule.unless].flatMap((all) => all?.covered ?? []));
  for (const address of addressesOf(rule)) {
    yield* ofAddress(address, rule, covered.has(address), vetting);
  }
  if (!isWithinBounds(rule)) yield { code: 'too-many-instances', args: {} };
}

function* ofAddress(
  at: Address,
  rule: Rule,
  isCovered: boolean,
  vetting: Vetting,
): Iterable<Incoherence> {
  const { row, column } = at;
  const isOfPlace = row.by === 'place' || row.by === 'named' || row.by === 'title';
  if (!rule.at && isOfPlace) yield { at, code: 'no-place', args: {} };
  if (rule.at && row.by === 'place' && !isColumnOf(rule.at, at, vetting)) {
    const table = rule.at.map((place) => place.table).join(', ');
    yield { at, code: 'no-column', args: { table, column: column.name, known: '' } };
  }
  if (row.by === 'set' && row.name === 'parents' && rule.kind !== 'hierarchy') {
    yield { at, code: 'no-set', args: { table: at.table, row: row.name, known: '' } };
  }
  // A rule about names is about all that bear one.
  if (rule.kind === 'name') return;
  // `form` is the project of a form, `row` what a list of rows leaves out.
  const known = ['form', ...(isCovered ? ['row'] : []), ...rule.each.map(({ name }) => name)];
  const used = [row.name, column.name, ...(row.classes ?? [])].join(' ');
  for (const [, name = ''] of used.matchAll(/\{(\w+)\}/g)) {
    if (!known.includes(name)) yield { at, code: 'no-binding', args: { name } };
  }
}

function isColumnOf(at: readonly PlaceSource[], { column }: Address, vetting: Vetting): boolean {
  if (column.name.includes('{')) return true;
  const columns = at.flatMap(({ table, side, row }) => {
    const of = side || (row.includes('.') ? row.slice(0, row.indexOf('.')) : '');
    return vetting.table(table)?.sections.find(({ id }) => id === of)?.columns ?? [];
  });
  return columns.some(({ id, sets }) =>
    column.by === 'set' ? sets?.includes(column.name) : id === column.name,
  );
}

function addressesOf({ target, terms, base = [], when, unless }: Rule): readonly Address[] {
  const conditions = [when, unless].flatMap((all: Conditions | undefined) =>
    conditionAddresses(all),
  );
  return [...(target ? [target] : []), ...terms, ...base, ...conditions];
}

/**
 * Whether a rule stays within what can be evaluated while someone types: it may go through the rows of a
 * document once, not through all pairs of them.
 */
function isWithinBounds({ each, at }: Rule): boolean {
  const throughRows = each.filter(({ sources }) => sources.some(isRows)).length + (at ? 1 : 0);
  const combinations = each
    .map(({ sources }) => sources.filter((source) => 'literal' in source).length)
    .reduce((product, count) => product * Math.max(count, 1), 1);
  return each.length <= MOST_NAMES && throughRows <= 1 && combinations <= MOST_COMBINATIONS;
}

function isRows(source: BindingSource): boolean {
  return 'table' in source && source.set !== 'columns';
}
