/** What is left out in one place is told together: the names of a list, the paragraphs of a section. */
import type { Fact } from '../relations/fact';
import { groupBy } from '../syntax/multimap';
import type { Analysis } from './analysis';
import type { CauseView } from './findings';
import { inLocale, message, type Locale, type MessageKey } from './messages';
import { factView } from './writtenFindings';

const isOmission = ({ variant, rule }: Fact) => variant === 'left-out' || rule.kind === 'stated';

/** Facts that do not hold, those that are one omission together. */
export function byOmission(facts: readonly Fact[]): readonly (readonly [Fact, ...Fact[]])[] {
  const groups = groupBy(facts, (fact) => (isOmission(fact) ? fact.at : fact));
  return [...groups.values()].flatMap((all) =>
    [...groupBy(all, ({ rule }) => rule).values()].map((same) => same as [Fact, ...Fact[]]),
  );
}

export function omissionView(
  analysis: Analysis,
  [first, ...more]: readonly [Fact, ...Fact[]],
  severity: CauseView['severity'],
  locale: Locale,
): CauseView {
  const view = factView(analysis, first, severity, locale);
  if (more.length === 0) return view;
  const others = more.map((fact) => factView(analysis, fact, severity, locale));
  return {
    ...view,
    message: messageOf([first, ...more], locale),
    findings: [view, ...others].flatMap(({ findings }) => findings),
    facts: [first, ...more],
  };
}

function messageOf(facts: readonly [Fact, ...Fact[]], locale: Locale): string {
  const [{ rule, args, variant }] = facts;
  const kind = variant ? `${rule.kind}.${variant}` : rule.kind;
  return message(locale, `fact.${kind}.many` as MessageKey, {
    ...args,
    rule: inLocale(rule.title, locale),
    count: facts.length,
    names: facts.map(({ args: one }) => nameOf(one, locale)).join(message(locale, 'list')),
  });
}

/** `“邮电费”（30207，1.20 万元）`, `2080505 机关事业单位基本养老保险缴费支出` */
const nameOf = ({ name, row, codes, printed, unit }: Fact['args'], locale: Locale): string =>
  codes === undefined
    ? (row ?? '')
    : message(locale, 'fact.left-out.one', {
        name: name ?? '',
        codes,
        printed: printed ?? '',
        unit: unit ?? '',
      });
