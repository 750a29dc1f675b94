/** Money that a table prints which a file lacks, by what the file prints of it elsewhere. */
import { isNonZero, type Cell, type Disclosure } from '../disclosure/model';
import type { Unchecked } from './relation';
import { Resolver } from './resolve';
import { Unresolved } from './scope';
import type { Address, Rule } from './rule';

/** The first figure that is not zero and that the lacking table has to print too, or to exceed. */
export function printedBeside(
  id: string,
  unchecked: readonly Unchecked[],
  disclosure: Disclosure,
): Cell | undefined {
  const resolver = new Resolver(disclosure);
  for (const { rule, reason } of unchecked) {
    if (reason.code !== 'table-missing' || reason.table !== id) continue;
    const other = otherOf(rule, id);
    const cell = other && cellAt(other, resolver);
    if (cell && isNonZero(cell)) return cell;
  }
  return undefined;
}

/** What one figure of a table is compared with, whatever the figures are. */
function otherOf(rule: Rule, id: string): Address | undefined {
  const { kind, comparator, target, terms, each, at, when, unless } = rule;
  const [term, ...more] = terms;
  if (!target || !term || more.length > 0 || each.length > 0 || at || when || unless)
    return undefined;
  if (kind !== 'equal' && kind !== 'compare') return undefined;
  if (target.table === id) return term;
  // What is at most another one may be nothing.
  return term.table === id && comparator === 'eq' ? target : undefined;
}

function cellAt(address: Address, resolver: Resolver): Cell | undefined {
  if (!resolver.find(address.table)) return undefined;
  try {
    const [only, ...more] = resolver.operands(address, { bindings: {} }) ?? [];
    return more.length === 0 ? only?.cell : undefined;
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    return undefined;
  }
}
