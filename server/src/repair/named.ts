/** Of several blanks the one of which another place says that it is none. */
import { isSameAmount, type Amount } from '../disclosure/amount';
import { isBlankLine, isNonZero } from '../disclosure/model';
import type { Fact } from '../relations/fact';
import type { Network } from '../relations/network';
import type { Candidate } from './cause';

export interface Named {
  readonly candidate: Candidate;
  /** What is said of it, which is right as soon as it is filled in. */
  readonly facts: ReadonlySet<Fact>;
}

/**
 * The one blank line among candidates that a list of a text names, else the one that would print what another
 * place, which it must not exceed, prints. Undefined where there is none, or more than one.
 */
export function namedBlank(network: Network, candidates: readonly Candidate[]): Named | undefined {
  const blanks = candidates.filter(({ cell, values }) => {
    return isBlankLine(cell) && values.length > 0 && values.every(({ units }) => units > 0n);
  });
  if (blanks.length === 0) return undefined;
  const lists = network.facts.filter(
    ({ outcome, rule }) => outcome === 'fails' && rule.kind === 'list',
  );
  const saying = ({ cell }: Candidate) => lists.filter(({ cells }) => cells.includes(cell));
  const only = (found: readonly Candidate[]) => (found.length === 1 ? found[0] : undefined);
  const named = only(blanks.filter((blank) => saying(blank).length > 0));
  const candidate = named ?? only(blanks.flatMap((blank) => withReached(network, blank) ?? []));
  return candidate && { candidate, facts: new Set(saying(candidate)) };
}

/** With the value first that a figure prints which limits a blank; undefined where it would be none. */
function withReached(network: Network, candidate: Candidate): Candidate | undefined {
  const { cell, values } = candidate;
  const limits = network.of(cell).flatMap(({ outcome, relation }) => {
    const { comparator, left, right, base } = relation;
    if (
      outcome === 'fails' ||
      comparator === 'eq' ||
      base ||
      left.length !== 1 ||
      right.length !== 1
    )
      return [];
    const [limit] = [left[0]!.cell, right[0]!.cell].filter((one) => one !== cell);
    return limit?.amount && isNonZero(limit) ? limit.amount : [];
  });
  const isLimit = (value: Amount) => limits.some((limit) => isSameAmount(value, limit));
  const reached = values.filter(isLimit);
  if (reached.length === 0) return undefined;
  return { ...candidate, values: [...reached, ...values.filter((value) => !isLimit(value))] };
}
