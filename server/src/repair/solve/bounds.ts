/** Bounds in a variable's halves, both included; open sides are undefined. */
export interface Bounds {
  readonly lo?: bigint;
  readonly hi?: bigint;
}

export function intersect(a: Bounds, b: Bounds): Bounds {
  const lo = a.lo === undefined ? b.lo : b.lo === undefined || b.lo < a.lo ? a.lo : b.lo;
  const hi = a.hi === undefined ? b.hi : b.hi === undefined || b.hi > a.hi ? a.hi : b.hi;
  return { ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) };
}

/** What lies between the widest ends of both. */
export function hull(a: Bounds, b: Bounds): Bounds {
  const lo = a.lo === undefined || b.lo === undefined ? undefined : b.lo < a.lo ? b.lo : a.lo;
  const hi = a.hi === undefined || b.hi === undefined ? undefined : b.hi > a.hi ? b.hi : a.hi;
  return { ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) };
}

/** What lies between the least and the greatest of some values; `values` are not empty. */
export function hullOf(values: Iterable<bigint>): Required<Bounds> {
  let lo: bigint | undefined;
  let hi: bigint | undefined;
  for (const value of values) {
    if (lo === undefined || value < lo) lo = value;
    if (hi === undefined || value > hi) hi = value;
  }
  return { lo: lo!, hi: hi! };
}

/** The same on both sides more, or less if it is below zero. */
export function widened({ lo, hi }: Bounds, by: bigint): Bounds {
  return { ...(lo !== undefined && { lo: lo - by }), ...(hi !== undefined && { hi: hi + by }) };
}

/** What of it can be reached in whole steps. */
export function onGrid({ lo, hi }: Bounds, step: bigint): Bounds {
  return {
    ...(lo !== undefined && { lo: ceilDivide(lo, step) * step }),
    ...(hi !== undefined && { hi: floorDivide(hi, step) * step }),
  };
}

export function isWithin(value: bigint, { lo, hi }: Bounds): boolean {
  return (lo === undefined || value >= lo) && (hi === undefined || value <= hi);
}

export function isEmpty({ lo, hi }: Bounds): boolean {
  return lo !== undefined && hi !== undefined && lo > hi;
}

/** Division towards minus infinity; the divisor is positive. */
export function floorDivide(n: bigint, divisor: bigint): bigint {
  const remainder = ((n % divisor) + divisor) % divisor;
  return (n - remainder) / divisor;
}

/** Division towards plus infinity; the divisor is positive. */
export function ceilDivide(n: bigint, divisor: bigint): bigint {
  return -floorDivide(-n, divisor);
}
