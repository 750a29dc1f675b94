/** A problem read and numbered: what the search works on. */
import type { Mode } from '../../disclosure/model';
import { leastOf } from '../../syntax/arrays';
import { push, trim } from '../../syntax/multimap';
import { powerOf, twicePowerOf } from './powers';
import { type Grid, type Kind, type Problem, type Variable } from './problem';
import { figureOf, numberOf, Reader, type Figure } from './reader';
import type { Scales } from './scales';

/** A linear form, each variable once. */
export interface Form {
  readonly variables: readonly number[];
  readonly coefficients: readonly bigint[];
}

export interface LinearModel extends Form {
  readonly id: string;
  readonly kind: Exclude<Kind, 'ratio'>;
  /** Left minus right against zero. */
  readonly comparator: 'eq' | 'ge' | 'le';
  /** The total, where the relation is a plain sum of parts; else -1. */
  readonly total: number;
  /** It stands in one table: then it holds to the digit where addends are adjusted. */
  readonly structural: boolean;
  /** Its parts are what rows a table has. */
  readonly open: boolean;
  readonly conditions: readonly number[];
  readonly ratio?: undefined;
}

export interface RatioModel {
  readonly id: string;
  readonly kind: 'ratio';
  readonly ratio: number;
  readonly numerator: Form;
  readonly denominator: Form;
  /** All of them, each once. */
  readonly variables: readonly number[];
  readonly conditions: readonly number[];
}

export type RelationModel = LinearModel | RatioModel;

/** Whether what is within its bounds lets a relation hold: it does not tell what a figure is. */
export const isLimit = (relation: RelationModel): boolean =>
  relation.kind !== 'ratio' && relation.comparator !== 'eq';

/** Where a variable stands: the relation, and its coefficient in a linear one (0 in a ratio). */
export interface Incidence {
  readonly relation: number;
  readonly coefficient: bigint;
}

const NONE: readonly number[] = [];

/** A grid by variable numbers; -1 where a row has no cell. */
export interface NumberedGrid {
  readonly id: string;
  readonly table: string;
  readonly closed: boolean;
  readonly rows: readonly {
    readonly id: string;
    readonly cells: readonly number[];
    readonly absent: boolean;
  }[];
}

/**
 * Variables are numbers from 0; constants come after them. Values are in halves of the finest place of
 * all that a variable is added to or compared with, so that they can be added as they are.
 */
export class Model {
  readonly mode: Mode;
  /** What a figure weighs more that would have to be below zero where none is printed. */
  readonly negative: number;
  readonly variables: Variable[];
  readonly grids: readonly NumberedGrid[];
  readonly relations: readonly RelationModel[];
  /** Variables by id. */
  readonly numbers: ReadonlyMap<string, number>;
  /** As printed: value, half the width, and the last place as a power of ten. */
  readonly value: bigint[] = [];
  readonly half: bigint[] = [];
  readonly place: number[] = [];
  /** Where a proposed figure would be printed to, one unit of that, and half its width. */
  readonly printPlace: number[] = [];
  readonly printStep: bigint[] = [];
  readonly printHalf: bigint[] = [];
  /** The power of ten of whose halves the values are. */
  readonly scale: number[] = [];
  readonly incident: Incidence[][] = [];
  /** Relations that hang on a variable by their conditions. */
  readonly conditioned: (readonly number[])[] = [];
  /** The parts of totals, by total. */
  private readonly partsByTotal = new Map<number, number[]>();
  private readonly sums = new Map<number, number[]>();
  private readonly sources = new Map<number, number[]>();
  private readonly suspects = new Map<number, readonly number[]>();
  private readonly lightest = new Map<number, number>();

  private readonly figures: Figure[];
  private readonly scales: Scales;
  private readonly width: number | undefined;

  /** @param reader what is read of it, which takes about as long as to number it */
  constructor(problem: Problem, reader = new Reader(problem)) {
    this.mode = problem.mode ?? 'nearest';
    this.negative = problem.negative ?? 0;
    this.variables = [...problem.variables];
    this.width = problem.width;
    const { numbers, figures, scales, relations } = reader;
    this.numbers = numbers;
    this.grids = (problem.grids ?? []).map((grid) => this.numbered(grid));
    this.figures = figures;
    this.scales = scales;
    this.relations = relations;
    figures.forEach((_, index) => {
      this.scale.push(scales.of(index, figures[index]!));
      this.enterFigure(index);
      this.incident.push([]);
      this.conditioned.push(NONE);
    });
    problem.variables.forEach(({ id, repeats = [] }, index) => {
      for (const source of repeats) push(this.sources, index, numberOf(this.numbers, source, id));
    });
    relations.forEach((relation, index) => this.enter(relation, index));
    // Lists that have grown by `push` have room for sixteen items more.
    this.incident.forEach((list, index) => (this.incident[index] = list.slice()));
    for (const lists of [this.partsByTotal, this.sums, this.sources]) trim(lists);
  }

