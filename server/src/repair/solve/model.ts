/** A problem read and numbered: what the search works on. */
import { parseAmount, power } from '../../disclosure/amount';
import type { Mode } from '../../disclosure/model';
import {
  ProblemError,
  type Kind,
  type LinearRelation,
  type Operand,
  type Problem,
  type RatioRelation,
  type Relation,
  type Variable,
} from './problem';

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

/** Where a variable stands: the relation, and its coefficient in a linear one (0 in a ratio). */
export interface Incidence {
  readonly relation: number;
  readonly coefficient: bigint;
}

/**
 * Variables are numbers from 0; constants come after them. Values are in halves of the finest place of
 * all that a variable is added to or compared with, so that they can be added as they are.
 */
export class Model {
  readonly mode: Mode;
  readonly variables: readonly Variable[];
  readonly grids: Problem['grids'];
  readonly relations: readonly RelationModel[] = [];
  /** Variables by id. */
  readonly numbers = new Map<string, number>();
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
  readonly conditioned: number[][] = [];
  /** The parts of totals, by total. */
  private readonly partsByTotal = new Map<number, number[]>();
  private readonly sums = new Map<number, number[]>();
  private readonly sources = new Map<number, number[]>();

  constructor(problem: Problem) {
    this.mode = problem.mode ?? 'nearest';
    this.variables = problem.variables;
    this.grids = problem.grids;
    problem.variables.forEach(({ id }, index) => {
      if (this.numbers.has(id)) throw new ProblemError(`variable ${id} stands twice`);
      this.numbers.set(id, index);
    });
    const reader = new Reader(problem, this.numbers);
    reader.run();
    const { units, places, printPlaces, widths, scales } = reader.scaled();
    for (let index = 0; index < units.length; index++) {
      const scale = scales[index]!;
      const size = powerOf(places[index]! - scale);
      this.value.push(2n * units[index]! * size);
      this.half.push(units[index] === 0n ? 0n : widths[index]! * size);
      this.place.push(places[index]!);
      this.printPlace.push(printPlaces[index]!);
      const step = 2n * powerOf(printPlaces[index]! - scale);
      this.printStep.push(step);
      this.printHalf.push(widths[index] === 0n ? 0n : step / 2n);
      this.scale.push(scale);
      this.incident.push([]);
      this.conditioned.push([]);
    }
    problem.variables.forEach(({ id, repeats = [] }, index) => {
      for (const source of repeats) push(this.sources, index, numberOf(this.numbers, source, id));
    });
    this.relations = reader.relations;
    this.relations.forEach((relation, index) => this.enter(relation, index));
  }

  /** Whether a variable can be wrong at all. */
  isFree(variable: number): boolean {
    const described = this.variables[variable];
    return described !== undefined && described.fixed !== true;
  }

  weightOf(variable: number): number {
    return this.variables[variable]?.weight ?? 1;
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
    for (const part of this.partsByTotal.get(variable) ?? []) {
      if (found.has(part)) continue;
      found.add(part);
      this.partsOf(part, found);
    }
    return found;
  }

  private enter(relation: RelationModel, index: number): void {
    relation.variables.forEach((variable, at) => {
      const coefficient = relation.kind === 'ratio' ? 0n : relation.coefficients[at]!;
      this.incident[variable]!.push({ relation: index, coefficient });
    });
    for (const variable of relation.conditions) this.conditioned[variable]!.push(index);
    if (relation.kind === 'ratio' || relation.total < 0) return;
    const parts = relation.variables.filter((variable) => variable !== relation.total);
    push(this.partsByTotal, relation.total, ...parts);
    push(this.sums, relation.total, index);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, ...values: V[]): void {
  const known = map.get(key);
  if (known) known.push(...values);
  else map.set(key, [...values]);
}

function numberOf(numbers: ReadonlyMap<string, number>, id: string, where: string): number {
  const number = numbers.get(id);
  if (number === undefined) throw new ProblemError(`${where}: there is no variable ${id}`);
  return number;
}

const POWERS = Array.from({ length: 24 }, (_, n) => power(n));

/** 10ⁿ for n ≥ 0, without computing the usual ones again. */
export function powerOf(n: number): bigint {
  return POWERS[n] ?? power(n);
}

const COMPARATORS = { '=': 'eq', '>=': 'ge', '<=': 'le' } as const;

/** A decimal number as units of a place. */
interface Decimal {
  readonly units: bigint;
  readonly place: number;
}

function decimal(text: string | number, unit: number, where: string): Decimal {
  const amount = parseAmount(String(text).trim(), unit);
  if (!amount) throw new ProblemError(`${where}: ${JSON.stringify(text)} is not a decimal number`);
  return amount;
}

/** Most coefficients are 1 or -1. */
function decimalFactor(value: string | number, where: string): Decimal {
  if (value === 1) return PLUS;
  if (value === -1) return MINUS;
  return decimal(value, 0, where);
}

const PLUS: Decimal = { units: 1n, place: 0 };
const MINUS: Decimal = { units: -1n, place: 0 };

interface Signed extends Decimal {
  readonly variable: number;
}

class Reader {
  readonly relations: RelationModel[] = [];
  private readonly units: bigint[] = [];
  private readonly places: number[] = [];
  private readonly widths: bigint[] = [];
  /** Undefined for a blank that does not say to how many decimals it would be printed. */
  private readonly printPlaces: (number | undefined)[] = [];
  /** By variable, the last form it was in; forms are counted. */
  private readonly seen: number[] = [];
  private forms = 1;
  /** Union-find over what is added or compared. */
  private readonly parent: number[] = [];

  constructor(
    private readonly problem: Problem,
    private readonly numbers: ReadonlyMap<string, number>,
  ) {}

