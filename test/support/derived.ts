import type { Cell } from '../../server/src/disclosure/model';
import { isStructural } from '../../server/src/relations/rounding';
import type { Analysis } from '../../server/src/service/analysis';
import { applyEdits } from './examples';

/** Every printed amount that a relation of its own table computes. */
export function computable({ network }: Analysis): Cell[] {
  const cells = network!.evaluations
    .filter(({ relation: { rule, left } }) => isStructural(rule.kind) && left.length === 1)
    .map(({ relation }) => relation.left[0]!.cell)
    .filter(({ state, entry }) => state === 'amount' && entry !== undefined);
  return [...new Set(cells)];
}

/** Written without the code under test. */
export function leaveToServer(text: string, { tree }: Analysis, cells: readonly Cell[]): string {
  const word = tree.language === 'json' ? '"自动"' : '自动';
  const edits = cells.map((cell) => ({ range: tree.valueRangeOf(cell.entry!), newText: word }));
  return applyEdits(text, edits);
}