  /**
   * Takes a variable that prints something else, its relations being the same. False where that gives
   * others another scale: then everything has to be read anew.
   */
  reprint(number: number, variable: Variable): boolean {
    const figure = figureOf(variable, this.width);
    if (!this.scales.replace(number, this.figures[number]!, figure)) return false;
    if (variable.weight !== this.variables[number]!.weight) this.lightest.clear();
    this.variables[number] = variable;
    this.figures[number] = figure;
    this.enterFigure(number);
    return true;
  }

  private numbered({ id, table = id, closed = false, rows }: Grid): NumberedGrid {
    return {
      id,
      table,
      closed,
      rows: rows.map(({ id: row, cells, absent = false }) => ({
        id: row,
        absent,
        cells: cells.map((cell) => (cell === null ? -1 : (this.numbers.get(cell) ?? -1))),
      })),
    };
  }

  private enterFigure(number: number): void {
    const { units, place, width, printPlace } = this.figures[number]!;
    const scale = this.scale[number]!;
    // A zero carries no digit: its place is no finer than what it is added to.
    const own = Math.max(place, scale);
    const size = powerOf(own - scale);
    this.value[number] = 2n * units * size;
    this.half[number] = units === 0n ? 0n : width === 1n ? size : width * size;
    this.place[number] = own;
    this.printPlace[number] = printPlace ?? scale;
    const step = this.printPlace[number] - scale;
    this.printStep[number] = twicePowerOf(step);
    this.printHalf[number] = width === 0n ? 0n : powerOf(step);
  }

  /** How far what a proposed figure stands for is beside it at the most: nothing where it is never rounded. */
  reachOf(variable: number): bigint {
    return this.printHalf[variable] === 0n ? 0n : this.printStep[variable]!;
  }

  /** Whether a variable can be wrong at all. */
  isFree(variable: number): boolean {
    const described = this.variables[variable];
    return described !== undefined && described.fixed !== true;
  }

  /** Whether it is the printed quotient of others. */
  isRatio(variable: number): boolean {
    return this.incident[variable]!.some(({ relation: index }) => {
      const relation = this.relations[index]!;
      return relation.kind === 'ratio' && relation.ratio === variable;
    });
  }

  /** The variables of a relation, and those that decide whether it applies, as far as they can be wrong. */
  suspectsOf(relation: number): readonly number[] {
    let suspects = this.suspects.get(relation);
    if (!suspects) {
      const { variables, conditions } = this.relations[relation]!;
      const all = conditions.length > 0 ? new Set([...variables, ...conditions]) : variables;
      suspects = [...all].filter((variable) => this.isFree(variable));
      this.suspects.set(relation, suspects);
    }
    return suspects;
  }

  weightOf(variable: number): number {
    return this.variables[variable]?.weight ?? 1;
  }

  /** What the lightest of the suspects of a relation weighs; `Infinity` where it has none. */
  lightestOf(relation: number): number {
    let least = this.lightest.get(relation);
    if (least === undefined) {
      least = leastOf(this.suspectsOf(relation).map((variable) => this.weightOf(variable)));
      this.lightest.set(relation, least);
    }
    return least;
  }

  weigh(variables: readonly number[]): number {
    return variables.reduce((sum, variable) => sum + this.weightOf(variable), 0);
  }

  id(variable: number): string {
    return this.variables[variable]?.id ?? '';
  }

  /** Sums whose total a variable is. */
  sumsOf(variable: number): readonly number[] {
    return this.sums.get(variable) ?? [];
  }

  /** Variables that it repeats. */
  sourcesOf(variable: number): readonly number[] {
    return this.sources.get(variable) ?? [];
  }

  /** What a variable is the sum of, and what those are sums of. */
  partsOf(variable: number, found = new Set<number>()): ReadonlySet<number> {
    const sources = this.sources.get(variable) ?? [];
    for (const part of [...sources, ...(this.partsByTotal.get(variable) ?? [])]) {
      if (found.has(part)) continue;
      found.add(part);
      this.partsOf(part, found);
    }
    return found;
  }

  private enter(relation: RelationModel, index: number): void {
    let last: Incidence | undefined;
    relation.variables.forEach((variable, at) => {
      const coefficient = relation.kind === 'ratio' ? 0n : relation.coefficients[at]!;
      // Most parts of a sum stand in it in the same way.
      if (last?.coefficient !== coefficient) last = { relation: index, coefficient };
      this.incident[variable]!.push(last);
    });
    for (const variable of relation.conditions) {
      this.conditioned[variable] = [...this.conditioned[variable]!, index];
    }
    if (relation.kind === 'ratio' || relation.total < 0) return;
    const parts = relation.variables.filter((variable) => variable !== relation.total);
    for (const part of parts) push(this.partsByTotal, relation.total, part);
    push(this.sums, relation.total, index);
  }
}
