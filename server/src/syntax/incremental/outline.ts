import { DEEPEST } from '../depth';
import type { Language } from '../tree';
import { findExtent } from './extent';
import { fits, fittingRows, type Columns } from './fit';
import { compose, Level, locate, type Place } from './levels';
import { meantBalance } from './jsonLine';
import { isHead, Lookahead } from './lookahead';
import { Marks } from './marks';
import { INDENT, lineOf, OPEN, type RowMap } from './nodes';
import { isRowPerLine, rowPerLine } from './recover';
import { isRejecting, readAlone, type RegionReading } from './region';
import { Repetitions } from './repetitions';
import type { Line, LineStore } from './store';
import type { SyntaxProblem } from '../tree';
import { NO_REPETITIONS, type Region, type Row, type Unit } from './unit';

/**
 * The rows of a document and the maps that they make. It is a function of the text alone: rows are
 * taken from top to bottom, and what is taken next follows from the columns of the maps that are open
 * and from the lines ahead. So after an edit it begins at the row before, and stops at the first old
 * row that finds the same maps open as before.
 */
export class Outline {
  root: RowMap | undefined;
  readonly repetitions = new Repetitions();
  readonly marks = new Marks();
  private readonly ahead: Lookahead;

  private stack: Level[] = [];
  /** The row taken last has no value yet. */
  private isOpen = false;
  /** A comma stands behind what was taken last (JSON). */
  private comma = false;
  /** The lines of the root's brackets (JSON). */
  private rootOpen: Line | undefined;
  private rootClose: Line | undefined;
  /** The column of the root's bracket before the last edit. */
  private oldColumn: number | undefined;
  private finished: RowMap[] = [];

  constructor(
    private readonly store: LineStore,
    private readonly language: Language,
  ) {
    this.ahead = new Lookahead(store);
  }

  get needsWhole(): boolean {
    if (this.language === 'json' && (!this.rootClose || this.marks.contradictBrackets)) return true;
    return this.marks.needWhole;
  }

  /** Forgets a line that is no longer in the text. */
  forget(line: Line): void {
    line.unit = undefined;
    this.marks.forget(line);
    if (line === this.rootOpen) this.rootOpen = undefined;
    if (line === this.rootClose) this.rootClose = undefined;
  }

