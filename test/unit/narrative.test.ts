import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import shanghai from '../fixtures/putuo.narrative.json';
import expected from '../fixtures/tianyuan-2024.discrepancies.json';
import counted from '../fixtures/tianyuan-2024.kinds.json';
import { causesOf } from '../../server/src/service/findings';
import type { Analysis } from '../../server/src/service/analysis';
import { reportOf } from '../../server/src/service/report';
import { alarms, analyzeText, HUNAN, wholeText } from '../support/examples';

/** Every finding above hint, as `rule path severity`. */
function told(analysis: Analysis): string[] {
  return causesOf(analysis, 'zh-cn')
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ rule, path, severity }) => `${rule} ${path ?? ''} ${severity}`);
}

const unique = (items: readonly string[]) => [...new Set(items)].sort();

describe('the whole Hunan document', () => {
  const analysis = analyzeText(wholeText(HUNAN), HUNAN);

  it('is told exactly what a careful reader finds', () => {
    const wanted = expected.findings.map(
      ([, rule, path, severity]) => `${rule!} ${path!} ${severity!}`,
    );
    expect(unique(told(analysis))).toEqual(unique(wanted));
  });

  it('is fully read: no figure is unreadable, and nothing of it is passed over', () => {
    const cells = [...analysis.disclosure!.cells()];
    expect(cells.filter(({ state }) => state === 'invalid').map(({ id }) => id)).toEqual([]);
    const { unchecked } = reportOf(HUNAN, analysis, 'zh-cn');
    expect(unchecked).toEqual([]);
  });
});

/** Of the relations that a reader states, so many must be evaluated at the least, in percent. */
const COVERED = 90;

describe('the relations of the whole Hunan document', () => {
  const { byRule } = reportOf(HUNAN, analyzeText(wholeText(HUNAN), HUNAN), 'zh-cn');
  const evaluated = (rule: string) => {
    const { holds = 0, rounding = 0, fails = 0 } = byRule[rule] ?? {};
    return holds + rounding + fails;
  };

  it.each(counted.kinds as [string, number, string[], [string, number, string][]][])(
    'of kind %s (%i) are evaluated',
    (kind, count, rules, others) => {
      const found = rules.reduce((sum, rule) => sum + evaluated(rule), 0);
      // What is told in another way is told, but not counted twice.
      const told = others.filter(([, , reason]) => / tells? it$/.test(reason));
      const all = found + told.reduce((sum, [, n]) => sum + n, 0);
      console.log(`${kind}: ${found} relations evaluated, ${count} stated`);
      expect((100 * all) / count).toBeGreaterThanOrEqual(COVERED);
    },
  );
});

const { comment: _, ...documents } = shanghai;

describe.each(Object.entries(documents))('the narrative of %s', (name, findings) => {
  it('is told exactly what a careful reader finds', () => {
    const analysis = analyzeText(wholeText(name), name);
    const found = told(analysis).filter((line) => !/^(?:t\d|x)\.(?!name)/.test(line));
    const wanted = findings.map(([, rule, path, severity]) => `${rule!} ${path!} ${severity!}`);
    expect(unique(found)).toEqual(unique(wanted));
  });
});

it('a corrected twin of the Hunan document has nothing above information', () => {
  const path = join(__dirname, '../fixtures/tianyuan-2024.corrected.yaml');
  expect(alarms(analyzeText(readFileSync(path, 'utf8')))).toEqual([]);
});
