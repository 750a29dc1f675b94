/**
 * The arguments of a call are on the stack, which a long document fills: what is as long as a document
 * likes is never spread into one. Lint refuses `push(...all)` and `Math.min(...all)` for that.
 */

/** Adds all of some items to a list. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

/** The least of some numbers; `Infinity` of none, or what it shall be at most. */
export function leastOf(numbers: Iterable<number>, most = Infinity): number {
  let least = most;
  for (const number of numbers) if (number < least) least = number;
  return least;
}

/** The greatest of some numbers; `-Infinity` of none, or what it shall be at least. */
export function greatestOf(numbers: Iterable<number>, least = -Infinity): number {
  let greatest = least;
  for (const number of numbers) if (number > greatest) greatest = number;
  return greatest;
}
