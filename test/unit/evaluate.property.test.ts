import Decimal from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAmount, ZERO } from '../../server/src/disclosure/amount';
import { amountOf, type Cell, type CellState } from '../../server/src/disclosure/model';
import { evaluate, type Context } from '../../server/src/relations/evaluate';
import type { Operand, Relation } from '../../server/src/relations/relation';
import { Tails } from '../../server/src/relations/tails';

/**
 * The evaluation, which counts in integers, against the rules of rounding written down once more with
 * decimal intervals in 元. The oracle shares nothing with the code under test but the printed text.
 */
const RUNS = { numRuns: 3000, seed: 20240601 };
const D = Decimal.clone({ precision: 60 });

interface Printed {
  readonly text: string;
  /** Power of ten of 元. */
  readonly unit: number;
}

/** Value and half width in 元: zero, blanks and 元 printed to 分 have none. */
function interval({ text, unit }: Printed): { value: Decimal; half: Decimal; lastPlace: number } {
  const value = new D(text === '' ? 0 : text).times(new D(10).pow(unit));
  const decimals = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  const lastPlace = unit - decimals;
  const exact = value.isZero() || lastPlace <= -2;
  return { value, half: exact ? new D(0) : new D(10).pow(lastPlace).div(2), lastPlace };
}

const sum = (values: readonly Decimal[]) => values.reduce((a, b) => a.plus(b), new D(0));

type Expected = 'holds' | 'rounding' | 'fails' | 'empty';

/** Target against parts, no sums behind either side: "in general iff the intervals meet". */
function expected(target: Printed, parts: readonly Printed[], comparator: 'eq' | 'ge'): Expected {
  if ([target, ...parts].every(({ text }) => text === '')) return 'empty';
  const left = interval(target);
  const right = parts.map(interval);
  const gap = left.value.minus(sum(right.map(({ value }) => value)));
  const tolerance = left.half.plus(sum(right.map(({ half }) => half)));
  if (comparator === 'ge') {
    if (gap.gte(0)) return 'holds';
    return gap.neg().lte(tolerance) ? 'rounding' : 'fails';
  }
  if (gap.isZero()) return 'holds';
  const nonZero = right.filter(({ value }) => !value.isZero());
  const copy =
    !left.value.isZero() && nonZero.length === 1 && nonZero[0]!.lastPlace === left.lastPlace;
  if (copy) return 'fails';
  return gap.abs().lte(tolerance) ? 'rounding' : 'fails';
}

/** What the evaluation reads of a cell, and nothing else. */
function cell({ text, unit }: Printed): Cell {
  const state: CellState = text === '' ? 'blank' : 'amount';
  const amount = text === '' ? ZERO : parseAmount(text, unit);
  // Of a table that was read whole.
  const table = {
    spec: {},
    isIncomplete: () => false,
    hides: () => false,
    hidesRows: () => false,
  };
  return { printed: text, state, amount, table, row: { section: { id: '' } } } as unknown as Cell;
}

const operand = (printed: Printed): Operand => ({ cell: cell(printed), coefficient: 1 });

function relation(left: readonly Operand[], right: readonly Operand[], kind = 'equal'): Relation {
  return { id: '', rule: { kind } as Relation['rule'], left, right, comparator: 'eq' };
}

const context = (structure: readonly Relation[] = [], amounts = amountOf): Context => ({
  mode: 'nearest',
  tails: new Tails(() => structure),
  amount: amounts,
});

function outcome(target: Printed, parts: readonly Printed[], comparator: 'eq' | 'ge' = 'eq') {
  const instance = relation([operand(target)], parts.map(operand));
  return evaluate({ ...instance, comparator }, context()).outcome;
}

const digits = (value: bigint, decimals: number): string => {
  const [sign, text] = value < 0n ? ['-', String(-value)] : ['', String(value)];
  const padded = text.padStart(decimals + 1, '0');
  const split = padded.length - decimals;
  return sign + padded.slice(0, split) + (decimals > 0 ? `.${padded.slice(split)}` : '');
};

/** Small numbers, so that sums come out near their totals often enough; zeros and blanks too. */
const amount = (decimals: number, unit: number): fc.Arbitrary<Printed> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.bigInt(-400n, 400n).map((n) => ({ text: digits(n, decimals), unit })),
    },
    { weight: 1, arbitrary: fc.constant({ text: '', unit }) },
  );

const precisions = fc.tuple(fc.constantFrom(0, 1, 2, 3), fc.constantFrom(0, 4));
const anyAmount = precisions.chain(([decimals, unit]) => amount(decimals, unit));

/** A printed total that is off its parts by a few units of some last place. */
const nearTotal = fc
  .tuple(fc.array(anyAmount, { maxLength: 6 }), precisions, fc.bigInt(-6n, 6n))
  .map(([parts, [decimals, unit], off]) => {
    const exact = sum(parts.map((part) => interval(part).value)).div(new D(10).pow(unit));
    const units = BigInt(exact.times(new D(10).pow(decimals)).toDecimalPlaces(0).toFixed(0)) + off;
    return { target: { text: digits(units, decimals), unit }, parts };
  });

