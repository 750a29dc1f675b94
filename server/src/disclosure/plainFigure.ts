/**
 * A figure as nearly all are written, digits and perhaps a point: read without making a cell of it, and
 * counted in a number, which holds so few digits exactly.
 */
export interface PlainFigure {
  /** Signed units of the last printed place; the sum of a few thousand is still exact. */
  readonly units: number;
  /** The last printed place as a power of ten of 元. */
  readonly place: number;
  /** False where nothing is printed, which counts as zero. */
  readonly said: boolean;
}

/** More digits are read as an {@link Amount}. */
const MOST_DIGITS = 12;

export const UNSAID: PlainFigure = { units: 0, place: 0, said: false };

const [ZERO, NINE, POINT, MINUS] = Array.from('09.-', (sign) => sign.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
];

/**
 * Reads one; undefined for whatever else is written, be it right or wrong.
 * @param unit power of ten of 元 of the unit in force
 */
export function plainFigure(text: string, unit: number): PlainFigure | undefined {
  const { length } = text;
  if (length === 0) return UNSAID;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let units = 0;
  let point = -1;
  if (length - start > MOST_DIGITS + 1) return undefined;
  for (let i = start; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) units = units * 10 + (code - ZERO);
    else if (code === POINT && point < 0 && i > start) point = i;
    else return undefined;
  }
  if (start === length || point === length - 1) return undefined;
  const decimals = point < 0 ? 0 : length - 1 - point;
  return { units: start > 0 ? -units : units, place: unit - decimals, said: true };
}
