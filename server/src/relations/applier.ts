import { parseAmount, type Amount } from '../disclosure/amount';
import { isNonZero, type Cell } from '../disclosure/model';
import { checkListed } from './conditions';
import { brokenIn, reasonOf, type Operand, type Relation, type Unchecked } from './relation';
import { type Resolver } from './resolve';
import { fill, Unresolved, type Scope } from './scope';
import type { Address, Rule } from './rule';

/** Makes the relations of one instance of a rule. */
export class Applier {
  constructor(
    private readonly resolver: Resolver,
    private readonly scope: Scope,
  ) {}

  relation(rule: Rule, id: string): Relation[] {
    const target = this.operands(rule.target!);
    const right = this.sum(rule.terms);
    const base = rule.base && this.sum(rule.base);
    // A column that this form does not have: nothing is said, so nothing can be wrong.
    if (!target || !right || (rule.base && !base)) return [];
    const stated = target.filter(({ cell }) => isStated(cell));
    if (stated.length < target.length && rule.target!.row.by !== 'set') return [];
    // A sum of which one part is told in words, 约99.8%, is no sum of the others.
    const inWords = target.find(({ cell }) => cell.state === 'words');
    if (inWords) throw new Unresolved(reasonOf(inWords.cell)!);
    // Without a figure on the left the one on the right has to stand there; several cannot.
    if (stated.length === 0 && (right.length !== 1 || base)) return [];
    // A total over no line at all is not wrong: the table does not break it down.
    const constant = constantOf(rule, target);
    if (right.length === 0 && !constant && target.some(({ cell }) => isNonZero(cell))) {
      throw new Unresolved({ code: 'not-detailed', table: rule.target!.table });
    }
    checkComparable(base ? [right, base] : [[...stated, ...right]]);
    const turned = stated.length !== 1 && right.length === 1 && !base;
    const or = rule.or && this.sum(rule.or);
    const whole = rule.whole && this.resolver.whole(this.scope, rule.target!.column.name);
    return [
      {
        id,
        rule,
        left: turned ? right : stated,
        right: turned ? stated : right,
        comparator: comparatorOf(rule, stated, turned),
        ...(base && { base }),
        ...(or && { or }),
        ...(whole && { whole }),
        ...(constant && { constant }),
      },
    ];
  }

  /**
   * Each subject with its printed sub-subjects. A text names under 其中 what it likes: there the terms
   * say where all of them stand, and a subject whose list leaves money out is not added up.
   */
  *hierarchy(rule: Rule): Iterable<Relation | Unchecked> {
    const { table: id, row, column } = rule.target!;
    const table = this.resolver.table(id);
    const tree = this.resolver.tree(table, row.side);
    const source = rule.terms.flatMap((term) => this.resolver.known(term, this.scope));
    for (const parent of tree.parents) {
      const cells = [parent, ...tree.children(parent)].map((member) =>
        table.cell(member.id, fill(column.name, this.scope)),
      );
      const [target, ...parts] = cells.map((cell) => cell && { cell, coefficient: 1 as const });
      if (!target || !isStated(target.cell)) continue;
      const instance = `${rule.id}@${target.cell.id}`;
      const right = parts.flatMap((part) => part ?? []);
      if (table.isIncomplete(row.side)) {
        yield { id: instance, rule, reason: brokenIn(table) };
        continue;
      }
      try {
        if (rule.terms.length > 0) {
          const listed = tree.children(parent).map(({ code }) => code!);
          checkListed(listed, source, parent.code);
        }
        yield { id: instance, rule, left: [target], right, comparator: 'eq' };
      } catch (error) {
        if (!(error instanceof Unresolved)) throw error;
        yield { id: instance, rule, reason: error.reason };
      }
    }
  }

  private operands(address: Address): readonly Operand[] | undefined {
    return this.resolver.operands(address, this.scope);
  }

  private sum(addresses: readonly Address[]): readonly Operand[] | undefined {
    if (addresses.length === 1) return this.operands(addresses[0]!);
    const all = addresses.map((address) => this.operands(address));
    return all.some((operands) => !operands)
      ? undefined
      : all.flatMap((operands) => operands ?? []);
  }
}

/** People are not added to percentages: where a text counts in another way, nothing can be compared. */
function checkComparable(sides: readonly (readonly Operand[])[]): void {
  for (const side of sides) {
    const printed = side.filter(({ cell }) => cell.state === 'amount').map(({ cell }) => cell);
    const [beside] = printed;
    const other = printed.find(({ unit }) => unit.measure !== beside!.unit.measure);
    if (other) throw new Unresolved({ code: 'not-comparable', cell: other, beside: beside! });
  }
}

/** Of a statement only what it prints is judged; a table has every cell of its form. */
function isStated({ table, entry, state }: Cell): boolean {
  return !table.spec.section || (entry !== undefined && state !== 'words');
}

function comparatorOf(
  { comparator, bounded }: Rule,
  stated: readonly Operand[],
  turned: boolean,
): Relation['comparator'] {
  const bound = stated[0]?.cell.bound;
  // ≥98% is not above what is reached, 4.5%以内 not below it.
  if (bounded && bound) return bound === 'atLeast' ? 'le' : 'ge';
  return comparator === 'eq' ? 'eq' : turned ? 'le' : 'ge';
}

/** The number a rule adds to its terms, in the unit of what it is compared with. */
function constantOf({ constant }: Rule, target: readonly Operand[]): Amount | undefined {
  const cell = target[0]?.cell;
  const amount = cell && constant ? parseAmount(constant, cell.unit.exponent) : undefined;
  return amount && { ...amount, width: 0n };
}

/** The rule and the address of its target; `suffix` tells the forms of a kind apart. */
export const instanceId = (rule: Rule, scope: Scope, suffix = '') =>
  `${rule.id}@${targetId(rule, scope)}${suffix}`;

function targetId({ target, each }: Rule, scope: Scope): string {
  const { place, bindings } = scope;
  if (place) return `${place.table}/${place.row}/${fill(target?.column.name ?? '', scope)}`;
  if (!target || target.row.by === 'set') return each.map(({ name }) => bindings[name]).join(',');
  const row = fill(target.row.name, scope);
  const full = target.row.side ? `${target.row.side}.${row}` : row;
  return `${target.table}/${full}/${fill(target.column.name, scope)}`;
}
