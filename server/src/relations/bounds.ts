import type { BindingSource, Rule } from './rule';

const MOST_NAMES = 3;
const MOST_COMBINATIONS = 1000;

/**
 * Whether a rule stays within what can be evaluated while someone types: it may go through the rows of a
 * document once, not through all pairs of them.
 */
export function instancesWithin({ each, at }: Rule): boolean {
  const throughRows = each.filter(({ sources }) => sources.some(isRows)).length + (at ? 1 : 0);
  const combinations = each
    .map(({ sources }) => sources.filter((source) => 'literal' in source).length)
    .reduce((product, count) => product * Math.max(count, 1), 1);
  return each.length <= MOST_NAMES && throughRows <= 1 && combinations <= MOST_COMBINATIONS;
}

function isRows(source: BindingSource): boolean {
  return 'table' in source && source.set !== 'columns';
}

/** The names that an address of a rule may use. */
export function bindingsOf({ each }: Rule, isCovered: boolean): ReadonlySet<string> {
  // `form` is the project of a form, `row` what a list of rows leaves out.
  const extra = isCovered ? ['form', 'row'] : ['form'];
  return new Set([...each.map(({ name }) => name), ...extra]);
}
