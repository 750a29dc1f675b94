/** What keeps names and figures of a text from being checked, told where it stands. */
import type { Cell, Problem } from '../disclosure/model';
import { nearest } from '../disclosure/nearest';
import { isMarker } from '../disclosure/tableData';
import { rewrite } from '../disclosure/writing';
import type { Fact } from '../relations/fact';
import type { Network } from '../relations/network';
import { groupBy } from '../syntax/multimap';
import type { ScalarNode, SyntaxTree } from '../syntax/tree';

export function uncheckedProblems(network: Network, tree: SyntaxTree): Problem[] {
  const open = network.facts.filter(
    ({ rule, reason }) => rule.kind === 'list' && reason?.code === 'unknown-word',
  );
  const lists = groupBy(open, ({ path }) => path.slice(0, -1).join('/'));
  return [
    ...[...lists.values()].flatMap((facts) => unknownNames(facts, tree)),
    ...lostPercents(network),
  ];
}

/**
 * Items of a list that no subject has for its name: 社保. One that is a slip of what the list leaves out is probably
 * that; of a sentence, which says 和水费等支出, only such a one is told.
 */
function unknownNames(facts: readonly Fact[], tree: SyntaxTree): Problem[] {
  const isUnknown = ({ cells }: Fact) => cells.length === 0;
  const leftOut = facts.flatMap((fact): [string, string][] => {
    const { name = '' } = fact.args;
    return isUnknown(fact) ? [] : [[name, name]];
  });
  return facts.filter(isUnknown).flatMap(({ at, args, path }): Problem[] => {
    const { name = '' } = args;
    const place = at.kind === 'scalar' ? placeOf(name, at, tree) : undefined;
    if (!place) return [];
    const told = { word: name, key: path.at(-2) ?? '' };
    const near = nearest(name, leftOut);
    if (!near && (place !== at || isMarker(name))) return [];
    if (!near) return [{ code: 'input.unknown-name', at: place, args: told }];
    const fix = {
      title: 'value',
      args: { value: near.name },
      edits: [{ at: place, newText: near.name }],
      certain: false,
    };
    const named = { ...told, value: near.name };
    return [{ code: 'input.unknown-name', at: place, args: named, fixes: [fix] }];
  });
}

/** Where a name stands that is an item, or one of several in a text. */
function placeOf(name: string, at: ScalarNode, tree: SyntaxTree) {
  if (at.text.trim() === name) return at;
  const { start, end } = tree.rangeOf(at);
  const found = tree.text.slice(start, end).indexOf(name);
  return found < 0 ? undefined : { start: start + found, end: start + found + name.length };
}

/** Figures that stand without a sign, and are compared with others in per cent: 98.5 for 98.5%. */
function lostPercents({ unchecked }: Network): Problem[] {
  const found = new Map<Cell, Problem>();
  for (const { reason } of unchecked) {
    const { code, cell, beside } = reason;
    if (code !== 'not-comparable' || !cell || !beside) continue;
    const [bare, other] = isBare(cell) ? [cell, beside] : [beside, cell];
    const { node, printed } = bare;
    if (!isBare(bare) || node?.kind !== 'scalar' || found.has(bare)) continue;
    if (other.unit.name !== PERCENT) continue;
    const meant = `${printed}${PERCENT}`;
    found.set(bare, {
      code: 'input.percent-lost',
      at: node,
      args: { printed, meant, other: other.printed },
      cell: bare,
      cells: [other],
      fixes: [rewrite(node, meant, false)],
    });
  }
  return [...found.values()];
}

const PERCENT = '%';

/** Whether nothing says what a figure counts. */
const isBare = ({ unit, around }: Cell) =>
  unit.measure === 'count' && unit.name === '' && around === undefined;
