/** Lists that lack no subject of which the document knows. */
import type { Table } from '../disclosure/model';
import { greatestOf } from '../syntax/arrays';
import type { SectionSpec } from '../disclosure/vocabulary';
import { hasHollowRow } from './hollow';

/** Of more rows nothing is compared, while somebody types. */
const MOST_ROWS = 2000;

/** Fewer subjects tell nothing: others list more when they are done. */
const FEWEST = 3;

/**
 * Whether a list has every subject that any list of its classification has; one of a single budget, whether all
 * that others have stand in the list of some budget. A figure of it is rather wrong than a row lost.
 */
export class WholeLists {
  private readonly known = new Map<Table, boolean>();
  private readonly lists: readonly List[];

  constructor(tables: ReadonlyMap<string, Table>) {
    this.lists = [...tables.values()].flatMap((table) => {
      const codes = table.spec.sections.find((section) => section.codes)?.codes;
      return codes && codes.lines === undefined ? [{ table, codes }] : [];
    });
  }

  has(table: Table): boolean {
    let known = this.known.get(table);
    if (known === undefined) this.known.set(table, (known = this.isWhole(table)));
    return known;
  }

  /** The subjects of which others know and it does not. */
  lackedBy(table: Table): readonly string[] {
    return this.compared(table)?.lacked ?? [];
  }

  private isWhole(table: Table): boolean {
    const { own, named, lacked } = this.compared(table) ?? {};
    if (!own || !named || !lacked || hasHollowRow(table)) return false;
    return subjectsOf(own).length > 0 && named.size >= FEWEST && lacked.length === 0;
  }

  /** A list, the subjects that it and those have which share them out with it, and those that only others have. */
  private compared(
    table: Table,
  ): { own: List; named: ReadonlySet<string>; lacked: readonly string[] } | undefined {
    const own = this.lists.find((list) => list.table === table);
    if (!own) return undefined;
    const all = this.lists.filter(({ codes }) => codes.classification === own.codes.classification);
    const size = all.reduce((sum, list) => sum + list.table.rows.size, 0);
    if (all.length < 2 || size > MOST_ROWS) return undefined;
    const isPart = own.codes.budget !== undefined;
    const parts = isPart ? all.filter(({ codes }) => codes.budget !== undefined) : [own];
    const named = new Set(parts.flatMap(subjectsOf));
    const others = new Set(all.flatMap(subjectsOf));
    return { own, named, lacked: [...others].filter((code) => !named.has(code)) };
  }
}

interface List {
  readonly table: Table;
  readonly codes: NonNullable<SectionSpec['codes']>;
}

/** The subjects of the last level. */
function subjectsOf({ table, codes }: List): string[] {
  const last = greatestOf(codes.levels);
  return [...table.rows.values()].flatMap(({ code, entry }) =>
    entry !== undefined && code?.length === last ? code : [],
  );
}
