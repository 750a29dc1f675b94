import { leastOf } from '../arrays';
import type { Language } from '../tree';
import { fits, type Columns } from './fit';
import { END, LineEntry, lineOf, LineScalar, START, VALUE_END } from './nodes';
import type { Line } from './store';
import type { Row } from './unit';

/** Rows that are put in their places, and the columns of the maps that are open behind them. */
interface Placed {
  readonly columns: readonly number[];
  readonly rows: readonly Row[];
}

/** Whether of some lines each begins one of the rows, and no row goes on in another line. */
export function isRowPerLine(rows: readonly Row[], region: readonly Line[]): boolean {
  const lines = written(region);
  return (
    rows.length === lines.length &&
    rows.every(({ entry }, i) => isWithin(entry, lines[i]!, region[0]!))
  );
}

/**
 * The rows of lines that the general parser refuses, one a line: the row that a line is by itself, or its key
 * alone where no more can be told. A line in the column of no map is taken to be in the nearest one.
 * Undefined where a line may be part of another one, so that there is no telling.
 */
export function rowPerLine(
  state: Columns,
  read: readonly Row[],
  region: readonly Line[],
  next: Line | undefined,
  language: Language,
  isForced: boolean,
): readonly Row[] | undefined {
  const lines = written(region);
  let placed: Placed = { columns: state.columns, rows: [] };
  for (const [i, line] of lines.entries()) {
    const row = rowOf(line, read, region[0]!);
    const before = lines[i - 1];
    const last = placed.rows.at(-1);
    if (!row || (before && last && line.indent > last.indent && !isComplete(before))) {
      return undefined;
    }
    const isOpen = last ? last.open : state.open;
    // A row that begins in its place stands there, whatever is open further in.
    const isFirm = !last && !isForced;
    const column = isFirm
      ? line.indent
      : columnOf(row, line, placed.columns, isOpen, lines[i + 1] ?? next, language);
    if (column === undefined) return undefined;
    const around = placed.columns.filter((other) => other < column);
    placed = {
      columns: [...around, column],
      rows: [...placed.rows, { ...row, indent: column }],
    };
  }
  return fits(state, placed.rows, next) ? placed.rows : undefined;
}

const written = (lines: readonly Line[]) => lines.filter(({ kind }) => kind !== 'blank');

/** Nothing that stands in the line can go on in the next one. */
const isComplete = ({ kind }: Line) => kind === 'entry';

function isWithin(entry: LineEntry, line: Line, first: Line): boolean {
  // Rows of the parser hang on the first line of their region, others on their own.
  const from = lineOf(entry) === line ? 0 : line.start - first.start;
  const { [START]: start, [END]: end } = entry.key;
  return start >= from && Math.max(end, entry[VALUE_END]) <= from + line.length;
}

function rowOf(line: Line, read: readonly Row[], first: Line): Row | undefined {
  if (isComplete(line)) return line.scanned!.rows[0]!;
  return (
    read.find(({ entry }) => isWithin(entry, line, first)) ?? line.scanned?.rows[0] ?? bare(line)
  );
}

/** A quote or a colon marks it: `"2010101: {`, `合计 : `. */
const KEY = /^\s*(?:["']([^\s"'{}[\],:：]+)|([^\s"'{}[\],:：]+)(?=["']? *[:：]))/u;

/** The key that a line seems to begin with. */
function bare(line: Line): Row | undefined {
  const match = KEY.exec(line.text);
  if (!match) return undefined;
  const key = (match[1] ?? match[2])!;
  const end = match[0].length;
  const style = match[1] === undefined ? 'plain' : 'quoted';
  const scalar = new LineScalar(key, style, line, line.indent, end);
  return { indent: line.indent, entry: new LineEntry(scalar, undefined, end, end), open: false };
}

/** The column of the map that a line is meant to be in. */
function columnOf(
  { open }: Row,
  { indent }: Line,
  columns: readonly number[],
  isOpen: boolean,
  next: Line | undefined,
  language: Language,
): number | undefined {
  const last = columns.at(-1);
  if (last === undefined) return undefined;
  if (indent === last || (isOpen && indent > last)) return indent;
  // In which map an entry of JSON is, its brackets say: they are not among these lines.
  if (language === 'json') return columns.includes(indent) ? undefined : last;
  if (columns.includes(indent)) return indent;
  const least = leastOf(columns.map((column) => Math.abs(column - indent)));
  const nearest = columns.filter((column) => Math.abs(column - indent) === least);
  // What stands below it tells how deep a key is whose value is to come.
  const inner = next ? columns.indexOf(next.indent) : -1;
  return open && inner > 0 && nearest.includes(columns[inner - 1]!)
    ? columns[inner - 1]
    : nearest.at(-1);
}
