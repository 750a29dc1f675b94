/** The blank of a subject that another table pays under a subject of the same name. */
import { catalogOf } from '../catalog/inForce';
import { isSameAmount } from '../disclosure/amount';
import type { Disclosure, Row, Table } from '../disclosure/model';
import type { Candidate } from './cause';

/** Shorter names stand in many others. */
const SHORTEST = 4;

/**
 * The value that is printed of a subject of another classification whose name holds the whole name of this one:
 * 住房公积金 of both, 职业年金缴费 in 机关事业单位职业年金缴费支出.
 */
export function valueOfAlike(
  { cell, values }: Candidate,
  { tables }: Disclosure,
): Candidate['values'][number] | undefined {
  const own = nameOf(cell.row, cell.table);
  if (own === undefined || own.length < SHORTEST) return undefined;
  const printed = [...tables.values()].flatMap((table) =>
    [...table.rows.values()].flatMap((row) =>
      isOther(row, cell.row) && nameOf(row, table)?.includes(own)
        ? [...row.values.keys()].flatMap((column) => table.cell(row.id, column)?.amount ?? [])
        : [],
    ),
  );
  return values.find((value) => printed.some((amount) => isSameAmount(value, amount)));
}

const isOther = ({ entry, section }: Row, own: Row) =>
  entry !== undefined && section.codes?.classification !== own.section.codes?.classification;

function nameOf({ code, section }: Row, table: Table): string | undefined {
  const { classification } = section.codes ?? {};
  if (code === undefined || !classification) return undefined;
  return catalogOf(table).lookup(code, classification)?.name;
}
