import { isBlankLine, isNonZero, type Cell, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { difference } from '../relations/expansion';
import { gathersRows } from '../relations/hidden';
import type { Network } from '../relations/network';
import { hasFixedRows } from './plain';
import { operandsOf, type Operand } from '../relations/relation';

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
  private readonly known = new Map<Cell, boolean>();

  constructor(private readonly network: Network) {}

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
    const { left, right, base, rule } = relation;
    if (base || !measure) return found;
    const isShort = measure.left < measure.right;
    const [part] = right;
    if (!isShort && part && isBegun(part.cell.table) && gathersRows(rule) && isList(part.cell)) {
      lackIn(found, part.cell.table).isOpen = true;
    }
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
      this.collect(side, sign, found);
    }
    return found;
  }

  /** Whether a blank line is counted in a computed figure. */
  private isCounted(cell: Cell): boolean {
    return isBlankLine(cell) && this.network.expansion.counts(cell);
  }

  /** What operands are computed from that would make them more, times a sign. */
  private collect(operands: readonly Operand[], sign: number, found: Map<Table, Lack>): void {
    for (const { cell, coefficient } of operands) {
      const own = sign * coefficient;
      const definition = this.network.expansion.definitionOf(cell);
      if (!definition || this.isPinned(cell)) continue;
      const { terms, gathersRows } = definition;
      const [first] = terms;
      // A list without a row yet may get some too.
      const listed = first?.cell ?? cell;
      if (gathersRows && own > 0 && isList(listed)) lackIn(found, listed.table).isOpen = true;
      for (const term of terms) {
        if (isBlankLine(term.cell) && own * term.coefficient > 0) {
          lackIn(found, term.cell.table).blanks.add(term.cell);
        }
      }
      this.collect(terms, own, found);
    }
  }

  /** Whether other figures say that a computed cell comes to what it should: then it lacks nothing. */
  private isPinned(cell: Cell): boolean {
    let known = this.known.get(cell);
    if (known === undefined) {
      const { expansion } = this.network;
      known = this.network.of(cell).some(({ relation, outcome }) => {
        if (outcome !== 'holds' && outcome !== 'rounding') return false;
        if (relation.base || relation.comparator !== 'eq') return false;
        // Totals that lack the same row agree with each other.
        if (operandsOf(relation).every((one) => isComputedBeside(one.cell, cell))) return false;
        const rest = difference(expansion.sum(relation.left), expansion.sum(relation.right));
        return [...rest.keys()].some(isNonZero);
      });
      this.known.set(cell, known);
    }
    return known;
  }
}

/** Whether the document decides what rows there are: of a form that prints all its lines none is lacking. */
export function isList({ row: { section } }: Cell): boolean {
  return !hasFixedRows(section) && section.codes?.lines === undefined;
}

const isComputedBeside = ({ state, table }: Cell, cell: Cell) =>
  state === 'derived' && table === cell.table;

/** Whether a table says nothing in a cell of a line that is written, or that its form supplies. */
const isUnwritten = ({ state, table }: Cell) =>
  state === 'blank' && table.spec.section === undefined;

function lackIn(found: Map<Table, Lack>, table: Table): Lack {
  let lack = found.get(table);
  if (!lack) found.set(table, (lack = { blanks: new Set(), isOpen: false, rows: new Set() }));
  return lack;
}
