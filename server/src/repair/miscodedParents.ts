/** Subjects and the sub-subjects right below them, of which one stands under a code of another place. */
import { misfitsIn } from '../catalog/above';
import type { Row, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { tablesOf } from '../relations/relation';
import type { Hypothesis } from './miscoded';

/**
 * Of tables of which something fails, where a subject without sub-subjects stands right above those of one that is listed
 * nowhere (211 above 20101 and 20103): the subject would have to be that one; or, of a single row below, that row
 * one of the subject's own, if that is one slip. No other place knows the code that is wrong, or some know the right one.
 * @param placesOf the places of the document that have a code
 */
export function misplacedBy(
  failing: readonly Evaluation[],
  placesOf: (code: string) => readonly unknown[],
): readonly Hypothesis[] {
  const tables = new Set(failing.flatMap(({ relation }) => [...tablesOf(relation)]));
  return [...tables]
    .filter(({ spec }) => spec.section === undefined)
    .flatMap(misplaced)
    .filter(({ row, code }) => placesOf(row.code!).length === 1 || placesOf(code).length > 0);
}

function misplaced(table: Table): readonly Hypothesis[] {
  const rows = [...table.rows.values()].filter(isWritten);
  return [...misfitsIn(rows.map(({ code }) => code))].flatMap(({ at, code, count }) => {
    const [row, below] = [rows[at]!, rows[at + 1]!];
    if (below.section !== row.section) return [];
    const own = row.code + below.code.slice(row.code.length);
    return [
      { table, row, code, isAlike: true, isStrange: true },
      ...(count === 1 ? [{ table, row: below, code: own, isStrange: true }] : []),
    ];
  });
}

const isWritten = (row: Row): row is Row & { readonly code: string } =>
  row.entry !== undefined && row.code !== undefined;
