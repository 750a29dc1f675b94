/**
 * How likely a figure is to have been printed for another by a slip. Costs are bits, -log2 of a
 * probability: of the kind of slip, and of this outcome among all that kind has. They order proposals;
 * no verdict of certainty hangs on them.
 *
 * That four of five slips are one character wrong, left out, put in or two exchanged is Damerau's finding
 * for text; wrong digits lead for figures. The other kinds are what published accounts show (decimal
 * point, unit of ten thousand, the row above, the same row of another table), rated as seldom as they are
 * there. Only ratios of these numbers matter, and proposals hardly change when they are halved or doubled.
 */

export type SlipKind =
  | 'digit'
  | 'transposed'
  | 'missing'
  | 'extra'
  | 'shift'
  | 'unit'
  | 'sign'
  | 'neighbour'
  | 'namesake'
  | 'total'
  | 'omitted'
  | 'calculated'
  | 'base'
  | 'year'
  | 'other';

export interface Slip {
  readonly kind: SlipKind;
  readonly bits: number;
  /** For `unit` and `shift`: by how many places the figure is too large. */
  readonly moved?: number;
}

const SHARE: Readonly<Record<SlipKind, number>> = {
  digit: 0.35,
  transposed: 0.12,
  missing: 0.1,
  extra: 0.08,
  shift: 0.06,
  unit: 0.03,
  sign: 0.03,
  neighbour: 0.06,
  namesake: 0.06,
  total: 0.03,
  // A blank line is most often truly blank, so an omission has to be rarer still.
  omitted: 0.005,
  calculated: 0.1,
  base: 0.05,
  year: 0.05,
  other: 0.03,
};

/** Figures that may have been taken for the right one, as they are printed. */
export interface Surroundings {
  readonly neighbours: readonly string[];
  readonly namesakes: readonly string[];
  /** Sums of which the variable is a total: what its parts add up to. */
  readonly totals: readonly string[];
}

/** Fewer digits than these are the same by chance, and nearly every other figure is some slip of them. */
const FEWEST_DIGITS = 3;

/** Whether a printed figure has digits enough to tell where it came from. */
export const isTelling = (printed: string) =>
  printed.replace(/\D/g, '').replace(/^0+|0+$/g, '').length >= FEWEST_DIGITS;

/** The likeliest slip that prints `printed` for `right`; both plain decimals of one unit. */
export function slipBetween(right: string, printed: string, around: Surroundings): Slip {
  return slipsTo(printed, around)(right);
}

/** The same for many figures that may have been the right one. */
export function slipsTo(printed: string, around: Surroundings): (right: string) => Slip {
  const typed = parts(printed);
  const taken = takenFrom(printed, around);
  return (right) => {
    let best: Slip | undefined;
    for (const one of candidates(parts(right), typed, taken)) {
      if (!best || one.bits < best.bits) best = one;
    }
    return best!;
  };
}

/** A figure that stands somewhere around was taken from there. */
function takenFrom(printed: string, { neighbours, namesakes, totals }: Surroundings): Slip[] {
  const own = key(printed);
  if (own === '') return [];
  const isAmong = (others: readonly string[]) => others.some((other) => key(other) === own);
  return [
    ...(isAmong(neighbours) ? [slip('neighbour', neighbours.length)] : []),
    ...(isAmong(namesakes) ? [slip('namesake', namesakes.length)] : []),
    ...(isAmong(totals) ? [slip('total', totals.length)] : []),
  ];
}

/**
 * Ratios are worked out by hand, from figures that have changed since or over another base. What is worked
 * out wrongly is mostly not far off: it is as common by one last place as by ten to a hundred.
 * @param places by how many of its last places it is off
 */
export function calculated(
  made: Slip,
  printed: string,
  places: bigint,
  isOverOther: boolean,
): Slip {
  const length = lengthOf(parts(printed));
  const digits = places.toString().length;
  const far = Math.min(10 ** length, SPREAD * 10 ** (digits - 1));
  const wrong = isOverOther ? slip('base', 1) : slip('calculated', far);
  return made.bits < wrong.bits ? made : wrong;
}

/** Last year's amount printed for the change that leads from it to this year's. */
export const ofYear = (made: Slip): Slip => {
  const taken = slip('year', 1);
  return made.bits < taken.bits ? made : taken;
};

/** To both sides, and by six orders of magnitude. */
const SPREAD = 14;

const lengthOf = ({ digits }: Parts) => Math.max(digits.length, 1);

