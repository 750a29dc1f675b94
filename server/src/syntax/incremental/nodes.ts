import type { Entry, MapNode, ScalarNode, SequenceNode, SyntaxNode, TextRange } from '../tree';
import type { KeyIndex } from './keys';
import type { Line } from './store';

/**
 * Nodes that know where they stand by the line that they hang on and their distance from its
 * beginning: an edit elsewhere moves the line, and the nodes with it. Symbols keep that private to
 * this folder.
 */
export const LINE = Symbol('line');
export const START = Symbol('start');
export const END = Symbol('end');
/** Of an entry: where its value stands, or would stand. */
export const VALUE = Symbol('value');
export const VALUE_END = Symbol('value end');
/** Of a block map that is made of the rows of a document. */
export const INDENT = Symbol('indent');
export const KEYS = Symbol('keys');
export const HEAD = Symbol('head');
/** The lines of the brackets around a map over several lines (JSON); of `OPEN`, only the root's. */
export const OPEN = Symbol('open');
export const CLOSE = Symbol('close');
const NUMBER = Symbol('number');
/** What an edit made of the entries of the map before. */
export const CHANGE = Symbol('change');

/** What begins and ends in one line. */
class OnLine {
  readonly [LINE]: Line;
  readonly [START]: number;
  readonly [END]: number;

  constructor(line: Line, start: number, end: number) {
    this[LINE] = line;
    this[START] = start;
    this[END] = end;
  }
}

export class LineScalar extends OnLine implements ScalarNode {
  readonly kind = 'scalar';
  declare readonly doubtful?: true;

  constructor(
    readonly text: string,
    readonly style: ScalarNode['style'],
    line: Line,
    start: number,
    end: number,
  ) {
    super(line, start, end);
  }
}

export class LineMap extends OnLine implements MapNode {
  readonly kind = 'map';

  constructor(
    readonly style: MapNode['style'],
    readonly entries: readonly LineEntry[],
    line: Line,
    start: number,
    end: number,
  ) {
    super(line, start, end);
  }
}

export class LineSequence extends OnLine implements SequenceNode {
  readonly kind = 'sequence';

  constructor(
    readonly style: SequenceNode['style'],
    readonly items: readonly (LineNode | undefined)[],
    line: Line,
    start: number,
    end: number,
  ) {
    super(line, start, end);
  }
}

let maps = 0;

/** The entries of a map against those of the one before it: from `at` on, so many others for so many. */
export interface EntriesChange {
  /** {@link numberOf} the map before. */
  readonly of: number;
  readonly at: number;
  readonly removed: number;
  readonly added: number;
}

/** A number that no other map has or had; undefined for maps that are read anew whenever they change. */
export const numberOf = (node: SyntaxNode | undefined): number | undefined =>
  node instanceof RowMap ? node[NUMBER] : undefined;

/** What distinguishes a map from the one in whose place an edit put it, where that is known. */
export const changeOf = (node: SyntaxNode | undefined): EntriesChange | undefined =>
  node instanceof RowMap ? node[CHANGE] : undefined;

/** A map of rows: its range follows from its entries, or from the brackets around it. */
export class RowMap implements MapNode {
  readonly kind = 'map';
  readonly [INDENT]: number;
  [KEYS]: KeyIndex | undefined = undefined;
  /** The entry that it is the value of. */
  [HEAD]: LineEntry | undefined = undefined;
  [OPEN]: Line | undefined = undefined;
  [CLOSE]: Line | undefined = undefined;
  [CHANGE]: EntriesChange | undefined = undefined;
  /** Tells it from all others without keeping them. */
  readonly [NUMBER] = ++maps;

  constructor(
    readonly style: MapNode['style'],
    readonly entries: readonly LineEntry[],
    indent: number,
  ) {
    this[INDENT] = indent;
  }
}

export type LineNode = LineScalar | LineMap | LineSequence | RowMap;

export class LineEntry implements Entry {
  readonly kind = 'entry';
  readonly [VALUE]: number;
  readonly [VALUE_END]: number;

  constructor(
    readonly key: LineScalar,
    readonly value: LineNode | undefined,
    /** Where an empty value would stand; where brackets open for a map of rows. */
    start: number,
    end: number,
  ) {
    this[VALUE] = start;
    this[VALUE_END] = end;
  }
}

/** The line that an entry hangs on. */
export const lineOf = (entry: LineEntry): Line => entry.key[LINE];

const range = (line: Line, start: number, end: number): TextRange => {
  const at = line.start;
  return { start: at + start, end: at + end };
};

/** Ranges in the text as it is now. Only nodes of its tree have one. */
export function rangeOf(node: SyntaxNode | Entry): TextRange {
  if (node instanceof LineEntry) {
    const key = rangeOf(node.key);
    return { start: key.start, end: Math.max(key.end, valueRangeOf(node).end) };
  }
  if (node instanceof RowMap) return rowsRange(node);
  const { [LINE]: line, [START]: start, [END]: end } = node as LineScalar;
  return range(line, start, end);
}

export function valueRangeOf(entry: Entry): TextRange {
  if (entry.value) return rangeOf(entry.value);
  if (!(entry instanceof LineEntry)) throw new TypeError('an entry of another tree');
  return range(lineOf(entry), entry[VALUE], entry[VALUE_END]);
}

function rowsRange(map: RowMap): TextRange {
  const { entries, [OPEN]: open, [CLOSE]: close, [HEAD]: head } = map;
  const bracket = open ? open.start + open.indent : undefined;
  const start =
    bracket ??
    (head && map.style === 'flow'
      ? lineOf(head).start + head[VALUE]
      : rangeOf(entries[0]!.key).start);
  return { start, end: Math.max(start, close ? close.start + close.indent + 1 : lastEnd(map)) };
}

/** Where the last entry ends; without recursion, for maps in maps. */
function lastEnd(map: RowMap): number {
  let last: LineEntry = map.entries.at(-1)!;
  while (last.value instanceof RowMap && !last.value[CLOSE]) last = last.value.entries.at(-1)!;
  return Math.max(rangeOf(last.key).end, valueRangeOf(last).end);
}
