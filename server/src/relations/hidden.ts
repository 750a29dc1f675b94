import type { Cell } from '../disclosure/model';
import { sidesOf, tablesOf, type Reason, type Relation } from './relation';
import type { Address, Rule } from './rule';

/**
 * Why a relation that fails proves nothing: an amount that it lacks may stand under a key that is not
 * known. Undefined where no unknown key can be to blame.
 */
export function hiddenFrom(relation: Relation): Reason | undefined {
  if (![...tablesOf(relation)].some(({ hasUnknown }) => hasUnknown)) return undefined;
  for (const side of sidesOf(relation)) {
    for (const { cell } of side) {
      const { table, row } = cell;
      if (table.hides(cell) || (table.hidesRows(row.section.id) && gathers(relation, cell))) {
        return { code: 'unknown-key', table: table.spec.id };
      }
    }
  }
  return undefined;
}

/** Whether the right side of a rule takes what rows there are, rather than rows it names. */
export const gathersRows = ({ kind, terms }: Rule): boolean =>
  kind === 'hierarchy' || terms.some(({ row: { by } }) => by === 'set' || by === 'rolled');

/** Whether the relation takes what rows there are on the side of a cell, rather than rows it names. */
function gathers({ rule }: Relation, { table, row }: Cell): boolean {
  const { target, terms, base = [] } = rule;
  const isOver = ({ table: id, row: { by, side } }: Address) =>
    id === table.spec.id && side === row.section.id && (by === 'set' || by === 'rolled');
  return rule.kind === 'hierarchy' || [...(target ? [target] : []), ...terms, ...base].some(isOver);
}
