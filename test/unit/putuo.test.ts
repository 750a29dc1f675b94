import { describe, expect, it } from 'vitest';
import expected from '../fixtures/putuo.expected.json';
import { causesOf } from '../../server/src/service/findings';
import { reportOf } from '../../server/src/service/report';
import { alarms, analyzeText, exampleText } from '../support/examples';

const FINANCE = 'putuo-finance-2024.disclosure.yaml';
const ECOLOGY = 'putuo-ecology-2025.disclosure.json';

/**
 * One finding more than the reader listed: in T4 the 合计 of 208 repeats the general public budget's
 * 326.71 (its fund cells are blank), so it stands against T5's 326.72 as well. It is the same tail.
 */
const REPEATED: Readonly<Record<string, readonly string[]>> = {
  [FINANCE]: ['x.general-class-total T4 out.208 total 326.71 326.72'],
  [ECOLOGY]: [],
};

describe.each([FINANCE, ECOLOGY] as const)('the tables of %s', (name) => {
  const { counts, findings } = expected[name];
  const analysis = analyzeText(exampleText(name), name);
  const report = reportOf(name, analysis, 'zh-cn');

  it('have nothing above information', () => {
    expect(alarms(analysis)).toEqual([]);
    expect(report.unchecked.filter(({ rule }) => !rule.startsWith('section.'))).toEqual([]);
  });

  it('have exactly the tails that a careful reader finds', () => {
    const tails = report.findings.filter((finding) => finding.class === 'rounding');
    const found = tails.map(({ rule, cell, printed, computed, severity }) => {
      expect(severity).toBe('information');
      return [rule, cell!.table, cell!.row, cell!.column, printed, computed!.value].join(' ');
    });
    const wanted = findings.map(([, ...facts]) => facts.slice(0, 6).join(' '));
    expect(found.sort()).toEqual([...wanted, ...REPEATED[name]!].sort());
  });

  it('tell what is one tail in one place', () => {
    const tailOf = new Map(
      findings.map(([, rule, table, row, column, , , tail]) => [
        [rule, table, row, column].join(' '),
        tail,
      ]),
    );
    for (const view of causesOf(analysis, 'zh-cn').filter(({ verdict }) => verdict === 'tail')) {
      const tails = view.findings.flatMap(
        ({ rule, cell }) =>
          tailOf.get([rule, cell!.table, cell!.row, cell!.column].join(' ')) ?? [],
      );
      expect(new Set(tails).size, view.message).toBe(1);
    }
  });

  it.each(counts as [string, number, string[]][])(
    'are checked for every relation of kind %s (%i)',
    (_kind, count, rules) => {
      const evaluated = rules.map((rule) => {
        const { holds = 0, rounding = 0, empty = 0, fails = 0 } = report.byRule[rule] ?? {};
        return holds + rounding + empty + fails;
      });
      expect(evaluated.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(count);
    },
  );
});
