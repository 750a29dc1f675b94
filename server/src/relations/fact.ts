import type { Cell, Row, Table } from '../disclosure/model';
import type { ColumnSpec } from '../disclosure/vocabulary';
import type { Entry, SyntaxNode } from '../syntax/tree';
import type { Outcome } from './evaluate';
import type { Reason } from './relation';
import { type Resolver } from './resolve';
import { fill, type Scope } from './scope';
import type { Address, Rule } from './rule';

/** One instance of a rule that is judged, not calculated. */
export interface Fact {
  /** The rule and what it is about: the same in every version of the file. */
  readonly id: string;
  readonly rule: Rule;
  readonly outcome: Extract<Outcome, 'holds' | 'fails' | 'unchecked' | 'accepted'>;
  /** Of what is accepted: what it would be otherwise. */
  readonly otherwise?: Outcome;
  readonly reason?: Reason;
  /** Where it stands, and the words for its message. */
  readonly at: SyntaxNode | Entry;
  readonly path: readonly string[];
  readonly args: Readonly<Record<string, string>>;
  readonly cells: readonly Cell[];
  /** What stands there first, or says otherwise. */
  readonly related?: SyntaxNode | Entry;
  /** Tells apart the ways in which one rule can fail. */
  readonly variant?: string;
  /** Of a name in a list: the table that has none of the subjects which it may mean. */
  readonly lacking?: { readonly table: Table; readonly codes: readonly string[] };
  /** Of a name in a list without an amount: the line beside its own that has one which is not listed. */
  readonly beside?: Cell;
  /** How the first of the cells compares with the second, in what is said: more, less, same. */
  readonly meaning?: string;
}

/** A fact before it is said of which rule it is. */
export type Judged = Omit<Fact, 'rule' | 'id'> & { readonly key: string };

/** The places an address means that are written. */
export function* written(
  address: Address,
  resolver: Resolver,
  scope: Scope,
): Iterable<{ row: Row; entry: Entry; column: ColumnSpec; table: Table }> {
  const table = resolver.tableOf(address, scope);
  for (const id of table ? resolver.rows(address, scope) : []) {
    const row = table!.rows.get(id);
    const column = row?.section.columns.find((c) => c.id === fill(address.column.name, scope));
    const entry = column && row?.values.get(column.id);
    if (row && entry) yield { row, entry, column, table: table! };
  }
}
