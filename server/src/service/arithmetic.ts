import { formatHalves } from '../disclosure/amount';
import type { Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { isNonZero } from '../disclosure/model';
import type { Operand } from '../relations/relation';
import { figureOf } from './places';

const SIGNS = { eq: ['=', '≈', '≠'], ge: ['≥', '≈', '<'], le: ['≤', '≈', '>'] } as const;

/** The calculation in one line: `13.99 + 1357.84 + 32.15 + 25.71 = 1429.69 ≈ 1429.68`. */
export function arithmeticOf({ relation, measure, outcome }: Evaluation): string {
  const { left, right, place } = measure!;
  const unit = relation.left[0]!.cell.table.unit.exponent;
  const text = (value: bigint) => formatHalves(value, place, unit);
  const [holds, rounding, fails] = SIGNS[relation.comparator];
  const sign = outcome === 'fails' ? fails : outcome === 'rounding' ? rounding : holds;
  const computed = side(relation.right, text(right));
  // A sum that holds says its total by itself.
  if (sign === '=' && relation.left.length === 1 && computed.includes(' = ')) return computed;
  return `${side(relation.left, text(left))} ${sign} ${computed}`;
}

function side(operands: readonly Operand[], total: string): string {
  const items = operands.filter(({ cell }) => isNonZero(cell));
  if (items.length <= 1 && (items[0]?.coefficient ?? 1) === 1) return total;
  const sum = items
    .map(({ cell, coefficient }, index) => {
      const sign = coefficient > 0 ? (index === 0 ? '' : '+ ') : '− ';
      return `${sign}${figureOf(cell)}`;
    })
    .join(' ');
  return `${total} = ${sum}`;
}

/** The cells that carry the calculation: the printed one, and the others that are not zero. */
export function itemsOf({ relation }: Evaluation): { cell: Cell; sign: string }[] {
  const item = ({ cell, coefficient }: Operand) => ({ cell, sign: coefficient < 0 ? '−' : '' });
  return [
    ...relation.left.map(item),
    ...relation.right.filter(({ cell }) => isNonZero(cell)).map(item),
  ];
}
