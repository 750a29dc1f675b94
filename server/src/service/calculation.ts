/** A relation laid out as an accountant would: item, printed, lower and upper limit; then the comparison. */
import { formatHalves, halves } from '../disclosure/amount';
import { amountOf, isNonZero, type Mode } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Operand } from '../relations/relation';
import { spanOf } from '../relations/rounding';
import { figuresOf } from './finding';
import { message, type Locale } from './messages';
import { labelOf, printedOf } from './places';

/** A Markdown table; amounts in the unit of the printed cell. */
export function calculationOf(evaluation: Evaluation, mode: Mode, locale: Locale): string {
  const { left, right, base = [] } = evaluation.relation;
  const { printed, computed, difference, allowed } = figuresOf(evaluation);
  const item = (operand: Operand, sign: string) => {
    const { cell } = operand;
    const { lo, hi } = limitsOf(operand, evaluation, mode);
    return [`${sign}${labelOf(cell, locale)}`, printedOf(cell, locale), lo, hi];
  };
  const parts = [
    ...right
      .filter(({ cell }) => isNonZero(cell))
      .map((o) => item(o, o.coefficient < 0 ? '− ' : '')),
    ...base
      .filter(({ cell }) => isNonZero(cell))
      .map((o) => item(o, o.coefficient < 0 ? '÷ − ' : '÷ ')),
  ];
  const own = left.map((operand) => item(operand, ''));
  const [only, ...more] = own;
  const total =
    more.length === 0
      ? [`**${only![0]!}**`, ...only!.slice(1)]
      : [`**${message(locale, 'hover.together')}**`, printed ?? '', '', ''];
  const rows = [
    ['hover.item', 'hover.printed', 'hover.lower', 'hover.upper'].map((key) =>
      message(locale, key as 'hover.item'),
    ),
    [':--', '--:', '--:', '--:'],
    ...parts,
    ...(more.length === 0 ? [] : own),
    [`**${message(locale, 'hover.computed')}**`, computed.value, computed.lo, computed.hi],
    total,
    [`**${message(locale, 'hover.allowed')}**`, '', allowed?.lo ?? '', allowed?.hi ?? ''],
    [`**${message(locale, 'hover.difference')}**`, difference ?? '', '', ''],
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** What a printed figure stands for; empty where it carries no digit. */
function limitsOf({ cell }: Operand, { relation }: Evaluation, mode: Mode) {
  if (!isNonZero(cell)) return { lo: '', hi: '' };
  const amount = amountOf(cell);
  const { place } = amount;
  const { lo, hi } = spanOf(amount, place, mode, relation.rule);
  const value = halves(amount, place);
  const ends = cell.sign === 1 ? [value + lo, value + hi] : [-value - hi, -value - lo];
  const [from, to] = ends.map((end) => formatHalves(end, place, cell.unit.exponent));
  return { lo: from!, hi: to! };
}
