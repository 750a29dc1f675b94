import {
  isNonZero,
  type Cell,
  type Disclosure,
  type Problem,
  type ProblemFix,
} from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { cellProblem } from '../disclosure/writing';
import type { Network } from '../relations/network';
import { derivedText } from './derived';
import { editCell } from './edits';
import { anchorOf } from './places';
import { underivedProblems } from './underivedProblems';
import { Columns } from './valueSlot';

/** What is said of single figures: those that are none, and those that nothing computes. */
export function figureProblems(disclosure: Disclosure, network: Network): Problem[] {
  const columns = new Columns(disclosure.tree);
  return [
    ...[...disclosure.unusual()]
      .filter(({ state }) => state === 'invalid')
      .flatMap((cell) => cellProblem(cell, disclosure.tree) ?? []),
    ...underivedProblems(disclosure, network),
    ...[...network.leftBlank]
      .filter(isNonZero)
      .map((cell) => blankTotal(cell, columns, disclosure)),
  ];
}

/** A total that is still blank beside its figures; what they come to is right whatever they are. */
function blankTotal(cell: Cell, columns: Columns, { tree }: Disclosure): Problem {
  const value = derivedText(cell);
  const fixes = [vocabulary.derived, value].flatMap((text, index): ProblemFix[] => {
    const edit = editCell(cell, text, tree);
    if (!edit) return [];
    const { range, newText } = columns.kept(cell, edit);
    const edits = [{ at: range, newText }];
    return [{ title: 'value', args: { value: text }, edits, certain: index === 0 }];
  });
  return { code: 'input.total-blank', at: anchorOf(cell, tree), args: { value }, cell, fixes };
}
