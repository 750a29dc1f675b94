import type { Cell } from '../disclosure/model';
import type { Unresolved } from './scope';

const NOTHING: ReadonlySet<Cell> = new Set();

/** Writes down which cells were looked at, where that is asked for. */
export class Log {
  private isKept = false;
  /** Made for the first cell: most of what is done looks at none. */
  private cells: Set<Cell> | undefined;

  add(cell: Cell): void {
    if (this.isKept) (this.cells ??= new Set()).add(cell);
  }

  /** What is done, and the cells it looks at; whoever keeps a log around it does not see them. */
  during<T>(action: () => T): { result: T; seen: ReadonlySet<Cell> } {
    return this.around(true, () => {
      const result = action();
      return { result, seen: this.cells ?? NOTHING };
    });
  }

  /** Does something whose outcome does not hang on the figures. */
  without<T>(action: () => T): T {
    return this.around(false, action);
  }

  private around<T>(isKept: boolean, action: () => T): T {
    const outer = { isKept: this.isKept, cells: this.cells };
    this.isKept = isKept;
    this.cells = undefined;
    try {
      return action();
    } finally {
      this.isKept = outer.isKept;
      this.cells = outer.cells;
    }
  }
}

/** A condition that was judged, and the cells by which. */
export interface Judgement {
  readonly verdict: boolean | Unresolved;
  readonly seen: ReadonlySet<Cell>;
  readonly again: () => boolean | Unresolved;
}
