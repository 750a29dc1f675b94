import type { SyntaxProblem } from '../tree';
import type { LineEntry, LineScalar } from './nodes';
import type { Repetition } from './keys';
import type { Line } from './store';

/** An entry of a block map at its column; `open` if the rows below it are its value. */
export interface Row {
  readonly indent: number;
  readonly entry: LineEntry;
  readonly open: boolean;
}

/** What begins at a line: one row, or the rows of a region that the general parser has read. */
export interface Unit {
  readonly rows: readonly Row[];
  /** Repeated keys inside of the values. */
  readonly repetitions: readonly Repetition<LineScalar>[];
  readonly region: Region | undefined;
}

/** Lines that are read together by the general parser. */
export interface Region {
  readonly lines: readonly Line[];
  /** The line behind it, which was read to see how it ends. */
  readonly next: Line | undefined;
  /** The columns of the maps around it. */
  readonly indents: readonly number[];
  /** Its first line could not be taken as the row that it looks like. */
  readonly isForced: boolean;
  /** Ranges count from the beginning of the first line. */
  readonly problems: readonly SyntaxProblem[];
  /** Each line of it begins a row, so that none is lost however the lines are misunderstood. */
  readonly isContained: boolean;
}

export const NO_REPETITIONS: readonly Repetition<LineScalar>[] = [];
