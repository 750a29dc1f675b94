import { append } from '../syntax/arrays';
import { Memo } from '../syntax/memo';
import type { Cell, Disclosure } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { Applier, instanceId } from './applier';
import { bindingsOf, boundIn } from './bindings';
import { applies, appliesToAll } from './conditions';
import { derive, type Definitions } from './derive';
import { aboutRowsOf, leftBlank } from './leftBlank';
import { Pending } from './pending';
import { PlainRule } from './plainRule';
import type { Operand, Reason, Relation, Unchecked } from './relation';
import { Resolver } from './resolve';
import { Unresolved, type Scope } from './scope';
import { isFact, tablesOf, type Pack, type Rule } from './rule';
import type { Underived } from './underived';

export interface Instances {
  /** In the order of the rules. */
  readonly relations: readonly (Relation | Pending)[];
  readonly unchecked: readonly Unchecked[];
  readonly underived: readonly Underived[];
  /** Totals that are still blank beside their figures, and computed as if they were left to the server. */
  readonly leftBlank: ReadonlySet<Cell>;
  /** What the cells left to the server are computed from. */
  readonly definitions: Definitions;
  /** Where figures decide what relations there are. */
  readonly decisions: readonly Decision[];
}

/** What figures decided, and by which cells. */
export interface Decision {
  readonly seen: ReadonlySet<Cell>;
  /** Whether it would be the same now. */
  stands(): boolean;
}

/** Applies every rule of the packs that calculates to a document. */
export function instantiate(packs: readonly Pack[], disclosure: Disclosure): Instances {
  const instantiator = new Instantiator(disclosure);
  const rules = calculating(packs);
  // Conditions look at amounts, so the computed ones have to be there first.
  const { results, underived, definitions, leftBlank } = computed(rules, instantiator);
  for (const rule of rules) {
    const known = results.get(rule);
    // What it waited for is computed now.
    const isReady = known?.unchecked.some(
      ({ reason: { code, cell } }) => code === 'not-derived' && cell?.amount !== undefined,
    );
    if (!known || isReady) results.set(rule, instantiator.apply(rule));
  }
  const inOrder = rules.map((rule) => results.get(rule)!);
  return {
    relations: inOne(inOrder.map(({ relations }) => relations)),
    unchecked: inOne(inOrder.map(({ unchecked }) => unchecked)),
    underived,
    leftBlank,
    definitions,
    decisions: instantiator.decisions,
  };
}

/** Computes the cells left to the server, and no more; tells which have no value. */
export const compute = (packs: readonly Pack[], disclosure: Disclosure): readonly Underived[] =>
  computed(calculating(packs), new Instantiator(disclosure)).underived;

const known = new Memo<readonly Pack[], readonly Rule[]>();

function calculating(packs: readonly Pack[]): readonly Rule[] {
  let rules = known.get(packs);
  if (!rules) {
    const all = packs.flatMap((pack) => pack.rules);
    rules = all.filter((rule) => rule.kind !== 'input' && !isFact(rule));
    known.set(packs, rules);
  }
  return rules;
}

function computed(rules: readonly Rule[], instantiator: Instantiator) {
  const always = rules.filter((rule) => !rule.when && !rule.unless);
  const results = new Map(always.map((rule) => [rule, instantiator.apply(rule)]));
  const all = () => inOne([...results.values()].map(({ relations }) => relations));
  const blank = leftBlank(all());
  if (blank.size > 0) {
    for (const cell of blank) cell.table.leave(cell);
    for (const [rule, made] of results) results.set(rule, withRelationsOf(blank, made));
  }
  // What plainly holds has no cell that is left to the server.
  const relations = all().filter((one): one is Relation => !(one instanceof Pending));
  const unchecked = [...results.values()].flatMap((made) => made.unchecked);
  return { results, leftBlank: blank, ...derive(relations, unchecked) };
}

/** What plainly held when some cells were nothing is to be compared with what they come to. */
function withRelationsOf(cells: Iterable<Cell>, made: Made<Relation | Pending>) {
  const isAbout = aboutRowsOf(cells);
  const relations = made.relations.map((one) =>
    one instanceof Pending && isAbout(one) ? one.relation : one,
  );
  return { ...made, relations };
}

