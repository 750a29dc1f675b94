import { isGuess } from '../disclosure/damage';
import type { Cell, Disclosure, Problem } from '../disclosure/model';
import { cellProblem } from '../disclosure/writing';
import type { Underived } from '../relations/derive';
import { cellsOf, type Network } from '../relations/network';

/** What is said of single figures: those that are none, and those that nothing computes. */
export function figureProblems(disclosure: Disclosure, network: Network): Problem[] {
  return [
    ...[...disclosure.unusual()]
      .filter(({ state }) => state === 'invalid')
      .flatMap((cell) => cellProblem(cell, disclosure.tree) ?? []),
    ...blameless(disclosure, network).map(({ cell, cycle }) => ({
      code: cycle.length > 0 ? 'input.derived-cycle' : 'input.derived-undefined',
      at: cell.node!,
      args: {},
      cell,
      cells: cycle,
    })),
  ];
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
