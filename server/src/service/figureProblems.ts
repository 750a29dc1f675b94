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

/** What is said of single figures: those that are none, and those that nothing computes. */
export function figureProblems(disclosure: Disclosure, network: Network): Problem[] {
  return [
    ...[...disclosure.unusual()]
      .filter(({ state }) => state === 'invalid')
      .flatMap((cell) => cellProblem(cell, disclosure.tree) ?? []),
    ...underivedProblems(disclosure, network),
    ...[...network.leftBlank].filter(isNonZero).map((cell) => blankTotal(cell, disclosure)),
  ];
}

/** A total that is still blank beside its figures; what they come to is right whatever they are. */
function blankTotal(cell: Cell, { tree }: Disclosure): Problem {
  const value = derivedText(cell);
  const fixes = [vocabulary.derived, value].flatMap((text, index): ProblemFix[] => {
    const edit = editCell(cell, text, tree);
    if (!edit) return [];
    const edits = [{ at: edit.range, newText: edit.newText }];
    return [{ title: 'value', args: { value: text }, edits, certain: index === 0 }];
  });
  return { code: 'input.total-blank', at: anchorOf(cell, tree), args: { value }, cell, fixes };
}
