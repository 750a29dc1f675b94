import { findExtent } from './extent';
import { fits, fittingRows } from './fit';
import { locate, type Place } from './levels';
import { meantBalance } from './jsonLine';
import { isHead, Lookahead } from './lookahead';
import { Marks } from './marks';
import { INDENT, lineOf, type RowMap } from './nodes';
import { OpenMaps } from './openMaps';
import { isRowPerLine, rowPerLine } from './recover';
import { isRejecting, readAlone, type RegionReading } from './region';
import { Repetitions } from './repetitions';
import type { Line, LineStore } from './store';
import type { Language, SyntaxProblem } from '../tree';
import { NO_REPETITIONS, type Region, type Unit } from './unit';

/**
 * The rows of a document and the maps that they make. It is a function of the text alone: rows are
 * taken from top to bottom, and what is taken next follows from the columns of the maps that are open
 * and from the lines ahead. So after an edit it begins at the row before, and stops at the first old
 * row that finds the same maps open as before.
 */
export class Outline {
  readonly repetitions = new Repetitions();
  readonly marks = new Marks();
  private readonly ahead: Lookahead;
  private readonly maps: OpenMaps;

  /** The column of the root's bracket before the last edit. */
  private oldColumn: number | undefined;

  constructor(
    private readonly store: LineStore,
    private readonly language: Language,
  ) {
    this.ahead = new Lookahead(store);
    this.maps = new OpenMaps(language, this.marks);
  }

  get root(): RowMap | undefined {
    return this.maps.root;
  }

  get needsWhole(): boolean {
    if (this.language === 'json' && (!this.maps.rootClose || this.marks.contradictBrackets))
      return true;
    return this.marks.needWhole;
  }

  /** Forgets a line that is no longer in the text. */
  forget(line: Line): void {
    line.unit = undefined;
    this.marks.forget(line);
    if (line === this.maps.rootOpen) this.maps.rootOpen = undefined;
    if (line === this.maps.rootClose) this.maps.rootClose = undefined;
  }

  /** Takes in lines that have changed: those between `before` and `after`, which have not. */
  update(before: Line | undefined, after: Line | undefined): void {
    const old = this.root;
    const from = this.rowAt(before);
    const left = from && this.placesBefore(old, from, from.unit!.rows[0]!.indent);
    const { rootClose } = this.maps;
    this.maps.begin(left);
    let line: Line | undefined = left ? from : this.store.first;
    let right: Place[] | undefined;
    while (line) {
      if (after && !line.isBefore(after) && (right = this.meets(old, line))) break;
      line = this.take(line);
    }
    if (right) this.maps.rootClose = rootClose;
    this.repetitions.forget(old, left, right);
    this.maps.end(right);
    this.oldColumn = this.maps.rootOpen?.indent;
    this.repetitions.keep(this.maps.finished);
  }

  /** The places before the row of a line in the maps around it, if it has one in that column. */
  private placesBefore(root: RowMap | undefined, line: Line, column: number): Place[] | undefined {
    const path = locate(root, column, (other) => other.present && other.isBefore(line));
    return path && holds(path.at(-1)!, line) ? path : undefined;
  }

  /** The first line of the unit that holds a line or ends before it, if it has rows. */
  private rowAt(before: Line | undefined): Line | undefined {
    let line = before;
    while (line && !isFirmStart(line)) line = this.store.before(line);
    return line;
  }

  /** Whether an old row finds the same maps open as before; the places in them before it. */
  private meets(old: RowMap | undefined, line: Line): Place[] | undefined {
    if (!isFirmStart(line) || this.maps.rootOpen?.indent !== this.oldColumn) return undefined;
    const column = line.unit!.rows[0]!.indent;
    if (column !== line.indent || !this.maps.accepts(line)) return undefined;
    const path = locate(old, column, (other) => !other.present || other.isBefore(line));
    if (!path || !holds(path.at(-1)!, line)) return undefined;
    const open = this.maps.columns.columns.filter((indent) => indent < column);
    if (path.length !== open.length + 1) return undefined;
    return open.every((indent, i) => indent === path[i]!.map[INDENT]) ? path : undefined;
  }

  /** Takes what begins at a line; the line behind it. */
  private take(line: Line): Line | undefined {
    this.clear(line);
    if (line.kind === 'blank') return this.store.after(line);
    if (this.language === 'json' && line.kind === 'open' && !this.maps.rootOpen) {
      this.maps.rootOpen = line;
      return this.store.after(line);
    }
    if (line.kind === 'lone' && this.ahead.isAlone(line, this.maps.columns)) return this.lone(line);
    if (!this.maps.accepts(line)) return this.region(line, this.maps.columns.columns.at(-1) ?? -1);
    if (line.kind === 'close') {
      this.maps.close(line);
      return this.store.after(line);
    }
    if (line.kind === 'headed') return this.region(line, line.indent);
    const row = line.scanned!.rows[0]!;
    const next = this.ahead.significant(this.store.after(line));
    if (next && !this.maps.acceptsAfter(row, line, next)) {
      const isEnded = row.open
        ? this.ahead.isAboveRows(next, row.indent)
        : this.ahead.isAloneBelow(row.indent, next, this.maps.columns);
      if (!isEnded) return this.region(line, line.indent);
    }
    this.mark(line, line.scanned!);
    this.maps.push(row);
    this.maps.comma = line.comma;
    return this.store.after(line);
  }

