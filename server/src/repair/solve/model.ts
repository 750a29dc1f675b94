/** A problem read and numbered: what the search works on. */
import type { Mode } from '../../disclosure/model';
import { leastOf } from '../../syntax/arrays';
import { finish, type Steps } from '../../syntax/steps';
import type { Layout } from './groups/layout';
import { powerOf, twicePowerOf } from './powers';
import type { Variable } from './problem';
import type { Figure } from './reader';
import type { Incidence, RelationModel } from './relationModel';
import { Scales } from './scales';
import type { Source } from './source';

/** So many figures or relations a step. */
const STEP = 20_000;

/** Where what is printed does not tell to what place another figure would be. */
const UNTOLD = -(1 << 15);

/**
 * Variables are numbers from 0; constants come after them. Values are in halves of the finest place of
 * all that a variable is added to or compared with, so that they can be added as they are. Of each figure there
 * are numbers alone; relations, and all else, are made when somebody asks for them.
 */
export class Model {
  readonly mode: Mode;
  /** What a figure weighs more that would have to be below zero where none is printed. */
  readonly negative: number;
  readonly layouts: readonly Layout[];
  /** How many relations there are. */
  readonly count: number;
  /** As printed: value, half the width, and the last place as a power of ten. */
  readonly value: bigint[];
  readonly half: bigint[];
  readonly place: Int16Array;
  /** Where a proposed figure would be printed to, one unit of that, and half its width. */
  readonly printPlace: Int16Array;
  readonly printStep: bigint[];
  readonly printHalf: bigint[];
  /** The power of ten of whose halves the values are. */
  readonly scale: Int16Array;
  private readonly relations: (RelationModel | undefined)[];
  private readonly incidences: (readonly Incidence[] | undefined)[];
  private readonly described = new Map<number, Variable>();
  private readonly suspects = new Map<number, readonly number[]>();
  private readonly lightest = new Map<number, number>();
  private readonly scales: Scales;

  private constructor(readonly source: Source) {
    const { count, mode, negative, layouts, incidence } = source;
    this.mode = mode;
    this.negative = negative;
    this.layouts = layouts;
    this.count = incidence.count;
    this.value = new Array<bigint>(count);
    this.half = new Array<bigint>(count);
    this.printStep = new Array<bigint>(count);
    this.printHalf = new Array<bigint>(count);
    this.place = new Int16Array(count);
    this.printPlace = new Int16Array(count);
    this.scale = new Int16Array(count);
    this.relations = new Array<undefined>(this.count);
    this.incidences = new Array<undefined>(count);
    this.scales = new Scales(count);
  }

  static *read(source: Source): Steps<Model> {
    const model = new Model(source);
    yield* model.readFigures();
    return model;
  }

  static of(source: Source): Model {
    return finish(Model.read(source));
  }

  private *readFigures(): Steps<void> {
    const { source, scales } = this;
    for (let index = 0; index < this.count; index++) {
      if (index % STEP === STEP - 1) yield;
      scales.bind(source.isPlain(index) ? source.incidence.figuresOf(index) : this.bound(index));
    }
    for (let number = 0; number < source.count; number++) {
      if (number % STEP === STEP - 1) yield;
      const figure = source.figure(number);
      scales.enter(number, figure);
      // To be entered in halves of its scale, as soon as that is known.
      this.value[number] = figure.units;
      this.half[number] = figure.width;
      this.place[number] = figure.place;
      this.printPlace[number] = figure.printPlace ?? UNTOLD;
    }
    scales.settle();
    yield;
    for (let number = 0; number < source.count; number++) {
      const [place, printPlace] = [this.place[number]!, this.printPlace[number]!];
      this.scale[number] = scales.of(number, place);
      this.enterFigure(number, {
        units: this.value[number]!,
        width: this.half[number]!,
        place,
        printPlace: printPlace === UNTOLD ? undefined : printPlace,
      });
    }
  }

  /** What a relation adds up or compares. */
  private bound(index: number): readonly number[] {
    const relation = this.relation(index);
    if (relation.kind !== 'ratio') return relation.variables;
    const { numerator, denominator } = relation;
    return [...numerator.variables, ...denominator.variables];
  }

  relation(index: number): RelationModel {
    return (this.relations[index] ??= this.source.relation(index));
  }

  /** The relations that are ratios. */
  get ratios(): readonly number[] {
    const ratios: number[] = [];
    for (let index = 0; index < this.count; index++) {
      const isOther = !this.source.isPlain(index);
      if (isOther && this.relation(index).kind === 'ratio') ratios.push(index);
    }
    return ratios;
  }

