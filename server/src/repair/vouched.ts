/** Figures that another one of the document speaks for, though no equation holds them. */
import { isNonZero, type Cell } from '../disclosure/model';
import type { Network } from '../relations/network';
import type { CandidateSet } from './cause';

/**
 * Whether a limit between two figures alone is met to the last place: most of what may be less is the same, and a wrong
 * figure would not be by chance.
 */
export function isVouchedFor(cell: Cell, network: Network): boolean {
  if (!isNonZero(cell)) return false;
  return network.of(cell).some(({ outcome, measure, relation }) => {
    const { comparator, base, left, right } = relation;
    const isPair = left.length === 1 && right.length === 1 && !base;
    const isMet = outcome === 'holds' && measure !== undefined && measure.left === measure.right;
    return comparator !== 'eq' && isPair && isMet;
  });
}

/** That a wrong figure is the same as another one by chance is so many times less likely than that it is not. */
const BY_CHANCE = 16;

/** The same set of wrong figures, less likely where one of them is vouched for. */
export function doubted(set: CandidateSet, network: Network): CandidateSet {
  const isDoubtful = set.candidates.some(({ cell }) => isVouchedFor(cell, network));
  return isDoubtful ? { ...set, probability: set.probability / BY_CHANCE } : set;
}

/** The same with those last of which something is so. */
export function last<T>(all: readonly T[], isSo: (one: T) => boolean): T[] {
  return [...all.filter((one) => !isSo(one)), ...all.filter(isSo)];
}
