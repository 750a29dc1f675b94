/** Items of a text about subjects of which the table that they explain says nothing. */
import { beginningsOf } from '../catalog/above';
import type { Row, Table } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Network } from '../relations/network';

export interface UnlistedItem {
  /** The table that the items explain. */
  readonly listed: Table;
  readonly table: Table;
  readonly row: Row;
  readonly code: string;
  /** Whether a subject above is listed, which may not be broken down. */
  readonly isWithin: boolean;
}

export function* unlistedItems({ tables }: Pick<Network, 'tables'>): Iterable<UnlistedItem> {
  const listed = tables.get(vocabulary.roles.explained);
  if (!listed) return;
  let known: Known | undefined;
  for (const table of tables.values()) {
    if (table.spec.section === undefined) continue;
    for (const row of table.rows.values()) {
      const { code, section } = row;
      if (section.items !== 'subject' || code === undefined) continue;
      // A table may be long, and the text have no item.
      const { codes, above } = (known ??= knownIn(listed));
      if (codes.has(code) || above.has(code)) continue;
      const isWithin = beginningsOf(code).some((one) => codes.has(one));
      yield { listed, table, row, code, isWithin };
    }
  }
}

interface Known {
  readonly codes: ReadonlySet<string>;
  readonly above: ReadonlySet<string>;
}

/** What a table has rows of, and what begins their codes. */
function knownIn({ rows }: Table): Known {
  const codes = new Set(
    [...rows.values()].flatMap(({ entry, code }) => (entry && code ? code : [])),
  );
  return { codes, above: new Set([...codes].flatMap(beginningsOf)) };
}
