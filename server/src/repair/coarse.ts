/** Relations that hold within rounding only because a figure is printed coarser than others of its table. */
import { halfWidth, power, ZERO, type Amount } from '../disclosure/amount';
import { amountIn, isNonZero, type Cell, type Disclosure, type Table } from '../disclosure/model';
import { evaluate, type Evaluation } from '../relations/evaluate';
import { cellsOf, type Network } from '../relations/network';
import { leastOf } from '../syntax/arrays';
import { isBinding } from './binding';
import { causeAt, type Cause } from './cause';
import { PrintPlaces } from './printPlaces';

/** Such a figure, and how it would be read. */
interface Reading {
  readonly cell: Cell;
  readonly read: Amount;
}

/**
 * Spreadsheets drop zeros, so 300 among figures of two decimals is 300.00. Read so, it would contradict what
 * it agrees with only by half a unit of its own: the figure that makes room for that is told, at its place.
 */
export class CoarseFigures {
  private readonly places: PrintPlaces;
  private readonly finest = new Map<Table, number | undefined>();

  constructor(
    private readonly network: Network,
    disclosure: Disclosure,
  ) {
    this.places = new PrintPlaces(disclosure);
  }

  /** A cause for each of them; what is left are tails as ever. */
  causes(members: readonly Evaluation[]): Cause[] {
    const byCell = new Map<Cell, { read: Amount; own: Evaluation[] }>();
    for (const member of members) {
      const coarse = this.loosening(member);
      if (!coarse) continue;
      const known = byCell.get(coarse.cell);
      if (known) known.own.push(member);
      else byCell.set(coarse.cell, { read: coarse.read, own: [member] });
    }
    return [...byCell].map(([cell, { read, own }]) => {
      const value = this.valueOf(cell, read, own);
      const coarse = { read, ...(value && { value }) };
      return { ...causeAt('tail', cell, own), id: `coarse:${cell.id}`, coarse };
    });
  }

  /** The coarser figure without which a relation would fail. */
  private loosening(member: Evaluation): Reading | undefined {
    const { relation } = member;
    if (relation.base || !isBinding(member)) return undefined;
    const coarse = this.coarseIn(member);
    if (coarse.length === 0 || !this.fails(member, coarse)) return undefined;
    // Of several the one that alone leaves so much room.
    return (
      coarse.find(
        (one) =>
          !this.fails(
            member,
            coarse.filter((o) => o !== one),
          ),
      ) ?? coarse[0]
    );
  }

  private fails(member: Evaluation, coarse: readonly Reading[]): boolean {
    const reading = new Map(coarse.map(({ cell, read }) => [cell, read]));
    return this.evaluated(member, reading).outcome === 'fails';
  }

  /** What a relation speaks of, computed figures by what they are computed from. */
  private coarseIn({ relation, measure }: Evaluation): Reading[] {
    const { expansion } = this.network;
    const found: Reading[] = [];
    for (const operand of cellsOf(relation)) {
      for (const [cell] of expansion.of(operand)) {
        const { amount } = cell;
        if (!amount || amount.width === 0n || amount.place <= measure!.place) continue;
        const read = this.readUsually(cell);
        if (read) found.push({ cell, read });
      }
    }
    return found;
  }

  /** The figure to the place that most of its table print; undefined where it prints no less. */
  private readUsually(cell: Cell): Amount | undefined {
    const { table, amount, state } = cell;
    if (table.spec.section !== undefined || state !== 'amount' || !amount) return undefined;
    if (!this.printsFiner(table, amount.place)) return undefined;
    const place = this.places.of(cell);
    if (amount.place <= place) return undefined;
    return amountIn(cell, amount.units * power(amount.place - place), place);
  }

  /** Whether most figures of a table are printed finer than a place. */
  private printsFiner(table: Table, place: number): boolean {
    let usual = this.finest.get(table);
    if (!this.finest.has(table)) this.finest.set(table, (usual = medianOf(table)));
    return usual !== undefined && usual < place;
  }

  private amountRead(cell: Cell, reading: ReadonlyMap<Cell, Amount>): Amount {
    const own = reading.get(cell);
    if (own) return own;
    const { context, expansion } = this.network;
    if (!expansion.definitionOf(cell)) return context.amount(cell);
    const parts = [...expansion.of(cell)];
    if (!parts.some(([part]) => reading.has(part))) return context.amount(cell);
    const amounts = parts.map(([part, count]) => {
      return { amount: reading.get(part) ?? context.amount(part), count: BigInt(count) };
    });
    return sumOf(amounts.filter(({ amount }) => amount.units !== 0n));
  }

  /** The one value to the usual place with which all that speaks of the figure holds, if it rounds to it. */
  private valueOf(cell: Cell, read: Amount, own: readonly Evaluation[]): Amount | undefined {
    const [first] = own;
    if (first!.relation.comparator !== 'eq') return undefined;
    const gapWith = (units: bigint) => {
      const { left, right } = this.evaluated(
        first!,
        new Map([[cell, { ...read, units }]]),
      ).measure!;
      return left - right;
    };
    const gap = gapWith(read.units);
    const slope = gapWith(read.units + 1n) - gap;
    if (slope === 0n || gap % slope !== 0n) return undefined;
    const value = amountIn(cell, read.units - gap / slope, read.place);
    const off = value.units - read.units;
    if (2n * (off < 0n ? -off : off) > power(cell.amount!.place - read.place)) return undefined;
    const all = new Set([...own, ...this.network.of(cell)]);
    const fails = (one: Evaluation) =>
      isBinding(one) && this.evaluated(one, new Map([[cell, value]])).outcome === 'fails';
    return [...all].some(fails) ? undefined : value;
  }

  private evaluated({ relation }: Evaluation, reading: ReadonlyMap<Cell, Amount>): Evaluation {
    const amount = (cell: Cell) => this.amountRead(cell, reading);
    return evaluate(relation, { ...this.network.context, amount });
  }
}

/** The place to which half of the figures of a table, or more, are printed. */
function medianOf(table: Table): number | undefined {
  const places = [...table.rows.values()].flatMap((row) =>
    [...row.values.keys()].flatMap((column) => {
      const cell = table.cell(row.id, column);
      return cell?.state === 'amount' && isNonZero(cell) ? [cell.amount!.place] : [];
    }),
  );
  return places.sort((a, b) => a - b)[(places.length - 1) >> 1];
}

/** As a computed cell is: to the finest place of its parts, and as wide as they are together. */
function sumOf(parts: readonly { readonly amount: Amount; readonly count: bigint }[]): Amount {
  if (parts.length === 0) return ZERO;
  const place = leastOf(parts.map(({ amount }) => amount.place));
  const total = { units: 0n, width: 0n };
  for (const { amount, count } of parts) {
    total.units += count * amount.units * power(amount.place - place);
    total.width += (count < 0n ? -count : count) * halfWidth(amount, place);
  }
  return { ...total, place };
}
