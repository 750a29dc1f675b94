import { formatHalves, halves, power, type Amount } from '../disclosure/amount';
import { isNonZero, type Cell } from '../disclosure/model';
import type { Candidate, Cause, Coarse } from '../repair/cause';
import { cellsOf, type Network } from '../relations/network';
import { copiedFrom } from '../repair/copied';
import { oneSlipIn } from '../repair/oneSlip';
import { leastOf } from '../syntax/arrays';
import type { Analysis } from './analysis';
import { arithmeticOf } from './arithmetic';
import { otherWord, turnedWords } from './changeWords';
import type { Finding } from './finding';
import { groupMessage, MOST_NAMES } from './groupMessage';
import { lackedText } from './lackedText';
import { message, type Locale } from './messages';
import { figureOf, labelOf, pathOf, saysOf, valueText } from './places';
import { slipMessage } from './slipMessage';

/** What a cause comes to in one sentence: the cell, its verdict, what it should be, and why. */
export function causeMessage(
  analysis: Analysis,
  cause: Cause,
  findings: readonly Finding[],
  locale: Locale,
): string {
  const turned = analysis.network ? turnedWords(cause, analysis.network, analysis.tree) : [];
  if (turned.length > 0) return wordMessage(turned, cause, locale);
  const parts = [
    sentence(analysis, cause, findings, locale),
    ...(cause.verdict === 'tail' || cause.verdict === 'joint' || cause.at || oneSlipIn(cause)
      ? []
      : [...originOf(analysis, cause, locale)]),
  ];
  return joined(parts, locale);
}

const joined = (parts: readonly string[], locale: Locale) =>
  parts.join(locale === 'zh-cn' ? '；' : '; ');

/** The figures agree under the opposite words: those are wrong, not the figures. */
function wordMessage(turned: readonly Cell[], { members }: Cause, locale: Locale): string {
  const list = (words: readonly string[]) => words.join(message(locale, 'list'));
  return message(locale, 'cause.word', {
    cells: list(turned.map((cell) => labelOf(cell, locale))),
    found: list(turned.map(({ entry }) => entry!.key.text)),
    right: list(turned.map(otherWord)),
    count: members.length,
  });
}

function sentence(
  { network }: Analysis,
  cause: Cause,
  findings: readonly Finding[],
  locale: Locale,
): string {
  const [first] = findings;
  const { verdict, members, candidates, groups } = cause;
  const count = members.length;
  if (verdict === 'tail') {
    if (cause.coarse) return coarseMessage(cause, cause.coarse, locale);
    return members[0]!.relation.base ? first!.message : tailMessage(cause, first!, locale);
  }
  if (verdict === 'joint') {
    const relations = members.map(arithmeticOf).join(message(locale, 'list'));
    return message(locale, 'cause.joint', { cell: labelOf(cause.cell, locale), count, relations });
  }
  const [only, ...more] = candidates;
  const slip = oneSlipIn(cause);
  if (slip) return groupMessage(slip, count, locale);
  const lacked = lackedText(cause, network, locale);
  if (!only && groups[0]) {
    const text = groupMessage(groups[0], count, locale, lackOf(first!), groups[1]?.table);
    return joined([text, ...lacked], locale);
  }
  const isOnly = more.length === 0 && !only?.open;
  const located = verdict === 'certain' || verdict === 'likely' || isOnly;
  // Without a value there is nothing to propose: the relation itself is told.
  if (only && located && only.values.length > 0) return cellMessage(network, cause, only, locale);
  const text = only ? undecidedMessage(first!, cause, lacked, locale) : first!.message;
  const rest = count > 1 ? [message(locale, 'cause.more', { count: count - 1 })] : [];
  return joined([text, ...rest], locale);
}

