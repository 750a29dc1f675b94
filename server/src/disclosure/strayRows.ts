/** Tables with the lines of another part below them, whose heading is lost. */
import { append } from '../syntax/arrays';
import type { Entry, MapNode } from '../syntax/tree';
import { lostHeading, type Lacking, type LostHeading } from './lostHeading';
import type { Problem } from './model';
import { sidesOf } from './ownKeys';
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
    const strays = below ?? lostSide(context, alone);
    if (strays) {
      problems.push(strays.problem);
      const own = readTable({ ...context, strays });
      return below ? { table: own, lost: below.ids } : { table: own };
    }
  }
  append(problems, alone);
  return { table };
}

/** The lines of one side of the table at the end of the other. */
function lostSide(context: TableContext, alone: readonly Problem[]): LostHeading | undefined {
  const { entry, spec, tree } = context;
  const sides = sidesOf(spec);
  const entries = entry.value?.kind === 'map' ? entry.value.entries : [];
  const written = entries.filter(({ key }) => sides.get(key.text));
  const lacking = () =>
    spec.sections
      .filter(({ id }) => id !== '' && !written.some(({ key }) => sides.get(key.text)?.id === id))
      .map((side): Lacking => ({
        id: side.id,
        heading: side.key!,
        problemsOf: (lines) => problemsOfRows(context, side, lines),
      }));
  for (const side of written) {
    const { start, end } = tree.rangeOf(side);
    const own = alone.filter(({ at }) => {
      const place = 'kind' in at ? tree.rangeOf(at) : at;
      return place.start >= start && place.start < end;
    });
    const lost = lostHeading(side, own, lacking, tree);
    if (lost) return lost;
  }
  return undefined;
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
      const value = { ...(entry.value as MapNode), entries: lines };
      readTable({ ...context, spec, entry: { ...entry, value }, problems });
      return problems;
    },
  };
}
