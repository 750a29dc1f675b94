import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { halves, type Amount } from '../../server/src/disclosure/amount';
import { isNonZero, type Cell } from '../../server/src/disclosure/model';
import { isBinding } from '../../server/src/repair/binding';
import type { Analysis } from '../../server/src/service/analysis';
import { causesOf } from '../../server/src/service/findings';
import { generate } from '../bench/speed/generate';
import { computable, leaveToServer } from '../support/derived';
import { analyzeText, applyEdits, EXAMPLES, rightTables } from '../support/examples';
import { mistype, pick, seeded } from '../support/random';

const corrected = join(__dirname, '../fixtures/tianyuan-2024.corrected.yaml');

/** Documents that reconcile, and how often one figure of each is mistyped. */
const texts: readonly [string, string, number][] = [
  ...EXAMPLES.map((name): [string, string, number] => [name, rightTables(name), 60]),
  // With its narrative, which repeats what the tables leave to the server.
  ['corrected.disclosure.yaml', readFileSync(corrected, 'utf8'), 20],
  ['generated.disclosure.yaml', generate('block', 'yaml', 30), 20],
];

const isSame = (a: Amount, b: Amount) => {
  const place = Math.min(a.place, b.place);
  return halves(a, place) === halves(b, place);
};

/** Whether a figure is proposed for a cell, or the cell named where too many figures would do. */
function isProposed({ causes }: Analysis, cell: Cell, right: Amount): boolean {
  const candidates = causes.flatMap((cause) => [
    ...cause.candidates,
    ...cause.sets.flatMap((set) => set.candidates),
  ]);
  const own = candidates.filter((candidate) => candidate.cell === cell);
  const changes = causes.flatMap(({ groups }) => groups.flatMap((group) => [...group.changes]));
  return (
    own.some(({ values }) => values.length === 0 || values.some((value) => isSame(value, right))) ||
    changes.some(([changed, value]) => changed === cell && isSame(value, right))
  );
}

describe.each(texts)('of %s, its sums left to the server', (path, text, rounds) => {
  const printed = analyzeText(text, path);
  const sums = computable(printed).filter(({ table }) => table.spec.section === undefined);
  const drafted = leaveToServer(text, printed, sums);
  const right = analyzeText(drafted, path);
  const leaves = [...right.disclosure!.cells()].filter(
    (cell) => cell.state === 'amount' && cell.entry && isNonZero(cell),
  );

  it('one mistyped figure is found, and no computed one is blamed for it', () => {
    expect(right.counts.fails).toBe(0);
    const random = seeded(31);
    const count = { seen: 0, certain: 0, likely: 0 };
    const wrong: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const leaf = pick(leaves, random);
      const range = right.tree.valueRangeOf(leaf.entry!);
      const newText = mistype(drafted.slice(range.start, range.end), random);
      const analysis = analyzeText(applyEdits(drafted, [{ range, newText }]), path);
      const { network, disclosure } = analysis;
      const cell = disclosure!.cell(leaf.table.id, leaf.row.id, leaf.column.id)!;
      const failing = network!.opened('fails').filter(isBinding);
      if (!failing.some((one) => network!.isSuspect(one, cell))) continue;
      count.seen++;
      const said = `${leaf.id} ${leaf.printed} → ${newText}`;
      if (!isProposed(analysis, cell, leaf.amount!)) wrong.push(`${said} is not found`);
      for (const { severity, cause, message } of causesOf(analysis, 'en')) {
        const isBlamed = cause && severity === 'error' && !cause.at;
        if (isBlamed && cause.cell.state === 'derived') wrong.push(`${said}: ${message}`);
        const [first] = cause?.candidates ?? [];
        if (cause?.verdict === 'likely' && first?.cell === cell) count.likely++;
        if (cause?.verdict !== 'certain') continue;
        count.certain++;
        const isRight = first!.cell === cell && isSame(first!.values[0]!, leaf.amount!);
        if (!isRight) wrong.push(`${said}: ${message}`);
      }
    }
    const { seen, certain, likely } = count;
    console.log(`${path}: of ${seen} figures ${certain} are certain, ${likely} likely`);
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(0);
  }, 300_000);
});