/** What fails, what may be lacking, and which cells may be wrong, where that is not the one that the finding is about alone. */
function undecidedMessage(
  finding: Finding,
  { cell, candidates, members }: Cause,
  lacked: readonly string[],
  locale: Locale,
): string {
  const [only, ...more] = candidates;
  if (only && more.length === 0 && pathOf(only.cell) === finding.path) return finding.message;
  // Told at a computed sum, it begins with that, rather than with what another table says of it.
  const isOfSum =
    cell.state === 'derived' && members[0]!.relation.left[0]!.cell.table !== cell.table;
  const at = isOfSum
    ? message(locale, 'cause.at', {
        cell: labelOf(cell, locale),
        says: saysOf(cell, figureOf(cell), locale),
        finding: finding.message,
      })
    : finding.message;
  return message(locale, more.length === 0 ? 'cause.unvalued' : 'cause.undecided', {
    finding: joined([at, ...lacked], locale),
    cells: suspects(candidates, locale),
  });
}

/** One cell is located; what it should be is certain, likely, or one of several values. */
function cellMessage(
  network: Network | undefined,
  cause: Cause,
  candidate: Candidate,
  locale: Locale,
): string {
  const { cell, values } = candidate;
  const [value, ...others] = values;
  const named = {
    cell: labelOf(cell, locale),
    says: saysOf(cell, figureOf(cell), locale),
    count: cause.members.length,
    value: valueText(value!, cell),
    values: valuesText(others, cell, locale),
  };
  const within = intervalOf(candidate);
  switch (cause.verdict) {
    case 'certain':
      return within
        ? message(locale, 'cause.certain.within', { ...named, ...within })
        : message(locale, 'cause.certain', named);
    case 'likely': {
      const twin = candidate.twin && network ? twinOf(network, candidate) : undefined;
      const text =
        twin === undefined
          ? message(locale, 'cause.likely', named)
          : twin === 'quotient'
            ? message(locale, 'cause.calculated', named)
            : message(locale, 'cause.twin', { ...named, twin: labelOf(twin, locale) });
      return others.length === 0 ? text : text + message(locale, 'cause.else', named);
    }
    default:
      return message(locale, 'cause.values', {
        ...named,
        values: valuesText(values, cell, locale),
      });
  }
}

/** Where the first value of a cell is printed for the same already, or that it is a quotient. */
function twinOf(
  network: Network,
  { cell, values: [value] }: Candidate,
): Cell | 'quotient' | undefined {
  const own = network.of(cell);
  for (const { relation } of own) {
    if (relation.comparator !== 'eq' || relation.base || relation.constant) continue;
    const [only, ...more] = [...cellsOf(relation)].filter((c) => c !== cell && isNonZero(c));
    if (only && more.length === 0 && isRounded(only.amount!, value!)) return only;
  }
  const isQuotient = own.some(({ relation: { base, left } }) => base && left[0]!.cell === cell);
  return isQuotient ? 'quotient' : undefined;
}

/** Whether an amount is another one, to the place to which that is written. */
function isRounded(exact: Amount, rounded: Amount): boolean {
  const place = Math.min(exact.place, rounded.place);
  const gap = halves(exact, place) - halves(rounded, place);
  return (gap < 0n ? -gap : gap) <= power(rounded.place - place);
}

/**
 * Between what a cell has to lie; undefined where a side is open, or nothing is left to choose. To more places than its
 * figures have it tells nothing.
 */
export function intervalOf({
  cell,
  values: [value],
  interval,
}: Candidate): { lo: string; hi: string } | undefined {
  const { lo, hi, place } = interval;
  if (lo === undefined || hi === undefined || lo === hi) return undefined;
  if (value && value.place >= place) {
    const units = halves(value, place);
    if (units < lo || hi < units) return undefined;
  }
  const ends = cell.sign === 1 ? [lo, hi] : [-hi, -lo];
  const [from, to] = ends.map((end) => formatHalves(end, place, cell.unit.exponent));
  return { lo: from!, hi: to! };
}

function valuesText(values: readonly Amount[], cell: Cell, locale: Locale): string {
  const text = (amount: Amount) => valueText(amount, cell);
  if (values.length <= MOST_NAMES) return values.map(text).join(message(locale, 'list'));
  const [least, greatest] = endsOf(values, cell);
  const args = { first: text(least), last: text(greatest), count: values.length };
  return message(locale, 'cause.range', args);
}

