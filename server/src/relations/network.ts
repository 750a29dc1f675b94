import { amountOf, type Cell, type Disclosure, type Row, type Table } from '../disclosure/model';
import type { Fact } from './fact';
import { Judgements } from './judgements';
import {
  evaluate,
  evaluatePending,
  evaluateSums,
  noOutcomes,
  type Context,
  type Evaluation,
  type Outcome,
} from './evaluate';
import { CellNumbers } from './cellNumbers';
import { Expansion } from './expansion';
import type { Incidence } from './incidence';
import { isOfTotal, mayLeaveBlank } from './leftBlank';
import { looksExact, sumsAmong } from './infer';
import { push } from '../syntax/multimap';
import { finish, type Steps } from '../syntax/steps';
import { Pending, relationOf } from './pending';
import { readIncidence } from './readIncidence';
import { instantiate, type Decision } from './instantiate';
import { countOperands, operandsOf, type Relation, type Unchecked } from './relation';
import type { Pack } from './rule';
import { Tails } from './tails';
import { isMany, Totals } from './totals';
import type { Underived } from './underived';

/** Of what does not hold, or only within rounding: what the file itself accepts (审核说明). */
export type Accept = (found: readonly (Evaluation | Fact)[]) => ReadonlySet<Evaluation | Fact>;

/** Every relation of one document, evaluated, and which cells they bind together. */
export class Network {
  readonly underived: readonly Underived[];
  /** Totals that are still blank beside their figures. */
  readonly leftBlank: ReadonlySet<Cell>;
  readonly context: Context;
  /** What the cells left to the server stand for. */
  readonly expansion: Expansion;
  private readonly current: Evaluation[];
  /** Relations that could not be made. */
  private readonly unrelated: readonly Unchecked[];
  private readonly judgements: Judgements;
  /** Where the file accepts any. */
  private readonly told: readonly Fact[] | undefined;
  /** What the evaluations are of, by the same numbers. */
  readonly relations: readonly (Relation | Pending)[];
  private numbering: CellNumbers | undefined;
  /** Which relations speak of which cells; nobody asks where everything holds. */
  private known: Incidence | undefined;
  /** Makes that. */
  private readonly indexing: Steps<Incidence>;
  /** Those that do not plainly hold. */
  private readonly open = new Set<number>();
  /** Those that cannot be told because a syntax error keeps parts of their figures from being read. */
  private readonly unread = new Set<number>();
  private readonly counted = noOutcomes();
  private readonly decisions: readonly Decision[];
  private deciding: ReadonlyMap<Cell, readonly Decision[]> | undefined;
  private exact: boolean | undefined;
  /** The numbers of what is added up. */
  private sums: readonly number[] | undefined;
  private readonly isAccepting: boolean;
  /** The sums of long relations, by number, as far as they were asked for. */
  private readonly totals = new Map<number, Totals>();
  /** Makes the others. */
  private readonly summing: Steps<void>;

  /** The tables that it is about, by id. */
  readonly tables: ReadonlyMap<string, Table>;

  constructor(packs: readonly Pack[], disclosure: Disclosure, accept?: Accept) {
    this.tables = disclosure.tables;
    const instances = instantiate(packs, disclosure);
    const { relations, unchecked, underived, definitions, decisions } = instances;
    this.leftBlank = instances.leftBlank;
    this.unrelated = unchecked;
    this.underived = underived;
    this.expansion = new Expansion(definitions);
    this.decisions = decisions;
    this.context = {
      mode: disclosure.mode,
      tails: new Tails((cell) => this.beginningWith(cell)),
      amount: amountOf,
    };
    this.relations = relations;
    this.indexing = this.index();
    this.summing = this.sumUp();
    const evaluations = relations.map((one) =>
      one instanceof Pending ? evaluatePending(one, this.context) : evaluate(one, this.context),
    );
    this.judgements = new Judgements(packs, disclosure);
    const { facts } = this.judgements;
    const found = [...evaluations.filter(isOpen), ...facts.filter(isOpen)];
    const accepted = accept?.(found) ?? new Set();
    this.isAccepting = accepted.size > 0;
    this.current = this.isAccepting
      ? evaluations.map((one) => (accepted.has(one) ? acceptedOf(one) : one))
      : evaluations;
    if (this.isAccepting) {
      this.told = facts.map((fact) => (accepted.has(fact) ? acceptedOf(fact) : fact));
    }
    for (let number = 0; number < this.current.length; number++) {
      const evaluation = this.current[number]!;
      if (isUnread(evaluation)) this.unread.add(number);
      if (isOpen(evaluation)) this.open.add(number);
      this.counted[evaluation.outcome]++;
    }
  }

  get evaluations(): readonly Evaluation[] {
    return this.current;
  }

  get facts(): readonly Fact[] {
    return this.told ?? this.judgements.facts;
  }

