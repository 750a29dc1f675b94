import { isGuess } from '../disclosure/damage';
import {
  isNonZero,
  type Cell,
  type Disclosure,
  type Problem,
  type ProblemFix,
} from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { cellProblem } from '../disclosure/writing';
import type { Underived } from '../relations/derive';
import { cellsOf, type Network } from '../relations/network';
import { derivedText } from './derived';
import { editCell } from './edits';
import { anchorOf } from './places';

/** What is said of single figures: those that are none, and those that nothing computes. */
export function figureProblems(disclosure: Disclosure, network: Network): Problem[] {
  return [
    ...[...disclosure.unusual()]
      .filter(({ state }) => state === 'invalid')
      .flatMap((cell) => cellProblem(cell, disclosure.tree) ?? []),
    ...blameless(disclosure, network).map(({ cell, cycle }) => ({
      code: cycle.length > 0 ? 'input.derived-cycle' : 'input.derived-undefined',
      at: cell.node ?? cell.entry!,
      args: {},
      cell,
      cells: cycle,
    })),
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

/** Cells without a value that are so for no other reason that is told. */
function blameless({ tree }: Disclosure, network: Network): readonly Underived[] {
  const { underived } = network;
  // What a syntax error swallowed may be what a cell is computed from, rather than what leads back to it.
  if (underived.length === 0 || tree.problems.some(isGuess)) return [];
  const waiting = new Set<Cell>();
  const isWaiting = ({ cell }: Underived) =>
    network
      .of(cell)
      .some(({ relation }) =>
        [...cellsOf(relation)].some((other) => other.state === 'invalid' || waiting.has(other)),
      );
  for (let known = -1; known < waiting.size;) {
    known = waiting.size;
    for (const one of underived) if (isWaiting(one)) waiting.add(one.cell);
  }
  return underived.filter(({ cell, cycle }) => cycle.length > 0 || !waiting.has(cell));
}