  /** Takes in lines that have changed: those between `before` and `after`, which have not. */
  update(before: Line | undefined, after: Line | undefined): void {
    const old = this.root;
    const from = this.rowAt(before);
    const left = from && this.placesBefore(old, from, from.unit!.rows[0]!.indent);
    const { rootClose } = this;
    this.begin(left);
    let line: Line | undefined = left ? from : this.store.first;
    let right: Place[] | undefined;
    while (line) {
      if (after && !line.isBefore(after) && (right = this.meets(old, line))) break;
      line = this.take(line);
    }
    if (right) this.rootClose = rootClose;
    this.repetitions.forget(old, left, right);
    this.root = this.end(right);
    this.oldColumn = this.rootOpen?.indent;
    this.repetitions.keep(this.finished);
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

  private begin(left: Place[] | undefined): void {
    this.stack = (left ?? []).map((place) => new Level(place.map[INDENT], place));
    this.finished = [];
    const last = left?.at(-1);
    this.isOpen = false;
    this.comma = true;
    if (last?.index === 0) {
      this.stack.pop();
      this.isOpen = this.stack.length > 0;
    }
    this.rootClose = undefined;
    if (!left) this.rootOpen = undefined;
    else if (this.stack[0]) this.stack[0].open = left[0]!.map[OPEN];
  }

  /** Whether an old row finds the same maps open as before; the places in them before it. */
  private meets(old: RowMap | undefined, line: Line): Place[] | undefined {
    if (!isFirmStart(line) || this.rootOpen?.indent !== this.oldColumn) return undefined;
    const column = line.unit!.rows[0]!.indent;
    if (column !== line.indent || !this.accepts(line)) return undefined;
    const path = locate(old, column, (other) => !other.present || other.isBefore(line));
    if (!path || !holds(path.at(-1)!, line)) return undefined;
    const open = this.stack.filter(({ indent }) => indent < column);
    if (path.length !== open.length + 1) return undefined;
    return open.every(({ indent }, i) => indent === path[i]!.map[INDENT]) ? path : undefined;
  }

  /** Whether a line can be taken now. */
  private accepts({ kind, indent }: Line): boolean {
    if (kind !== 'entry' && kind !== 'headed' && kind !== 'close') return false;
    const { stack } = this;
    const top = stack.at(-1);
    if (this.language === 'json') {
      if (!this.rootOpen || this.rootClose) return false;
      if (kind === 'close')
        return (
          top !== undefined &&
          !this.isOpen &&
          !this.comma &&
          indent === this.headIndent(stack.length - 1)
        );
      if (!top) return indent > this.rootOpen.indent;
      return this.isOpen ? indent > top.indent : indent === top.indent && this.comma;
    }
    if (!top) return true;
    if (this.isOpen && indent > top.indent) return true;
    return stack.some((level) => level.indent === indent);
  }

  private get columns(): Columns {
    const columns = this.stack.map(({ indent }) => indent);
    return { columns, open: this.isOpen, root: this.rootOpen?.indent };
  }

  /** The column of the line in which a level's bracket opens. */
  private headIndent(level: number): number | undefined {
    return level > 0 ? this.stack[level - 1]!.indent : this.rootOpen?.indent;
  }

  /** Takes what begins at a line; the line behind it. */
  private take(line: Line): Line | undefined {
    this.clear(line);
    if (line.kind === 'blank') return this.store.after(line);
    if (this.language === 'json' && line.kind === 'open' && !this.rootOpen) {
      this.rootOpen = line;
      return this.store.after(line);
    }
    if (line.kind === 'lone' && this.ahead.isAlone(line, this.columns)) return this.lone(line);
    if (!this.accepts(line)) return this.region(line, this.stack.at(-1)?.indent ?? -1);
    if (line.kind === 'close') {
      this.close(line);
      return this.store.after(line);
    }
    if (line.kind === 'headed') return this.region(line, line.indent);
    const row = line.scanned!.rows[0]!;
    const next = this.ahead.significant(this.store.after(line));
    if (next && !this.acceptsAfter(row, line, next)) {
      const isEnded = row.open
        ? this.ahead.isAboveRows(next, row.indent)
        : this.ahead.isAloneBelow(row.indent, next, this.columns);
      if (!isEnded) return this.region(line, line.indent);
    }
    this.mark(line, line.scanned!);
    this.push(row);
    this.comma = line.comma;
    return this.store.after(line);
  }

  /** Takes a key that is just being typed: it is refused, and nothing around it is in doubt. */
  private lone(line: Line): Line | undefined {
    while (this.stack.at(-1)!.indent > line.indent) this.pop();
    const next = this.store.after(line);
    const indents = this.stack.map(({ indent }) => indent);
    const problems = readAlone(line);
    const region = { lines: [line], next, indents, isForced: true, problems, isContained: true };
    this.mark(line, { rows: [], repetitions: NO_REPETITIONS, region });
    return next;
  }

  /** Whether a line can be taken after a row. */
  private acceptsAfter(row: Row, { comma }: Line, { kind, indent }: Line): boolean {
    if (kind !== 'entry' && kind !== 'headed' && kind !== 'close') return false;
    if (this.language === 'json') {
      if (row.open) return kind !== 'close' && indent > row.indent;
      if (kind !== 'close') return comma && indent === row.indent;
      const depth = this.stack.findIndex((level) => level.indent === row.indent);
      return !comma && indent === this.headIndent(depth < 0 ? this.stack.length : depth);
    }
    if (indent > row.indent) return row.open;
    return indent === row.indent || this.stack.some((level) => level.indent === indent);
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

  private push({ indent, entry, open }: Row): void {
    while (this.stack.length > 0 && this.stack.at(-1)!.indent > indent) this.pop();
    if (this.stack.at(-1)?.indent !== indent) {
      const level = new Level(indent, undefined);
      if (this.stack.length === 0) level.open = this.rootOpen;
      this.stack.push(level);
      if (this.stack.length > DEEPEST) this.marks.whole.add(lineOf(entry));
    }
    this.stack.at(-1)!.added.push(entry);
    this.isOpen = open;
  }

  /** A bracket closes the innermost map. */
  private close(line: Line): void {
    this.stack.at(-1)!.close = line;
    this.comma = line.comma;
    if (this.stack.length > 1) this.pop();
    else {
      this.rootClose = line;
      if (line.comma) this.marks.whole.add(line);
    }
    // Marked, so that it is cleared when it is taken again.
    line.unit = { rows: [], repetitions: NO_REPETITIONS, region: undefined };
  }

  /** Makes the map of the innermost level the value of its head. */
  private pop(right?: Place): void {
    const map = this.finish(right);
    const parent = this.stack.at(-1)!;
    const { head } = parent;
    const entry = compose(head, map);
    const line = lineOf(head);
    if (line.scanned?.rows[0]?.entry.key === head.key) line.child = map;
    parent.setHead(entry);
  }

  private finish(right?: Place): RowMap {
    const level = this.stack.pop()!;
    const head = this.stack.at(-1)?.head;
    const line = head && lineOf(head);
    const map = level.finish(
      this.language === 'json' ? 'flow' : 'block',
      right,
      line ? line.child : this.root,
    );
    this.finished.push(map);
    return map;
  }

  /** Closes what is open; `right` is what stays behind the row that was met. */
  private end(right: Place[] | undefined): RowMap | undefined {
    this.isOpen = false;
    if (!right) {
      while (this.stack.length > 1) this.pop();
    } else {
      while (this.stack.length > right.length) this.pop();
      const last = right.at(-1)!;
      if (this.stack.length < right.length) {
        const level = new Level(last.map[INDENT], undefined);
        if (this.stack.length === 0) level.open = this.rootOpen;
        this.stack.push(level);
      }
      for (let depth = right.length - 1; depth > 0; depth--) this.pop(right[depth]);
    }
    return this.stack.length > 0 ? this.finish(right?.[0]) : undefined;
  }

  /** Takes a region that begins with a line whose key stands in column `head` (-1: it has none). */
  private region(first: Line, head: number): Line | undefined {
    const isForced = !isHead(first) || !this.accepts(first);
    // JSON's brackets may come between a region and the last row before it.
    const isBehind = isForced && this.stack.length > 0;
    const sibling = !isBehind ? '' : this.comma ? '"k":0,' : '"k":0';
    const { columns, root } = this.columns;
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
    if (this.language === 'json' && (!next || !this.rootOpen)) this.marks.whole.add(first);
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
    const state = this.columns;
    if (rejected) {
      rows = fittingRows(state, rows, first, next);
      if (!isRowPerLine(rows, lines))
        rows = rowPerLine(state, reading.rows, lines, next, this.language, isForced) ?? rows;
    } else if (!complete || !fits(state, rows, next)) {
      this.marks.whole.add(first);
      rows = [];
    }
    for (const row of rows) this.push(row);
    if (next && !this.settles(next)) this.marks.whole.add(first);
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

  /** Brings the maps that are open into line with what comes behind a region. */
  private settles(next: Line): boolean {
    if (this.language === 'json') {
      const close = next.kind === 'close';
      this.comma = !close;
      while (
        this.stack.length > 1 &&
        (close ? this.headIndent(this.stack.length - 1)! : this.stack.at(-1)!.indent) > next.indent
      ) {
        this.pop();
        this.isOpen = false;
      }
      if (close || this.stack.at(-1)?.indent === next.indent) this.isOpen = false;
    }
    return this.accepts(next);
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
