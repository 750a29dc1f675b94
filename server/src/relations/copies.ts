import type { Mode } from '../disclosure/model';

/** One of two copies of an amount, both printed to the same place. */
export interface Copy {
  /** Signed number of units of the last printed place. */
  readonly units: bigint;
  /** It was never rounded (元 printed to 分). */
  readonly exact: boolean;
  /** How many of its own printed parts it is plainly the sum of; 0 where it is no plain sum. */
  readonly parts: number;
}

/** Whether two copies that differ may still be the same amount: only a rounding tail explains that. */
export function copiesAgree(
  a: Copy,
  b: Copy,
  mode: Mode,
  /** Whether the relation stands inside one table. */
  structural: boolean,
): boolean {
  // There is no tail that could explain a difference of what was never rounded.
  if (a.exact || b.exact) return false;
  const one = a.units - b.units === 1n || b.units - a.units === 1n;
  switch (mode) {
    case 'nearest':
      return one && (a.parts > 1 || b.parts > 1);
    case 'truncated':
      return falls(a, b) || falls(b, a);
    case 'exact':
      // Each table is adjusted by itself.
      return one && !structural;
  }
}

/**
 * Whether a plain sum of truncated parts can stand for the same money as the other copy: each part lost
 * less than one last place, so the sum is smaller, by less than one place a part.
 */
function falls(sum: Copy, copy: Copy): boolean {
  const lost = copy.units - sum.units;
  const missing = copy.units < 0n ? -lost : lost;
  return missing > 0n && missing < BigInt(sum.parts);
}