  /** What could not be evaluated or judged, and why. */
  get unchecked(): readonly Unchecked[] {
    return [...this.unrelated, ...this.judgements.unchecked];
  }

  /** How many relations came out how. */
  get counts(): Readonly<Record<Outcome, number>> {
    return this.counted;
  }

  /** How many relations and facts came out how; what could not be made or judged is unchecked. */
  get outcomes(): Record<Outcome, number> {
    const facts = this.told ? countOf(this.told) : this.judgements.counts;
    const all = { ...this.counted };
    for (const outcome of OUTCOMES) all[outcome] += facts[outcome];
    all.unchecked += this.unrelated.length + this.judgements.unchecked.length;
    return all;
  }

  /** What fails, or holds within rounding, in the order of the rules. */
  opened(outcome: 'fails' | 'rounding'): Evaluation[] {
    return [...this.open]
      .sort((a, b) => a - b)
      .map((number) => this.current[number]!)
      .filter((evaluation) => evaluation.outcome === outcome);
  }

  /** Whether printed sums hold to the digit so often that the file might have declared it. */
  get looksExact(): boolean {
    if (this.context.mode !== 'nearest') return false;
    const open = this.isAccepting
      ? this.current
      : [...this.open].map((number) => this.current[number]!);
    this.sums ??= sumsAmong(this.current);
    return (this.exact ??= looksExact(this.evaluationsOf(this.sums), open));
  }

  private *evaluationsOf(numbers: readonly number[]): Iterable<Evaluation> {
    for (const number of numbers) yield this.current[number]!;
  }

  /** Numbers of cells. */
  get cells(): CellNumbers {
    return (this.numbering ??= new CellNumbers(this.tables.values()));
  }

  private *index(): Steps<Incidence> {
    return yield* readIncidence(this.relations, this.cells);
  }

  /** Which relations speak of which cells. */
  get incidence(): Incidence {
    return (this.known ??= finish(this.indexing));
  }

  /** Relations that have a cell on the left, before others. */
  private beginningWith(cell: Cell): Relation[] {
    const number = this.cells.of(cell);
    const own = this.incidence.of(number);
    const begins = own.filter((relation) => this.incidence.figuresOf(relation)[0] === number);
    return Array.from(begins, (relation) => relationOf(this.relations[relation]!));
  }

  /**
   * A part of the indexes that edits are followed by: to be done before a cell prints something else. Tells
   * whether there was anything to do.
   */
  prepare(): boolean {
    this.deciding ??= byCellOf(this.decisions);
    if (this.known) return this.summing.next().done !== true;
    const { done, value } = this.indexing.next();
    if (done) this.known = value;
    return true;
  }

  /** Adds up the long relations, one a step. */
  private *sumUp(): Steps<void> {
    for (const [number, one] of this.relations.entries()) {
      if (!this.isLong(number) || this.totals.has(number)) continue;
      const totals = this.added(number, one);
      this.totals.set(number, totals);
      this.measured(number, totals);
      yield;
    }
  }

  /** What is known of a long relation need not be worked out again from its cells. */
  private measured(number: number, totals: Totals): void {
    const { outcome } = this.current[number]!;
    const measure = outcome === 'holds' ? totals.measure() : undefined;
    if (measure) this.current[number] = evaluateSums(this.relations[number]!, measure, true);
  }

  private isLong(number: number): boolean {
    const isMore = isMany(this.incidence.figuresOf(number).length);
    return isMore && this.relations[number]!.rule.base === undefined;
  }

  private added(number: number, one: Relation | Pending): Totals {
    return new Totals(one, number, this.incidence, this.cells, this.context.mode);
  }

  /**
   * Evaluates again what speaks of cells that print something else now, given with what they were before;
   * `rows` are the rows they are in, or the narrative was told anew. Tells which relations, by their places
   * among the evaluations. Undefined where figures decide otherwise what relations there are: then everything
   * is to be done anew.
   */
  follow(
    cells: ReadonlyMap<Cell, Cell>,
    rows: readonly Row[] | 'told',
  ): ReadonlySet<number> | undefined {
    if (this.isAccepting) return undefined;
    const changed = new Set(cells.keys());
    this.deciding ??= byCellOf(this.decisions);
    const decisions = new Set([...changed].flatMap((cell) => this.deciding!.get(cell) ?? []));
    for (const decision of decisions) if (!decision.stands()) return undefined;
    if (mayLeaveBlank(cells, (cell) => this.totalsOf(cell))) return undefined;
    const again = new Set<number>();
    for (const cell of changed) for (const number of this.numbersOf(cell)) again.add(number);
    // Whether a tail explains why two copies differ hangs on their parts.
    for (const number of this.open) if (this.current[number]!.copy) again.add(number);
    for (const number of this.unread) again.add(number);
    for (const number of again) this.replace(number, cells);
    if (rows === 'told') this.judgements.again();
    else this.judgements.follow(changed, rows);
    this.exact = undefined;
    return again;
  }

