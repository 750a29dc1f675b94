import { halves, type Amount } from '../disclosure/amount';
import { amountOf, isNonZero, type Cell } from '../disclosure/model';
import type { Operand } from './relation';
import { reasonOf } from './relation';
import { Unresolved, type Resolver, type Scope } from './resolve';
import type { Address, Conditions, Rule } from './rule';

/** Whether a rule applies to one instance. A condition that cannot be judged leaves it unresolved. */
export function applies({ when, unless }: Rule, resolver: Resolver, scope: Scope): boolean {
  const judge = new Judge(resolver, scope);
  for (const holds of when ? judge.each(when) : []) if (!holds) return false;
  for (const holds of unless ? judge.each(unless) : []) if (holds) return false;
  return true;
}

/** Whether addresses mean the same cells in all instances of a rule. */
const areFixed = (addresses: readonly Address[]) =>
  addresses.every(
    ({ row, column }) => row.by !== 'place' && !isLinked(row.by) && !hasBinding(row, column),
  );

const isLinked = (by: Address['row']['by']) => by === 'title' || by === 'named';

const hasBinding = ({ name, classes = [] }: Address['row'], column: Address['column']) =>
  [name, column.name, ...classes].some((text) => text.includes('{'));

function verdictOf(judge: () => boolean): boolean | Unresolved {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    return error;
  }
}

const isNonZeroCell = ({ cell }: Operand) => isNonZero(cell);

class Judge {
  constructor(
    private readonly resolver: Resolver,
    private readonly scope: Scope,
  ) {}

  /** One after the other: what is written decides first whether anything else can be asked. */
  *each(conditions: Conditions): Iterable<boolean> {
    const { equal, zero, nonZero, notNegative, written, unwritten, some, one } = conditions;
    const { reached, less, covered, listed } = conditions;
    const isWritten = (address: Address) => this.written(address).length > 0;
    if (written) yield written.every(isWritten);
    if (unwritten) yield !unwritten.some(isWritten);
    if (some) yield some.some(isWritten);
    if (one) yield one.flatMap((address) => this.written(address)).length === 1;
    if (equal) yield this.once(equal, () => this.isEqual(equal));
    if (zero) yield this.once(zero, () => !this.all(zero).some(isNonZeroCell));
    if (nonZero) {
      const isSome = (address: Address) => this.all([address]).some(isNonZeroCell);
      yield this.once(nonZero, () => nonZero.every(isSome));
    }
    if (notNegative) {
      const isNegative = ({ cell }: Operand) => amountOf(cell).units < 0n;
      yield this.once(notNegative, () => !this.all(notNegative).some(isNegative));
    }
    if (reached) yield this.isReached(reached);
    if (less) yield this.isLess(less);
    if (covered) yield this.isCovered(covered);
    if (listed) yield this.once(listed, () => this.isListed(listed));
  }

  /** A condition that speaks of no binding is the same for all instances of its rule. */
  private once(addresses: readonly Address[], judge: () => boolean): boolean {
    if (!areFixed(addresses)) return judge();
    const { judged, log } = this.resolver;
    let known = judged.get(addresses);
    if (!known) {
      const again = () => verdictOf(judge);
      const { result: verdict, seen } = log.during(again);
      judged.set(addresses, (known = { verdict, seen, again }));
    }
    const { verdict } = known;
    if (verdict instanceof Unresolved) throw verdict;
    return verdict;
  }

  private all(addresses: readonly Address[]): readonly Operand[] {
    return addresses.flatMap((address) => this.resolver.known(address, this.scope));
  }

  private written(address: Address): readonly Operand[] {
    const operands = this.resolver.operands(address, this.scope) ?? [];
    return operands.filter(({ cell }) => cell.entry !== undefined);
  }

