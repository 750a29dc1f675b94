import { leastOf } from '../syntax/arrays';
import { printedAmount, writeAmount } from '../disclosure/amount';
import type { Cell, Disclosure, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { SectionSpec } from '../disclosure/vocabulary';
import { push } from '../syntax/multimap';
import type { Network } from '../relations/network';
import { operandsOf, type Relation as Instance } from '../relations/relation';
import { namesakesOf, neighboursOf } from './around';
import { isBinding } from './binding';
import { formOf, plainRelation } from './plainRelation';
import { PrintPlaces } from './printPlaces';
import type { Grid, Problem, Relation, Variable } from './solve/problem';

/**
 * The figures and relations of a document as the solver takes them. Relations that bind nothing (see
 * {@link isBinding}), and what stands only in them, are left out: they would say something else here. A
 * cell left to the server is no figure: what it is computed from stands in its place, and relations that
 * say the same then are one, for one thing said twice is no second witness.
 */
export class Plain {
  /** By the ids used in the problem. */
  readonly cells: ReadonlyMap<string, Cell>;
  /** What each of the problem's relations is made of, in the same order. */
  private readonly evaluations: Evaluation[] = [];
  /** Further ones that say the same as one of them, by its number. */
  private readonly repeated = new Map<number, Evaluation[]>();
  /** The relations themselves where they are no longer those of the document. */
  private readonly expanded = new Map<Evaluation, Relation>();
  /** Where a relation of the network is among them, or -1. */
  private readonly positions: readonly number[];
  private readonly document: Document;
  private readonly seen: Seen = { repeats: new Map(), few: new Set() };
  private readonly places: PrintPlaces;
  /** By cell of a table, the texts that repeat it. */
  private readonly texts = new Map<Cell, Cell[]>();

  /** @param open failing relations that prove nothing yet */
  constructor(
    private readonly network: Network,
    disclosure: Disclosure,
    private readonly open: ReadonlyMap<Evaluation, Table> = new Map(),
  ) {
    const { seen } = this;
    this.document = { network, disclosure };
    this.places = new PrintPlaces(disclosure);
    const cells = new Map<string, Cell>();
    this.positions = network.expansion.isEmpty
      ? network.evaluations.map((evaluation) =>
          this.isTaken(evaluation) ? this.evaluations.push(evaluation) - 1 : -1,
        )
      : this.expand();
    for (const evaluation of this.evaluations) {
      const operands = operandsOf(evaluation.relation);
      const isEquality = evaluation.relation.comparator === 'eq';
      for (const { cell } of operands) {
        if (isPrinted(cell)) cells.set(cell.id, cell);
        else for (const [part] of network.expansion.of(cell)) cells.set(part.id, part);
        if (isEquality && isText(cell) && operands.length <= FEW) seen.few.add(cell);
      }
      repeated(evaluation.relation, seen);
    }
    for (const [text, sources] of seen.repeats) {
      for (const source of sources) push(this.texts, source, text);
    }
    this.cells = cells;
  }

  private isTaken(evaluation: Evaluation): boolean {
    return isBinding(evaluation) && !this.open.has(evaluation);
  }

  /** Takes the relations in, with what computed cells are computed from. */
  private expand(): number[] {
    const { network } = this;
    const forms = new Map<string, number>();
    return network.evaluations.map((evaluation) => {
      const relation = this.isTaken(evaluation) ? plainRelation(evaluation, network) : undefined;
      if (!relation) return -1;
      const form = formOf(evaluation.relation, network.expansion);
      const known = forms.get(form);
      if (known !== undefined) {
        this.repeat(known, evaluation, relation);
        return known;
      }
      this.expanded.set(evaluation, relation);
      const number = this.evaluations.push(evaluation) - 1;
      forms.set(form, number);
      return number;
    });
  }

  /** One relation more that says what another one says; that a total is one of parts is worth knowing. */
  private repeat(number: number, evaluation: Evaluation, relation: Relation): void {
    const first = this.evaluations[number]!;
    if (isSum(relation) && !isSum(this.expanded.get(first)!)) {
      this.expanded.set(first, relation);
    }
    push(this.repeated, number, evaluation);
  }

  /** The relations of the document that one of the problem's relations says. */
  evaluationsOf(number: number): readonly Evaluation[] {
    return [this.evaluations[number]!, ...(this.repeated.get(number) ?? [])];
  }

  /** Whether one of the problem's relations is made of several, by what computed cells are computed from. */
  isComposed(number: number): boolean {
    return this.network.expansion.isIn(this.evaluations[number]!.relation);
  }

  /** What the solver reads; it is not kept, for it is as large as the document. */
  get problem(): Problem {
    const { cells, network } = this;
    const tables = new Set<Table>();
    for (const { table } of cells.values()) tables.add(table);
    return {
      mode: this.document.disclosure.mode,
      negative: NEGATIVE,
      variables: Array.from(cells.values(), (cell) => this.variable(cell)),
      relations: this.evaluations.flatMap(
        (evaluation) => this.expanded.get(evaluation) ?? plainRelation(evaluation, network) ?? [],
      ),
      grids: [...tables].flatMap((table) => grids(table, cells)),
    };
  }

  /**
   * After cells print something else, given with what they were before, and relations of the network have
   * been evaluated again: the variables that are others now, by id; undefined where the problem is.
   */
  follow(
    cells: ReadonlyMap<Cell, Cell>,
    again: Iterable<number>,
  ): ReadonlyMap<string, Variable> | undefined {
    // What was one relation need not be one now.
    if (!this.network.expansion.isEmpty) return undefined;
    for (const number of again) {
      const evaluation = this.network.evaluations[number]!;
      const at = this.positions[number]!;
      // Which of two bases a ratio has, hangs on how it stands.
      if (isBinding(evaluation) !== at >= 0 || evaluation.relation.or) return undefined;
      if (at >= 0) this.evaluations[at] = evaluation;
    }
    if (!this.places.replace(cells)) return undefined;
    const stale = new Set<Cell>();
    for (const cell of cells.keys()) {
      if (this.cells.has(cell.id)) stale.add(cell);
      for (const text of this.texts.get(cell) ?? []) stale.add(text);
    }
    return new Map([...stale].map((cell) => [cell.id, this.variable(cell)]));
  }

  private variable(cell: Cell): Variable {
    const { seen } = this;
    const { amount, table } = cell;
    const { exponent, measure } = cell.unit;
    const own = amount && amount.units !== 0n ? amount.width : undefined;
    const repeats = seen.repeats.get(cell) ?? [];
    // A text that repeats a table prints what the table does.
    const places = table.spec.section
      ? repeats.filter(hasDigits).map((source) => this.places.of(source))
      : [];
    const place = leastOf(places, this.places.of(cell));
    const width = own ?? printedAmount(1n, place, measure).width;
    return new CellVariable(
      cell,
      this.document,
      exponent - place,
      width,
      isUnprovable(cell, seen) || (places.length === 0 && this.places.isGuessed(cell)),
      repeats.length > 0 ? repeats.filter(isPrinted).map((source) => source.id) : NONE,
    );
  }
}

const isSum = ({ kind }: Relation) => kind === 'sum' || kind === 'added';

const NONE: readonly string[] = [];

interface Document {
  readonly network: Network;
  readonly disclosure: Disclosure;
}

/**
 * A cell as the solver takes it. There are as many as figures: what is seldom asked for is not kept.
 */
class CellVariable implements Variable {
  constructor(
    private readonly cell: Cell,
    private readonly document: Document,
    readonly decimals: number,
    readonly width: bigint,
    readonly unprovable: boolean,
    readonly repeats: readonly string[],
  ) {}

  get id(): string {
    return this.cell.id;
  }

  get printed(): string {
    const { amount, state, unit, column } = this.cell;
    // 0 % of something is said as much as 1 % is; of an amount nothing and zero are the same.
    const isZero = amount?.units === 0n && (state !== 'amount' || column.kind !== 'percent');
    return amount && state !== 'blank' && !isZero ? writeAmount(amount, unit.exponent) : '';
  }

  get unit(): number {
    return this.cell.unit.exponent;
  }

  get neighbours(): readonly string[] {
    return neighboursOf(this.cell).map(({ id }) => id);
  }

  get namesakes(): readonly string[] {
    const { network, disclosure } = this.document;
    return [...namesakesOf(this.cell, network, disclosure)].map(({ id }) => id);
  }
}

/** What relations tell of cells. */
interface Seen {
  /** By cell of a text, the cells of tables that it repeats. */
  readonly repeats: Map<Cell, Cell[]>;
  /** Cells of texts that stand in an equality of few: a limit does not tell what a figure is. */
  readonly few: Set<Cell>;
}

/** More figures than this are not a figure told twice, nor a ratio with its two amounts. */
const FEW = 3;

/**
 * A row that nobody wrote stands in no sum of its table. And where long sums of a text are all that speaks
 * of a figure, a score that was left out fails them in the same way.
 */
function isUnprovable(cell: Cell, { few }: Seen): boolean {
  return cell.row.entry === undefined || (isText(cell) && !few.has(cell));
}

const isPrinted = ({ state }: Cell) => state !== 'derived';

const isText = ({ table }: Cell) => table.spec.section !== undefined;

/** A text that repeats one cell of a table is as much a sum as that. */
function repeated({ rule, left, right }: Instance, { repeats }: Seen): void {
  const [text, source] = [left[0]?.cell, right[0]?.cell];
  if (rule.kind !== 'equal' || left.length !== 1 || right.length !== 1 || !text || !source) return;
  if (!text.table.spec.section || source.table.spec.section) return;
  push(repeats, text, source);
}

const hasDigits = ({ amount }: Cell) => amount !== undefined && amount.units !== 0n;

/** Whether the form decides what rows there are, not the document. */
export const hasFixedRows = ({ codes, items, names }: SectionSpec) =>
  !codes && !items && names !== true;

/** Amounts below zero are rare: one more figure is looked for beside such a one. */
const NEGATIVE = 1.5;

/** One grid for each side of a table. */
function grids(table: Table, cells: ReadonlyMap<string, Cell>): Grid[] {
  return table.spec.sections.map((section) => {
    const columns = table.columnsOf(section);
    const rows = [...table.rows.values()].filter((row) => row.section === section);
    return {
      id: section.id === '' ? table.id : `${table.id}.${section.id}`,
      table: table.id,
      ...(hasFixedRows(section) && { closed: true }),
      rows: rows.map((row) => ({
        id: row.code ?? row.id,
        ...(!row.printed && { absent: true }),
        cells: columns.map(({ id }) => {
          return cells.get(`${table.id}/${row.id}/${id}`)?.id ?? null;
        }),
      })),
    };
  });
}
