/** What is wrong with a document, by where it comes from. */
import type { Amount } from '../disclosure/amount';
import type { Cell, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import type { ScalarNode } from '../syntax/tree';
import type { GroupKind } from './solve/groups/group';
import type { Slip } from './solve/slips';

/**
 * - `certain`: the figures leave one cell and one value
 * - `likely`: one explanation stands out
 * - `undecided`: several do, or none
 * - `joint`: each relation may hold by itself, but all of them together have no solution
 * - `tail`: nothing is wrong; rounded parts do not add up to the rounded total
 */
export type Verdict = 'certain' | 'likely' | 'undecided' | 'joint' | 'tail';

/** What may explain failing relations of one origin. */
export interface Origin {
  /** The smallest sets of cells whose change lets every relation hold, the likeliest first. */
  readonly sets: readonly CandidateSet[];
  /** Single mistakes of several cells that explain it too. */
  readonly groups: readonly CellGroup[];
  /** False where the search ended early: there may be other sets. */
  readonly complete: boolean;
}

/** What has one origin and is shown once. */
export interface Cause extends Origin {
  readonly id: string;
  readonly verdict: Verdict;
  /** Where it is shown: the located cell, or the printed side of the first member. */
  readonly cell: Cell;
  /** Where it is shown instead: the code of the cell's row. */
  readonly at?: ScalarNode;
  readonly members: readonly Evaluation[];
  /** What is said, rather than calculated, that fails for no other reason. */
  readonly facts?: ReadonlySet<Fact>;
  /**
   * Cells that could be wrong, with what they would have to print, the likeliest first. What is certain
   * or likely has one, and others only where they have to be changed with it.
   */
  readonly candidates: readonly Candidate[];
  /** Of a tail that there is only because its cell is printed coarser than others of the table. */
  readonly coarse?: Coarse;
}

export interface Coarse {
  /** The figure as the others are printed. */
  readonly read: Amount;
  /** What it would print so with which everything holds, if that is one value. */
  readonly value?: Amount;
}

export interface CandidateSet {
  readonly candidates: readonly Candidate[];
  /** Its share among the sets of one origin, by how people mistype. */
  readonly probability: number;
}

export interface Candidate {
  readonly cell: Cell;
  /** Every value with which all relations hold, the likeliest first. */
  readonly values: readonly Value[];
  /** There are too many others: the values, if any, are those of which a slip makes what is printed. */
  readonly open?: true;
  /** Whether the first value is what a cell prints that should be the same. */
  readonly twin: boolean;
  /** Between these the exact amount lies, in halves of `place`; open sides are undefined. */
  readonly interval: { readonly lo?: bigint; readonly hi?: bigint; readonly place: number };
}

export interface Value extends Amount {
  /** How what is printed may have come of it. */
  readonly slip: Slip;
}

/** A row as the rest of the document tells of it. */
export interface LostRow {
  readonly table: Table;
  /** The code of a subject, the id of a line of a form. */
  readonly row: string;
  /** By column what it would have to print; of others nobody knows anything. */
  readonly figures: ReadonlyMap<string, Amount>;
}

/** One mistake that touches several cells. */
export interface CellGroup {
  readonly kind:
    | GroupKind
    | 'miscoded'
    | 'exchanged-codes'
    | 'unfilled'
    | 'unfinished'
    | 'denied'
    | 'displaced'
    | 'doubled-row'
    | 'lost-rows'
    | 'emptied-row'
    | 'unsaid';
  /** Its share among the sets and groups of one origin. */
  readonly probability: number;
  /** What each cell would have to print; empty for a unit, a lost row, a wrong code, what is not filled in. */
  readonly changes: ReadonlyMap<Cell, Amount>;
  /** Of figures that stand elsewhere: with all of them moved something new fails. */
  readonly isDoubtful?: boolean;
  /** Of shifted rows, what stands so many rows too low, in printed order. */
  readonly moved?: { readonly cells: readonly Cell[]; readonly by: number };
  /** For a unit, a lost row, a wrong code and what is not filled in yet: the table. */
  readonly table?: Table;
  /** For a unit: the power of ten by which its figures are too large. */
  readonly exponent?: number;
  /** For a lost row, in a table that is not finished too: what it is in other tables. For a wrong code: the code that is written. */
  readonly row?: string;
  /** For a table that is not finished: whether others have no figure yet. */
  readonly isBegun?: boolean;
  /** For one that is not finished: whether sums stand in it over lines none of which is filled in. */
  readonly isEmptied?: boolean;
  /** For one that is not finished, a figure printed before its parts; for one that says it has none, the first elsewhere. */
  readonly total?: Cell;
  /** For a lost row that is known: by column what it would have to print. */
  readonly figures?: ReadonlyMap<string, Amount>;
  /** For several lost rows: what each would print. */
  readonly lost?: readonly LostRow[];
  /** For a lost row: the table in which it stands instead. For rows beside wrong codes: the one that prints them of others. */
  readonly from?: Table;
  /** For a wrong code: the right one; of two that are exchanged, or print the same, the other one; of rows beside wrong codes that of the first. */
  readonly code?: string;
  /** How many rows stand beside wrong codes. */
  readonly rows?: number;
  /** For wrong codes: what is to be written, and where. */
  readonly places?: ReadonlyMap<ScalarNode, string>;
}

export function causeAt(
  verdict: Cause['verdict'],
  cell: Cell,
  members: readonly Evaluation[],
  candidates: readonly Candidate[] = [],
): Cause {
  const id = `cell:${cell.id}`;
  return { id, verdict, cell, members, candidates, sets: [], groups: [], complete: true };
}

const REARRANGED: ReadonlySet<CellGroup['kind']> = new Set(['columns', 'shifted', 'rotated']);

/** Whether figures of a whole table stand in other columns or rows than their own. */
export const isRearranged = (group: CellGroup | undefined): boolean =>
  group?.table !== undefined && REARRANGED.has(group.kind);
