/** Errors as people make them, put into documents whose right figures are known. */
import { pick } from '../../support/random';
import type { Random } from './model';

export const SLIPS = [
  'digit',
  'transposed',
  'missing',
  'extra',
  'shift',
  'sign',
  'unit',
  'neighbour',
  'namesake',
  'total',
  'omitted',
] as const;
export type SlipName = (typeof SLIPS)[number];

/** A cell that prints a figure, and what may be taken for it. */
export interface Site {
  readonly id: string;
  readonly printed: string;
  /** Figures of the rows above and below, and of the same row in other tables or columns. */
  readonly neighbours: readonly string[];
  readonly namesakes: readonly string[];
  /** What its parts add up to where rounding makes that another figure, or else one part left out. */
  readonly totals: readonly string[];
}

/** The figure printed wrong; undefined where this slip cannot happen here or changes nothing. */
export function slip(name: SlipName, site: Site, random: Random): string | undefined {
  const wrong = figure(name, site, random);
  return wrong === undefined || sameNumber(wrong, site.printed) ? undefined : wrong;
}

function figure(name: SlipName, site: Site, random: Random): string | undefined {
  const { printed } = site;
  const negative = printed.startsWith('-');
  const [whole = '', fraction = ''] = printed.replace('-', '').split('.');
  const digits = whole + fraction;
  const write = (text: string, decimals = fraction.length) => {
    const padded = text.replace(/^0+/, '').padStart(decimals + 1, '0');
    const split = padded.length - decimals;
    const point = decimals > 0 ? `.${padded.slice(split)}` : '';
    return `${negative ? '-' : ''}${padded.slice(0, split)}${point}`;
  };
  const at = Math.floor(random() * digits.length);
  const digit = String(Math.floor(random() * 10));
  switch (name) {
    case 'digit':
      return write(digits.slice(0, at) + digit + digits.slice(at + 1));
    case 'transposed':
      return write(
        digits.slice(0, at) + (digits[at + 1] ?? '') + digits[at]! + digits.slice(at + 2),
      );
    case 'missing':
      return write(digits.slice(0, at) + digits.slice(at + 1));
    case 'extra':
      return write(digits.slice(0, at) + (random() < 0.5 ? digits[at]! : digit) + digits.slice(at));
    case 'shift': {
      const by = pick([1, -1, 2, -2, 3], random);
      // The point moves; the decimals stay two.
      return by > 0 ? write(digits + '0'.repeat(by)) : write(digits.slice(0, by) || '0');
    }
    case 'sign':
      return negative ? printed.slice(1) : `-${printed}`;
    case 'unit':
      return write(`${digits}0000`);
    case 'neighbour':
      return site.neighbours.length > 0 ? pick(site.neighbours, random) : undefined;
    case 'namesake':
      return site.namesakes.length > 0 ? pick(site.namesakes, random) : undefined;
    case 'total':
      return site.totals.length > 0 ? pick(site.totals, random) : undefined;
    case 'omitted':
      return '';
  }
}

export function sameNumber(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(text: string): string {
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return plain === '' || plain === '-' || plain === '-0' ? '0' : plain;
}

/** Mistakes that touch many cells at once. */
export const STRUCTURAL = [
  'swapped-rows',
  'swapped-columns',
  'lost-row',
  'shifted',
  'signs',
  'repeated',
  'unit-of-table',
] as const;
export type StructuralName = (typeof STRUCTURAL)[number];
