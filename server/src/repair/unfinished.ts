import { isBlankLine, type Cell, type Table } from '../disclosure/model';
import { saysNoData } from '../disclosure/note';
import type { Evaluation } from '../relations/evaluate';
import { gathersRows } from '../relations/hidden';
import type { Definition } from '../relations/derive';
import type { Network } from '../relations/network';
import { Pinned, type Gap } from './pinned';
import { hasFixedRows } from './plain';
import type { Operand, Relation } from '../relations/relation';
import { WholeLists } from './wholeLists';

/** What a table would still have to print for a relation to hold. */
export interface Lack {
  /** Written lines that are blank. */
  readonly blanks: Set<Cell>;
  /** Whether a row may be lacking that is not written at all. */
  isOpen: boolean;
  /** Such rows of which others speak. */
  readonly rows: Set<string>;
}

/**
 * Tables that are not filled in to the end. Where totals are printed a blank is nothing, and a sum that falls
 * short contradicts its total. Where they are left to the server nobody has said yet what the table comes to:
 * as long as it comes to less than others say, it may lack what is still to be written.
 */
export class Unfinished {
  private readonly pinned: Pinned;
  private readonly whole: WholeLists;

  constructor(private readonly network: Network) {
    this.pinned = new Pinned(network);
    this.whole = new WholeLists(network.tables);
  }

  /**
   * By table, what it may lack; none where a failing relation contradicts figures that are written.
   * @param isBegun whether somebody is still typing a table: then printed totals may stand there before their
   * parts, and any blank may be filled in
   */
  of(
    { relation, measure }: Evaluation,
    isBegun: (table: Table) => boolean = () => false,
  ): ReadonlyMap<Table, Lack> {
    const found = new Map<Table, Lack>();
    const { left, right, base } = relation;
    if (base || !measure) return found;
    const isShort = measure.left < measure.right;
    const missed = measure.left - measure.right;
    const gap = { size: isShort ? -missed : missed, place: measure.place };
    const listed = listedIn(relation);
    if (!isShort && listed && isBegun(listed.table)) lackIn(found, listed.table).isOpen = true;
    for (const [side, sign] of [
      [left, isShort ? 1 : -1],
      [right, isShort ? -1 : 1],
    ] as const) {
      for (const { cell, coefficient } of side) {
        const isBlank = isBegun(cell.table) ? isUnwritten(cell) : this.isCounted(cell);
        if (sign * coefficient > 0 && isBlank) {
          lackIn(found, cell.table).blanks.add(cell);
        }
        if (cell.state !== 'absent' || sign * coefficient < 0 || !isList(cell)) continue;
        const lack = lackIn(found, cell.table);
        lack.isOpen = true;
        lack.rows.add(cell.row.code ?? cell.row.id);
      }
      this.collect(side, sign, gap, found);
    }
    for (const [table, { blanks }] of found) {
      if (blanks.size === 0 && !isBegun(table) && this.whole.has(table)) found.delete(table);
    }
    return found;
  }

  /** Whether a blank line is counted in a computed figure. */
  private isCounted(cell: Cell): boolean {
    return isBlankLine(cell) && this.network.expansion.counts(cell);
  }

  /** The lists whose rows a cell is computed from. One without a row yet may get some too. */
  private listsOf(cell: Cell, { terms: [first], gathersRows, rule }: Definition): Table[] {
    if (!gathersRows) return [];
    if (first || rule.terms.length === 0) {
      const listed = first?.cell ?? cell;
      return isList(listed) ? [listed.table] : [];
    }
    return rule.terms.flatMap(({ table: id }) => {
      const table = this.network.tables.get(id);
      return table && isListed(table) ? table : [];
    });
  }

  /** What operands are computed from that would make them more, times a sign. */
  private collect(
    operands: readonly Operand[],
    sign: number,
    gap: Gap,
    found: Map<Table, Lack>,
  ): void {
    for (const { cell, coefficient } of operands) {
      const own = sign * coefficient;
      const definition = this.network.expansion.definitionOf(cell);
      if (!definition || this.pinned.has(cell, gap)) continue;
      const { terms } = definition;
      if (own > 0) {
        for (const table of this.listsOf(cell, definition)) lackIn(found, table).isOpen = true;
      }
      for (const term of terms) {
        const { table } = term.cell;
        if (own * term.coefficient > 0 && isList(term.cell) && hasNoRow(table)) {
          lackIn(found, table).isOpen = true;
        }
        if (isBlankLine(term.cell) && own * term.coefficient > 0) {
          lackIn(found, term.cell.table).blanks.add(term.cell);
        }
      }
      this.collect(terms, own, gap, found);
    }
  }
}

/** Whether a table lists what the document has, and does not say that there is none. */
const isListed = (table: Table) =>
  !saysNoData(table) &&
  table.spec.sections.some(
    (section) => !hasFixedRows(section) && section.codes?.lines === undefined,
  );

/**
 * Whether the document decides what rows there are: of a form that prints all its lines none is lacking, nor of
 * a table that says it has no data.
 */
export function isList({ row: { section }, table }: Cell): boolean {
  return !hasFixedRows(section) && section.codes?.lines === undefined && !saysNoData(table);
}

/** Whether nothing is listed in a table yet, so that what is computed from its subjects comes to nothing. */
function hasNoRow({ rows }: Table): boolean {
  // Asked of each of them: the first one that is listed tells.
  for (const { entry, code } of rows.values()) {
    if (entry !== undefined && code !== undefined) return false;
  }
  return true;
}

/** A cell of the list whose rows a relation adds up, be there rows yet or none. */
function listedIn({ left: [total], right: [part], rule }: Relation): Cell | undefined {
  if (!gathersRows(rule)) return undefined;
  const isOwn = rule.terms.some(({ table }) => table === total?.cell.table.spec.id);
  const cell = part?.cell ?? (isOwn ? total?.cell : undefined);
  return cell && isList(cell) ? cell : undefined;
}

/** Whether a table says nothing in a cell of a line that is written, or that its form supplies. */
const isUnwritten = ({ state, table }: Cell) =>
  state === 'blank' && table.spec.section === undefined;

function lackIn(found: Map<Table, Lack>, table: Table): Lack {
  let lack = found.get(table);
  if (!lack) found.set(table, (lack = { blanks: new Set(), isOpen: false, rows: new Set() }));
  return lack;
}
