import { append } from '../syntax/arrays';
import type { Entry, ScalarNode, SyntaxNode, SyntaxTree } from '../syntax/tree';
import type { BrokenLines, TableDamage } from './damage';
import type { LostHeading } from './lostHeading';
import type { Problem, Row, Unit } from './model';
import { hasMoney } from './tableData';
import { repeated } from './unknown';
import type { Layout, TableSpec } from './vocabulary';

/** What a table is read with. */
export interface TableContext {
  readonly tree: SyntaxTree;
  readonly damage: TableDamage | undefined;
  readonly spec: TableSpec;
  readonly entry: Entry;
  readonly unit: Unit;
  readonly layout: Layout;
  readonly year: number | undefined;
  readonly problems: Problem[];
  /** Lines that are broken, where nothing but them is damaged. */
  readonly broken?: BrokenLines | undefined;
  /** Lines of another part, whose heading is lost; of a side of the table, where it is one. */
  readonly strays?: Pick<LostHeading, 'ids' | 'lines'> | undefined;
}

/** What is known of a table while it is read. */
export class TableState {
  readonly rows = new Map<string, Row>();
  readonly usedColumns = new Set<string>();
  written = 0;
  unit: Unit;
  /** The first, where there are several. */
  note: ScalarNode | undefined;
  /** False when the amounts cannot be told: the table says nothing then, right or wrong. */
  readable = true;
  /** Entries under keys that are not known, looked at when all others have been read. */
  readonly unknown: (() => Problem)[] = [];
  /** Amounts of which it is not certain what they are amounts of. */
  readonly doubtful = new Set<Entry>();
  doubting = false;
  readonly hiddenSides = new Set<string>();
  readonly hiddenColumns = new Set<Entry>();
  readonly ownKeys = new Set<string>();
  /** Every broken line belongs to a row of which it is certain which one it is. */
  isContained = true;

  constructor(readonly context: TableContext) {
    this.unit = context.unit;
  }

  get args(): { table: string } {
    return { table: this.context.entry.key.text };
  }

  isBroken(node: Entry | SyntaxNode): boolean {
    return this.context.broken?.reach(node) === true;
  }

  /** What is no row must not be broken. */
  refuse(node: Entry | SyntaxNode): void {
    if (this.isBroken(node)) this.isContained = false;
  }

  /** What an unknown key has may belong to any row of the side. */
  hide(side: string, entry: Entry): void {
    if (hasMoney(entry)) this.hiddenSides.add(side);
  }

  repeated(first: Entry | undefined, second: Entry): void {
    if (first) append(this.context.problems, repeated(first, second, this.args));
  }

  problem(code: string, at: SyntaxNode, args: Record<string, string> = {}): void {
    this.context.problems.push({ code, at, args: { ...this.args, ...args } });
  }
}
