/** Tables with the lines of another part below them, whose heading is lost. */
import { append } from '../syntax/arrays';
import type { Entry } from '../syntax/tree';
import { lostHeading, type Lacking } from './lostHeading';
import { lostSide } from './lostSide';
import type { Problem } from './model';
import { withLines } from './partLines';
import { problemsOfRows, readTable } from './table';
import type { TableData } from './tableData';
import type { TableContext } from './tableState';
import type { TableSpec } from './vocabulary';

export interface TableRead {
  readonly table: TableData | undefined;
  /** The parts that they may be of, where these are no sides of the table. */
  readonly lost?: readonly string[];
}

/**
 * Reads a table without such lines, and says of them that their heading is lost.
 * @param lackingParts the tables and sections that the file does not have
 */
export function readOwnRows(
  context: TableContext,
  lackingParts: (part: Entry) => readonly Lacking[],
): TableRead {
  const { entry, problems, damage, tree } = context;
  const alone: Problem[] = [];
  const table = readTable({ ...context, problems: alone });
  if (!damage) {
    const below = lostHeading(entry, alone, () => lackingParts(entry), tree);
    const strays =
      below ??
      lostSide(context.spec, entry, alone, tree, (side, lines) =>
        problemsOfRows(context, side, lines),
      );
    if (strays) {
      problems.push(strays.problem);
      const own = readTable({ ...context, strays });
      return below ? { table: own, lost: below.ids } : { table: own };
    }
  }
  append(problems, alone);
  return { table };
}

/** A table that a file does not have. */
export function lackingTable(context: Omit<TableContext, 'problems'>, spec: TableSpec): Lacking {
  const { entry, layout } = context;
  const heading = layout.tables.find(({ id }) => id === spec.id)?.title ?? spec.key;
  return {
    id: spec.id,
    heading,
    problemsOf: (lines) => {
      const problems: Problem[] = [];
      readTable({ ...context, spec, entry: withLines(entry, lines), problems });
      return problems;
    },
  };
}
