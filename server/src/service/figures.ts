import type { Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import type { Operand, Relation } from '../relations/relation';

/** A figure that another one hangs on, with the relation that says so. */
export interface Tie {
  readonly cell: Cell;
  readonly evaluation: Evaluation;
}

/** Whether characters stand for the cell, which a reader can be led to. */
export const isWritten = ({ entry }: Cell) => entry?.value !== undefined;

/** Every relation of a cell, those that the file accepts included. */
export function relationsOf(network: Network | undefined, cell: Cell): readonly Evaluation[] {
  return network ? [...network.acceptedOf(cell), ...network.of(cell)] : [];
}

/** What a figure is made of: the parts of a total, what a ratio divides, the figure that it repeats. */
export function sourcesOf(network: Network | undefined, cell: Cell): Tie[] {
  return ties(network, cell, ({ left, right, base = [] }) =>
    has(left, cell) ? [...right, ...base] : [],
  );
}

/** What is made of a figure: its totals, the ratios it is in, the places that repeat it. */
export function usersOf(network: Network | undefined, cell: Cell): Tie[] {
  return ties(network, cell, ({ left, right, base = [] }) =>
    has([...right, ...base], cell) ? left : [],
  );
}

function ties(
  network: Network | undefined,
  cell: Cell,
  othersIn: (relation: Relation) => readonly Operand[],
): Tie[] {
  const found = new Map<Cell, Tie>();
  for (const evaluation of relationsOf(network, cell)) {
    // A limit is no source: nothing is calculated from it.
    if (evaluation.relation.comparator !== 'eq') continue;
    for (const { cell: other } of othersIn(evaluation.relation)) {
      if (other !== cell && !found.has(other)) found.set(other, { cell: other, evaluation });
    }
  }
  return [...found.values()];
}

const has = (operands: readonly Operand[], cell: Cell) =>
  operands.some((operand) => operand.cell === cell);

/**
 * The cells that print the same quantity, the given one first: whatever a relation says is one amount in
 * two places, and so on from there, the nearest before the others.
 */
export function repeatsOf(network: Network | undefined, cell: Cell): Set<Cell> {
  const found = new Set([cell]);
  // A set is walked to its end, also to what is added on the way.
  for (const next of found) {
    for (const { relation } of relationsOf(network, next)) {
      for (const twin of twinsIn(relation)) found.add(twin);
    }
  }
  return found;
}

/** Both cells of a relation that says nothing but that they print one amount. */
function twinsIn({ rule, left, right, base, constant, comparator }: Relation): Cell[] {
  const [a, b, ...more] = [...left, ...right];
  const isTwin =
    rule.kind === 'equal' && comparator === 'eq' && !base && !constant && left.length === 1;
  if (!isTwin || !a || !b || more.length > 0 || a.coefficient !== b.coefficient) return [];
  return [a.cell, b.cell];
}
