import type { Entry } from '../syntax/tree';
import { ZERO } from './amount';
import type { CellValue } from './cellData';
import { isFigure, readFigure, unitOfKind, type Figure } from './figure';
import { isEndedFigure } from './mistyped';
import type { Cell, CellState, Project, Row } from './model';
import { isSameButFigures, isSameProject } from './sameRow';
import { isMarker, TableData, type TableFields } from './tableData';
import {
  KeyIndex,
  normalizeKey,
  vocabulary,
  type ColumnKind,
  type ColumnSpec,
  type SectionSpec,
} from './vocabulary';

/** A column with the sign that a key gives its figure. */
interface Facet {
  readonly column: ColumnSpec;
  readonly sign: 1 | -1;
}

const facetIndexes = new Map<SectionSpec, Map<string, KeyIndex<Facet>>>();

/** The columns of a section by every key they are written under in a row, or inside a group of it. */
export function facetsOf(section: SectionSpec, group = ''): KeyIndex<Facet> {
  const known = facetIndexes.get(section) ?? new Map<string, KeyIndex<Facet>>();
  facetIndexes.set(section, known);
  let index = known.get(group);
  if (!index) {
    const columns = section.columns.filter(group ? (one) => one.group === group : standsAlone);
    const facets = columns.flatMap((column): [ColumnSpec | Opposite, Facet][] => [
      [column, { column, sign: 1 }],
      ...(column.opposite ? [[column.opposite, { column, sign: -1 }] as [Opposite, Facet]] : []),
    ]);
    known.set(group, (index = new KeyIndex(facets)));
  }
  return index;
}

/** Whether a column may be written outside its group: 增加 alone is against last year, never the budget. */
export const standsAlone = ({ group }: ColumnSpec) =>
  group === undefined || vocabulary.groups[group]!.column === undefined;

type Opposite = NonNullable<ColumnSpec['opposite']>;

const levelWords = new Set(
  Object.values(vocabulary.groups).flatMap(({ level }) => level.words.map(normalizeKey)),
);

/** 持平: nothing changed, said as a key or as a value. */
export const isLevel = (text: string) => levelWords.has(normalizeKey(text));

const incomparable = vocabulary.incomparable.map(normalizeKey);

