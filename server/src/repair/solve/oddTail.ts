/** Rounding tails that are possible, but too large to come about by chance. */
import type { LinearModel } from './relationModel';
import type { State } from './state';

/** So many standard deviations happen once in some ten thousand sums. */
const ODD = 4n;

/**
 * Whether a sum is off by more than rounding ever makes it. Each figure is off by a chance of its own, evenly
 * within its width: the variance is a third of half the width squared.
 */
export function isOddTail(
  state: State,
  index: number,
  { variables, coefficients }: LinearModel,
): boolean {
  const { rest, lo, hi } = state.sumOf(index);
  let squares = 0n;
  variables.forEach((variable, at) => {
    const own = coefficients[at]! * state.half[variable]!;
    squares += own * own;
  });
  // Where figures are cut off, the middle of what they stand for is beside what is printed.
  const twice = 2n * rest + lo + hi;
  return 3n * twice * twice > 4n * ODD * ODD * squares;
}