  /** The first amount is, digit for digit, the sum of the others. */
  private isEqual([first, ...others]: readonly Address[]): boolean {
    const signed = [
      ...this.all([first!]),
      ...this.all(others).map(({ cell, coefficient }) => ({ cell, coefficient: -coefficient })),
    ];
    const place = signed.reduce((least, { cell }) => Math.min(least, amountOf(cell).place), 0);
    const sum = signed.reduce(
      (total, { cell, coefficient }) => total + BigInt(coefficient) * halves(amountOf(cell), place),
      0n,
    );
    return sum === 0n;
  }

  /** Only for figures of one kind; what is said in words is never reached, nor missed. */
  private isReached([actual, goal]: readonly Address[]): boolean {
    const pair = this.pair(actual!, goal!);
    if (!pair) return false;
    const { first, second } = pair;
    const difference = compare(amountOf(first), amountOf(second));
    return second.bound === 'atMost' ? difference <= 0 : difference >= 0;
  }

  private isLess([first, second]: readonly Address[]): boolean {
    const pair = this.pair(first!, second!);
    return pair !== undefined && compare(amountOf(pair.first), amountOf(pair.second)) < 0;
  }

  private pair(a: Address, b: Address): { first: Cell; second: Cell } | undefined {
    const [first] = this.written(a);
    const [second] = this.written(b);
    if (!first || !second || reasonOf(first.cell) || reasonOf(second.cell)) return undefined;
    if (first.cell.unit.measure !== second.cell.unit.measure) return undefined;
    return { first: first.cell, second: second.cell };
  }

  private isListed([listed, source]: readonly Address[]): boolean {
    const codes = this.written(listed!).map(({ cell }) => cell.row.code ?? '');
    checkListed(codes, this.resolver.known(source!, this.scope));
    return true;
  }

  /** A list may leave out what is zero elsewhere, and nothing else. */
  private isCovered([listed, source]: readonly Address[]): boolean {
    const open = (this.resolver.operands(listed!, this.scope) ?? []).filter(
      ({ cell }) => cell.entry === undefined,
    );
    for (const { cell } of open) {
      const { id, section } = cell.row;
      const row = section.id === '' ? id : id.slice(section.id.length + 1);
      const bindings = { ...this.scope.bindings, row };
      const inner = { ...this.scope, bindings };
      const operands = this.resolver.operands(source!, inner);
      if (!operands) throw new Unresolved({ code: 'not-listed', cell });
      for (const operand of operands) {
        const reason = reasonOf(operand.cell);
        if (reason) throw new Unresolved(reason);
      }
      if (operands.some((operand) => isNonZero(operand.cell))) {
        throw new Unresolved({ code: 'not-listed', cell });
      }
    }
    return true;
  }
}

/**
 * Throws where a list by codes leaves out money: a code of the source that is not zero, has no codes
 * under it there, and is neither listed nor under a listed one.
 */
export function checkListed(
  listed: readonly string[],
  source: readonly Operand[],
  within = '',
): void {
  const detailed = new Set(source.flatMap(({ cell }) => beginningsOf(cell.row.code ?? '')));
  const covering = new Set(listed);
  for (const { cell } of source) {
    const code = cell.row.code ?? '';
    if (!code.startsWith(within) || code === within || !isNonZero(cell)) continue;
    const isListed = [...beginningsOf(code), code].some((other) => covering.has(other));
    if (detailed.has(code) || isListed) continue;
    throw new Unresolved({ code: 'not-listed', cell });
  }
}

/** What is before each digit of a code but the first: the codes that it may stand under, and none. */
const beginningsOf = (code: string) => Array.from(code, (_, length) => code.slice(0, length));

/** Below zero, zero or above, as the first amount is less than, equal to or more than the second. */
function compare(a: Amount, b: Amount): number {
  const place = Math.min(a.place, b.place);
  const difference = halves(a, place) - halves(b, place);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** How the first amount compares with the second, as the lists of words tell it. */
export function comparison(first: Amount, second: Amount): 'more' | 'less' | 'same' {
  const difference = compare(first, second);
  return difference > 0 ? 'more' : difference < 0 ? 'less' : 'same';
}
