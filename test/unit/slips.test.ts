import { describe, expect, it } from 'vitest';
import { isNonZero, type Cell } from '../../server/src/disclosure/model';
import { editCell } from '../../server/src/service/edits';
import { alarms, analyzeText, applyEdits, EXAMPLES, rightTables } from '../support/examples';

/** The share of slips that must give an error, in percent. */
const PROVABLE = 60;

/** The printed figure with its last digit one up or down; undefined where that would be zero. */
function slip({ printed }: Cell, by: bigint): string | undefined {
  const decimals = printed.split('.')[1]!.length;
  const units = BigInt(printed.replace('.', '')) + by;
  if (units <= 0n) return undefined;
  const digits = units.toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

describe.each(EXAMPLES)('a slip of 0.01 in %s', (name) => {
  const text = rightTables(name);
  const analysis = analyzeText(text, name);

  it('is no false error where there is none', () => {
    expect(alarms(analysis)).toEqual([]);
  });

  it(`is proven in at least ${PROVABLE} % of all cells`, { timeout: 300_000 }, () => {
    let slips = 0;
    let proven = 0;
    let misplaced = 0;
    for (const cell of [...analysis.disclosure!.cells()].filter(isNonZero)) {
      for (const by of [1n, -1n]) {
        const figure = slip(cell, by);
        if (!figure) continue;
        slips++;
        const after = analyzeText(applyEdits(text, [editCell(cell, figure, analysis.tree)!]), name);
        const errors = alarms(after).filter(({ severity }) => severity === 'error');
        if (errors.length > 0) proven++;
        const certain = errors.filter(({ verdict }) => verdict === 'certain');
        if (certain.some(({ cause }) => cause!.cell.id !== cell.id)) misplaced++;
      }
    }
    const share = (100 * proven) / slips;
    console.log(`${name}: ${proven} of ${slips} slips of 0.01 are errors (${share.toFixed(1)} %)`);
    expect(share).toBeGreaterThanOrEqual(PROVABLE);
    // Whoever is named for certain is the one that slipped.
    expect(misplaced).toBe(0);
  });
});