  /** Takes a key that is just being typed: it is refused, and nothing around it is in doubt. */
  private lone(line: Line): Line | undefined {
    this.maps.closeBehind(line.indent);
    const next = this.store.after(line);
    const indents = [...this.maps.columns.columns];
    const problems = readAlone(line);
    const region = { lines: [line], next, indents, isForced: true, problems, isContained: true };
    this.mark(line, { rows: [], repetitions: NO_REPETITIONS, region });
    return next;
  }

  private clear(line: Line): void {
    const { unit } = line;
    if (!unit) return;
    line.unit = undefined;
    this.marks.forget(line);
  }

  private mark(line: Line, unit: Unit): void {
    line.unit = unit;
    if (unit.repetitions.length > 0 || (unit.region && unit.region.problems.length > 0)) {
      this.marks.troubled.add(line);
    }
  }

  /** Takes a region that begins with a line whose key stands in column `head` (-1: it has none). */
  private region(first: Line, head: number): Line | undefined {
    const isForced = !isHead(first) || !this.maps.accepts(first);
    // JSON's brackets may come between a region and the last row before it.
    const isBehind = isForced && this.maps.columns.columns.length > 0;
    const sibling = !isBehind ? '' : this.maps.comma ? '"k":0,' : '"k":0';
    const { columns, root } = this.maps.columns;
    const indents = columns.filter((indent) => indent < head);
    if (head >= 0) indents.push(head);
    const found = findExtent(this.store, this.language, first, { head, indents, root, sibling });
    for (const line of found.lines) this.clear(line);
    this.takeRegion({ ...found, indents, isForced }, found.reading);
    return found.next;
  }

  private takeRegion(
    { lines, next, indents, isForced }: Omit<Region, 'problems' | 'isContained'>,
    reading: RegionReading,
  ): void {
    const first = lines[0]!;
    const { rejected, complete, problems } = reading;
    const text = lines.map((line) => line.text).join('');
    this.marks.read(first, text, this.language, indents.length === 0);
    if (this.language === 'json' && (!next || !this.maps.rootOpen)) this.marks.whole.add(first);
    // What the parser refuses may be read as it is meant as well: a quote that is not closed.
    if (this.language === 'json' && problems.length > 0) {
      const written = lines.reduce((sum, { balance }) => sum + balance, 0);
      this.marks.mend(first, meantBalance(text) - written);
    }
    const isSkewed = lines.some(
      ({ kind, indent }) => kind !== 'blank' && kind !== 'close' && indent !== indents.at(-1),
    );
    const list = isBare(first)
      ? lines.find((line) => line !== first && isWritten(line))
      : undefined;
    const column = list?.indent === first.indent ? first.indent : undefined;
    if (lines.some((line) => this.mayFollow(line, first, indents, column)))
      this.marks.whole.add(first);
    let rows = reading.rows;
    const state = this.maps.columns;
    if (rejected) {
      rows = fittingRows(state, rows, first, next);
      if (!isRowPerLine(rows, lines))
        rows = rowPerLine(state, reading.rows, lines, next, this.language, isForced) ?? rows;
    } else if (!complete || !fits(state, rows, next)) {
      this.marks.whole.add(first);
      rows = [];
    }
    for (const row of rows) this.maps.push(row);
    if (next && !this.maps.settles(next)) this.marks.whole.add(first);
    const isContained = rejected && isRowPerLine(rows, lines);
    const region = { lines, next, indents, isForced, problems, isContained };
    this.mark(first, { rows, repetitions: NO_REPETITIONS, region });
    if (rejected && !problems.some(isRejecting)) this.marks.whole.add(first);
    const isDoubtful = !reading.broken && !isCommaLost(lines, next, problems);
    if (rejected && (isDoubtful || reading.openEnded || isSkewed)) this.marks.suspect.add(first);
    // What is quoted in the outermost map may go on in any line below it.
    if (reading.openEnded && indents.at(-1) === 0 && this.language === 'yaml') {
      this.marks.whole.add(first);
    }
  }

  /**
   * Whether a line is an item below a map that may be the item before it, without its dash. It is not asked by
   * what keys: those of the map may change without anything being taken anew here. A list may stand in the column
   * of its key, which the first line has then.
   */
  private mayFollow(
    { text, indent }: Line,
    first: Line,
    indents: readonly number[],
    list: number | undefined,
  ): boolean {
    if (!NAMED_ITEM.test(text)) return false;
    const isList = (column: number) => column === list && column === indent;
    return [first.indent, ...indents].some(
      (column) => indent <= column && column <= indent + 2 && !isList(column),
    );
  }
}

/** Whether a line begins with a row that was taken for one right away. */
const isFirmStart = (line: Line) =>
  isHead(line) &&
  line.unit !== undefined &&
  line.unit.rows.length > 0 &&
  line.unit.region?.isForced !== true;

/** Whether only the comma between a row and the next one is missed, which no bracket could bring (JSON). */
const isCommaLost = (
  lines: readonly Line[],
  next: Line | undefined,
  problems: readonly SyntaxProblem[],
) =>
  next !== undefined &&
  isHead(next) &&
  lines.length === 1 &&
  lines[0]!.kind === 'entry' &&
  !isBare(lines[0]!) &&
  problems.length === 1 &&
  problems[0]!.args['parser'] === 'CommaExpected';

/** `- 科目: 2080101` */
const NAMED_ITEM = /^ *- +\p{L}[^#]*:(?:\s|$)/u;

const isWritten = ({ kind }: Line) => kind !== 'blank';

const isBare = ({ scanned }: Line) => scanned?.rows[0]?.open === true;

const holds = ({ map, index }: Place, line: Line) => {
  const entry = map.entries[index];
  return entry !== undefined && lineOf(entry) === line;
};
