import type { Cell, Table } from '../disclosure/model';
import { brokenIn, sidesOf, tablesOf, type Reason, type Relation } from './relation';
import type { Address, Rule } from './rule';

/**
 * Why a relation that fails proves nothing: an amount that it lacks may stand under a key that is not
 * known. Undefined where no unknown key can be to blame.
 */
export function hiddenFrom(relation: Relation): Reason | undefined {
  const { rule } = relation;
  const isKnown = !mayHide(relation);
  for (const side of sidesOf(relation)) {
    for (const { cell } of side) {
      const table = cell.lacking ?? (isKnown ? undefined : tableHiding(cell, rule));
      if (table)
        return table.isHalfTyped ? brokenIn(table) : { code: 'unknown-key', table: table.spec.id };
    }
  }
  return undefined;
}

/** Whether a table that a relation speaks of has keys that are not known. */
const mayHide = (relation: Relation): boolean =>
  [...tablesOf(relation)].some(({ hasUnknown }) => hasUnknown);

/** The table of a cell, where a relation of the rule may lack what stands there under an unknown key. */
export function tableHiding(cell: Cell, rule: Rule): Table | undefined {
  const { table, row } = cell;
  const isHiding = table.hides(cell) || (table.hidesRows(row.section.id) && gathers(rule, cell));
  return isHiding ? table : undefined;
}

/** Whether the right side of a rule takes what rows there are, rather than rows it names. */
export const gathersRows = ({ kind, terms }: Rule): boolean =>
  kind === 'hierarchy' || terms.some(({ row: { by } }) => by === 'set' || by === 'rolled');

/** Whether the relation takes what rows there are on the side of a cell, rather than rows it names. */
function gathers(rule: Rule, { table, row }: Cell): boolean {
  const { target, terms, base = [] } = rule;
  const isOver = ({ table: id, row: { by, side } }: Address) =>
    id === table.spec.id && side === row.section.id && (by === 'set' || by === 'rolled');
  return rule.kind === 'hierarchy' || [...(target ? [target] : []), ...terms, ...base].some(isOver);
}
