import type { Amount } from '../disclosure/amount';
import type { Cell } from '../disclosure/model';
import { comparison } from '../relations/conditions';
import type { Fact } from '../relations/fact';
import type { Cause } from '../repair/cause';

/**
 * Facts but those that another finding explains. A word that compares two figures (大于) can be right as
 * soon as a figure is that is wrong, or may be: then there is one mistake, and it is told at the figure. A name
 * in a list may be right as soon as a table is filled in to the end.
 */
export function withoutConsequences(facts: readonly Fact[], causes: readonly Cause[]): Fact[] {
  const values = new Map<Cell, readonly Amount[]>();
  for (const { candidates } of causes) {
    for (const candidate of candidates) values.set(candidate.cell, candidate.values);
  }
  const open = new Set(
    causes.flatMap(({ groups: [group] }) => (group?.kind === 'unfinished' ? group.table : [])),
  );
  const settled = new Set(causes.flatMap(({ facts: own }) => [...(own ?? [])]));
  return facts.filter((fact) => {
    if (settled.has(fact)) return false;
    const { outcome, meaning, rule, cells } = fact;
    const [first, second] = cells;
    const isOpen = ({ state, table }: Cell) => state === 'blank' && open.has(table);
    if (outcome === 'fails' && rule.kind === 'list' && cells.some(isOpen)) return false;
    if (outcome !== 'fails' || !meaning || !first || !second) return true;
    if (!values.has(first) && !values.has(second)) return true;
    const firsts = values.get(first) ?? [first.amount!];
    const seconds = values.get(second) ?? [second.amount!];
    return !firsts.some((one) => seconds.some((other) => meaning === comparison(one, other)));
  });
}
