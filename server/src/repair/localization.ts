import type { Cell, Disclosure, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { openIn, withoutMistyped } from './begun';
import { isRearranged, type Cause } from './cause';
import { causesFrom } from './causes';
import { causesOfDenied, deniedIn } from './denied';
import { causesOfDisplaced, displacedIn, type Displaced } from './displaced';
import { causesOfOpen } from './incomplete';
import { mistakesOf, type Mistakes } from './mistakes';
import { Plain } from './plain';
import { ratiosApart } from './ratiosApart';
import { finish, type Steps } from '../syntax/steps';
import { Model } from './solve/model';
import { Situation } from './solve/situation';
import { solved, type Solved } from './solve/solved';
import { causesOfTurned, turnedIn } from './turned';
import { Unfilled } from './unfilled';

/**
 * Finds out what is wrong with a document; while that is being edited, what the solver knows of its
 * figures is kept, so that an edit costs what it touches.
 */
export class Localization {
  private kept: Kept | undefined;
  /** Takes the document in while nobody waits. */
  private reading: Steps<Kept> | undefined;
  /** What edits have changed since: nobody asks while everything holds. */
  private stale = nothing();

  constructor(
    private readonly network: Network,
    private readonly disclosure: Disclosure,
  ) {}

  /** Everything that does not plainly hold, by what it comes from. */
  causes(): Cause[] {
    const { network } = this;
    if (network.counts.fails === 0 && network.counts.rounding === 0) return [];
    const displaced = this.displaced();
    const denied = deniedIn(network);
    const whole = new Map([...denied, ...tablesOf(displaced)]);
    const others = whole.size === 0 ? this.mistakes() : this.mistakesBut(whole);
    const turned = turnedIn(others, network);
    const told = new Map([...whole, ...tablesOf(turned)]);
    const left = turned.size === 0 ? others : this.mistakesBut(told);
    return [
      ...causesOfDisplaced(displaced),
      ...causesOfDenied(denied),
      ...causesOfTurned(turned),
      ...this.causesBut(told, left),
    ];
  }

  /** Rows beside wrong codes, but of tables whose figures are all told where they belong. */
  private displaced(): ReadonlyMap<Evaluation, Displaced> {
    const found = displacedIn(this.network, this.disclosure);
    if (found.size === 0) return found;
    const groups = this.mistakes().mistakes.map(({ groups: [group] }) => group);
    const moved = new Set(groups.filter(isRearranged).map((group) => group!.table));
    return new Map(
      [...found].filter(([, { table, sister }]) => !moved.has(table) && !moved.has(sister)),
    );
  }

  /** What explains all that fails. */
  private mistakes(): Mistakes {
    const kept = this.current();
    const { plain, situation } = kept;
    kept.solved ??= solved(situation);
    return this.withRatiosApart(mistakesOf(kept.solved, plain, situation, this.disclosure));
  }

  /** The same but for what is told by itself. */
  private causesBut(told: ReadonlyMap<Evaluation, Table>, all: Mistakes): Cause[] {
    const { network, disclosure } = this;
    const unfilled = new Unfilled(network);
    const { tables, isLeft } = openIn(network, disclosure, unfilled, all.mistakes);
    const begun = new Map([...tables].filter(([member]) => !told.has(member)));
    if (begun.size === 0) return causesFrom(network, disclosure, all, unfilled, told);
    // What is still to be written explains some of it: the rest is looked at by itself.
    const untouched = new Map([...begun].filter(([, table]) => unfilled.isNone(table)));
    const written = untouched.size === 0 ? all : this.mistakesBut(new Map([...told, ...untouched]));
    const open = withoutMistyped({ tables: begun, isLeft }, written.mistakes, unfilled);
    if (open.tables.size === 0) return causesFrom(network, disclosure, all, unfilled, told);
    const besides = new Map([...told, ...open.tables]);
    const isAll = open.tables.size === untouched.size;
    const found = isAll ? written : this.mistakesBut(besides);
    return [
      ...causesOfOpen(open, all.mistakes, unfilled),
      ...causesFrom(network, disclosure, found, unfilled, besides),
    ];
  }

  /**
   * Takes a part of the document in, so that the first figure that goes wrong need not wait for that. Tells
   * whether there is more.
   */
  prepare(): boolean {
    if (this.kept) {
      this.current();
      return false;
    }
    this.reading ??= this.read();
    const { done, value } = this.reading.next();
    if (!done) return true;
    this.kept = value;
    return false;
  }

  /**
   * After cells print something else, given with what they were before, and the network has evaluated
   * relations again, given by their numbers.
   */
  follow(cells: ReadonlyMap<Cell, Cell>, again: Iterable<number>): void {
    // What was read of it so far may be no more.
    this.reading = undefined;
    if (!this.kept) return;
    const { stale } = this;
    // What a cell printed when the solver saw it last.
    for (const [cell, before] of cells) if (!stale.cells.has(cell)) stale.cells.set(cell, before);
    for (const number of again) stale.again.add(number);
  }

  private current(): Kept {
    const { stale } = this;
    this.stale = nothing();
    if (this.kept && stale.again.size + stale.cells.size > 0) {
      this.kept = reprinted(this.kept, stale);
    }
    return (this.kept ??= finish(this.reading ?? this.read()));
  }

  /** What explains the failing relations but some that prove nothing yet. */
  private mistakesBut(open: ReadonlyMap<Evaluation, Table>): Mistakes {
    return this.withRatiosApart(this.solvedBut(open), open);
  }

  /** What else is wrong is explained anew where a ratio is a mistake of its own. */
  private withRatiosApart(
    all: Mistakes,
    besides: ReadonlyMap<Evaluation, Table> = new Map(),
  ): Mistakes {
    const ratios = ratiosApart(all.mistakes, this.network);
    if (ratios.length === 0) return all;
    const own = ratios.flatMap(({ members }) =>
      members.map((member) => [member, tableOf(member)] as const),
    );
    const { mistakes, conflicts } = this.solvedBut(new Map([...besides, ...own]));
    return { mistakes: [...mistakes, ...ratios], conflicts };
  }

  private solvedBut(open: ReadonlyMap<Evaluation, Table>): Mistakes {
    const { plain, situation } = finish(this.read(open));
    return mistakesOf(solved(situation), plain, situation, this.disclosure);
  }

  private *read(open?: ReadonlyMap<Evaluation, Table>): Steps<Kept> {
    const plain = yield* Plain.read(this.network, this.disclosure, open);
    yield;
    const model = yield* Model.read(plain);
    yield;
    const situation = new Situation(model);
    situation.layouts.prepare();
    return { plain, situation, solved: undefined };
  }
}

const tablesOf = <T>(found: ReadonlyMap<T, { readonly table: Table }>): (readonly [T, Table])[] =>
  [...found].map(([one, { table }]) => [one, table]);

const tableOf = ({ relation: { left } }: Evaluation): Table => left[0]!.cell.table;

interface Kept {
  readonly plain: Plain;
  readonly situation: Situation;
  /** Of the figures as they are; undefined where nobody has asked since one became another. */
  solved: Solved | undefined;
}

interface Stale {
  /** With what they were before. */
  readonly cells: Map<Cell, Cell>;
  /** Relations of the network that have been evaluated again. */
  readonly again: Set<number>;
}

const nothing = (): Stale => ({ cells: new Map(), again: new Set() });

/** Undefined where the whole document has to be taken in anew. */
function reprinted(kept: Kept, { cells, again }: Stale): Kept | undefined {
  const { plain, situation } = kept;
  const changed = plain.follow(cells, again);
  if (!changed) return undefined;
  // Words of a text may be others, and relations evaluated again, without any figure being another.
  if (changed.size === 0) return kept;
  return situation.reprint(changed) ? { plain, situation, solved: undefined } : undefined;
}
