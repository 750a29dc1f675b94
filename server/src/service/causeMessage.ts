import type { Amount } from '../disclosure/amount';
import { isNonZero } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Cause } from '../repair/causes';
import { copiedFrom } from '../repair/copied';
import type { RowShift } from '../repair/shifts';
import { slipOf } from '../repair/slip';
import type { Analysis } from './analysis';
import type { Finding } from './findings';
import { message, type Locale } from './messages';
import { labelOf, printedOf, valueText } from './places';

/** The message of a cause, with how the figure may have come about where its digits tell. */
export function causeMessage(
  analysis: Analysis,
  cause: Cause,
  findings: readonly Finding[],
  locale: Locale,
): string {
  return withOrigin(causeText(cause, findings, locale), analysis, cause, locale);
}

/** What a cause says: the wrong figure with what it should be, the figures that may be wrong, or a tail. */
function causeText(cause: Cause, findings: readonly Finding[], locale: Locale): string {
  const [first] = findings;
  const list = (words: readonly string[]) => words.join(message(locale, 'list'));
  const count = cause.members.length;
  if (cause.verdict === 'tail') {
    return cause.members[0]!.relation.base ? first!.message : tailMessage(cause, first!, locale);
  }
  if (cause.shift) return shiftMessage(cause.shift, count, locale);
  const [only, ...more] = cause.candidates;
  // Without a value there is nothing to propose: the relation itself is told.
  if (only && more.length === 0 && only.values.length > 0) {
    const values = only.values.map((value) => valueText(value, only.cell));
    const named = {
      cell: labelOf(only.cell, locale),
      printed: printedOf(only.cell, locale),
      count,
    };
    if (cause.verdict === 'certain') {
      return message(locale, 'cause.certain', { ...named, value: values[0]! });
    }
    const twin = cause.verdict === 'likely' && only.twin && valueText(only.twin, only.cell);
    const some = (all: readonly string[]) =>
      all.length > MOST_NAMES
        ? message(locale, 'cause.range', { first: all[0]!, last: all.at(-1)!, count: all.length })
        : list(all);
    if (!twin) return message(locale, 'cause.values', { ...named, values: some(values) });
    const others = values.filter((value) => value !== twin);
    if (others.length === 0) return message(locale, 'cause.twin', { ...named, value: twin });
    return message(locale, 'cause.likely', { ...named, value: twin, values: some(others) });
  }
  const text =
    cause.candidates.length > 0
      ? message(locale, 'cause.undecided', {
          finding: first!.message,
          cells: suspects(cause, locale),
        })
      : first!.message;
  const rest = count > 1 ? [message(locale, 'cause.more', { count: count - 1 })] : [];
  return [text, ...rest].join(locale === 'zh-cn' ? '；' : '; ');
}

/** From where to where the amounts of a column stand one row off. */
function shiftMessage({ cells, direction }: RowShift, count: number, locale: Locale): string {
  return message(locale, `cause.shift.${direction}`, {
    first: labelOf(cells[0]!, locale),
    last: labelOf(cells.at(-1)!, locale),
    rows: cells.length,
    count,
  });
}

/** The message with how the figure may have come about, where its digits tell. */
function withOrigin(text: string, analysis: Analysis, cause: Cause, locale: Locale): string {
  const origin = originOf(analysis, cause, locale);
  return origin === undefined ? text : `${text}${locale === 'zh-cn' ? '；' : '; '}${origin}`;
}

function originOf(analysis: Analysis, cause: Cause, locale: Locale): string | undefined {
  const { disclosure, network } = analysis;
  const { cell, verdict } = cause;
  if (!disclosure || !network || verdict === 'tail' || !cell.amount) return undefined;
  const right = rightValueOf(cause);
  const slip = right && slipOf(cell.amount, right);
  if (slip) {
    if (slip.kind !== 'unit') return message(locale, `slip.${slip.kind}`);
    const unit = unitOf(cell.unit.exponent + slip.power);
    return unit === undefined || (cell.unit.measure ?? 'money') !== 'money'
      ? message(locale, 'slip.shifted')
      : message(locale, 'slip.unit', { unit });
  }
  const source = copiedFrom(disclosure, network, cause);
  if (!source) return undefined;
  const key = source.last ? 'copied.last' : 'copied';
  return message(locale, key, { cell: labelOf(source.cell, locale) });
}

/** The certain or the likeliest value of the located cell. */
function rightValueOf({ candidates, cell, verdict }: Cause): Amount | undefined {
  const [only, ...more] = candidates;
  if (!only || more.length > 0 || only.cell !== cell) return undefined;
  return verdict === 'certain' ? only.values[0] : only.twin;
}

const unitOf = (exponent: number) =>
  Object.entries(vocabulary.units).find(([, power]) => power === exponent)?.[0];

/** More suspects than this are counted, not named. */
const MOST_NAMES = 4;

function suspects({ candidates }: Cause, locale: Locale): string {
  const names = candidates.slice(0, MOST_NAMES).map(({ cell }) => labelOf(cell, locale));
  const text = names.join(message(locale, 'list'));
  const count = candidates.length;
  return count > MOST_NAMES ? message(locale, 'cause.suspects', { cells: text, count }) : text;
}

function tailMessage(cause: Cause, first: Finding, locale: Locale): string {
  const [member] = cause.members;
  const { copy, relation } = member!;
  const between = copy && relation.rule.kind === 'equal';
  const twin = between && relation.right.find((o) => isNonZero(o.cell))?.cell;
  const text = message(locale, twin ? 'cause.tail.copy' : 'cause.tail', {
    cell: labelOf(cause.cell, locale),
    twin: twin ? labelOf(twin, locale) : '',
    printed: first.printed === '' ? message(locale, 'blank') : (first.printed ?? ''),
    computed: first.computed!.value,
    difference: first.difference!,
    unit: first.unit!,
    lo: first.allowed!.lo ?? '',
    hi: first.allowed!.hi ?? '',
  });
  const count = cause.members.length;
  if (count === 1) return text;
  return `${text}${locale === 'zh-cn' ? '；' : '; '}${message(locale, 'cause.tail.more', { count })}`;
}
