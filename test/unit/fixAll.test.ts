import { describe, expect, it } from 'vitest';
import { isNonZero, type Cell } from '../../server/src/disclosure/model';
import { cellsOf } from '../../server/src/relations/network';
import { editCell } from '../../server/src/service/edits';
import { fixAll } from '../../server/src/service/fixAll';
import { apply } from '../../server/src/service/textChanges';
import {
  analyzeText,
  applyEdits,
  EXAMPLES,
  exampleText,
  rightTables,
  HUNAN,
} from '../support/examples';
import { mistype, pick, seeded } from '../support/random';

const repaired = (text: string, name: string) => fixAll(analyzeText(text, name)).after.tree.text;

describe.each(EXAMPLES)('fix-all on %s', (name) => {
  const text = rightTables(name);
  const analysis = analyzeText(text, name);
  const amounts = [...analysis.disclosure!.cells()].filter(isNonZero);
  const spoil = (cells: readonly Cell[], random: () => number) =>
    applyEdits(
      text,
      cells.map((cell) => editCell(cell, mistype(cell.printed, random), analysis.tree)!),
    );

  it('leaves a document alone that has only rounding tails', () => {
    expect(fixAll(analysis).changes).toEqual([]);
  });

  it(
    'restores every spoiled cell that it is certain of, and harms none',
    { timeout: 120_000 },
    () => {
      const random = seeded(7);
      let restored = 0;
      for (const cell of amounts) {
        const spoiled = spoil([cell], random);
        const result = repaired(spoiled, name);
        // Either the figures decide, and then rightly, or nothing is written.
        expect([text, spoiled], cell.id).toContain(result);
        if (result === text) restored++;
      }
      console.log(`${name}: ${restored} of ${amounts.length} spoiled cells restored`);
      expect(restored / amounts.length).toBeGreaterThan(0.5);
    },
  );

  it('restores ten spoiled cells together where each has a right value of its own', () => {
    for (const seed of [11, 12, 13]) {
      const slips = independentSlips(seeded(seed), 10);
      const edits = slips.map(({ cell, figure }) => editCell(cell, figure, analysis.tree)!);
      const ids = slips.map(({ cell }) => cell.id).join(' ');
      expect(repaired(applyEdits(text, edits), name), ids).toBe(text);
      console.log(`${name}: ${slips.length} cells spoiled together, all restored`);
    }
  }, 120_000);

  it(
    'changes nothing when it is run again, whatever ten cells are spoiled',
    { timeout: 120_000 },
    () => {
      for (let seed = 1; seed <= 10; seed++) {
        const random = seeded(seed);
        const chosen = new Set<Cell>();
        while (chosen.size < 10) chosen.add(pick(amounts, random));
        const once = repaired(spoil([...chosen], random), name);
        expect(repaired(once, name)).toBe(once);
        // What it wrote is right: a cell that was not spoiled is as it was.
        const after = new Map(
          [...analyzeText(once, name).disclosure!.cells()].map(({ id, printed }) => [id, printed]),
        );
        for (const cell of amounts) {
          if (!chosen.has(cell)) expect(after.get(cell.id), cell.id).toBe(cell.printed);
        }
      }
    },
  );

  /**
   * Slips in random cells, each one mended when it is alone, whose relations share no figure: together
   * each is as well proven as alone. There are seldom more than ten such cells in a document.
   */
  function independentSlips(random: () => number, count: number): { cell: Cell; figure: string }[] {
    const slips: { cell: Cell; figure: string }[] = [];
    const used = new Set<Cell>();
    const left = new Set(amounts);
    while (slips.length < count && left.size > 0) {
      const cell = pick([...left], random);
      left.delete(cell);
      const around = analysis.network!.of(cell).map(({ relation }) => [...cellsOf(relation)]);
      if (around.flat().some((other) => used.has(other))) continue;
      const figure = mistype(cell.printed, random);
      const alone = applyEdits(text, [editCell(cell, figure, analysis.tree)!]);
      if (repaired(alone, name) !== text) continue;
      slips.push({ cell, figure });
      for (const other of around.flat()) if (isNonZero(other)) used.add(other);
    }
    expect(slips.length).toBeGreaterThanOrEqual(5);
    return slips;
  }
});

describe('the changes of fix-all', () => {
  it('touch the figure alone: comments, quotes, order, alignment and unknown keys stay', () => {
    const text = exampleText(HUNAN)
      .replace('  2080101: {本年支出合计:', '  "2080101": {  本年支出合计:')
      .replace('30101: 62.02', '30101:   "62.02"   # 基本工资')
      .replace('表样: 全国', '表样: 全国\n备忘: 待核   # 不认识的键')
      .replaceAll('\n', '\r\n');
    const wrong = text.replace('本年支出合计:  250.04,', '本年支出合计:  250.40,');
    expect(wrong).not.toBe(text);
    const { changes } = fixAll(analyzeText(wrong));
    expect(changes.map(({ newText }) => newText).join('')).toMatch(/^0?4$|^04$/);
    expect(apply(wrong, changes)).toBe(text);
  });
});

describe('fix-all and values that YAML writes in other ways', () => {
  const [, name] = EXAMPLES;
  const text = rightTables(name);
  const line = '    本年支出合计: 2940.05\n';
  const spoilt = (value: string) => text.replace(line, `    本年支出合计: ${value}\n`);

  it.each([
    ['|\n      2490.05', '2940.05'],
    ['>-\n      2490.05\n', '2940.05\n'],
    ['"2490.05"', '"2940.05"'],
    ['&a 2490.05', '&a 2940.05'],
  ])('mends %j alone', (wrong, right) => {
    expect(text).toContain(line);
    expect(repaired(spoilt(wrong), name)).toBe(spoilt(right));
  });

  it.each(['!2940.05', '!', '&a', '|  # 合计\n      2490.05', '2490.05\n      33'])(
    'leaves %j alone',
    (value) => {
      const wrong = spoilt(value);
      expect(repaired(wrong, name)).toBe(wrong);
    },
  );
});