/** The least and the greatest of some amounts; under a key that turns it the least reads as the greatest. */
export function endsOf(values: readonly Amount[], cell: Cell): readonly [Amount, Amount] {
  const place = leastOf(values.map((amount) => amount.place));
  const read = (amount: Amount) => BigInt(cell.sign) * halves(amount, place);
  return values.reduce<readonly [Amount, Amount]>(
    ([lo, hi], amount) => [
      read(amount) < read(lo) ? amount : lo,
      read(amount) > read(hi) ? amount : hi,
    ],
    [values[0]!, values[0]!],
  );
}

/** The likeliest suspects, each with what it would have to be where that is one value. */
export function suspects(candidates: readonly Candidate[], locale: Locale): string {
  const names = candidates.slice(0, MOST_NAMES).map(({ cell, values: [value, ...more] }) => {
    const name = labelOf(cell, locale);
    if (!value || more.length > 0) return name;
    return message(locale, 'cause.suspect', { cell: name, value: valueText(value, cell) });
  });
  const text = names.join(message(locale, 'list'));
  const count = candidates.length;
  return count > MOST_NAMES
    ? message(locale, 'cause.suspects', { cells: text, count, named: MOST_NAMES })
    : text;
}

/** How the figure may have come about, where its digits tell. */
function* originOf(analysis: Analysis, cause: Cause, locale: Locale): Iterable<string> {
  const { disclosure, network } = analysis;
  const { cell, verdict, candidates } = cause;
  // One mistake of many cells says by itself how it came about.
  if (!disclosure || !network || !cell.amount || candidates.length === 0) return;
  const value = candidates.find((candidate) => candidate.cell === cell)?.values[0];
  const located = verdict === 'certain' || verdict === 'likely';
  const text = located && value ? slipMessage(cause, value, locale) : undefined;
  if (text !== undefined) {
    yield text;
    return;
  }
  // A figure that is not suspected, or as little as others, was not copied from anywhere.
  const [only, ...more] = candidates;
  if (!located && !(only?.cell === cell && more.length === 0)) return;
  const source = copiedFrom(disclosure, network, cause);
  if (!source) return;
  yield message(locale, source.last ? 'copied.last' : 'copied', {
    cell: labelOf(source.cell, locale),
  });
}

function tailMessage(cause: Cause, first: Finding, locale: Locale): string {
  const [member] = cause.members;
  const { copy, relation } = member!;
  const between = copy && relation.rule.kind === 'equal';
  const twin = between && relation.right.find((o) => isNonZero(o.cell))?.cell;
  const text = message(locale, twin ? 'cause.tail.copy' : 'cause.tail', {
    cell: labelOf(cause.cell, locale),
    twin: twin ? labelOf(twin, locale) : '',
    says: saysOf(cause.cell, first.printed ?? '', locale),
    computed: first.computed!.value,
    difference: first.difference!,
    unit: first.unit!,
    allowed: allowedText(first, locale),
  });
  const count = cause.members.length;
  if (count === 1) return text;
  return `${text}${locale === 'zh-cn' ? '；' : '; '}${message(locale, 'cause.tail.more', { count })}`;
}

/** A figure printed coarser than its table, and what that leaves room for. */
function coarseMessage({ cell, members }: Cause, { read, value }: Coarse, locale: Locale): string {
  const { exponent } = cell.unit;
  const decimals = exponent - cell.amount!.place;
  const text = message(locale, decimals > 0 ? 'cause.coarse' : 'cause.coarse.whole', {
    cell: labelOf(cell, locale),
    printed: cell.printed,
    decimals,
    usual: exponent - read.place,
    read: valueText(read, cell),
    count: members.length,
    relation: arithmeticOf(members[0]!),
  });
  if (!value) return text;
  return text + message(locale, 'cause.coarse.value', { value: valueText(value, cell) });
}

/** How far a finding is off, without a sign, in its unit. */
const lackOf = ({ difference, unit }: Finding) => `${difference!.replace(/^-/, '')} ${unit!}`;

/** Between what a figure may lie; a limit leaves one side open. */
function allowedText({ allowed }: Finding, locale: Locale): string {
  const { lo, hi } = allowed!;
  if (lo === null) return message(locale, 'finding.allowed.most', { hi: hi! });
  if (hi === null) return message(locale, 'finding.allowed.least', { lo });
  return message(locale, 'finding.allowed', { lo, hi });
}
