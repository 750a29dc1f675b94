/** What is said where it is not decided what is wrong. */
import type { Cell, Disclosure } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf, tableWithin, type Operand } from '../relations/relation';
import { groupBy } from '../syntax/multimap';
import { causeAt, type Candidate, type Cause } from './cause';
import { lackedRows } from './lackedRows';
import type { Mistake } from './mistakes';
import { isOfSubject, namedBlank, printedAlike } from './named';
import { isVouchedFor, last } from './vouched';

/**
 * Relations of which it is not decided what is wrong. Where no figure by itself explains them and the likeliest
 * ones have nothing to do with each other, each printed one that does not add up is a finding of its own: told
 * with another one it would not be seen.
 */
export function undecided(
  network: Network,
  disclosure: Disclosure,
  { sets }: Mistake,
  open: readonly Evaluation[],
  rest: readonly Candidate[],
): Cause[] {
  const isAbout = (own: readonly Evaluation[], { cell }: Candidate) =>
    own.some((member) => network.isSuspect(member, cell));
  const leading = leadingIn(sets);
  // What a row prints in several columns is mostly one mistake.
  const apart = [...groupBy(open, (member) => printed(member).row).values()];
  const first = sets.find(({ candidates }) => !candidates.some(isOdd))?.candidates ?? [];
  const isApart =
    first.length > 1 && first.every((one) => apart.filter((own) => isAbout(own, one)).length === 1);
  return (isApart ? apart : [open]).map((own) => {
    const about = rest.filter((one) => isAbout(own, one));
    const named = namedBlank(network, disclosure, about);
    if (named) {
      const { candidate, facts } = named;
      return { ...causeAt('likely', candidate.cell, own, [candidate]), facts };
    }
    const even = about.filter((one) => !isOdd(one));
    const isVouched = ({ cell }: Candidate) => isVouchedFor(cell, network);
    const told = [...last(even, isVouched), ...about.filter(isOdd)];
    const cause = placed(own, told);
    // Nobody has written a computed sum: it is not what is wrong. Nor is one that other figures prove.
    const isComputed = cause.cell.state === 'derived';
    if (!isComputed && told.some(({ cell }) => cell === cause.cell)) return cause;
    // What a list lacks is none of its figures.
    if (lackedRows(cause, network)) return cause;
    const likeliest = isComputed ? told.find(({ cell }) => cell === leading) : undefined;
    const lead = printedAlike(told, disclosure) ?? likeliest;
    if (!lead) return cause;
    const others = told.filter(({ cell }) => cell !== lead.cell);
    return undecidedAt(lead.cell, cause.members, [lead, ...others]);
  });
}

/** Where it is told, by what relations print. */
function placed(own: readonly Evaluation[], told: readonly Candidate[]): Cause {
  const suspected = suspectedOf(own, told);
  if (suspected) {
    const others = own.filter((member) => member !== suspected);
    return undecidedAt(printed(suspected), [suspected, ...others], told);
  }
  const repeats = inTheirTable(own, told);
  if (repeats) return repeats;
  if (printed(own[0]!).state === 'derived') return undecidedSum(own, told);
  return undecidedAt(placeOfOpen(printed(own[0]!), told), own, told);
}

const printed = ({ relation }: Evaluation): Cell => relation.left[0]!.cell;

/** As likely as all others together, and so many times likelier than any of them. */
const [EVEN, CLEARLY] = [0.5, 2];

/** The printed figure that explains all by itself, where it is clearly likelier than any other explanation. */
function leadingIn(sets: Mistake['sets']): Cell | undefined {
  const [first, ...others] = [...sets].sort((a, b) => b.probability - a.probability);
  const [only, ...more] = first?.candidates ?? [];
  if (!first || !only || more.length > 0 || only.cell.state !== 'amount' || isOdd(only)) {
    return undefined;
  }
  const next = others[0]?.probability ?? 0;
  const isClear = first.probability >= Math.max(EVEN, CLEARLY * next);
  return isClear ? only.cell : undefined;
}

/**
 * What does not add up in the row of the likeliest figure, where the figure that is told of first is not
 * suspected: a text is not wrong that repeats what such a row should come to.
 */
function suspectedOf(
  members: readonly Evaluation[],
  candidates: readonly Candidate[],
): Evaluation | undefined {
  const cells = new Set(candidates.map(({ cell }) => cell));
  if (candidates.length < 2 || cells.has(printed(members[0]!))) return undefined;
  const { row } = candidates[0]!.cell;
  return members.find((member) => cells.has(printed(member)) && printed(member).row === row);
}

