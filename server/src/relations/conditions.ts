import { beginningsOf } from '../catalog/above';
import { halves, type Amount } from '../disclosure/amount';
import { amountOf, isNonZero, type Cell } from '../disclosure/model';
import type { Operand } from './relation';
import { reasonOf } from './relation';
import { type Resolver } from './resolve';
import { Unresolved, type Scope } from './scope';
import { whyShifted } from './shares';
import type { Address, Conditions, Rule } from './rule';

/** Whether a rule applies to one instance. A condition that cannot be judged leaves it unresolved. */
export function applies({ when, unless }: Rule, resolver: Resolver, scope: Scope): boolean {
  const judge = new Judge(resolver, scope);
  for (const holds of when ? judge.each(when) : []) if (!holds) return false;
  for (const holds of unless ? judge.each(unless) : []) if (holds) return false;
  return true;
}

/**
 * Whether a rule applies to all of its instances, or to none, as far as that is the same for all of them;
 * undefined where each has to be asked, or where it cannot be judged.
 */
export function appliesToAll({ when, unless }: Rule, resolver: Resolver): boolean | undefined {
  const judge = new Judge(resolver, { bindings: {} });
  const whens = when ? [...judge.fixed(when)] : [];
  const unlesses = unless ? [...judge.fixed(unless)] : [];
  if (whens.includes(false) || unlesses.includes(true)) return false;
  return whens.every((holds) => holds === true) && unlesses.every((holds) => holds === false)
    ? true
    : undefined;
}

/** Whether addresses mean the same cells in all instances of a rule. */
function areFixed(addresses: readonly Address[]): boolean {
  let fixed = known.get(addresses);
  if (fixed === undefined) {
    fixed = addresses.every(
      ({ row, column }) => row.by !== 'place' && !isLinked(row.by) && !hasBinding(row, column),
    );
    known.set(addresses, fixed);
  }
  return fixed;
}

const known = new WeakMap<readonly Address[], boolean>();

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

/** A blank that is still to be filled in: what was last year. */
const isOpen = ({ state, column }: Cell) => state === 'blank' && column.open === true;

/** What says nothing: a blank, or a sum over nothing but blanks. A table kept with a note says that it has nothing. */
const isUnfilled = (cell: Cell) => cell.state !== 'amount' && !isNonZero(cell) && !cell.table.empty;

const isNonZeroCell = ({ cell }: Operand) => isNonZero(cell);

/** What is written comes before what hangs on amounts. */
const IN_ORDER: readonly (keyof Conditions)[] = [
  ...(['written', 'unwritten', 'some', 'one'] as const),
  ...(['equal', 'zero', 'nonZero', 'notNegative', 'reached', 'less', 'covered', 'listed'] as const),
  'unshifted',
];

class Judge {
  constructor(
    private readonly resolver: Resolver,
    private readonly scope: Scope,
  ) {}

  /** One after the other: what is written decides first whether anything else can be asked. */
  *each(conditions: Conditions): Iterable<boolean> {
    for (const kind of IN_ORDER) {
      const addresses = conditions[kind];
      if (addresses) yield this.once(addresses, () => this.holds(kind, addresses));
    }
  }

  /** The same for all instances; undefined for what is not. */
  *fixed(conditions: Conditions): Iterable<boolean | Unresolved | undefined> {
    for (const kind of IN_ORDER) {
      const addresses = conditions[kind];
      if (!addresses) continue;
      yield areFixed(addresses)
        ? verdictOf(() => this.once(addresses, () => this.holds(kind, addresses)))
        : undefined;
    }
  }

  private holds(kind: keyof Conditions, addresses: readonly Address[]): boolean {
    const isWritten = (address: Address) => this.written(address).length > 0;
    switch (kind) {
      case 'written':
        return this.areWritten(addresses);
      case 'unwritten':
        return !addresses.some(isWritten);
      case 'some':
        return addresses.some(isWritten);
      case 'one':
        return addresses.flatMap((address) => this.written(address)).length === 1;
      case 'equal':
        return this.isEqual(addresses);
      case 'zero':
        return !this.all(addresses).some(isNonZeroCell);
      case 'nonZero':
        return addresses.every((address) => this.all([address]).some(isNonZeroCell));
      case 'notNegative':
        return !this.all(addresses).some(({ cell }) => amountOf(cell).units < 0n);
      case 'reached':
        return this.isReached(addresses);
      case 'less':
        return this.isLess(addresses);
      case 'covered':
        return this.isCovered(addresses);
      case 'listed':
        return this.isListed(addresses);
      case 'unshifted':
        return this.isUnshifted(addresses);
    }
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
    return this.entered(address).filter(({ cell }) => !isOpen(cell));
  }

  /** Operands whose keys are written, be there a value or not. */
  private entered(address: Address): readonly Operand[] {
    const operands = this.resolver.operands(address, this.scope) ?? [];
    return operands.filter(({ cell }) => cell.entry !== undefined);
  }

  /** What a key promises that is still open will be written, but nobody knows what. */
  private areWritten(addresses: readonly Address[]): boolean {
    const entered = addresses.map((address) => this.entered(address));
    if (entered.some((operands) => operands.length === 0)) return false;
    const open = entered.find((operands) => operands.every(({ cell }) => isOpen(cell)));
    if (open) throw new Unresolved({ code: 'left-open', cell: open[0]!.cell });
    return true;
  }

  /** The first amount is, digit for digit, the sum of the others. Blanks that nobody has filled in yet are not. */
  private isEqual([first, ...others]: readonly Address[]): boolean {
    const signed = [
      ...this.all([first!]),
      ...this.all(others).map(({ cell, coefficient }) => ({ cell, coefficient: -coefficient })),
    ];
    const unfilled = signed.every(({ cell }) => isUnfilled(cell)) ? signed[0] : undefined;
    if (unfilled) throw new Unresolved({ code: 'left-open', cell: unfilled.cell });
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
    const known = this.resolver.known(source!, this.scope);
    // A list covers nothing while nobody has written what it is to cover.
    if (codes.length > 0 && !known.some(({ cell }) => isNonZero(cell))) {
      throw new Unresolved({ code: 'not-detailed', table: source!.table });
    }
    checkListed(codes, known);
    return true;
  }

  /** Of amounts that are cut off nobody knows whether their shares are. */
  private isUnshifted([shares, amounts, total]: readonly Address[]): boolean {
    const [whole] = this.written(total!).map(({ cell }) => cell);
    const parts = this.written(amounts!).map(({ cell }) => cell);
    const printed = this.written(shares!).map(({ cell }) => cell);
    if (!whole || parts.length < printed.length || !isNonZero(whole)) return true;
    if ([...parts, ...printed, whole].some((cell) => reasonOf(cell) !== undefined)) return true;
    const isCut = this.resolver.mode === 'truncated';
    const cell = whyShifted(whole, parts, printed) ?? (isCut ? whole : undefined);
    if (cell) throw new Unresolved({ code: 'shifted', cell });
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