const statements = new Map(vocabulary.statements.map((spec) => [spec.id, spec]));

/** Written once for each project. */
export const isForm = (id: string) => statements.get(id)?.repeated === true;

/** A scope in which a rule applies, with the resolver for it; the suffix tells forms apart. */
interface PlaceOfRule {
  readonly resolver: Resolver;
  readonly scope: Scope;
  readonly suffix: string;
}

export function* scopesOf(
  rule: Rule,
  disclosure: Disclosure,
  resolver: Resolver,
): Iterable<PlaceOfRule> {
  const spoken = tablesOf(rule).find(isForm);
  const at = (rule.at ?? []).filter(({ table }) => isForm(table));
  const form = spoken ?? at[0]?.table;
  // Rows outside the forms are the same for all of them.
  if (!spoken) {
    const elsewhere = rule.at?.filter(({ table }) => !isForm(table));
    for (const scope of scopesIn(rule, elsewhere, resolver)) yield { resolver, scope, suffix: '' };
  }
  for (const table of form ? disclosure.tables.values() : []) {
    const project = table.project?.code;
    if (table.spec.id !== form || project === undefined) continue;
    const inner = resolver.within(table);
    for (const scope of scopesIn(rule, spoken ? rule.at : at, inner)) {
      const bindings = { ...scope.bindings, form: project };
      yield { resolver: inner, scope: { ...scope, bindings }, suffix: `:${project}` };
    }
  }
}

function scopesIn(rule: Rule, at: Rule['at'], resolver: Resolver): readonly Scope[] {
  const places = at?.flatMap((source) => resolver.places(source));
  const all = boundIn(rule, resolver).map((bound) => bindingsOf(rule, bound));
  if (!places) return all.map((bindings) => ({ bindings }));
  return all.flatMap((bindings) => places.map((place) => ({ bindings, place })));
}

/** What `flat` does, which takes several times as long. */
function inOne<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const all: T[] = [];
  for (const list of lists) for (const item of list) all.push(item);
  return all;
}

interface Made<T = Relation> {
  readonly relations: readonly T[];
  readonly unchecked: readonly Unchecked[];
}

class Instantiator {
  private readonly resolver: Resolver;
  private readonly resolvers = new Set<Resolver>();
  private readonly decided: Decision[] = [];

  constructor(private readonly disclosure: Disclosure) {
    this.resolver = new Resolver(disclosure);
    this.resolvers.add(this.resolver);
  }

  get decisions(): Decision[] {
    const shared = [...this.resolvers].flatMap(({ judged }) =>
      [...judged.values()].map(({ verdict, seen, again }) => ({
        seen,
        stands: () => isSameVerdict(again(), verdict),
      })),
    );
    return [...shared, ...this.decided];
  }

  apply(rule: Rule): Made<Relation | Pending> {
    const missing = tablesOf(rule).filter((id) => !this.isThere(id));
    // What a document does not tell at all is told once for the section, not for every rule of it.
    if (missing.some((id) => statements.has(id))) return { relations: [], unchecked: [] };
    const [table] = missing;
    if (table) {
      const code = this.disclosure.unreadable.has(table) ? 'table-unreadable' : 'table-missing';
      return { relations: [], unchecked: [{ id: rule.id, rule, reason: { code, table } }] };
    }
    const toAll = tablesOf(rule).some(isForm) ? undefined : appliesToAll(rule, this.resolver);
    if (toAll === false) return { relations: [], unchecked: [] };
    const isSure = toAll === true && isPlain(rule);
    const plainRule = isSure ? PlainRule.of(rule, this.resolver) : undefined;
    if (plainRule) return this.tried(plainRule);
    const relations: Relation[] = [];
    const unchecked: Unchecked[] = [];
    for (const place of scopesOf(rule, this.disclosure, this.resolver)) {
      const made = this.instance(rule, place, isSure);
      append(relations, made.relations);
      append(unchecked, made.unchecked);
    }
    return { relations, unchecked };
  }

