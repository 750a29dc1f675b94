/** Tables that print what they come to and list nothing of what makes it up, where others of the file list it. */
import { isGuess } from '../disclosure/damage';
import {
  isNonZero,
  type Cell,
  type Disclosure,
  type Problem,
  type Table,
} from '../disclosure/model';
import type { Cause } from '../repair/cause';
import { isLast } from './draft';
import { anchorOf } from './places';

export const ROWS_NEEDED = 'input.rows-needed';

/** Told at what the table comes to; behind the last table that is begun its rows may be the next to be written. */
export function rowsNeededProblems(disclosure: Disclosure, causes: readonly Cause[]): Problem[] {
  const { tables, tree } = disclosure;
  const bare = [...tables.values()].flatMap((table) => {
    const total = isList(table) && !hasRows(table) ? totalOf(table) : undefined;
    return total ? [{ table, total }] : [];
  });
  if (bare.length === 0 || tree.problems.some(isGuess)) return [];
  const isListed = [...tables.values()].some((table) => isList(table) && hasRows(table));
  if (!isListed) return [];
  // Of a figure that is wrong itself there may be none.
  const isTold = ({ row }: Cell) =>
    causes.some(({ cell, verdict }) => cell.row === row && verdict !== 'tail');
  return bare.flatMap(({ table, total }): Problem[] =>
    isTold(total) || isLast(table, { disclosure, tree })
      ? []
      : [
          {
            code: ROWS_NEEDED,
            at: anchorOf(total, tree),
            args: { table: table.title, printed: total.printed },
            cell: total,
          },
        ],
  );
}

/** Whether its rows are those of the subjects that a department has. */
const isList = ({ spec }: Table): boolean =>
  spec.section === undefined &&
  spec.sections.some(({ codes }) => codes !== undefined && !codes.lines);

/** Whether any row of a subject is written, or may be that cannot be read. */
function hasRows(table: Table): boolean {
  if (table.hasUnknown || table.spec.sections.some(({ id }) => table.isIncomplete(id))) return true;
  // A list may have as many rows as a file has lines, and the first tells.
  for (const { entry, code } of table.rows.values()) {
    if (entry !== undefined && code !== undefined) return true;
  }
  return false;
}

/** The first figure that is printed of what it comes to. */
function totalOf(table: Table): Cell | undefined {
  for (const { id, spec, section } of table.rows.values()) {
    if (!spec?.total) continue;
    for (const column of table.columnsOf(section)) {
      const cell = table.cell(id, column.id);
      if (cell?.state === 'amount' && isNonZero(cell)) return cell;
    }
  }
  return undefined;
}
