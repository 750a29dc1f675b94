/** The figure that an item of a text repeats of a table: left to the server, or as the table has it. */
import type { Cell, Disclosure, Table, Unit } from '../disclosure/model';
import { vocabulary, type SectionSpec, type TableSpec } from '../disclosure/vocabulary';
import type { Rulebook } from '../relations/rulebook';
import { figureOf } from './places';

/** Of the items of a list: the id of the column that a table has as well, and what one about a subject says there. */
export interface ItemFigures {
  readonly column: string;
  /** Empty where the table prints nothing, or nobody knows what the item is about. */
  of(code: string | undefined): string;
}

/**
 * Undefined where no rule leads from the list to a table.
 * @param disclosure with its computed figures, as far as they are known
 */
export function itemFigures(
  { spec, section }: { readonly spec: TableSpec; readonly section: SectionSpec },
  disclosure: Disclosure,
  { packs }: Rulebook,
): ItemFigures | undefined {
  const rule = packs
    .flatMap(({ rules }) => rules)
    .find(({ kind, target }) => {
      if (kind !== 'equal' || target?.table !== spec.id) return false;
      const { by, side, name } = target.row;
      return by === 'id' && side === section.id && name === EACH;
    });
  const [term] = rule?.terms ?? [];
  if (!rule?.target || !term) return undefined;
  const column = rule.target.column.name;
  const text = disclosure.tables.get(spec.id);
  const isLeft = text !== undefined && leavesFigures(text, section, column);
  const unit = text?.unit ?? disclosure.unit;
  return {
    column,
    of(code) {
      if (isLeft) return vocabulary.derived;
      const cell = code ? disclosure.cell(term.table, code, term.column.name) : undefined;
      return cell ? repeated(cell, unit) : '';
    },
  };
}

/** The row of a rule that holds for each subject. */
const EACH = '{code}';

/** What a text in a unit of its own prints of a cell; empty for a blank, and where the cell counts otherwise. */
export function repeated(cell: Cell, unit: Unit): string {
  const isSaid = cell.state === 'amount' || cell.state === 'derived';
  return isSaid && cell.unit.exponent === unit.exponent ? figureOf(cell) : '';
}

/** Whether the last item leaves its figure to the server; where none says it, whether the text does so anywhere. */
function leavesFigures(text: Table, section: SectionSpec, column: string): boolean {
  const rows = [...text.rows.values()];
  const last = rows.findLast((row) => row.section === section && row.values.has(column));
  const isLeft = (row: string, id: string) => text.cell(row, id)?.state === 'derived';
  if (last) return isLeft(last.id, column);
  return rows.some(({ id, values }) => [...values.keys()].some((own) => isLeft(id, own)));
}
