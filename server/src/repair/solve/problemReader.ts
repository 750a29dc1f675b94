import type { Mode } from '../../disclosure/model';
import { Incidence, PlaceList } from '../../relations/incidence';
import { greatestOf } from '../../syntax/arrays';
import { push } from '../../syntax/multimap';
import { Layout } from './groups/layout';
import { ProblemError, type Grid, type Problem, type Variable } from './problem';
import { figureOf, RelationReader, type Figure } from './reader';
import type { RelationModel } from './relationModel';
import type { Source } from './source';

const NONE: readonly number[] = [];

/** A problem that was written down. */
export class ProblemReader implements Source {
  readonly mode: Mode;
  readonly negative: number;
  readonly incidence: Incidence;
  readonly layouts: readonly Layout[];
  private readonly relations: readonly RelationModel[];
  private readonly figures: Figure[];
  /** Variables by id. */
  private readonly numbers = new Map<string, number>();
  private readonly conditioned = new Map<number, number[]>();

  constructor(private readonly problem: Problem) {
    const { mode = 'nearest', negative = 0, width, variables, grids = [] } = problem;
    this.mode = mode;
    this.negative = negative;
    variables.forEach(({ id }, index) => {
      if (this.numbers.has(id)) throw new ProblemError('variable-twice', { id });
      this.numbers.set(id, index);
    });
    this.figures = variables.map((variable) => figureOf(variable, width));
    const reader = new RelationReader<string>(
      (id, where) => this.number(id, where),
      (figure) => this.figures.push(figure) - 1,
    );
    this.relations = problem.relations.map((relation) => reader.read(relation));
    const list = new PlaceList(this.relations.length);
    this.relations.forEach((relation, index) => {
      for (const variable of relation.variables) list.add(variable, 0);
      list.end();
      for (const variable of relation.conditions) push(this.conditioned, variable, index);
    });
    this.incidence = new Incidence(list, this.figures.length);
    this.layouts = grids.map((grid) => this.layout(grid));
    for (const { id, repeats = [] } of variables) for (const one of repeats) this.number(one, id);
  }

  get variables(): number {
    return this.problem.variables.length;
  }

  get count(): number {
    return this.figures.length;
  }

  variable(number: number): Variable {
    return this.problem.variables[number]!;
  }

  figure(number: number): Figure {
    return this.figures[number]!;
  }

  relation(index: number): RelationModel {
    return this.relations[index]!;
  }

  isPlain(): boolean {
    return false;
  }

  isFixed(variable: number): boolean {
    return this.variable(variable).fixed === true;
  }

  weightOf(variable: number): number {
    return this.variable(variable).weight ?? 1;
  }

  conditionedBy(variable: number): readonly number[] {
    return this.conditioned.get(variable) ?? NONE;
  }

  sourcesOf(variable: number): readonly number[] {
    return this.named(this.variable(variable).repeats);
  }

  neighboursOf(variable: number): readonly number[] {
    return this.named(this.variable(variable).neighbours);
  }

  namesakesOf(variable: number): readonly number[] {
    return this.named(this.variable(variable).namesakes);
  }

  private named(ids: readonly string[] = []): readonly number[] {
    return ids.map((id) => this.numbers.get(id) ?? -1);
  }

  private number(id: string, where: string): number {
    const number = this.numbers.get(id);
    if (number === undefined) throw new ProblemError('absent', { where, id });
    return number;
  }

  private layout({ id, table = id, closed = false, rows }: Grid): Layout {
    const width = greatestOf(
      rows.map(({ cells }) => cells.length),
      0,
    );
    const numbers = new Int32Array(rows.length * width).fill(-1);
    rows.forEach(({ cells }, row) => {
      cells.forEach((cell, column) => {
        if (cell !== null) numbers[row * width + column] = this.numbers.get(cell) ?? -1;
      });
    });
    const rowAt = (row: number) => ({ id: rows[row]!.id, absent: rows[row]!.absent === true });
    return new Layout(id, table, closed, width, rows.length, rowAt, numbers);
  }
}
