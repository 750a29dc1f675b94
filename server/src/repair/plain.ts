import { leastOf } from '../syntax/arrays';
import { printedAmount, writeAmount } from '../disclosure/amount';
import type { Cell, Disclosure, Mode, Table } from '../disclosure/model';
import type { SectionSpec } from '../disclosure/vocabulary';
import type { Side } from '../relations/cellNumbers';
import { ruleOf, type Evaluation } from '../relations/evaluate';
import type { Incidence } from '../relations/incidence';
import type { Network } from '../relations/network';
import { Pending } from '../relations/pending';
import type { Steps } from '../syntax/steps';
import { namesakesOf, neighboursOf } from './around';
import { isBinding } from './binding';
import { Numbering } from './numbering';
import { traitsOf } from './plainRelation';
import { PrintPlaces } from './printPlaces';
import { Layout } from './solve/groups/layout';
import type { Variable } from './solve/problem';
import { figureOf, type Figure } from './solve/reader';
import type { LinearModel, RelationModel } from './solve/relationModel';
import type { Source } from './solve/source';
import { Taken } from './taken';
import { Texts } from './texts';

/**
 * The figures and relations of a document as the solver takes them. A cell left to the server is no figure: what it is
 * computed from stands in its place. Nearly all of it are numbers: cells and relations are made of what is asked for.
 */
export class Plain implements Source {
  readonly mode: Mode;
  /** Amounts below zero are rare: one more figure is looked for beside such a one. */
  readonly negative = 1.5;
  readonly layouts: readonly Layout[];

  private constructor(
    private readonly network: Network,
    private readonly disclosure: Disclosure,
    private readonly taken: Taken,
    private readonly numbering: Numbering,
    private readonly texts: Texts,
    private readonly places: PrintPlaces,
  ) {
    this.mode = disclosure.mode;
    this.layouts = this.layOut();
  }

  /** @param open failing relations that prove nothing yet */
  static *read(
    network: Network,
    disclosure: Disclosure,
    open: ReadonlyMap<Evaluation, Table> = new Map(),
  ): Steps<Plain> {
    const taken = new Taken(network, open);
    yield;
    const numbering = new Numbering(network, taken);
    yield;
    const texts = new Texts(network, taken.numbers);
    return new Plain(network, disclosure, taken, numbering, texts, new PrintPlaces(disclosure));
  }

  get incidence(): Incidence {
    return this.numbering.incidence;
  }

  get variables(): number {
    return this.numbering.cells.length;
  }

  get count(): number {
    return this.variables + this.numbering.constants.length;
  }

  /** One layout for each side of a table that has variables, the tables in the order of those. */
  private layOut(): Layout[] {
    const { sides } = this.network.cells;
    const tables = new Set<Table>();
    for (const cell of this.numbering.cells) tables.add(this.network.cells.tableOf(cell));
    return [...tables].flatMap((table) =>
      sides.filter((side) => side.table === table).map((side) => this.layoutOf(side)),
    );
  }

  private layoutOf({ table, section, columns, rows, first }: Side): Layout {
    const id = section.id === '' ? table.id : `${table.id}.${section.id}`;
    const rowAt = (row: number) => {
      const { code, id: own, printed } = rows[row]!;
      return { id: code ?? own, absent: !printed };
    };
    const { length } = columns;
    const numbers = this.numbering.between(first, first + rows.length * length);
    return new Layout(id, table.id, hasFixedRows(section), length, rows.length, rowAt, numbers);
  }

  isPlain(index: number): boolean {
    return !this.numbering.made.has(index);
  }

  relation(index: number): RelationModel {
    return this.numbering.made.get(index) ?? this.sum(index);
  }

  private sum(index: number): LinearModel {
    const one = this.network.relations[this.taken.numbers[index]!]!;
    const traits = traitsOf(one);
    const variables = Array.from(this.incidence.figuresOf(index));
    const coefficients = Array.from(this.incidence.coefficientsOf(index), signOf);
    const isTotal = traits.kind === 'sum' || traits.kind === 'added';
    const isAlone = one instanceof Pending || one.left.length === 1;
    const isOfParts = coefficients.every((own, at) => own > 0n === (at === 0));
    return {
      ...traits,
      variables,
      coefficients,
      total: isTotal && isAlone && isOfParts && traits.comparator === 'eq' ? variables[0]! : -1,
      structural: traits.kind === 'sum' || traits.kind === 'balance',
      conditions: NONE,
    };
  }

  /** The relations of the document that one of the solver's relations says. */
  evaluationsOf(index: number): readonly Evaluation[] {
    return this.taken.evaluationsOf(index);
  }

  /** Whether one of the solver's relations is made of several, by what computed cells are computed from. */
  isComposed(index: number): boolean {
    if (!this.taken.areExpanded) return false;
    return this.network.expansion.isIn(this.evaluationsOf(index)[0]!.relation);
  }