  private tried(plainRule: PlainRule): Made<Relation | Pending> {
    const { rule } = plainRule;
    const relations: (Relation | Pending)[] = [];
    const unchecked: Unchecked[] = [];
    for (const bound of boundIn(rule, this.resolver)) {
      const pending = plainRule.pending(bound);
      if (pending) {
        relations.push(pending);
        continue;
      }
      const scope = { bindings: bindingsOf(rule, bound) };
      const made = this.instance(rule, { resolver: this.resolver, scope, suffix: '' }, true);
      append(relations, made.relations);
      append(unchecked, made.unchecked);
    }
    return { relations, unchecked };
  }

  /** @param isSure whether the rule applies whatever the figures are, and its rows say what it is made of */
  private instance(rule: Rule, { resolver, scope, suffix }: PlaceOfRule, isSure: boolean): Made {
    this.resolvers.add(resolver);
    const id = instanceId(rule, scope, suffix);
    const plain = isSure ? plainly(rule, id, resolver, scope) : undefined;
    if (plain) return { relations: plain, unchecked: [] };
    const make = () => this.make(rule, id, resolver, scope);
    const { result, seen } = resolver.log.during(make);
    if (seen.size > 0) this.decided.push({ seen, stands: () => isSameMade(make(), result) });
    return result;
  }

  private make(rule: Rule, id: string, resolver: Resolver, scope: Scope): Made {
    const applier = new Applier(resolver, scope);
    try {
      if (!applies(rule, resolver, scope)) return { relations: [], unchecked: [] };
      if (rule.kind === 'hierarchy') {
        const made = [...applier.hierarchy(rule)];
        return {
          relations: made.filter((one): one is Relation => !('reason' in one)),
          unchecked: made.filter((one): one is Unchecked => 'reason' in one),
        };
      }
      const plain = isPlain(rule)
        ? resolver.log.without(() => plainly(rule, id, resolver, scope))
        : undefined;
      return { relations: plain ?? applier.relation(rule, id), unchecked: [] };
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      return { relations: [], unchecked: [{ id, rule, reason: error.reason }] };
    }
  }

  private isThere(id: string): boolean {
    if (!statements.get(id)?.repeated) return this.disclosure.tables.has(id);
    return [...this.disclosure.tables.values()].some(({ spec }) => spec.id === id);
  }
}

/** Of the nine tables it is the rows alone that decide what a relation is made of. */
const isPlain = (rule: Rule) =>
  !rule.at && rule.kind !== 'hierarchy' && !tablesOf(rule).some((table) => statements.has(table));

/**
 * The relation of such a rule. Undefined where figures decide after all: a total over no line at all is
 * wrong or not as it is zero or not.
 */
function plainly(
  rule: Rule,
  id: string,
  resolver: Resolver,
  scope: Scope,
): readonly Relation[] | undefined {
  try {
    const made = new Applier(resolver, scope).relation(rule, id);
    return made.every(({ right }) => right.length > 0) ? made : undefined;
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    return undefined;
  }
}

const isSameReason = (a: Reason, b: Reason) =>
  a.code === b.code && a.table === b.table && a.cell === b.cell && a.word === b.word;

function isSameVerdict(a: boolean | Unresolved, b: boolean | Unresolved): boolean {
  if (a instanceof Unresolved && b instanceof Unresolved) return isSameReason(a.reason, b.reason);
  return a === b;
}

function isSameMade(a: Made, b: Made): boolean {
  return (
    a.relations.length === b.relations.length &&
    a.unchecked.length === b.unchecked.length &&
    a.relations.every((relation, i) => isSameRelation(relation, b.relations[i]!)) &&
    a.unchecked.every(({ id, reason }, i) => {
      const other = b.unchecked[i]!;
      return id === other.id && isSameReason(reason, other.reason);
    })
  );
}

function isSameRelation(a: Relation, b: Relation): boolean {
  return (
    a.id === b.id &&
    a.comparator === b.comparator &&
    a.constant?.place === b.constant?.place &&
    a.constant?.units === b.constant?.units &&
    (['left', 'right', 'base', 'or', 'whole'] as const).every((side) =>
      areSame(a[side] ?? [], b[side] ?? []),
    )
  );
}

const areSame = (a: readonly Operand[], b: readonly Operand[]) =>
  a.length === b.length &&
  a.every(({ cell, coefficient }, i) => cell === b[i]!.cell && coefficient === b[i]!.coefficient);
