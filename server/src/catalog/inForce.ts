import type { Disclosure, Table } from '../disclosure/model';
import { Memo } from '../syntax/memo';
import { builtInCatalog, type Catalog } from './catalog';

const inForce = new Memo<Table, Catalog>();

/** Says by which catalog the codes of a document are named, for whoever sees but a cell of it. */
export function useCatalog({ tables }: Disclosure, catalog: Catalog): void {
  for (const table of tables.values()) inForce.set(table, catalog);
}

export function catalogOf(table: Table): Catalog {
  return inForce.get(table) ?? builtInCatalog;
}
