import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAmount } from '../../server/src/disclosure/amount';
import { amountOf, type Cell, type Mode } from '../../server/src/disclosure/model';
import { evaluate } from '../../server/src/relations/evaluate';
import type { Relation } from '../../server/src/relations/relation';
import { Tails } from '../../server/src/relations/tails';

/**
 * Documents printed from exact amounts, each way a document may round: whatever the amounts are, a
 * right document must never be called wrong. The other way round, how far a total may be off is worked
 * out for truncated and adjusted sums.
 */
const RUNS = { numRuns: 3000, seed: 20240601 };

/** Exact amounts are counted in 分; 万元 has a million of them. */
const DECIMALS_OF_FEN = 6;

function print(fen: bigint, decimals: number, mode: Mode): string {
  const step = 10n ** BigInt(DECIMALS_OF_FEN - decimals);
  const size = fen < 0n ? -fen : fen;
  const units = (mode === 'truncated' ? size : size + step / 2n) / step;
  const text = String(units).padStart(decimals + 1, '0');
  const split = text.length - decimals;
  const sign = fen < 0n && units > 0n ? '-' : '';
  return sign + text.slice(0, split) + (decimals > 0 ? `.${text.slice(split)}` : '');
}

/** Of a table that was read whole. */
const surroundings = {
  table: { spec: {}, hides: () => false, hidesRows: () => false },
  row: { section: { id: '' } },
};

function outcome(total: string, parts: readonly string[], mode: Mode, kind = 'sum') {
  const operand = (printed: string) => ({
    cell: {
      ...surroundings,
      ...{ printed, state: 'amount', amount: parseAmount(printed, 4) },
    } as unknown as Cell,
    coefficient: 1 as const,
  });
  const relation: Relation = {
    id: '',
    rule: { kind, target: { table: 'T5' } } as Relation['rule'],
    left: [operand(total)],
    right: parts.map(operand),
    comparator: 'eq',
  };
  return evaluate(relation, { mode, tails: new Tails(() => []), amount: amountOf }).outcome;
}

/** At least one 万元, so that nothing non-zero is printed as zero, which has no width. */
const exact = fc.oneof(fc.bigInt(10n ** 6n, 10n ** 10n), fc.bigInt(-(10n ** 10n), -(10n ** 6n)));
const part = fc.tuple(exact, fc.constantFrom(0, 1, 2));
const mode = fc.constantFrom<Mode>('nearest', 'truncated');

describe('a right document', () => {
  test('is never called wrong, whatever its precisions', () => {
    const parts = fc.array(part, { minLength: 2, maxLength: 7 });
    fc.assert(
      fc.property(parts, fc.constantFrom(0, 1, 2), mode, (amounts, decimals, rounding) => {
        const sum = amounts.reduce((total, [fen]) => total + fen, 0n);
        fc.pre((sum < 0n ? -sum : sum) >= 10n ** 6n);
        const printed = amounts.map(([fen, places]) => print(fen, places, rounding));
        expect(outcome(print(sum, decimals, rounding), printed, rounding)).not.toBe('fails');
      }),
      RUNS,
    );
  });

  test('has equal copies, and shares that are within rounding at another precision', () => {
    fc.assert(
      fc.property(
        exact,
        fc.constantFrom(0, 1, 2),
        fc.constantFrom(0, 1, 2),
        mode,
        (fen, a, b, m) => {
          const result = outcome(print(fen, a, m), [print(fen, b, m)], m, 'equal');
          expect(result).not.toBe('fails');
          if (a === b) expect(result).toBe('holds');
        },
      ),
      RUNS,
    );
  });
});

describe('how far a printed total may be off its n printed parts', () => {
  const units = fc.array(fc.bigInt(100n, 99999n), { minLength: 2, maxLength: 6 });
  const off = fc.bigInt(-4n, 9n);
  const shown = (value: bigint) => print(value * 10000n, 2, 'nearest');
  const result = (parts: readonly bigint[], by: bigint, rounding: Mode) => {
    const total = parts.reduce((a, b) => a + b, 0n) + by;
    return outcome(shown(total), parts.map(shown), rounding);
  };

  test('truncated: not below them, and less than n last places above', () => {
    fc.assert(
      fc.property(units, off, (parts, by) => {
        const within = by > 0n && by < BigInt(parts.length);
        const expected = by === 0n ? 'holds' : within ? 'rounding' : 'fails';
        expect(result(parts, by, 'truncated')).toBe(expected);
        // Cut off towards zero, negative amounts are the mirror image.
        const negative = parts.map((value) => -value);
        expect(result(negative, -by, 'truncated')).toBe(expected);
      }),
      RUNS,
    );
  });

  test('adjusted: not at all', () => {
    fc.assert(
      fc.property(units, off, (parts, by) => {
        expect(result(parts, by, 'exact')).toBe(by === 0n ? 'holds' : 'fails');
      }),
      RUNS,
    );
  });
});
