import { isNonZero, type Cell, type Disclosure, type Table } from '../disclosure/model';
import { noDataIn } from '../disclosure/note';
import { normalizeKey, vocabulary } from '../disclosure/vocabulary';
import type { ScalarNode } from '../syntax/tree';
import type { Judged } from './fact';

/** The note under a table names its own money, and says that there is none only where there is none. */
export function* notes({ tables }: Disclosure): Iterable<Judged> {
  for (const table of tables.values()) {
    const { note } = table;
    if (!note) continue;
    yield* subjectOf(table, note);
    yield* absenceOf(table, note);
  }
}

function* subjectOf(table: Table, note: ScalarNode): Iterable<Judged> {
  const { subject, key } = table.spec;
  if (!subject) return;
  const text = normalizeKey(note.text);
  const says = (words: readonly string[] = []) => words.some((word) => text.includes(word));
  const other = vocabulary.tables.find((spec) => spec.id !== table.spec.id && says(spec.subject));
  if (!says(subject) && !other) return;
  yield {
    key: `${table.id}/note`,
    at: note,
    path: [key],
    args: { table: table.title, subject: subject[0]!, other: other?.subject?.[0] ?? '' },
    outcome: says(subject) ? 'holds' : 'fails',
    cells: [],
  };
}

function* absenceOf(table: Table, note: ScalarNode): Iterable<Judged> {
  const said = noDataIn(note);
  if (said === undefined) return;
  const { key } = table.spec;
  const paid = cellsOf(table).find(isNonZero);
  yield {
    key: `${table.id}/note.none`,
    at: note,
    path: [key],
    args: { table: table.title, said, printed: paid?.printed ?? '' },
    outcome: paid ? 'fails' : 'holds',
    cells: paid ? [paid] : [],
    variant: 'none',
  };
}

function cellsOf(table: Table): Cell[] {
  return [...table.rows.values()].flatMap((row) =>
    [...row.values.keys()].flatMap((column) => table.cell(row.id, column) ?? []),
  );
}
