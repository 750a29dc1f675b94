/** The variables and relations of a document by their numbers. */
import type { Cell } from '../disclosure/model';
import { Incidence, PlaceList } from '../relations/incidence';
import type { Network } from '../relations/network';
import { Pending } from '../relations/pending';
import { operandsOf } from '../relations/relation';
import { RelationReader, type Figure } from './solve/reader';
import type { RelationModel } from './solve/relationModel';
import type { Taken } from './taken';

/**
 * Printed cells are numbered as they are met. A relation that does no more than add some up, each once, is not made
 * one for that: the incidence tells all of it.
 */
export class Numbering {
  /** By variable, the network's number of its cell; and the other way round, -1 for what is none. */
  readonly cells: Int32Array;
  private numbers: Int32Array;
  /** Relations that more is to be said of. */
  readonly made = new Map<number, RelationModel>();
  /** Numbers that are exactly known: they come after the variables. */
  readonly constants: Figure[] = [];
  readonly incidence: Incidence;

  constructor(
    private readonly network: Network,
    private readonly taken: Taken,
  ) {
    this.numbers = new Int32Array(network.incidence.figures).fill(-1);
    this.cells = Int32Array.from(this.enterCells());
    const list = this.enterRelations();
    this.incidence = new Incidence(list, this.cells.length + this.constants.length);
  }

  /** -1 of a cell that is no variable. */
  of(cell: Cell): number {
    return this.numbers[this.network.cells.of(cell)] ?? -1;
  }

  /** The variables of cells that follow each other. */
  between(first: number, end: number): Int32Array {
    return this.numbers.subarray(first, end);
  }

  private enterCells(): number[] {
    const { network, taken } = this;
    const cells: number[] = [];
    const enter = (cell: number) => {
      if (cell >= this.numbers.length) this.makeRoom();
      if (this.numbers[cell]! < 0) this.numbers[cell] = cells.push(cell) - 1;
    };
    for (const number of taken.numbers) {
      if (!taken.areExpanded) network.incidence.figuresOf(number).forEach(enter);
      else {
        for (const { cell } of operandsOf(network.evaluations[number]!.relation)) {
          const isPrinted = cell.state !== 'derived';
          const parts = isPrinted ? [cell] : network.expansion.of(cell).keys();
          for (const part of parts) enter(network.cells.of(part));
        }
      }
    }
    return cells;
  }

  /** What a cell is computed from may be met only here. */
  private makeRoom(): void {
    const longer = new Int32Array(this.network.cells.count).fill(-1);
    longer.set(this.numbers);
    this.numbers = longer;
  }

  private enterRelations(): PlaceList {
    const { network, taken, numbers, made, constants } = this;
    const reader = new RelationReader<Cell>(
      (cell) => this.of(cell),
      (figure) => this.cells.length + constants.push(figure) - 1,
    );
    const list = new PlaceList(taken.numbers.length);
    const last = new Int32Array(this.cells.length).fill(-1);
    const isOnce = (index: number) => (cell: number) => {
      const variable = numbers[cell]!;
      const isFirst = last[variable] !== index;
      last[variable] = index;
      return isFirst;
    };
    taken.numbers.forEach((number, index) => {
      const figures = network.incidence.figuresOf(number);
      if (this.isSum(number) && figures.every(isOnce(index))) {
        const coefficients = network.incidence.coefficientsOf(number);
        figures.forEach((cell, at) => list.add(numbers[cell]!, coefficients[at]!));
      } else {
        const relation = reader.read(taken.relation(number));
        made.set(index, relation);
        for (const variable of relation.variables) list.add(variable, 0);
      }
      list.end();
    });
    return list;
  }

  /** Whether a relation of the network adds up printed figures and nothing else. */
  private isSum(number: number): boolean {
    if (this.taken.areExpanded) return false;
    const one = this.network.relations[number]!;
    return one instanceof Pending || (!one.base && !one.constant);
  }
}
