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
 * - `input`: how the file is written; found by reading, not by evaluation
 */
export type RuleKind = 'sum' | 'hierarchy' | 'balance' | 'equal' | 'compare' | 'input';

/** `eq`: target = terms; `ge`: target ≥ terms. */
export type Comparator = 'eq' | 'ge';

export interface RowSelector {
  /** `id`: one row; `rolled`: the row if printed, else what it is made of; `set`: all rows of a set. */
  readonly by: 'id' | 'rolled' | 'set';
  /** `in`, `out` or empty. */
  readonly side: string;
  /** Row or set; may hold `{binding}`s. */
  readonly name: string;
  /** For `@top(…)`: only these classes, or all but these. */
  readonly classes?: readonly string[];
  readonly except?: boolean;
}

export interface ColumnSelector {
  readonly by: 'id' | 'set';
  readonly name: string;
}

export interface Address {
  readonly coefficient: 1 | -1;
  readonly table: string;
  readonly row: RowSelector;
  readonly column: ColumnSelector;
}

/** The values of a binding: literals, or what stands in a table (`codes`, `classes`, `rows`, `columns`). */
export type BindingSource =
  | { readonly literal: string }
  | { readonly table: string; readonly side: string; readonly set: BindingSet };

export type BindingSet = 'rows' | 'codes' | 'classes' | 'columns';

export interface Conditions {
  /** The first amount is, digit for digit, the sum of the others. */
  readonly equal?: readonly Address[];
  /** All are blank or zero. */
  readonly zero?: readonly Address[];
  /** None is below zero: only then is a whole at least each of its parts. */
  readonly notNegative?: readonly Address[];
}

export interface Rule {
  readonly id: string;
  readonly kind: RuleKind;
  readonly severity: Severity;
  readonly title: Text;
  readonly comparator: Comparator;
  readonly each: readonly { readonly name: string; readonly sources: readonly BindingSource[] }[];
  readonly when?: Conditions;
  readonly unless?: Conditions;
  readonly target?: Address;
  readonly terms: readonly Address[];
}

export interface Pack {
  readonly id: string;
  readonly rules: readonly Rule[];
}

export function conditionAddresses(conditions: Conditions | undefined): readonly Address[] {
  const { equal = [], zero = [], notNegative = [] } = conditions ?? {};
  return [...equal, ...zero, ...notNegative];
}

/** The tables a rule speaks of, each once. */
export function tablesOf(rule: Rule): string[] {
  const addresses = [
    ...(rule.target ? [rule.target] : []),
    ...rule.terms,
    ...[rule.when, rule.unless].flatMap(conditionAddresses),
  ];
  const bound = rule.each.flatMap(({ sources }) =>
    sources.flatMap((source) => ('table' in source ? [source.table] : [])),
  );
  return [...new Set([...addresses.map(({ table }) => table), ...bound])];
}