/**
 * Where all that can be wrong are subjects of one table, it is told at the line of their computed sum, rather than at
 * what repeats what they should come to.
 */
function inTheirTable(
  members: readonly Evaluation[],
  candidates: readonly Candidate[],
): Cause | undefined {
  const [first, ...more] = candidates;
  if (!first || more.length === 0) return undefined;
  const { table } = first.cell;
  const isBeside = ({ cell }: Candidate) => cell.table === table && isOfSubject(cell);
  if (!candidates.every(isBeside)) return undefined;
  const columns = new Set(candidates.map(({ cell }) => cell.column));
  if (members.some(({ relation }) => tableWithin(relation) === table)) return undefined;
  const isSum = ({ cell }: Operand) =>
    cell.table === table && columns.has(cell.column) && cell.state === 'derived';
  const sumIn = ({ relation }: Evaluation) => operandsOf(relation).find(isSum)?.cell;
  const nearest = members.find(sumIn);
  if (!nearest) return undefined;
  const others = members.filter((member) => member !== nearest);
  const sum = sumIn(nearest)!;
  // Where nothing is printed that can be wrong, it is the column that lacks a figure.
  const isLacking = candidates.every(({ cell }) => cell.state === 'blank');
  return (isLacking ? undecidedAt : atLine)(sum, [nearest, ...others], candidates);
}

/**
 * The same of a computed sum. What its table says of it is the plainest; figures of other tables, which it is
 * computed from, are checked there.
 */
function undecidedSum(members: readonly Evaluation[], candidates: readonly Candidate[]): Cause {
  const isWithin = ({ relation }: Evaluation) => tableWithin(relation) !== undefined;
  const near = [...members.filter(isWithin), ...members.filter((member) => !isWithin(member))];
  const sum = near[0]!.relation.left[0]!.cell;
  const isBeside = ({ cell }: Candidate) => cell.table === sum.table && cell.entry !== undefined;
  const beside = isWithin(near[0]!) ? candidates.filter(isBeside) : [];
  if (beside.length < 2) {
    return undecidedAt(placeOfOpen(sum, candidates), near, candidates);
  }
  const told = [...beside, ...candidates.filter((one) => !isBeside(one))];
  const [written, ...others] = told.filter(({ cell }) => cell.state === 'amount');
  // One of another table is as good as any blank beside the sum.
  const isOnly = written !== undefined && others.length === 0 && isBeside(written);
  const only = onlyBlank(told) ?? (isOnly ? written : undefined);
  if (only) return undecidedAt(only.cell, near, told);
  return atLine(sum, near, told);
}

const undecidedAt = (
  cell: Cell,
  members: readonly Evaluation[],
  candidates: readonly Candidate[],
): Cause => causeAt('undecided', cell, members, candidates);

/** Nobody has written a computed sum: its line is told, not a figure. */
function atLine(
  sum: Cell,
  members: readonly Evaluation[],
  candidates: readonly Candidate[],
): Cause {
  return { ...undecidedAt(sum, members, candidates), at: (sum.row.entry ?? sum.entry)!.key };
}

/**
 * Whether a figure would have to be below zero, though none is printed there: that explains anything, unless it
 * is the same figure.
 */
const isOdd = ({ cell, values }: Candidate) =>
  (cell.amount?.units ?? 0n) >= 0n &&
  values.length > 0 &&
  values.every(({ units, slip }) => units < 0n && slip.kind !== 'sign');

/**
 * What is not decided stands where something does not add up, or at the only cell that can be wrong. Where
 * the sum is left to the server nobody finds a figure: then at the likeliest one that is printed.
 */
function placeOfOpen(printed: Cell, candidates: readonly Candidate[]): Cell {
  const [only, ...more] = candidates;
  if (only && more.length === 0) return only.cell;
  const left = onlyBlank(candidates);
  if (left) return left.cell;
  if (printed.state !== 'derived') return printed;
  const likeliest = candidates.find(({ cell }) => cell.state === 'amount') ?? only;
  return likeliest?.cell ?? printed;
}

/** The one blank cell, where all that is written would have to be nothing instead. */
function onlyBlank(candidates: readonly Candidate[]): Candidate | undefined {
  const isLeft = ({ cell: { state, entry } }: Candidate) =>
    state === 'blank' && entry !== undefined;
  const [blank, ...more] = candidates.filter(isLeft);
  const isNothing = ({ values }: Candidate) =>
    values.length > 0 && values.every(({ units }) => units === 0n);
  const others = candidates.filter((candidate) => !isLeft(candidate));
  return more.length === 0 && others.every(isNothing) ? blank : undefined;
}