  private replace(number: number, changed: ReadonlyMap<Cell, Cell>): void {
    const one = this.relations[number]!;
    const { outcome } = this.current[number]!;
    const totals = this.isLong(number) ? this.sumsOf(number, changed) : undefined;
    const measure = totals?.measure();
    const evaluation = measure
      ? evaluateSums(one, measure, totals!.isWhole)
      : evaluate(relationOf(one), this.context);
    this.current[number] = evaluation;
    this.counted[outcome]--;
    this.counted[evaluation.outcome]++;
    if (isOpen(evaluation)) this.open.add(number);
    else this.open.delete(number);
    if (isUnread(evaluation)) this.unread.add(number);
    else this.unread.delete(number);
  }

  private sumsOf(number: number, changed: ReadonlyMap<Cell, Cell>): Totals {
    let totals = this.totals.get(number);
    if (totals) {
      for (const [cell, before] of changed) totals.change(this.cells.of(cell), before, cell);
      return totals;
    }
    totals = this.added(number, this.relations[number]!);
    this.totals.set(number, totals);
    return totals;
  }

  /**
   * Whether a change of the cell can mend a failing relation. Beside its operands these are what they are
   * computed from; and, where two copies differ by one last place, the parts of both: whether a tail
   * explains the difference hangs on them.
   */
  isSuspect(failing: Evaluation, cell: Cell): boolean {
    const { relation, measure, copy } = failing;
    if (this.about(cell).includes(failing) || this.expansion.reaches(relation, cell)) return true;
    const gap = measure ? measure.left - measure.right : 0n;
    if (!copy || gap < -2n || gap > 2n) return false;
    return [...cellsOf(relation)].some((part) => this.context.tails.partsOf(part).has(cell));
  }

  /**
   * The relations that bind a cell, in the order of the rules. What is accepted binds nothing: no cell is
   * accused or cleared by it.
   */
  of(cell: Cell): readonly Evaluation[] {
    return this.about(cell).filter(({ outcome }) => outcome !== 'accepted');
  }

  /** The relations of a cell that the file accepts although they do not hold. */
  acceptedOf(cell: Cell): readonly Evaluation[] {
    return this.about(cell).filter(({ outcome }) => outcome === 'accepted');
  }

  /** Those of {@link of} that hold, the shortest first. */
  holdingOf(cell: Cell): readonly Evaluation[] {
    const { incidence } = this;
    const holding = [...this.numbersOf(cell)].filter((n) => this.current[n]!.outcome === 'holds');
    const lengthOf = (number: number) => incidence.figuresOf(number).length;
    return holding.sort((a, b) => lengthOf(a) - lengthOf(b)).map((number) => this.current[number]!);
  }

  private about(cell: Cell): readonly Evaluation[] {
    return Array.from(this.numbersOf(cell), (number) => this.current[number]!);
  }

  /** The totals of tables that a cell is, or is a part of. */
  private *totalsOf(cell: Cell): Iterable<Cell> {
    for (const number of this.numbersOf(cell)) {
      if (!isOfTotal(this.relations[number]!.rule)) continue;
      yield this.cells.cell(this.incidence.figuresOf(number)[0]!);
    }
  }

  private numbersOf(cell: Cell): Int32Array {
    return this.incidence.of(this.cells.of(cell));
  }
}

const OUTCOMES = Object.keys(noOutcomes()) as Outcome[];

function countOf(facts: readonly Fact[]): Record<Outcome, number> {
  const counts = noOutcomes();
  for (const { outcome } of facts) counts[outcome]++;
  return counts;
}

const isOpen = ({ outcome }: { readonly outcome: Outcome }) =>
  outcome === 'fails' || outcome === 'rounding';

const isUnread = (evaluation: Evaluation) => evaluation.outcome === 'unchecked' && evaluation.copy;

function byCellOf(decisions: readonly Decision[]): ReadonlyMap<Cell, readonly Decision[]> {
  const byCell = new Map<Cell, Decision[]>();
  for (const decision of decisions) for (const cell of decision.seen) push(byCell, cell, decision);
  return byCell;
}

function acceptedOf<T extends Evaluation | Fact>(found: T): T {
  return { ...found, outcome: 'accepted', otherwise: found.outcome };
}

/** More operands than these are of more than two cells. */
const MOST_OF_A_PAIR = 4;

/** The cells of a relation that speaks of two alone; a long one is not gone through for that. */
export function pairOf(relation: Relation): readonly Cell[] | undefined {
  if (countOperands(relation) > MOST_OF_A_PAIR) return undefined;
  const cells = cellsOf(relation);
  return cells.size === 2 ? [...cells] : undefined;
}

/** The cells of a relation, each once. */
export function cellsOf(relation: Relation): Set<Cell> {
  return new Set(operandsOf(relation).map(({ cell }) => cell));
}
