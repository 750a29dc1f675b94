/** What cells may print instead where something fails, the likeliest first. */
import type { Amount } from '../disclosure/amount';
import { amountIn, type Cell } from '../disclosure/model';
import type { Candidate, CandidateSet, Cause, CellGroup } from '../repair/cause';
import { oneSlipIn } from '../repair/oneSlip';
import type { SyntaxTree, TextRange } from '../syntax/tree';
import { fillInsOf } from './fillIns';

/** More values than these for one cell are not offered one by one. */
export const MOST_VALUES = 2;

/** Of more values than this, all alike, none is proposed. */
const MOST_ALIKE = 5;

/** More blanks than these are offered each at its own place. */
const MOST_BLANKS = 3;

/** Of more mistakes than these that may have been made, only what digits tell is offered. */
const MOST_UNTOLD = 2;

/** What cells would print together. */
export interface Choice {
  readonly changes: ReadonlyMap<Cell, Amount>;
  readonly group?: CellGroup;
  /** Of one cell, all the values that would do. */
  readonly among?: readonly Amount[];
  readonly only?: TextRange;
  /** One figure whose digits tell how it came about. */
  readonly isTold?: boolean;
  /** What goes before others however likely. */
  readonly rank?: number;
  /** Beside the others, in bits: the less the likelier. */
  readonly bits: number;
}

const [PLAINER, BLANK, LAST] = [0, 1, 2];

/** A located figure by its values; of what is undecided what is blank, then what else may be wrong. */
export function choicesOf(cause: Cause, tree: SyntaxTree): readonly Choice[] {
  const located = cause.verdict === 'certain' || cause.verdict === 'likely';
  const found = located && cause.candidates.length > 0 ? ofLocated(cause) : ofUndecided(cause);
  const blanks = located ? [] : ofFillIns(cause, tree);
  const others = blanks.length + found.length > 0 ? found : ofBlank(cause);
  return [...blanks, ...plainerFirst(others, cause, blanks)].sort(
    (a, b) => (a.rank ?? LAST) - (b.rank ?? LAST) || a.bits - b.bits,
  );
}

/** The located cell's values, with the first of those that have to be changed with it. */
function ofLocated(cause: Cause): Choice[] {
  const [own, ...others] = cause.candidates;
  const group = oneSlipIn(cause);
  if (group) return [{ changes: group.changes, group, bits: 0 }];
  const together = firstValues(others);
  return few(own!).map((value, index) => ({
    changes: new Map<Cell, Amount>([[own!.cell, value], ...together]),
    among: own!.values,
    bits: index,
  }));
}

function ofUndecided({ cell, candidates, sets, groups }: Cause): Choice[] {
  const isUnfinished = groups[0]?.kind === 'unfinished';
  const isRow = groups[0]?.kind === 'lost-row' && candidates.length === 0;
  const told = isUnfinished ? sets.flatMap(toldIn) : isRow ? sets.flatMap(allToldIn) : candidates;
  const open = new Set(told.map(({ cell }) => cell));
  // Beside a cell that is left blank nobody takes a figure away.
  const isKept = ({ changes }: Choice) =>
    cell.state !== 'blank' || ![...changes.values()].every(({ units }) => units === 0n);
  // Where it is told at the likeliest figure, that is to be changed first.
  const isLead = ({ changes }: Choice) =>
    candidates[0]?.cell === cell && changes.size === 1 && changes.has(cell);
  const ofFigures = sets
    .flatMap((set) => ofSet(set, open))
    .filter(isKept)
    .map((choice) => (isLead(choice) ? { ...choice, bits: 0 } : choice))
    // Where any of several figures may be wrong, one is offered for another only if its digits tell of a slip.
    .filter((choice) => sets.length <= MOST_UNTOLD || choice.isTold !== false || isLead(choice));
  // Nor moves others about, unless that stands out.
  const isOffered = ({ probability }: CellGroup) => cell.state !== 'blank' || probability >= 0.5;
  return [...ofFigures, ...likeliestOf(groups).filter(isOffered).flatMap(ofGroup)];
}

/** Beside what may be lacking, one figure whose digits tell how it came about. */
function toldIn({ candidates: [only, ...more] }: CandidateSet): Candidate[] {
  return only?.values.some(isTold) && more.length === 0 ? [only] : [];
}

/** Beside a row that may be lost, figures all of whose digits tell that. */
function allToldIn({ candidates }: CandidateSet): readonly Candidate[] {
  return candidates.every(({ values: [first] }) => first && isTold(first)) ? candidates : [];
}

/** Of mistakes that differ only in the last places of what the same cells should print, the likeliest. */
function likeliestOf(groups: readonly CellGroup[]): CellGroup[] {
  const byCells = new Map<string, CellGroup>();
  for (const group of groups) {
    const key = [group.kind, ...Array.from(group.changes.keys(), ({ id }) => id)].join(' ');
    const known = byCells.get(key);
    if (!known || known.probability < group.probability) byCells.set(key, group);
  }
  return [...byCells.values()];
}