  cell(variable: number): Cell {
    return this.network.cells.cell(this.numbering.cells[variable]!);
  }

  /**
   * After cells print something else, given with what they were before, and relations of the network have
   * been evaluated again: the variables that are others now; undefined where the relations are, or the places that
   * figures are printed to.
   */
  follow(cells: ReadonlyMap<Cell, Cell>, again: Iterable<number>): ReadonlySet<number> | undefined {
    // What was one relation need not be one now.
    if (this.taken.areExpanded) return undefined;
    for (const number of again) {
      const evaluation = this.network.evaluations[number]!;
      // Which of two bases a ratio has, hangs on how it stands.
      const isSame = isBinding(evaluation) === this.taken.positions[number]! >= 0;
      if (!isSame || ruleOf(evaluation).or) return undefined;
    }
    if (!this.places.replace(cells)) return undefined;
    const stale = new Set<number>();
    for (const cell of cells.keys()) {
      const number = this.numbering.of(cell);
      if (number >= 0) stale.add(number);
      for (const text of this.texts.repeatingOf(cell)) stale.add(this.numbering.of(text));
    }
    return stale;
  }

  figure(number: number): Figure {
    if (number >= this.variables) return this.numbering.constants[number - this.variables]!;
    const side = this.sideOf(number);
    return side ? this.figureIn(side, number) : figureOf(this.variable(number));
  }

  /** The same of an amount of one of the nine tables, for which no cell need be made. */
  private figureIn({ table, columns }: Side, number: number): Figure {
    const { amount } = this.network.cells.printed(this.numbering.cells[number]!);
    const { unit } = table;
    const printPlace = this.places.of({ table, unit, column: columns[0]! });
    const known = amount && amount.units !== 0n ? amount : undefined;
    const { width } = known ?? printedAmount(1n, printPlace, unit.measure);
    return { units: known?.units ?? 0n, place: known?.place ?? unit.exponent, width, printPlace };
  }

  /** The side of one of the nine tables that a variable stands in. */
  private sideOf(variable: number): Side | undefined {
    const side = this.network.cells.sideAt(this.numbering.cells[variable]!);
    return side?.table.spec.section ? undefined : side;
  }

  variable(number: number): Variable {
    const cell = this.cell(number);
    const { amount, table, unit } = cell;
    const own = amount && amount.units !== 0n ? amount.width : undefined;
    // A text that repeats a table prints what the table does.
    const repeated = table.spec.section ? this.texts.repeatedBy(cell).filter(hasDigits) : [];
    const places = repeated.map((source) => this.places.of(source));
    const place = leastOf(places, this.places.of(cell));
    const isGuessed = places.length === 0 && this.places.isGuessed(cell);
    return {
      id: cell.id,
      printed: printedIn(cell),
      unit: unit.exponent,
      decimals: unit.exponent - place,
      width: own ?? printedAmount(1n, place, unit.measure).width,
      unprovable: isGuessed || this.texts.isUnprovable(cell),
    };
  }

  isFixed(): boolean {
    return false;
  }

  weightOf(): number {
    return 1;
  }

  conditionedBy(): readonly number[] {
    return NONE;
  }

  sourcesOf(variable: number): readonly number[] {
    if (this.sideOf(variable)) return NONE;
    return this.numbersOf(this.texts.repeatedBy(this.cell(variable)).filter(isPrinted));
  }

  neighboursOf(variable: number): readonly number[] {
    return this.numbersOf(neighboursOf(this.cell(variable)));
  }

  namesakesOf(variable: number): readonly number[] {
    return this.numbersOf(namesakesOf(this.cell(variable), this.network, this.disclosure));
  }

  private numbersOf(cells: Iterable<Cell>): readonly number[] {
    return Array.from(cells, (cell) => this.numbering.of(cell));
  }
}

const NONE: readonly number[] = [];

/** A sum may have as many parts as a file has lines: a number of its own for each takes room. */
const [PLUS, MINUS] = [1n, -1n];

const signOf = (coefficient: number) => (coefficient > 0 ? PLUS : MINUS);

const isPrinted = ({ state }: Cell) => state !== 'derived';

const hasDigits = ({ amount }: Cell) => amount !== undefined && amount.units !== 0n;

function printedIn({ amount, state, unit, column }: Cell): string {
  // 0 % of something is said as much as 1 % is; of an amount nothing and zero are the same.
  const isZero = amount?.units === 0n && (state !== 'amount' || column.kind !== 'percent');
  return amount && state !== 'blank' && !isZero ? writeAmount(amount, unit.exponent) : '';
}

/** Whether the form decides what rows there are, not the document. */
export const hasFixedRows = ({ codes, items, names }: SectionSpec) =>
  !codes && !items && names !== true;
