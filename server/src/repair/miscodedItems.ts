/** Items of a text that tell another subject's figures under a code that its table lacks. */
import { codePlaces } from '../catalog/places';
import { isSameAmount } from '../disclosure/amount';
import { isNonZero, type Cell, type Disclosure } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Hypothesis } from './miscoded';

/** The subjects of a table with the very figure of such an item. That no item tells of them is tried with the rest. */
export function* missingFromTable(
  { relation: { left, right, base, comparator } }: Evaluation,
  disclosure: Disclosure,
): Iterable<Hypothesis> {
  if (base || comparator !== 'eq' || left.length !== 1 || right.length !== 1) return;
  const [said, listed] = [left[0]!.cell, right[0]!.cell];
  const { table, row } = said;
  if (table.spec.section === undefined || row.code === undefined || !isNonZero(said)) return;
  if (listed.table.spec.section !== undefined || listed.row.entry || listed.row.code !== row.code)
    return;
  const place = codePlaces(disclosure).find((one) => one.row === row);
  if (!place) return;
  for (const { id, code, entry, section } of listed.table.rows.values()) {
    const cell = entry && section === listed.row.section && listed.table.cell(id, listed.column.id);
    if (!cell || code?.length !== row.code.length || !isSame(cell, said)) continue;
    yield { table, row, code, isAlike: true, isStrange: true, node: place.node };
  }
}

const isSame = ({ amount: one }: Cell, { amount: other }: Cell) =>
  one !== undefined && other !== undefined && isSameAmount(one, other);
