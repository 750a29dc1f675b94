import type { Entry, MapNode, ScalarNode, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import type { PlainFigure } from './plainFigure';
import { printedAmount, ZERO, type Amount, type Measure } from './amount';
import type { ColumnSpec, Layout, RowSpec, SectionSpec, TableSpec } from './vocabulary';

/**
 * What a cell prints.
 * - `amount`: a decimal number, zero included
 * - `blank`: nothing, written so or left to the layout; `marker`: "not applicable"; both count as zero
 * - `absent`: the printed table has no such row; counts as zero
 * - `missing`: a total, a side of a table or the columns of a row that are not written; they are never
 *   implied, so nothing can be said of them
 * - `invalid`: not a number
 * - `words`: a figure said in words (定性): 持续提升
 * - `derived`: 自动, left to the server, which computes it from the relations (see `relations/derive`), or
 *   a total that is still blank beside its figures (see `relations/leftBlank`)
 */
export type CellState =
  'amount' | 'blank' | 'marker' | 'absent' | 'missing' | 'invalid' | 'words' | 'derived';

/** A figure that says only that the value is not below, or not above, it: ≥98%, 4.5%以内. */
export type Bound = 'atLeast' | 'atMost';

/**
 * How a document rounds: to the nearest, by cutting off (截断), or with addends adjusted so that printed
 * sums hold (舍位平衡).
 */
export type Mode = 'nearest' | 'truncated' | 'exact';

export interface Cell {
  /** `T3/2080101/basic`: table, row and column by their stable ids. */
  readonly id: string;
  readonly table: Table;
  readonly row: Row;
  readonly column: ColumnSpec;
  readonly state: CellState;
  /** The characters printed; empty for what is not. */
  readonly printed: string;
  /** What the digits count: the unit of the table, or the one a figure names itself. */
  readonly unit: Unit;
  /** −1 where the key turns the figure: 减少 56.95 is a change of −56.95. The amount is signed. */
  readonly sign: 1 | -1;
  readonly bound?: Bound;
  /** Characters around the digits, which an edit keeps: `≥` and `%`. */
  readonly around?: { readonly before: string; readonly after: string };
  /** Undefined where nothing can be calculated: `missing`, `invalid`, not yet derived. */
  readonly amount: Amount | undefined;
  /** Of a derived cell: the table some row of which it may lack, because nobody knows what row it is. */
  readonly lacking?: Table;
  /** The key and value that write this cell, where the file does. */
  readonly entry: Entry | undefined;
  readonly node: SyntaxNode | undefined;
}

export interface Row {
  /** `total`, `out.208`, `2080101`. */
  readonly id: string;
  readonly section: SectionSpec;
  readonly spec: RowSpec | undefined;
  /** The subject code of a code row. */
  readonly code: string | undefined;
  /** Where the row is written; undefined for a line that the layout supplies. */
  readonly entry: Entry | undefined;
  /** Written amounts by column id. */
  readonly values: ReadonlyMap<string, Entry>;
  /** The name printed beside the code, if the file gives one. */
  readonly name: ScalarNode | undefined;
  /** The words by which the text calls it (印作): a name, or the names of its levels. */
  readonly printedAs?: SyntaxNode;
  /** The name or code that tells a row of a statement from others: an indicator, a project. */
  readonly title?: string;
  /** Where that is written: 同, 代号, or the key of the row. */
  readonly titleNode?: ScalarNode;
  /** The project a row belongs to, with the words that call it so. */
  readonly project?: Project;
  /** False for what was asked for but is neither written nor supplied. */
  readonly printed: boolean;
  /** A syntax error in its lines keeps its figures from being read, whatever they seem to be. */
  readonly broken?: boolean;
  /** Another row has its key too: which of the two is meant, and for what row the other was, nobody knows. */
  readonly doubled?: true;
}

/** 项目: {代号, 印作} */
export interface Project {
  readonly code: string;
  readonly node: ScalarNode;
  readonly printedAs: ScalarNode | undefined;
}

export interface Table {
  /** The id of its spec; of a form that is written once for each project, with the project's code. */
  readonly id: string;
  readonly spec: TableSpec;
  /** What the file calls it: its key; of a text, the key of its spec. */
  readonly title: string;
  /** Of a form: the project it is about. */
  readonly project?: Project;
  /** The keys inside which it is written, outermost first; none for what stands at the top. */
  readonly within: readonly string[];
  readonly entry: Entry;
  /** What is noted under it (说明). */
  readonly note?: ScalarNode | undefined;
  /** Power of ten of 元 of the amounts in this table, and its name. */
  readonly unit: Unit;
  readonly rows: ReadonlyMap<string, Row>;
  /** Stands for how its figures are printed: another object as soon as that may be otherwise. */
  readonly manner: object;
  /** True when no amount row at all is written: a table kept with a note that there is no data. */
  readonly empty: boolean;
  /** Whether rows of a side may be there that a syntax error has kept from being read. */
  isIncomplete(side: string): boolean;
  /** Whether any figure stands under a name that is not known. */
  readonly hasUnknown: boolean;
  /** Whether a key is just being typed in it, so that it is not known what row it is to be. */
  readonly isHalfTyped: boolean;
  /** Whether rows of a side stand under names that are not known, with figures in them. */
  hidesRows(side: string): boolean;
  /** Whether what a cell does not print may stand under such a name. */
  hides(cell: Cell): boolean;
  /** Columns in use: those of the layout, and any other that the file writes. */
  columnsOf(section: SectionSpec): readonly ColumnSpec[];
  /** A cell by ids; undefined when the form has no such row or column. */
  cell(row: string, column: string): Cell | undefined;
  /** What a row prints, without making cells of it; undefined where there is no such row. */
  figures(row: string): RowFigures | undefined;
  /** Takes a blank total of the table for one that is left to the server. */
  leave(cell: Cell): void;
}

/** The plain figures of a row. */
export interface RowFigures {
  readonly row: Row;
  /** Those of its section. */
  readonly columns: readonly ColumnSpec[];
  /** One for each column; undefined where more has to be looked at than its digits. */
  readonly figures: readonly (PlainFigure | undefined)[];
  /** Whether there is no such column. */
  readonly isPlain: boolean;
}

/** What digits count, as a power of ten of 元, of one per cent, or of the thing counted. */
export interface Unit {
  readonly name: string;
  readonly exponent: number;
  /** `money` where it is not given. */
  readonly measure?: Measure;
}

export const measureOf = ({ measure = 'money' }: Unit): Measure => measure;

/** A way to mend a problem; `title` names its wording, as in the syntax layer. */
export interface ProblemFix {
  readonly title: string;
  readonly args?: Readonly<Record<string, string>>;
  /** What is written for a scalar keeps its quotes. */
  readonly edits: readonly { readonly at: ScalarNode | TextRange; readonly newText: string }[];
  /** There is no other way to understand what is written. */
  readonly certain: boolean;
}

/** A finding about the writing itself. `at` is a node, an entry's key, or a range of the text. */
export interface Problem {
  readonly code: string;
  readonly at: SyntaxNode | Entry | TextRange;
  readonly args: Readonly<Record<string, string>>;
  /** More values for the placeholders, as keys of the message bundles. */
  readonly words?: Readonly<Record<string, string>>;
  /** What stands there first. */
  readonly related?: SyntaxNode | TextRange;
  readonly fixes?: readonly ProblemFix[];
  /** The cell it is about, where it is about one; and others that belong to it. */
  readonly cell?: Cell;
  readonly cells?: readonly Cell[];
  /** What stands in a wrong place because of it, as in the syntax layer. */
  readonly misplaced?: TextRange;
  /** A figure is not read because of it, so that nothing checks it. */
  readonly unread?: boolean;
}

/** One entry of 审核说明: what the file accepts, and why. */
export interface Acceptance {
  readonly node: MapNode;
  /** The id of the rule, and the address by meaning of what it finds there. */
  readonly rule: ScalarNode;
  readonly path: ScalarNode;
  readonly reason: string;
  /** What the figures were: one fingerprint for each finding; empty where none is written. */
  readonly fingerprints: readonly string[];
  /** Where they are written. */
  readonly fingerprintEntry: Entry | undefined;
}

export interface Disclosure {
  readonly tree: SyntaxTree;
  readonly year: number | undefined;
  readonly organisation: string | undefined;
  readonly unit: Unit;
  readonly layout: Layout;
  /** As the file declares it. */
  readonly mode: Mode;
  /** The nine tables and the statements, by id. */
  readonly tables: ReadonlyMap<string, Table>;
  /** Ids of tables that stand in the file but cannot be read. */
  readonly unreadable: ReadonlySet<string>;
  /** Sections that stand in the file but are not tables, by id. */
  readonly sections: ReadonlyMap<string, Entry>;
  /** What the file accepts although it does not hold (审核说明); only what gives a reason. */
  readonly acceptances: readonly Acceptance[];
  readonly problems: readonly Problem[];
  /** All cells that the file writes, by the value's node. */
  cellOf(node: SyntaxNode | Entry): Cell | undefined;
  /** A cell by ids; undefined only when the table is not in the file. */
  cell(table: string, row: string, column: string): Cell | undefined;
  /** Every cell of every table, written or supplied by the layout, in printed order. */
  cells(): Iterable<Cell>;
  /** Those that do more than print plain digits, or nothing: only they can be wrong as they are written. */
  unusual(): Iterable<Cell>;
}

/** Gives a derived cell its value, and the table that may hold more of it; done once, when the relations of the document are first applied. */
export function settle(cell: Cell, amount: Amount, lacking?: Table): void {
  Object.assign(cell, { amount, ...(lacking && { lacking }) });
}

/** Whether a cell is computed though nothing in it says so. */
export const isLeftBlank = ({ state, printed }: Cell): boolean =>
  state === 'derived' && printed === '';

/**
 * Whether a written line of a table prints no figure yet: nobody says that one comes where there is no line,
 * and a text is written sentence by sentence.
 */
export const isBlankLine = ({ state, entry, table }: Cell): boolean =>
  state === 'blank' && entry !== undefined && table.spec.section === undefined;

/** The text whose figures are written sentence by sentence; of the forms behind it cells stay blank. */
const NARRATIVE = 'narrative';

/** Whether a sentence of the narrative stands there without its figure. */
export const isLeftToWrite = ({ state, entry, table }: Cell): boolean =>
  state === 'blank' && entry !== undefined && table.spec.section === NARRATIVE;

/** Whether the cell prints a number other than zero. */
export function isNonZero(cell: Cell): boolean {
  return cell.amount !== undefined && cell.amount.units !== 0n;
}

/** An amount as this cell would print it. */
export function amountIn({ unit }: Cell, units: bigint, place: number): Amount {
  return printedAmount(units, place, unit.measure);
}

/** The amount to calculate with; only for cells that have one. */
export function amountOf(cell: Cell): Amount {
  return cell.amount ?? ZERO;
}
