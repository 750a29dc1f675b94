import { describe, expect, it } from 'vitest';
import expected from '../fixtures/tianyuan-2024.expected.json';
import { isNonZero, type Cell } from '../../server/src/disclosure/model';
import { editCell } from '../../server/src/service/edits';
import { causesOf } from '../../server/src/service/findings';
import { fixesOf } from '../../server/src/service/fixes';
import { idsOf, pathOf } from '../../server/src/service/places';
import { reportOf } from '../../server/src/service/report';
import { alarms, analyzeText, applyEdits, exampleText, HUNAN } from '../support/examples';
import { mistype, pick, seeded } from '../support/random';

const text = exampleText(HUNAN);
const analysis = analyzeText(text);
const cells = [...analysis.disclosure!.cells()];

/** The text with another figure in one cell; the cell is added where it is not written. */
function spoil(cell: Cell, figure: string): string {
  const edit = editCell(cell, figure, analysis.tree);
  if (!edit) throw new Error(`${cell.id} cannot be written`);
  return applyEdits(text, [edit]);
}

function plusOne(cell: Cell): string {
  const [whole, fraction] = cell.printed.split('.');
  return `${BigInt(whole!) + 1n}.${fraction}`;
}

/** Alarms whose place or operands are this cell. */
function accusing(spoiled: string, { id }: Cell): number {
  const after = analyzeText(spoiled);
  const cell = [...after.disclosure!.cells()].find((candidate) => candidate.id === id)!;
  const path = pathOf(cell);
  return alarms(after).filter(
    (view) =>
      view.path === path ||
      view.findings.some(
        (finding) => finding.path === path || finding.related.some((r) => r.path === path),
      ),
  ).length;
}

describe('the nine tables of the Hunan document', () => {
  it('have no finding above information but for a note that speaks of other money', () => {
    expect(alarms(analysis).map(({ rule }) => rule)).toEqual(['n.note']);
  });

  it('have exactly the rounding tails that a careful reader finds', () => {
    const { findings } = reportOf(HUNAN, analysis, 'zh-cn');
    const key = (table: string, row: string, column: string, printed: string, computed: string) =>
      [table, row, column, printed, computed].join(' ');
    const tails = findings.filter((finding) => finding.class === 'rounding');
    const found = tails.map(({ cell, printed, computed }) => {
      return key(cell!.table, cell!.row, cell!.column, printed!, computed!.value);
    });
    const wanted = expected.findings.map(([, table, row, column, printed, computed]) =>
      key(table!, row!, column!, printed!, computed!),
    );
    expect(found.sort()).toEqual(wanted.sort());
  });

  it('have six causes, one for each tail', () => {
    const tails = new Map<string, Set<string>>();
    for (const view of causesOf(analysis, 'zh-cn').filter(({ verdict }) => verdict === 'tail')) {
      tails.set(view.id, new Set(view.findings.map(({ cell }) => Object.values(cell!).join(' '))));
    }
    const wanted = new Map<string, Set<string>>();
    for (const [, table, row, column, , , tail] of expected.findings) {
      const members = wanted.get(tail!) ?? new Set<string>();
      wanted.set(tail!, members.add([table, row, column].join(' ')));
    }
    expect(new Set(tails.values())).toEqual(new Set(wanted.values()));
    expect(tails.size).toBe(6);
  });

  it('count what holds, what is empty and what is unchecked apart', () => {
    const { counts } = analysis;
    // The note.
    expect(counts.fails).toBe(1);
    expect(counts.unchecked + counts.accepted).toBe(0);
    expect(counts.rounding).toBe(16);
    // Relations with a figure that plainly hold; domain.md's list of relations, instance by instance.
    expect(counts.holds).toBeGreaterThanOrEqual(95);
    expect(counts.empty).toBeGreaterThan(counts.holds);
  });

  it('are fully written: no amount of the file is left unread', () => {
    expect(cells.filter(({ state }) => state === 'invalid' || state === 'missing')).toEqual([]);
    // Counted in the published tables, cell by cell.
    expect(cells.filter(isNonZero).length).toBe(122);
    expect(cells.filter((c) => c.state === 'amount' && !isNonZero(c)).length).toBe(4);
  });
});

describe('every cell of the Hunan tables', () => {
  it('is proven wrong when its amount is changed by 1.00', { timeout: 120_000 }, () => {
    const amounts = cells.filter((cell) => cell.state === 'amount');
    const silent = amounts.filter((cell) => accusing(spoil(cell, plusOne(cell)), cell) === 0);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it(
    'is proven wrong when it is blank, stands in an equality, and is set to 1.00',
    {
      timeout: 240_000,
    },
    () => {
      const equated = (cell: Cell) =>
        analysis.network!.of(cell).some(({ relation }) => relation.comparator === 'eq');
      // The ninth table prints no row at all: there is no blank in it to fill.
      const printed = cells.filter(({ table }) => !table.empty);
      const blanks = printed.filter((cell) => cell.state === 'blank' && equated(cell));
      expect(blanks.length).toBeGreaterThan(100);
      const silent = blanks.filter((cell) => accusing(spoil(cell, '1.00'), cell) === 0);
      expect(silent.map(({ id }) => id)).toEqual([]);
    },
  );

  it('restores the file byte for byte by its quick fix, where the right value is unique', () => {
    const random = seeded(20241231);
    const amounts = cells.filter(isNonZero);
    const restored: string[] = [];
    while (restored.length < 20) {
      const cell = pick(amounts, random);
      const spoiled = spoil(cell, mistype(cell.printed, random));
      const after = analyzeText(spoiled);
      const causes = causesOf(after, 'zh-cn').flatMap(({ cause }) => cause ?? []);
      const fixes = causes.flatMap((cause) => fixesOf(cause, after.tree, 'zh-cn'));
      const preferred = fixes.filter((fix) => fix.preferred);
      // Only where the figures decide is there one fix; the cell is then the spoiled one.
      if (preferred.length !== 1) continue;
      expect(applyEdits(spoiled, preferred[0]!.edits), cell.id).toBe(text);
      const view = causesOf(after, 'zh-cn').find(({ severity }) => severity === 'error')!;
      expect(view.cause!.cell.id).toBe(cell.id);
      restored.push(idsOf(cell).row);
    }
    expect(restored.length).toBe(20);
  });
});
