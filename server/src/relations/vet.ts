import type { SectionSpec, TableSpec, Vocabulary } from '../disclosure/vocabulary';
import type { PackProblemCode } from './packProblem';
import type { Address, RowSelector } from './rule';

/** What of the vocabulary a pack is compiled against. */
export type Words = Pick<Vocabulary, 'tables' | 'statements'>;

export type Complain = (code: PackProblemCode, args: Readonly<Record<string, string>>) => void;

/** Sets of rows that every table has; the others are named in `schemas/`. */
const ROW_SETS = ['rows', 'codes', 'top', 'parents', 'in', 'of', 'project'];

/** Says whether what an address speaks of exists: table, side, row, column and the sets of both. */
export class Vetting {
  private readonly specs: ReadonlyMap<string, TableSpec>;

  constructor({ tables, statements }: Words) {
    this.specs = new Map([...tables, ...statements].map((spec) => [spec.id, spec]));
  }

  table(id: string): TableSpec | undefined {
    return this.specs.get(id);
  }

  /** Whether a table is there, and has the side. */
  side(table: string, side: string, complain: Complain): void {
    const spec = this.specs.get(table);
    if (!spec) complain('no-table', { table, known: [...this.specs.keys()].join(', ') });
    else if (side && !section(spec, side)) complain('no-side', { table, side, known: sides(spec) });
  }

  address({ table, row, column }: Address, complain: Complain): void {
    const spec = this.specs.get(table);
    if (!spec || (row.side && !section(spec, row.side))) return;
    if (!isOpen(row) && !section(spec, row.side)) {
      complain('which-side', { table, known: sides(spec) });
      return;
    }
    // A bound row may lie on any side of its table.
    const sections = section(spec, row.side) ? [section(spec, row.side)!] : spec.sections;
    if (!sections.some((one) => hasRow(one, row))) {
      const code = row.by === 'set' ? 'no-set' : 'no-row';
      complain(code, { table: spec.key, row: row.name, known: rowNames(sections, row) });
    }
    const anywhere = isOpen(row) ? spec.sections : sections;
    const columns = anywhere.flatMap((one) => one.columns);
    if (column.name.includes('{')) return;
    const found = columns.some(({ id, sets }) =>
      column.by === 'set' ? sets?.includes(column.name) : id === column.name,
    );
    if (found) return;
    const names = column.by === 'set' ? columns.flatMap(({ sets = [] }) => sets) : ids(columns);
    const code = column.by === 'set' ? 'no-set' : 'no-column';
    const known = [...new Set(names)].join(', ');
    complain(code, { table: spec.key, row: column.name, column: column.name, known });
  }
}

/** A row that only a document names: what a binding or another row says. */
function isOpen({ by, name }: RowSelector): boolean {
  return by === 'title' || by === 'place' || name.includes('{');
}

function section(spec: TableSpec, side: string): SectionSpec | undefined {
  return spec.sections.find(({ id }) => id === side);
}

function sides(spec: TableSpec): string {
  return spec.sections.map(({ id }) => id || "''").join(', ');
}

function hasRow(spec: SectionSpec, row: RowSelector): boolean {
  if (isOpen(row) || row.by === 'named') return true;
  if (row.by === 'set') {
    return (
      ROW_SETS.includes(row.name) || allRows(spec).some(({ sets }) => sets?.includes(row.name))
    );
  }
  if (spec.codes && /^\d+$/.test(row.name)) return spec.codes.levels.includes(row.name.length);
  if (spec.items !== undefined || spec.names) return true;
  return spec.flat === row.name || allRows(spec).some(({ id }) => id === row.name);
}

function rowNames(sections: readonly SectionSpec[], { by }: RowSelector): string {
  const rows = sections.flatMap(allRows);
  const names =
    by === 'set'
      ? [...ROW_SETS, ...rows.flatMap(({ sets = [] }) => sets)]
      : [...ids(rows), ...sections.flatMap(({ flat }) => flat ?? [])];
  return [...new Set(names)].join(', ');
}

function allRows({ rows }: SectionSpec) {
  return rows.flatMap((row) => [row, ...(row.parts ?? [])]);
}

const ids = (specs: readonly { readonly id: string }[]) => specs.map(({ id }) => id);
