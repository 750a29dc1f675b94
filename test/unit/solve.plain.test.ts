import { describe, expect, it } from 'vitest';
import { isNonZero } from '../../server/src/disclosure/model';
import { solutionOf } from '../../server/src/repair/solve/solve';
import { editCell } from '../../server/src/service/edits';
import { analyzeText, applyEdits, EXAMPLES, exampleText, wholeText } from '../support/examples';
import { mistype, pick, seeded } from '../support/random';
import { situationOf } from '../support/situation';

/** What the solver says of a document's figures is what evaluation says of the document. */
function agreement(text: string, name: string) {
  const analysis = analyzeText(text, name);
  const { network } = analysis;
  const solution = solutionOf(situationOf(analysis), { budget: 0 });
  const standings = new Map(solution.relations.map(({ id, standing }) => [id, standing]));
  const outcomes = new Map(
    network!.evaluations
      .filter(({ relation }) => standings.has(relation.id))
      .map(({ relation, outcome }) => [relation.id, outcome === 'empty' ? 'holds' : outcome]),
  );
  return { standings, outcomes };
}

describe.each(EXAMPLES)('%s as plain data', (name) => {
  const text = exampleText(name);
  const analysis = analyzeText(text, name);

  it('stands relation by relation as it is evaluated', () => {
    const { standings, outcomes } = agreement(text, name);
    expect(standings.size).toBeGreaterThan(100);
    expect(standings).toEqual(outcomes);
  });

  it('does so with wrong figures too', () => {
    const random = seeded(20250704);
    const cells = [...analysis.disclosure!.cells()].filter(
      (cell) => isNonZero(cell) && /^[\d.]+$/.test(cell.printed),
    );
    for (let n = 0; n < 20; n++) {
      const cell = pick(cells, random);
      const edit = editCell(cell, mistype(cell.printed, random), analysis.tree);
      if (!edit) continue;
      const { standings, outcomes } = agreement(applyEdits(text, [edit]), name);
      expect(standings, cell.id).toEqual(outcomes);
    }
  });

  it('is impossible together in nothing', () => {
    const { conflicts } = solutionOf(situationOf(analysis));
    expect(conflicts).toEqual([]);
  });
});

describe('a figure with more decimals than its table', () => {
  it.each([
    ['tianyuan-2024.disclosure.yaml', '公用经费合计: 44.86', '公用经费合计: 44.898', '44.86'],
    ['putuo-finance-2024.disclosure.yaml', '合计:  326.71,', '合计: 3.2671,', '326.71'],
    ['putuo-finance-2024.disclosure.yaml', '占比: 11.11%', '占比: 1.111%', '11.11'],
    ['putuo-finance-2024.disclosure.yaml', '占比: 15.16%', '占比: 15.161%', '15.16'],
  ])('should print as many as the others: %s', (name, right, wrong, value) => {
    const text = wholeText(name);
    expect(text).toContain(right);
    const analysis = analyzeText(text.replace(right, wrong), name);
    const own = wrong.replace(/[^\d.]/g, '');
    const values = solutionOf(situationOf(analysis)).findings.flatMap(({ sets }) =>
      sets.flatMap(({ variables }) =>
        variables
          .filter(({ printed }) => printed === own)
          .flatMap((v) => v.values.map((one) => one.value)),
      ),
    );
    expect(values).toContain(value);
    expect(values.filter((one) => /\.\d{3}/.test(one))).toEqual([]);
  });
});

describe('a figure beside one with more decimals', () => {
  it('is not printed to more places than it is', () => {
    const name = 'putuo-finance-2024.disclosure.yaml';
    const text = wholeText(name);
    const wrong = text.replace('占比: 71.65%', '占比: 71.73%').replace('11.11%', '11.113%');
    expect(wrong).toContain('71.73%');
    expect(wrong).toContain('11.113%');
    const analysis = analyzeText(wrong, name);
    const values = solutionOf(situationOf(analysis)).findings.flatMap(({ sets }) =>
      sets.flatMap(({ variables }) => variables.filter(({ printed }) => printed === '71.73')),
    );
    expect(values.flatMap((v) => v.values.map(({ value }) => value))).toContain('71.65');
    expect(values.flatMap((v) => v.values.map(({ value }) => value)).join()).not.toMatch(/\.\d{3}/);
  });
});

describe('one amount', () => {
  it('is no rows that have moved', () => {
    const name = 'tianyuan-2024.disclosure.yaml';
    const text = wholeText(name);
    const wrong = text.replace('年初预算: 22.18\n', '年初预算: 92.18\n');
    expect(wrong).not.toBe(text);
    const { findings } = solutionOf(situationOf(analyzeText(wrong, name)));
    const kinds = findings.flatMap(({ groups }) => groups.map(({ kind }) => kind));
    expect(findings.length).toBeGreaterThan(0);
    expect(kinds).not.toContain('shifted');
  });
});
