/** Shares left blank that their amounts decide, where a sum of shares fails for nothing else. */
import { isNonZeroAmount, printedAmount, type Amount } from '../disclosure/amount';
import { amountIn, isNonZero, type Cell } from '../disclosure/model';
import { evaluate, type Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { measureRatio } from '../relations/ratio';
import { operandsOf } from '../relations/relation';
import { leastOf } from '../syntax/arrays';
import { causeAt, type Cause } from './cause';

/** One cause at the first of them; undefined where filling them in leaves anything that fails. */
export function unsaidSharesOf(
  members: readonly Evaluation[],
  network: Network,
): Cause | undefined {
  const shares = new Map<Cell, Amount>();
  for (const { relation } of members) {
    if (relation.base) return undefined;
    const cells = operandsOf(relation).map(({ cell }) => cell);
    if (!cells.every(({ unit }) => unit.measure === 'ratio')) return undefined;
    const places = cells.filter(isNonZero).map(({ amount }) => amount!.place);
    if (relation.constant) places.push(relation.constant.place);
    if (places.length === 0) return undefined;
    for (const cell of cells) {
      if (cell.state !== 'blank' || !cell.entry) continue;
      const share = quotientOf(cell, leastOf(places), network);
      if (share && isNonZeroAmount(share)) shares.set(cell, share);
    }
  }
  const [first] = shares.keys();
  if (!first) return undefined;
  const { context } = network;
  const amount = (cell: Cell) => shares.get(cell) ?? context.amount(cell);
  const fails = ({ relation }: Evaluation) =>
    evaluate(relation, { ...context, amount }).outcome === 'fails';
  if (members.some(fails)) return undefined;
  const groups = [{ kind: 'unsaid', probability: 1, changes: shares }] as const;
  return { ...causeAt('undecided', first, members), groups };
}

/** What a share should print, to a place; undefined where nothing says so, or its base is nothing. */
function quotientOf(cell: Cell, place: number, network: Network): Amount | undefined {
  const { context } = network;
  const ratio = network
    .of(cell)
    .map(({ relation }) => relation)
    .find(({ base, left }) => base && left.length === 1 && left[0]!.cell === cell);
  if (!ratio?.base?.some(({ cell: one }) => isNonZeroAmount(context.amount(one)))) return undefined;
  const any = printedAmount(1n, place, 'ratio');
  const amount = (one: Cell) => (one === cell ? any : context.amount(one));
  const { right } = measureRatio(ratio, { mode: context.mode, amount });
  return amountIn(cell, right / 2n, place);
}