/** From what is right to what is typed. */
function* candidates(a: Parts, b: Parts, taken: readonly Slip[]): Iterable<Slip> {
  const length = Math.max(a.digits.length, b.digits.length, 1);
  yield slip('other', 10 ** length);
  // Left out, as a blank or as a zero.
  if (b.digits === '') {
    yield slip('omitted', 1);
    return;
  }
  yield* taken;
  if (a.negative !== b.negative) {
    if (a.digits === b.digits && a.decimals === b.decimals) yield slip('sign', 1);
    return;
  }
  for (const moved of TEN_THOUSAND) {
    if (isScaled(a, b, moved)) yield slip('unit', 2, moved);
  }
  const moved = shiftOf(a, b);
  if (moved !== 0) yield slip('shift', 2 * Math.abs(moved), moved);
  const [from, to] = aligned(a, b);
  if (from.length === to.length) {
    const at = differences(from, to);
    if (at.length === 1) yield slip('digit', 9 * length);
    const [first, second] = at;
    const exchanged =
      moved === 0 &&
      first !== undefined &&
      second === first + 1 &&
      at.length === 2 &&
      from[first] === to[second] &&
      from[second] === to[first];
    if (exchanged) yield slip('transposed', length);
  }
  // Digits typed without the point keep the point where it is: count them without leading zeros.
  const [typed, wanted] = [b.digits, a.digits];
  if (typed.length + 1 === wanted.length && lacksOne(wanted, typed)) yield slip('missing', length);
  if (typed.length === wanted.length + 1 && lacksOne(typed, wanted)) {
    yield slip('extra', (isDoubled(typed, wanted) ? 2 : 10) * length);
  }
}

/** What it costs that a figure was left out, whichever it is; and that it is none that a slip makes of it. */
export const OMITTED_BITS = -Math.log2(SHARE.omitted);
export const OTHER_BITS = -Math.log2(SHARE.other);

/** How many digits a printed figure has, leading zeros aside; one at the least. */
export const digitsOf = (printed: string): number => lengthOf(parts(printed));

const slip = (kind: SlipKind, outcomes: number, moved?: number): Slip => {
  const bits = Math.log2(outcomes) - Math.log2(SHARE[kind]);
  return moved === undefined ? { kind, bits } : { kind, bits, moved };
};

interface Parts {
  readonly negative: boolean;
  /** Without the point and leading zeros. */
  readonly digits: string;
  readonly decimals: number;
}

function parts(text: string): Parts {
  const plain = text.trim().replaceAll(',', '');
  const [whole = '', fraction = ''] = plain.replace(/^[+-]/, '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  return { negative: plain.startsWith('-'), digits, decimals: fraction.length };
}

/** Both with the same decimals. */
function aligned(a: Parts, b: Parts): [string, string] {
  const decimals = Math.max(a.decimals, b.decimals);
  const pad = (p: Parts) => p.digits + '0'.repeat(decimals - p.decimals);
  const length = Math.max(pad(a).length, pad(b).length);
  const [x, y] = [pad(a), pad(b)];
  // A first digit that became zero is a digit wrong, not one missing.
  return Math.abs(x.length - y.length) <= 1
    ? [x.padStart(length, '0'), y.padStart(length, '0')]
    : [x, y];
}

/** 元 for 万元, 亿元 for 万元. */
const TEN_THOUSAND = [4, -4] as const;

/** Whether what is printed is the right figure times a power of ten, rounded to its own place. */
function isScaled(a: Parts, b: Parts, moved: number): boolean {
  if (a.digits === '') return false;
  const [right, printed] = [BigInt(a.digits), BigInt(b.digits)];
  const finer = moved - a.decimals + b.decimals;
  if (finer >= 0) return printed === right * 10n ** BigInt(finer);
  const scale = 10n ** BigInt(-finer);
  return printed === (2n * right + scale) / (2n * scale);
}

/** By how many places the point has moved; 0 where that does not explain it. */
function shiftOf(a: Parts, b: Parts): number {
  const [x, y] = [a.digits.replace(/0+$/, ''), b.digits.replace(/0+$/, '')];
  if (x === '' || x !== y) return 0;
  const magnitude = (p: Parts) => p.digits.length - p.decimals;
  return magnitude(b) - magnitude(a);
}

function differences(a: string, b: string): number[] {
  return [...a].flatMap((digit, at) => (digit === b[at] ? [] : [at]));
}

function lacksOne(longer: string, shorter: string): boolean {
  let at = 0;
  while (at < shorter.length && longer[at] === shorter[at]) at++;
  return longer.slice(at + 1) === shorter.slice(at);
}

function isDoubled(longer: string, shorter: string): boolean {
  let at = 0;
  while (at < shorter.length && longer[at] === shorter[at]) at++;
  return at > 0 && longer[at] === longer[at - 1];
}

/** The same for `6.2` and `6.20`; empty for zero. */
function key(text: string): string {
  const { negative, digits, decimals } = parts(text);
  if (digits === '') return '';
  const bare = digits.replace(/0+$/, '');
  return `${negative ? '-' : ''}${bare}e${digits.length - bare.length - decimals}`;
}