describe('evaluation agrees with decimal intervals', () => {
  test('for sums at one precision: |Σ − total| ≤ (n+1)·½ of the last place', () => {
    const sums = fc
      .tuple(fc.constantFrom(0, 1, 2), fc.integer({ min: 2, max: 8 }))
      .chain(([decimals, n]) =>
        fc.tuple(
          fc.constant(decimals),
          fc.array(fc.bigInt(1n, 99999n), { minLength: n, maxLength: n }),
          fc.bigInt(-7n, 7n),
        ),
      );
    fc.assert(
      fc.property(sums, ([decimals, parts, off]) => {
        const print = (units: bigint) => ({ text: digits(units, decimals), unit: 4 });
        const total = parts.reduce((a, b) => a + b, 0n) + off;
        fc.pre(total !== 0n);
        const distance = off < 0n ? -off : off;
        const within = 2n * distance <= BigInt(parts.length + 1);
        const result = outcome(print(total), parts.map(print));
        expect(result).toBe(off === 0n ? 'holds' : within ? 'rounding' : 'fails');
      }),
      RUNS,
    );
  });

  test('for sums of mixed precision and unit', () => {
    fc.assert(
      fc.property(nearTotal, ({ target, parts }) => {
        expect(outcome(target, parts)).toBe(expected(target, parts, 'eq'));
      }),
      RUNS,
    );
  });

  test('for limits', () => {
    fc.assert(
      fc.property(nearTotal, ({ target, parts }) => {
        expect(outcome(target, parts, 'ge')).toBe(expected(target, parts, 'ge'));
      }),
      RUNS,
    );
  });

  test('for arbitrary amounts, large ones included', () => {
    const large = precisions.chain(([decimals, unit]) =>
      fc.bigInt(-(10n ** 15n), 10n ** 15n).map((n) => ({ text: digits(n, decimals), unit })),
    );
    fc.assert(
      fc.property(
        large,
        fc.array(fc.oneof(large, anyAmount), { maxLength: 5 }),
        (target, parts) => {
          expect(outcome(target, parts)).toBe(expected(target, parts, 'eq'));
        },
      ),
      RUNS,
    );
  });

  test('the order of addends says nothing', () => {
    fc.assert(
      fc.property(nearTotal, ({ target, parts }) => {
        expect(outcome(target, [...parts].reverse())).toBe(outcome(target, parts));
      }),
      RUNS,
    );
  });
});

describe('copies at one precision', () => {
  /** One copy is printed with parts of its own, which add up to it or miss it by `tail`. */
  const copies = fc.record({
    units: fc.bigInt(10n, 999999n),
    off: fc.bigInt(-3n, 3n),
    tail: fc.constantFrom(0n, 0n, 1n, -1n),
    split: fc.integer({ min: 2, max: 4 }),
    summed: fc.constantFrom('left', 'right', 'none'),
    unit: fc.constantFrom(0, 4),
  });

  test('must be the same digits, but for one last place where one is the sum of its parts', () => {
    fc.assert(
      fc.property(copies, ({ units, off, tail, split, summed, unit }) => {
        fc.pre(units + off > 0n);
        const print = (value: bigint) => operand({ text: digits(value, 2), unit });
        const [left, right] = [print(units), print(units + off)];
        const whole = summed === 'right' ? units + off : units;
        const share = whole / BigInt(split);
        fc.pre(share > 0n);
        const last = whole - share * BigInt(split - 1) + tail;
        const parts = [...Array<bigint>(split - 1).fill(share), last].map(print);
        const structure =
          summed === 'none' ? [] : [relation([summed === 'left' ? left : right], parts, 'sum')];
        const { outcome: result, copy } = evaluate(relation([left], [right]), context(structure));
        // 元 printed to 分 was never rounded, so nothing explains a difference.
        const explained = summed !== 'none' && tail === 0n && unit !== 0;
        const one = off === 1n || off === -1n;
        expect(copy).toBe(true);
        expect(result).toBe(off === 0n ? 'holds' : one && explained ? 'rounding' : 'fails');
      }),
      RUNS,
    );
  });

  test('a single addend explains nothing unless it is itself a sum of parts', () => {
    const [total, only, twin] = ['100.01', '100.01', '100.00'].map((text) =>
      operand({ text, unit: 4 }),
    ) as [Operand, Operand, Operand];
    const a = operand({ text: '60.00', unit: 4 });
    const b = operand({ text: '40.01', unit: 4 });
    const passedOn = relation([total], [only], 'sum');
    const added = relation([only], [a, b], 'sum');
    expect(evaluate(relation([total], [twin]), context([passedOn])).outcome).toBe('fails');
    expect(evaluate(relation([total], [twin]), context([passedOn, added])).outcome).toBe(
      'rounding',
    );
  });

  test('amounts read through the search for a value count, not those printed', () => {
    const left = operand({ text: '10.00', unit: 4 });
    const right = operand({ text: '12.00', unit: 4 });
    const supposed = parseAmount('12.00', 4)!;
    const amounts = (c: Cell) => (c === left.cell ? supposed : amountOf(c));
    expect(evaluate(relation([left], [right]), context([], amounts)).outcome).toBe('holds');
  });
});
