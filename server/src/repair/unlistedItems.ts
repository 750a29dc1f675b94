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
  const codes = new Set(
    [...listed.rows.values()].flatMap(({ entry, code }) => (entry && code ? code : [])),
  );
  const above = new Set([...codes].flatMap(beginningsOf));
  for (const table of tables.values()) {
    if (table.spec.section === undefined) continue;
    for (const row of table.rows.values()) {
      const { code, section } = row;
      if (section.items !== 'subject' || code === undefined) continue;
      if (codes.has(code) || above.has(code)) continue;
      const isWithin = beginningsOf(code).some((one) => codes.has(one));
      yield { listed, table, row, code, isWithin };
    }
  }
}
