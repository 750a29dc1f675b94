import { formatHalves } from '../disclosure/amount';
import { isNonZero, type Cell } from '../disclosure/model';
import type { Evaluation, Outcome } from '../relations/evaluate';
import { isOverNothing } from '../relations/ratio';
import type { Operand, Relation } from '../relations/relation';
import { figureOf } from './places';

const SIGNS = { eq: ['=', '≈', '≠'], ge: ['≥', '≈', '<'], le: ['≤', '≈', '>'] } as const;

/** The calculation in one line: `13.99 + 1357.84 + 32.15 + 25.71 = 1429.69 ≈ 1429.68`. */
export function arithmeticOf(evaluation: Evaluation): string {
  const { relation, measure, otherwise } = evaluation;
  const outcome = otherwise ?? evaluation.outcome;
  const { left, right, place } = measure!;
  const { unit } = relation.left[0]!.cell;
  const text = (value: bigint) => formatHalves(value, place, unit.exponent);
  // Nothing can be divided by nothing.
  if (isOverNothing(relation)) return `${text(left)}%`;
  if (relation.base) return ratioOf(relation, `${text(left)}%`, `${text(right)}%`, outcome);
  const [holds, rounding, fails] = SIGNS[relation.comparator];
  const sign = outcome === 'fails' ? fails : outcome === 'rounding' ? rounding : holds;
  const computed = side(relation.right, text(right));
  // A sum that holds says its total by itself.
  if (sign === '=' && relation.left.length === 1 && computed.includes(' = ')) return computed;
  return `${side(relation.left, text(left))} ${sign} ${computed}`;
}

/** `63.52% = 555.35 ÷ (1429.68 − 555.35)`, with what it is where that is something else. */
function ratioOf(
  { right, base = [] }: Relation,
  printed: string,
  computed: string,
  outcome: Outcome,
): string {
  const over = expression(right);
  const under = expression(base);
  const bracket = (text: string) => (text.includes(' ') ? `(${text})` : text);
  const quotient = `${bracket(over)} ÷ ${bracket(under)}`;
  if (outcome === 'holds') return `${printed} = ${quotient}`;
  return `${printed} ${outcome === 'fails' ? '≠' : '≈'} ${computed} = ${quotient}`;
}

/** A sum of figures; a change that is printed as a decrease is taken off, not added negative. */
function expression(operands: readonly Operand[]): string {
  const items = nonZero(operands, MOST_TERMS + 1);
  if (items.length === 0) return '0';
  const terms = items
    .slice(0, MOST_TERMS)
    .map(({ cell, coefficient }, index) => {
      const plus = coefficient * cell.sign > 0;
      const sign = plus ? (index === 0 ? '' : '+ ') : index === 0 ? '−' : '− ';
      return `${sign}${figureOf(cell)}`;
    })
    .join(' ');
  return items.length <= MOST_TERMS ? terms : `${terms} + …`;
}

/** A longer sum is read by nobody. */
const MOST_TERMS = 60;

/** The first operands that carry a digit: of a total with thousands of parts not all are looked at. */
function nonZero(operands: readonly Operand[], most: number): Operand[] {
  const found: Operand[] = [];
  for (const operand of operands) {
    if (found.length === most) break;
    if (isNonZero(operand.cell)) found.push(operand);
  }
  return found;
}

function side(operands: readonly Operand[], total: string): string {
  const items = nonZero(operands, 2);
  if (items.length <= 1 && (items[0]?.coefficient ?? 1) === 1) return total;
  return `${total} = ${expression(operands)}`;
}

/** The cells that carry the calculation: the printed one, and the others that are not zero. */
export function itemsOf({ relation }: Evaluation): { cell: Cell; sign: string }[] {
  const { left, right, base = [] } = relation;
  const item = ({ cell, coefficient }: Operand) => ({ cell, sign: coefficient < 0 ? '−' : '' });
  return [
    ...left.map(item),
    ...[...right, ...base].filter(({ cell }) => isNonZero(cell)).map(item),
  ];
}