/** A remark in brackets behind everything else: （基数为0）. */
const REMARK = /[（(][^（(]*[）)]$/u;

/** 8800余人, 9000人左右: behind the digits, or at the end. */
const inexactBehind = new RegExp(
  `\\d(?:${vocabulary.approximateBehind.join('|')})|(?:${vocabulary.approximateBehind.join('|')})$`,
  'u',
);

/** 不可比, 上年无此项，无可比性, --（基数为0）: there is nothing to compare with, and no figure beside a zero or a year. */
export function isIncomparable(text: string): boolean {
  if (REMARK.test(text) && isMarker(text.replace(REMARK, ''))) return true;
  const said = normalizeKey(text);
  return (
    incomparable.some((word) => said.includes(word)) && !/[1-9]/.test(said.replace(/\d{4}年/gu, ''))
  );
}

/** 不可比, 约4699万元: nothing that could be compared. */
const isInexact = (text: string) =>
  isIncomparable(text) ||
  vocabulary.approximate.some((word) => text.startsWith(word)) ||
  inexactBehind.test(text);

/** Whether a part of a statement is called after its first figure, which may stand for it alone: 收入总计. */
export const isNamedAfterFigure = ({ key, columns: [first] }: SectionSpec) =>
  key !== undefined && first?.key === key;

/** Whether a row is read from the same places. */
const isUntouched = (a: Row, b: Row) =>
  a.entry === b.entry && [...a.values].every(([column, entry]) => b.values.get(column) === entry);

/**
 * A section of the narrative, or an annex, read as a table. It prints what is written and no more: a
 * facet that is not there is not stated, and nothing is said of it.
 */
export class StatementData extends TableData {
  override readonly id: string;
  override readonly within: readonly string[];
  private about: Project | undefined;

  constructor(fields: TableFields, within: readonly string[], project?: Project) {
    super(fields);
    this.id = project ? `${fields.spec.id}:${project.code}` : fields.spec.id;
    this.within = within;
    this.about = project;
  }

  get project(): Project | undefined {
    return this.about;
  }

  /**
   * Takes its rows as they are written now. Answers with the cells that print something else, as they were
   * before; undefined, and nothing is taken, where more than figures and texts is another.
   */
  takeOver(fresh: StatementData): ReadonlyMap<Cell, Cell> | undefined {
    const rows = [...this.rows.values()];
    const others = [...fresh.rows.values()];
    const isLike =
      fresh.spec === this.spec &&
      fresh.unit.name === this.unit.name &&
      fresh.unit.exponent === this.unit.exponent &&
      fresh.empty === this.empty &&
      isSameProject(fresh.project, this.project) &&
      !fresh.hasUnknown &&
      !this.hasUnknown &&
      rows.length === others.length &&
      rows.every((row, i) => isSameButFigures(row, others[i]!));
    if (!isLike) return undefined;
    const changed = new Map<Cell, Cell>();
    for (const [i, row] of rows.entries()) {
      if (isUntouched(row, others[i]!)) continue;
      for (const [cell, before] of this.rewrite(others[i]!, fresh.entry)) {
        if (isFigure(cell.column)) changed.set(cell, before);
      }
    }
    this.about = fresh.project;
    this.follow(fresh.entry);
    return changed;
  }

  override columnsOf(section: SectionSpec): readonly ColumnSpec[] {
    return section.columns;
  }

  override cell(row: string, column: string): Cell | undefined {
    const cell = super.cell(row, column);
    return cell && isFigure(cell.column) ? cell : undefined;
  }

  /** What figures of a text say hangs on the words around them. */
  override figures(): undefined {
    return undefined;
  }

  override unusual(): Iterable<Cell> {
    return this.cells();
  }

  /** Figures that are written. */
  override *cells(): Iterable<Cell> {
    for (const row of this.rows.values()) {
      for (const column of row.values.keys()) {
        const cell = this.cell(row.id, column);
        if (cell) yield cell;
      }
    }
  }

  protected override read(row: Row, column: ColumnSpec, entry: Entry | undefined): CellValue {
    const kind = column.kind ?? 'money';
    const plain = { ...super.read(row, column, entry), unit: unitOfKind(kind, this.unit) };
    if (!entry) return plain;
    // A group has no sign of its own: 比上年: 持平.
    const sign = facetsOf(row.section, column.group).get(entry.key.text)?.sign ?? 1;
    // The percent sign of a form stays where the figure before it does not apply: `--%`.
    const isNone = kind === 'percent' && isMarker(plain.printed.replace(/[%％]$/u, ''));
    if (isNone || isLevel(entry.key.text) || isLevel(plain.printed)) {
      return { ...plain, state: 'marker', amount: ZERO };
    }
    if (!['amount', 'invalid'].includes(plain.state) || plain.node?.kind !== 'scalar') {
      return { ...plain, sign };
    }
    const inexact = isInexact(plain.printed);
    const isRead = !plain.node.doubtful && !inexact;
    const figure = isRead ? this.figureIn(plain.printed, kind, row) : undefined;
    if (!figure) {
      const isWords = (kind === 'figure' && !isEndedFigure(plain.printed)) || inexact;
      return { ...plain, amount: undefined, state: isWords ? 'words' : 'invalid', sign };
    }
    const { amount, unit, bound, before, after } = figure;
    return {
      ...plain,
      state: 'amount',
      // 下降: -100% says it twice.
      amount: sign === 1 || amount.units < 0n ? amount : { ...amount, units: -amount.units },
      unit,
      sign,
      ...(bound && { bound }),
      ...((before !== '' || after !== '') && { around: { before, after } }),
    };
  }

  /** A figure alone counts what its row says it counts: 单位: 万人. */
  private figureIn(printed: string, kind: ColumnKind, row: Row): Figure | undefined {
    const figure = readFigure(printed, kind, this.unit);
    const column = row.section.columns.find((spec) => spec.counts);
    const node = column && row.values.get(column.id)?.value;
    if (figure?.after !== '' || kind === 'percent' || node?.kind !== 'scalar') return figure;
    const counted = readFigure(`${printed}${node.text.trim()}`, kind, this.unit);
    return counted ? { ...counted, after: '' } : figure;
  }

  /** What is not written is not stated; but a list of parts names only those that are not zero. */
  protected override unwritten(row: Row): CellState {
    if (this.isSwallowed(row)) return 'missing';
    const isPart = row.code !== undefined || (row.spec?.sets ?? []).length > 0;
    return !row.printed && isPart ? 'absent' : 'missing';
  }
}