/** A figure that is not filled in yet, where all that it is to agree with gives the same. */
function ofBlank({ cell, members }: Cause): Choice[] {
  if (cell.state !== 'blank') return [];
  const amounts = members.flatMap(({ relation: { comparator, base, left }, measure }) => {
    const isAlone = comparator === 'eq' && !base && left.length === 1 && left[0]!.cell === cell;
    return isAlone && measure ? amountIn(cell, measure.right / 2n, measure.place) : [];
  });
  const [first, ...more] = amounts;
  if (!first || more.some(({ units, place }) => units !== first.units || place !== first.place))
    return [];
  return [{ changes: new Map([[cell, first]]), bits: 0 }];
}

/** What is still blank, before any figure that is written. */
function ofFillIns(cause: Cause, tree: SyntaxTree): Choice[] {
  const blanks = fillInsOf(cause).filter((blank) => plausibleFor(blank).length > 0);
  return blanks.map((blank, index) => {
    const { cell } = blank;
    const values = plausibleFor(blank);
    const written = cell.entry ?? cell.row.entry ?? cell.table.entry;
    const { start } = tree.rangeOf(written.key);
    const only = { start, end: tree.rangeOf(written).end };
    const changes = new Map([[cell, values[0]!]]);
    return {
      changes,
      among: values,
      rank: BLANK,
      bits: index,
      ...(index >= MOST_BLANKS && { only }),
    };
  });
}

/** A figure whose digits tell how it came about goes before blanks, if it is clearly likelier than each of them. */
function plainerFirst(
  choices: readonly Choice[],
  { sets }: Cause,
  blanks: readonly Choice[],
): readonly Choice[] {
  const isBlankSet = ({ candidates }: CandidateSet) =>
    candidates.every(({ cell }) => cell.state === 'blank');
  const likeliest = sets
    .filter(isBlankSet)
    .reduce((most, { probability }) => Math.max(most, probability), 0);
  if (blanks.length === 0 || likeliest === 0) return choices;
  const most = bitsOf(likeliest) - Math.log2(CLEARLY);
  return choices.map((choice) =>
    choice.isTold && choice.bits <= most ? { ...choice, rank: PLAINER } : choice,
  );
}

/** So many times likelier. */
const CLEARLY = 2;

/** One figure by its values; several at once by the likeliest of each. */
function ofSet({ candidates, probability }: CandidateSet, open: ReadonlySet<Cell>): Choice[] {
  // Another cell of the set may be told by a cause of its own.
  const suspects = candidates.filter(({ cell }) => open.has(cell));
  // Only printed figures are worth a choice: what is blank is to be filled in, whatever becomes of them.
  const own = suspects.filter(({ cell }) => cell.state !== 'blank');
  if (own.length === 0 || own.some(({ cell }) => cell.state !== 'amount')) return [];
  const prior = bitsOf(probability);
  const [only, ...more] = own;
  if (more.length === 0) {
    const [first] = only!.values;
    let worst = 0;
    return few(only!).map((value) => {
      worst = Math.max(worst, value.slip.bits - first!.slip.bits);
      const changes = new Map([[only!.cell, value]]);
      return { changes, among: only!.values, bits: prior + worst, isTold: isTold(value) };
    });
  }
  const changes = firstValues(own);
  return changes.size === own.length ? [{ changes, bits: prior }] : [];
}

function firstValues(candidates: readonly Candidate[]): Map<Cell, Amount> {
  const changes = new Map<Cell, Amount>();
  for (const candidate of candidates) {
    const [value] = plausibleFor(candidate);
    if (value) changes.set(candidate.cell, value);
  }
  return changes;
}

function ofGroup(group: CellGroup): Choice[] {
  const { changes, probability, isDoubtful = false } = group;
  return changes.size > 0 && !isDoubtful ? [{ changes, group, bits: bitsOf(probability) }] : [];
}

const bitsOf = (probability: number) => -Math.log2(Math.max(probability, Number.MIN_VALUE));

/** Whether digits tell how a figure came about. */
const isTold = ({ slip: { kind } }: Candidate['values'][number]) =>
  kind !== 'other' && kind !== 'omitted';

/** Nobody is told to write an amount below zero where none is printed; a growth may have lost its sign. */
const plausibleFor = ({ cell, values }: Candidate) =>
  values.filter(({ units, slip }) => {
    const isGrowth = cell.unit.measure === 'ratio' && slip.kind === 'sign';
    return units >= 0n || isNegative(cell) || isGrowth;
  });

/** Its values if they are few; else those that a slip of typing makes of what is printed, or the first. */
function few(candidate: Candidate) {
  const { cell } = candidate;
  const plausible = plausibleFor(candidate);
  if (plausible.length <= MOST_VALUES) return plausible;
  const told = plausible.filter(isTold);
  if (told.length > 0) return told.slice(0, MOST_VALUES);
  return cell.state === 'blank' || plausible.length <= MOST_ALIKE ? plausible.slice(0, 1) : [];
}

/** Whether a cell prints less than zero, so that such a value may be right for it too. */
function isNegative({ amount }: Cell): boolean {
  return amount !== undefined && amount.units < 0n;
}
