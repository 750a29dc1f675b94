import { describe, expect, it } from 'vitest';
import { isNonZero } from '../../server/src/disclosure/model';
import { Plain } from '../../server/src/repair/plain';
import { solve } from '../../server/src/repair/solve/solve';
import { editCell } from '../../server/src/service/edits';
import { analyzeText, applyEdits, EXAMPLES, exampleText } from '../support/examples';
import { mistype, pick, seeded } from '../support/random';

/** What the solver says of a document's figures is what evaluation says of the document. */
function agreement(text: string, name: string) {
  const { network, disclosure } = analyzeText(text, name);
  const { problem } = new Plain(network!, disclosure!);
  const solution = solve(problem, { budget: 0 });
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
    const { network, disclosure } = analysis;
    const { conflicts } = solve(new Plain(network!, disclosure!).problem);
    expect(conflicts).toEqual([]);
  });
});