  run(): void {
    for (const variable of this.problem.variables) this.variable(variable);
    for (const relation of this.problem.relations) this.relations.push(this.relation(relation));
  }

  /** All places are known now: gives every variable the finest place of those it is bound to. */
  scaled() {
    const finest = new Array<number>(this.places.length).fill(Infinity);
    this.places.forEach((place, index) => {
      const root = this.root(index);
      const own = this.units[index] === 0n ? Infinity : place;
      const print = this.printPlaces[index] ?? Infinity;
      finest[root] = Math.min(finest[root]!, own, print);
    });
    const scaleOf = (index: number) => {
      const place = finest[this.root(index)]!;
      return place === Infinity ? this.places[index]! : place;
    };
    const scales = this.places.map((_, index) => scaleOf(index));
    // A zero carries no digit: its place is no finer than what it is added to.
    const places = this.places.map((place, index) => Math.max(place, scales[index]!));
    const printPlaces = this.printPlaces.map((place, index) => place ?? scales[index]!);
    const { units, widths } = this;
    return { units, places, printPlaces, widths, scales };
  }

  private variable({ id, printed, unit = 0, decimals, width }: Variable): void {
    const blank = printed.trim() === '';
    const { units, place } = blank ? { units: 0n, place: unit } : decimal(printed, unit, id);
    this.add(units, place, BigInt(width ?? this.problem.width ?? 1));
    const own = blank || units === 0n ? undefined : place;
    this.printPlaces.push(decimals === undefined ? own : unit - decimals);
  }

  private add(units: bigint, place: number, width: bigint): number {
    this.parent.push(this.units.length);
    this.places.push(place);
    this.widths.push(width);
    return this.units.push(units) - 1;
  }

  private relation(relation: Relation): RelationModel {
    const conditions = (relation.conditions ?? []).map((id) => this.number(id, relation.id));
    return relation.kind === 'ratio'
      ? this.ratio(relation, conditions)
      : this.linear(relation, conditions);
  }

  private linear(relation: LinearRelation, conditions: readonly number[]): LinearModel {
    const { id, kind = 'equal', comparator = '=', left, right } = relation;
    const form = this.form(this.signed(right, -1, id, this.signed(left, 1, id)));
    this.bind(form.variables);
    const first = form.coefficients[0] ?? 0n;
    const isTotal = kind === 'sum' || kind === 'added';
    const sum = isTotal && comparator === '=' && left.length === 1 && first > 0n;
    const plain = sum && form.coefficients.every((c, at) => at === 0 || c === -first);
    const total = plain ? form.variables[0]! : -1;
    const structural = kind === 'sum' || kind === 'balance';
    return {
      id,
      kind,
      comparator: COMPARATORS[comparator],
      ...form,
      total,
      structural,
      conditions,
    };
  }

  private ratio(relation: RatioRelation, conditions: readonly number[]): RatioModel {
    const { id } = relation;
    const ratio = this.number(relation.ratio, id);
    const both = [
      this.signed(relation.numerator, 1, id),
      this.signed(relation.denominator, 1, id),
    ] as const;
    const decimals = Math.max(0, ...both.flat().map(({ place }) => -place));
    const numerator = this.form(both[0], decimals);
    const denominator = this.form(both[1], decimals);
    const bound = new Set([...numerator.variables, ...denominator.variables]);
    this.bind([...bound]);
    const variables = [...new Set([ratio, ...bound])];
    return { id, kind: 'ratio', ratio, numerator, denominator, variables, conditions };
  }

  /** Appends terms, with a sign, to a list; a number that is exactly known becomes a variable of its own. */
  private signed(
    operands: readonly Operand[],
    sign: 1 | -1,
    id: string,
    into: Signed[] = [],
  ): Signed[] {
    const one = sign === 1 ? 1n : -1n;
    for (const operand of operands) {
      if (typeof operand === 'string') {
        into.push({ variable: this.number(operand, id), units: one, place: 0 });
      } else if ('constant' in operand) {
        const { units, place } = decimal(operand.constant, 0, id);
        this.printPlaces.push(place);
        into.push({ variable: this.add(units, place, 0n), units: one, place: 0 });
      } else {
        const { units, place } = decimalFactor(operand.coefficient ?? 1, id);
        into.push({ variable: this.number(operand.variable, id), units: one * units, place });
      }
    }
    return into;
  }

  /** Coefficients as integers: their common power of ten says nothing in a comparison with zero. */
  private form(
    terms: readonly Signed[],
    decimals = terms.reduce((most, { place }) => Math.max(most, -place), 0),
  ): Form {
    const variables: number[] = [];
    const coefficients: bigint[] = [];
    for (const { variable, units, place } of terms) {
      const value = place + decimals === 0 ? units : units * power(place + decimals);
      // A variable that stands twice counts twice.
      const known = this.seen[variable] === this.forms ? variables.indexOf(variable) : -1;
      if (known >= 0) coefficients[known]! += value;
      else {
        this.seen[variable] = this.forms;
        variables.push(variable);
        coefficients.push(value);
      }
    }
    this.forms++;
    if (!coefficients.includes(0n)) return { variables, coefficients };
    const kept = (_: unknown, at: number) => coefficients[at] !== 0n;
    return {
      variables: variables.filter(kept),
      coefficients: coefficients.filter((c) => c !== 0n),
    };
  }

  private number(id: string, relation: string): number {
    return numberOf(this.numbers, id, relation);
  }

  private bind(variables: readonly number[]): void {
    if (variables.length === 0) return;
    const root = this.root(variables[0]!);
    for (const other of variables) this.parent[this.root(other)] = root;
  }

  private root(index: number): number {
    let root = index;
    while (this.parent[root] !== root) root = this.parent[root]!;
    this.parent[index] = root;
    return root;
  }
}
