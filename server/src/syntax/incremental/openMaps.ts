import { DEEPEST } from '../depth';
import type { Language } from '../tree';
import type { Columns } from './fit';
import { compose, Level, type Place } from './levels';
import type { Marks } from './marks';
import { INDENT, lineOf, OPEN, type RowMap } from './nodes';
import type { Line } from './store';
import { NO_REPETITIONS, type Row } from './unit';

/** The maps that are open while the rows of a document are taken from top to bottom, the outermost first. */
export class OpenMaps {
  /** The map of the whole document, as it was when the last row was taken. */
  root: RowMap | undefined;
  /** The maps that were closed since the beginning. */
  finished: RowMap[] = [];
  /** A comma stands behind what was taken last (JSON). */
  comma = false;
  /** The lines of the root's brackets (JSON). */
  rootOpen: Line | undefined;
  rootClose: Line | undefined;

  private stack: Level[] = [];
  /** The row taken last has no value yet. */
  private isOpen = false;

  constructor(
    private readonly language: Language,
    private readonly marks: Marks,
  ) {}

  /** Begins behind the rows before some places, or with none. */
  begin(left: Place[] | undefined): void {
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

  /** The columns of the maps that are open. */
  get columns(): Columns {
    const columns = this.stack.map(({ indent }) => indent);
    return { columns, open: this.isOpen, root: this.rootOpen?.indent };
  }

  /** Whether a line can be taken now. */
  accepts({ kind, indent }: Line): boolean {
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

  /** Whether a line can be taken after a row. */
  acceptsAfter(row: Row, { comma }: Line, { kind, indent }: Line): boolean {
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

  /** The column of the line in which a level's bracket opens. */
  private headIndent(level: number): number | undefined {
    return level > 0 ? this.stack[level - 1]!.indent : this.rootOpen?.indent;
  }

  /** Takes a row into the map of its column. */
  push({ indent, entry, open }: Row): void {
    this.closeBehind(indent);
    if (this.stack.at(-1)?.indent !== indent) {
      const level = new Level(indent, undefined);
      if (this.stack.length === 0) level.open = this.rootOpen;
      this.stack.push(level);
      if (this.stack.length > DEEPEST) this.marks.whole.add(lineOf(entry));
    }
    this.stack.at(-1)!.added.push(entry);
    this.isOpen = open;
  }

  /** Closes the maps that begin behind a column. */
  closeBehind(column: number): void {
    while (this.stack.length > 0 && this.stack.at(-1)!.indent > column) this.pop();
  }

  /** A bracket closes the innermost map. */
  close(line: Line): void {
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

  /** Brings the maps that are open into line with what comes behind a region. */
  settles(next: Line): boolean {
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
  /** Closes what is open; `right` is what stays behind the row that was met. */
  end(right: Place[] | undefined): void {
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
    this.root = this.stack.length > 0 ? this.finish(right?.[0]) : undefined;
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
}