  /** The figures of a relation that is a sum or a difference of them, each once; undefined of any other. */
  plainFigures(index: number): Int32Array | undefined {
    return this.source.isPlain(index) ? this.source.incidence.figuresOf(index) : undefined;
  }

  /** Where a variable stands. */
  incident(variable: number): readonly Incidence[] {
    return (this.incidences[variable] ??= this.incidencesOf(variable));
  }

  private incidencesOf(variable: number): readonly Incidence[] {
    const { incidence } = this.source;
    return Array.from(incidence.of(variable), (index): Incidence => {
      if (this.source.isPlain(index)) {
        const at = incidence.figuresOf(index).indexOf(variable);
        return { relation: index, coefficient: BigInt(incidence.coefficientsOf(index)[at]!) };
      }
      const relation = this.relation(index);
      const at = relation.variables.indexOf(variable);
      const coefficient = relation.kind === 'ratio' ? 0n : relation.coefficients[at]!;
      return { relation: index, coefficient };
    });
  }

  /** What is told of a variable; undefined of a constant. */
  variable(variable: number): Variable | undefined {
    if (variable < 0 || variable >= this.source.variables) return undefined;
    let described = this.described.get(variable);
    if (!described) this.described.set(variable, (described = this.source.variable(variable)));
    return described;
  }

  /** What it prints; nothing where it is none. */
  printed(variable: number): string {
    return this.variable(variable)?.printed ?? '';
  }

  /** Power of ten of the unit it is printed in. */
  unitOf(variable: number): number {
    return this.variable(variable)?.unit ?? 0;
  }

  /** Relations that hang on a variable by their conditions. */
  conditioned(variable: number): readonly number[] {
    return this.source.conditionedBy(variable);
  }

  /**
   * Takes a variable that prints something else, its relations being the same. False where that gives
   * others another scale: then everything has to be read anew.
   */
  reprint(number: number): boolean {
    const figure = this.source.figure(number);
    const before = {
      units: this.value[number]!,
      place: this.place[number]!,
      printPlace: this.printPlace[number]!,
    };
    if (!this.scales.replace(number, before, figure)) return false;
    this.described.delete(number);
    this.enterFigure(number, figure);
    return true;
  }

  private enterFigure(number: number, { units, place, width, printPlace }: Figure): void {
    const scale = this.scale[number]!;
    // A zero carries no digit: its place is no finer than what it is added to.
    const own = Math.max(place, scale);
    const size = powerOf(own - scale);
    this.value[number] = units === 0n ? 0n : 2n * units * size;
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
    return variable < this.source.variables && !this.source.isFixed(variable);
  }

  /** Whether it is the printed quotient of others. */
  isRatio(variable: number): boolean {
    return this.incident(variable).some(({ relation: index }) => {
      const relation = this.relation(index);
      return relation.kind === 'ratio' && relation.ratio === variable;
    });
  }

  /** The variables of a relation, and those that decide whether it applies, as far as they can be wrong. */
  suspectsOf(relation: number): readonly number[] {
    let suspects = this.suspects.get(relation);
    if (!suspects) {
      const { variables, conditions } = this.relation(relation);
      const all = conditions.length > 0 ? new Set([...variables, ...conditions]) : variables;
      suspects = [...all].filter((variable) => this.isFree(variable));
      this.suspects.set(relation, suspects);
    }
    return suspects;
  }

  weightOf(variable: number): number {
    return variable < this.source.variables ? this.source.weightOf(variable) : 1;
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
    return this.variable(variable)?.id ?? '';
  }

  /** Sums whose total a variable is. */
  sumsOf(variable: number): readonly number[] {
    const { incidence } = this.source;
    const own = this.incident(variable).map(({ relation }) => relation);
    // A total stands first.
    const sums = own.filter((index) => incidence.figuresOf(index)[0] === variable);
    return sums.filter((index) => {
      const relation = this.relation(index);
      return relation.kind !== 'ratio' && relation.total === variable;
    });
  }

  /** Variables that it repeats. */
  sourcesOf(variable: number): readonly number[] {
    return variable < this.source.variables ? this.source.sourcesOf(variable) : [];
  }

  /** What a variable is the sum of, and what those are sums of. */
  partsOf(variable: number, found = new Set<number>()): ReadonlySet<number> {
    const parts = this.sumsOf(variable).flatMap((index) =>
      this.relation(index).variables.filter((part) => part !== variable),
    );
    for (const part of [...this.sourcesOf(variable), ...parts]) {
      if (found.has(part)) continue;
      found.add(part);
      this.partsOf(part, found);
    }
    return found;
  }
}
