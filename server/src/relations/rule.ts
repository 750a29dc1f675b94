/** Compiled rules: plain data, as {@link compilePack} makes it from a pack's YAML. */

export type Severity = 'error' | 'warning' | 'information' | 'hint' | 'off';

/** Two languages; English falls back to Chinese in packs that have none. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/**
 * - `sum`: an amount is the sum of its parts, which stand in the same table
 * - `hierarchy`: a subject is the sum of its printed sub-subjects
 * - `balance`: opening + income − expenditure = closing
 * - `equal`: the same money in two tables
 * - `compare`: an amount is at least another
 * - `ratio`: a percentage is one amount of another
 * - `input`: how the file is written; found by reading, not by evaluation
 *
 * Facts are judged, not calculated:
 * - `direction`: a word (大于, 小于) says how two amounts compare
 * - `list`: names that are listed have an amount; amounts that have one are listed
 * - `note`: the note under a table speaks of its own money
 * - `name`: a name is printed the same wherever it stands
 * - `stated`: something is not left out
 */
export type RuleKind =
  'sum' | 'hierarchy' | 'balance' | 'equal' | 'compare' | 'ratio' | FactKind | 'input';

export type FactKind = 'direction' | 'list' | 'note' | 'name' | 'stated';

export type NameOf = 'organisation' | 'project' | 'subject';

const FACTS: ReadonlySet<RuleKind> = new Set(['direction', 'list', 'note', 'name', 'stated']);

export const isFact = ({ kind }: Rule) => FACTS.has(kind);

/** `eq`: target = terms; `ge`: target ≥ terms. */
export type Comparator = 'eq' | 'ge';

export interface RowSelector {
  /**
   * `id`: one row; `rolled`: the row if printed, else what it is made of; `set`: all rows of a set;
   * `place`: the row that a rule is at or, with a name, that row beside it; `title`: the row of a table
   * that is called like that one; `named`: the rows that it names in a list column
   */
  readonly by: 'id' | 'rolled' | 'set' | 'place' | 'title' | 'named';
  /** `in`, `out` or empty. */
  readonly side: string;
  /** Row or set; may hold `{binding}`s. */
  readonly name: string;
  /** For `@top(…)` and `@codes(…)`: only these classes, or all but these; for `@in(…)`: these groups. */
  readonly classes?: readonly string[];
  readonly except?: boolean;
}

export interface ColumnSelector {
  readonly by: 'id' | 'set';
  readonly name: string;
}

export interface Address {
  readonly coefficient: 1 | -1;
  /** Empty for a row of `by: place`. */
  readonly table: string;
  readonly row: RowSelector;
  readonly column: ColumnSelector;
}

/** The values of a binding: literals, or what stands in a table (`codes`, `classes`, `rows`, `columns`). */
export type BindingSource =
  | { readonly literal: string }
  | { readonly table: string; readonly side: string; readonly set: BindingSet };

export type BindingSet = 'rows' | 'codes' | 'leaves' | 'classes' | 'columns' | 'titles';

/** Rows that a rule is applied at: one, or all that are printed on a side of a table. */
export interface PlaceSource {
  readonly table: string;
  readonly side: string;
  /** Empty for all. */
  readonly row: string;
}

export interface Conditions {
  /** The first amount is, digit for digit, the sum of the others. */
  readonly equal?: readonly Address[];
  /** All are blank or zero. */
  readonly zero?: readonly Address[];
  /** None is below zero: only then is a whole at least each of its parts. */
  readonly notNegative?: readonly Address[];
  /** None is zero. */
  readonly nonZero?: readonly Address[];
  /** All are written, none is, some are, exactly one is. */
  readonly written?: readonly Address[];
  readonly unwritten?: readonly Address[];
  readonly some?: readonly Address[];
  readonly one?: readonly Address[];
  /** The first amount reaches the second one, which may be a bound: 95% reaches ≥85%. */
  readonly reached?: readonly Address[];
  /** The first amount is less than the second. */
  readonly less?: readonly Address[];
  /** Rows of the first that are not written are zero in the second, row by row: `{row}` is bound to them. */
  readonly covered?: readonly Address[];
  /**
   * The shares of the first tell of a whole: what the amounts of the second lack of the total, the third, moves the sum
   * of their shares by less than can be seen, and none of them is printed as nothing.
   */
  readonly unshifted?: readonly Address[];
  /** Every code that is not zero in the second is among the first, or under one of them. */
  readonly listed?: readonly Address[];
}

export interface Rule {
  readonly id: string;
  readonly kind: RuleKind;
  readonly severity: Severity;
  readonly title: Text;
  /** Why it must hold, where that is another reason than its pack's. */
  readonly basis?: Text;
  readonly comparator: Comparator;
  readonly each: readonly { readonly name: string; readonly sources: readonly BindingSource[] }[];
  readonly at?: readonly PlaceSource[];
  readonly when?: Conditions;
  readonly unless?: Conditions;
  readonly target?: Address;
  readonly terms: readonly Address[];
  /** Of a ratio: what it is a ratio of. */
  readonly base?: readonly Address[];
  /** Of a ratio: what it may be a ratio of instead, where the text does not say. */
  readonly or?: readonly Address[];
  /** Of a share: it makes a whole with those beside it. */
  readonly whole?: boolean;
  /** A number added to the terms: all shares are 100. */
  readonly constant?: string;
  /** Whose name it is that is printed the same everywhere. */
  readonly of?: NameOf;
  /** A target printed as a bound is met, not equalled. */
  readonly bounded?: boolean;
}

export interface Pack {
  readonly id: string;
  /** Why its rules must hold: a regulation, the form, or arithmetic. */
  readonly basis?: Text;
  readonly rules: readonly Rule[];
}

export function conditionAddresses(conditions: Conditions | undefined): readonly Address[] {
  return Object.values(conditions ?? {}).flatMap((addresses: readonly Address[]) => addresses);
}

const spoken = new WeakMap<Rule, readonly string[]>();

/** The tables a rule speaks of, each once; those that it is only at are not among them. */
export function tablesOf(rule: Rule): readonly string[] {
  let tables = spoken.get(rule);
  if (!tables) spoken.set(rule, (tables = findTables(rule)));
  return tables;
}

function findTables(rule: Rule): readonly string[] {
  const addresses = [
    ...(rule.target ? [rule.target] : []),
    ...rule.terms,
    ...(rule.base ?? []),
    ...[rule.when, rule.unless].flatMap(conditionAddresses),
  ];
  const bound = rule.each.flatMap(({ sources }) =>
    sources.flatMap((source) => ('table' in source ? [source.table] : [])),
  );
  const tables = [...addresses.map(({ table }) => table), ...bound];
  return [...new Set(tables)].filter((table) => table !== '');
}
