import { describe, expect, it, vi } from 'vitest';
import { TableData } from '../../server/src/disclosure/tableData';
import { operandsOf } from '../../server/src/relations/relation';
import { LiveAnalysis } from '../../server/src/service/live';
import { SyntaxDocument } from '../../server/src/syntax/incremental/document';
import { generate } from '../bench/speed/generate';
import { analyzeText, EXAMPLES, exampleText } from '../support/examples';

describe.each(EXAMPLES)('the figures of relations in %s', (name) => {
  const { network, disclosure } = analyzeText(exampleText(name), name);
  const { cells, incidence, evaluations } = network!;

  it('are those that the relations speak of, in their order', () => {
    for (const [number, { relation }] of evaluations.entries()) {
      const told = Array.from(incidence.figuresOf(number), (cell) => cells.cell(cell).id);
      expect(told, relation.id).toEqual(operandsOf(relation).map(({ cell }) => cell.id));
    }
  });

  it('lead back to them', () => {
    for (const cell of disclosure!.cells()) {
      const speaking = evaluations.filter(({ relation }) =>
        operandsOf(relation).some((operand) => operand.cell === cell),
      );
      const numbers = [...incidence.of(cells.of(cell))];
      expect(numbers.map((number) => evaluations[number]!.relation.id)).toEqual(
        speaking.map(({ relation }) => relation.id),
      );
    }
  });

  it('print what their cells do', () => {
    for (const cell of disclosure!.cells()) {
      const { amount } = cells.printed(cells.of(cell));
      expect(amount?.units, cell.id).toBe(cell.amount?.units);
    }
  });
});

describe('a long document', () => {
  it('is followed and searched without making cells of what nobody looks at', () => {
    const made = vi.spyOn(TableData.prototype as unknown as { read(): unknown }, 'read');
    const text = generate('table', 'yaml', 3000);
    const document = new SyntaxDocument(text, 'yaml');
    const live = new LiveAnalysis('x.disclosure.yaml');
    const settings = { severities: {} };
    live.analyze(document, settings);
    while (live.prepare());
    const figure = /\d+\.\d\d/g;
    figure.lastIndex = text.length / 2;
    const { index: start, 0: printed } = figure.exec(text)!;
    document.edit({ start, end: start }, '7');
    const { causes } = live.analyze(document, settings);
    expect(causes.map(({ cell }) => cell.printed)).toEqual([`7${printed}`]);
    expect(made.mock.calls.length).toBeLessThan(100);
    made.mockRestore();
  });
});
