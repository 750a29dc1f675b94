/** Printed ratios that are wrong by themselves, mixed up with other mistakes. */
import type { Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import type { Candidate } from './cause';
import type { Mistake } from './mistakes';

/**
 * Of mistakes that no one figure explains, those ratios without which none of them is explained, and which alone
 * explain what fails of them: each is a mistake of its own. What is left may be one mistake of several figures,
 * which is only found where it explains everything.
 */
export function ratiosApart(mistakes: readonly Mistake[], network: Network): Mistake[] {
  return mistakes.flatMap((mistake) => {
    const { members, sets, groups, alike } = mistake;
    const [first, ...others] = sets;
    if (!first || groups.length > 0) return [];
    // Ratios alone are told as they are: some copy each other.
    const isOfTables = sets.every(({ candidates }) => candidates.some(isOfTable));
    if (!isOfTables) return [];
    const cells = new Set(sets.flatMap(({ candidates }) => candidates.map(({ cell }) => cell)));
    const ratios = first.candidates.flatMap((candidate): Mistake[] => {
      const { cell } = candidate;
      const isNeeded = others.every(({ candidates }) =>
        candidates.some((one) => one.cell === cell),
      );
      const own = new Set(members.filter((member) => network.isSuspect(member, cell)));
      if (!isNeeded || !isRatioIn(cell, own)) return [];
      // Nor has a copy of it to be mended with it.
      const isAlone = [...own, ...network.of(cell)].every((member) =>
        [...cells].every((one) => one === cell || !network.isSuspect(member, one)),
      );
      if (!isAlone || own.size === members.length) return [];
      const certain = mistake.certain.filter((one) => one.cell === cell);
      return [
        {
          ...mistake,
          verdict: certain.length > 0 ? 'certain' : 'undecided',
          members: [...own],
          alike: alike.filter((same) => same.some((member) => own.has(member))),
          sets: [{ candidates: [candidate], probability: 1 }],
          certain,
        },
      ];
    });
    return ratios.reduce((count, one) => count + one.members.length, 0) < members.length
      ? ratios
      : [];
  });
}

const isOfTable = ({ cell }: Candidate): boolean => cell.table.spec.section === undefined;

/** Whether a cell is what a ratio that fails prints. */
const isRatioIn = (cell: Cell, members: Iterable<Evaluation>): boolean =>
  [...members].some(
    ({ relation: { left, base } }) =>
      base !== undefined && left.length === 1 && left[0]!.cell === cell,
  );
