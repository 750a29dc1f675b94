/** Words of a change (增加 and 增长, 减少 and 下降) that say the opposite of what its figures do. */
import { amountOf, type Cell, type Table } from '../disclosure/model';
import { evaluate, type Evaluation } from '../relations/evaluate';
import { cellsOf, type Network } from '../relations/network';
import { isLong } from '../relations/totals';
import { causeAt, type Cause } from './cause';
import type { Mistakes } from './mistakes';

/** A change is said of two figures: in a long sum none is looked for, which a key would have to wait for. */
export const spokenIn = ({ relation }: Evaluation): readonly Cell[] =>
  isLong(relation) ? [] : [...cellsOf(relation)];

/** Where figures are written negative a sign may be wrong as well as a word. */
export const isTurnable = (cell: Cell): boolean =>
  cell.column.opposite !== undefined &&
  cell.entry !== undefined &&
  cell.state === 'amount' &&
  amountOf(cell).units * BigInt(cell.sign) > 0n;

/** Whether a relation holds where words say the other way, with the figures as they are printed. */
export const isRightWith =
  (turned: readonly Cell[], { context }: Network) =>
  ({ relation }: Evaluation): boolean => {
    const amount = (cell: Cell) => {
      const printed = amountOf(cell);
      return turned.includes(cell) ? { ...printed, units: -printed.units } : printed;
    };
    const { outcome } = evaluate(relation, { ...context, amount });
    return outcome === 'holds' || outcome === 'rounding';
  };

/**
 * Growths that one such word explains, each with its cell, where other mistakes are mixed up with it: what else is
 * wrong with the figures that it is a growth of would have to be told together with it. What fails besides that
 * speaks of the change itself may be what is wrong.
 */
export function turnedIn(
  { mistakes }: Mistakes,
  network: Network,
): ReadonlyMap<Evaluation, { readonly cell: Cell; readonly table: Table }> {
  const found = new Map<Evaluation, { cell: Cell; table: Table }>();
  for (const { members, sets, complete } of mistakes) {
    // One figure that explains it all is likelier than a word besides.
    if (complete && sets[0]?.candidates.length === 1) continue;
    const turned = members.flatMap((member) => {
      const cell = wordOf(member, network);
      return cell ? [[member, { cell, table: cell.table }] as const] : [];
    });
    if (turned.length === members.length) continue;
    for (const [member, one] of turned) found.set(member, one);
  }
  return found;
}

function wordOf(member: Evaluation, network: Network): Cell | undefined {
  if (!member.relation.base) return undefined;
  const words = spokenIn(member).filter(isTurnable);
  const isAlone = words.every((cell) =>
    network.of(cell).every((one) => one === member || one.outcome !== 'fails'),
  );
  return isAlone ? words.find((cell) => isRightWith([cell], network)(member)) : undefined;
}

export const causesOfTurned = (turned: ReturnType<typeof turnedIn>): Cause[] =>
  [...turned].map(([member, { cell }]) => causeAt('undecided', cell, [member]));
