import type { Disclosure } from '../disclosure/model';
import { noOutcomes, type Outcome } from '../relations/evaluate';
import type { Reason } from '../relations/relation';
import type { Rule } from '../relations/rule';
import type { LineRange } from '../syntax/lines';
import type { TextRange } from '../syntax/tree';
import { acceptedAddress } from './acceptance';
import type { Analysis, Counts } from './analysis';
import { addressOf } from './fingerprint';
import { LedgerSheet, REST, type LedgerHead } from './ledgerSheet';
import { inLocale, problemMessage, type Locale } from './messages';
import { isNote } from './noted';
import { evaluationsTold } from './notFilled';
import { anchorOf, pathTo } from './places';
import { reasonMessage } from './reasons';

/** What was checked of a file and what was not, table by table and section by section. */
export interface Ledger {
  readonly counts: Counts;
  /** The tables in the order of the layout, then the sections behind them. */
  readonly rows: readonly LedgerRow[];
  /** Keys whose amounts are not read. */
  readonly unread: readonly LedgerUnread[];
}

export interface LedgerUnread extends LedgerPlace {
  readonly rule: string;
  readonly message: string;
}

export interface LedgerRow extends LedgerHead {
  readonly counts: Counts;
  /** Of those that fail: how many are information or less; they are listed apart. */
  readonly noted: number;
  readonly notes: readonly LedgerRule[];
  readonly holds: readonly LedgerRule[];
  readonly rounding: readonly LedgerRule[];
  readonly fails: readonly LedgerRule[];
  readonly empty: readonly LedgerRule[];
  readonly unchecked: readonly LedgerReason[];
  readonly accepted: readonly LedgerAccepted[];
}

/** The relations of one rule that came out alike. */
export interface LedgerRule {
  readonly rule: string;
  readonly title: string;
  readonly count: number;
  /** Of what does not plainly hold: where. */
  readonly places?: readonly LedgerPlace[];
}

export interface LedgerPlace {
  readonly path: string;
  readonly range: LineRange;
}

/** What one missing table or figure leaves unchecked. */
export interface LedgerReason {
  readonly reason: Reason['code'];
  readonly message: string;
  readonly rules: readonly LedgerRule[];
}

export interface LedgerAccepted extends LedgerPlace {
  readonly rule: string;
  readonly title: string;
  readonly reason: string;
  /** Where 审核说明 says so. */
  readonly entry: LineRange;
}

/** Sums up an analysis; every relation instance that it counts is in exactly one row. */
export function ledgerOf(analysis: Analysis, locale: Locale): Ledger {
  const { disclosure, counts } = analysis;
  return {
    counts,
    rows: disclosure ? new Bookkeeper(analysis, disclosure, locale).rows() : [],
    unread: unreadOf(analysis, locale),
  };
}

const UNREAD: ReadonlySet<string> = new Set([
  'input.unknown-key',
  'input.unknown-row',
  'input.unknown-column',
  'input.misspelt',
]);

/** What is kept in the file and not checked, because its key is not known. */
export function unreadOf({ problems, tree, lines }: Analysis, locale: Locale): LedgerUnread[] {
  return problems
    .filter(({ code }) => UNREAD.has(code))
    .map(({ code, args, at }) => ({
      rule: code,
      path: [args['table'], args['key']].filter((part) => part !== undefined).join('/'),
      message: problemMessage(locale, code, args),
      range: lines.range('kind' in at ? tree.rangeOf(at) : at),
    }));
}

class Bookkeeper {
  private readonly sheet: LedgerSheet;
  private readonly accounts: ReadonlyMap<string, Account>;

  constructor(
    private readonly analysis: Analysis,
    disclosure: Disclosure,
    private readonly locale: Locale,
  ) {
    this.sheet = new LedgerSheet(analysis, disclosure, locale);
    this.accounts = new Map(
      this.sheet.heads.map((head) => [head.id, new Account(head, disclosure, locale)]),
    );
  }

  rows(): LedgerRow[] {
    const { analysis, sheet, locale } = this;
    const { network, lines, tree } = analysis;
    const place = (path: string, at: TextRange) => ({ path, range: lines.range(at) });
    const account = (row: string) => this.accounts.get(row)!;
    for (const evaluation of evaluationsTold(analysis)) {
      const { relation, outcome, reason } = evaluation;
      const at = () =>
        place(addressOf(evaluation), anchorOf(relation.left[0]!.cell, analysis.tree));
      const row = account(sheet.rowOf(evaluation));
      const isNoted = outcome === 'fails' && isNote(evaluation, analysis.settings);
      row.enter(relation.rule, isNoted ? 'noted' : outcome, reason, at);
    }
    for (const fact of network?.facts ?? []) {
      const at = () => place(addressOf(fact), tree.rangeOf(fact.at));
      const row = account(sheet.rowOf(fact));
      const isNoted = fact.outcome === 'fails' && isNote(fact, analysis.settings);
      row.enter(fact.rule, isNoted ? 'noted' : fact.outcome, fact.reason, at);
    }
    for (const one of network?.unchecked ?? []) {
      account(sheet.rowOfRule(one)).enter(one.rule, 'unchecked', one.reason);
    }
    for (const { acceptance, found } of analysis.accepted) {
      const { id, path, at } = acceptedAddress(found, tree);
      const row = 'code' in found ? sheet.rowAt(pathTo(found.at, tree)) : sheet.rowOf(found);
      const rule =
        'code' in found
          ? this.analysis.rulebook.rule(found.code)
          : 'relation' in found
            ? found.relation.rule
            : found.rule;
      account(row).accept({
        ...place(path, at),
        rule: id,
        title: rule ? inLocale(rule.title, locale) : id,
        reason: acceptance.reason,
        entry: lines.range(tree.rangeOf(acceptance.rule)),
      });
    }
    return [...this.accounts.values()]
      .map((one) => one.row())
      .filter(({ id, counts }) => id !== REST || Object.values(counts).some((n) => n > 0));
  }
}

/** As a relation came out; what fails and is no more than worth knowing is told apart. */
type Entered = Outcome | 'noted';

type Listed = Exclude<Entered, 'unchecked' | 'accepted'>;

/** One row while it is being written. */
class Account {
  private readonly counts = noOutcomes();
  private noted = 0;
  private readonly listed: Record<Listed, Map<string, MutableRule>> = {
    holds: new Map(),
    rounding: new Map(),
    fails: new Map(),
    noted: new Map(),
    empty: new Map(),
  };
  private readonly reasons = new Map<string, { code: Reason['code']; rules: Rules }>();
  private readonly accepted: LedgerAccepted[] = [];

  constructor(
    private readonly head: LedgerHead,
    private readonly disclosure: Disclosure,
    private readonly locale: Locale,
  ) {}

  enter(rule: Rule, outcome: Entered, reason: Reason | undefined, at?: () => LedgerPlace): void {
    // What is accepted is entered with its reason.
    if (outcome === 'accepted') return;
    this.counts[outcome === 'noted' ? 'fails' : outcome]++;
    if (outcome === 'noted') this.noted++;
    if (outcome !== 'unchecked') {
      const isPlain = outcome === 'holds' || outcome === 'empty';
      this.add(this.listed[outcome], rule, isPlain ? undefined : at);
      return;
    }
    const message = reason ? reasonMessage(reason, this.disclosure, this.locale) : '';
    const known = this.reasons.get(message) ?? {
      code: reason!.code,
      rules: new Map<string, MutableRule>(),
    };
    this.reasons.set(message, known);
    this.add(known.rules, rule, undefined);
  }

  accept(accepted: LedgerAccepted): void {
    this.counts.accepted++;
    this.accepted.push(accepted);
  }

  row(): LedgerRow {
    const { head, counts, noted, listed, accepted } = this;
    const rules = (map: Rules): LedgerRule[] => [...map.values()];
    return {
      ...head,
      counts,
      noted,
      holds: rules(listed.holds),
      rounding: rules(listed.rounding),
      fails: rules(listed.fails),
      notes: rules(listed.noted),
      empty: rules(listed.empty),
      unchecked: [...this.reasons].map(([message, { code, rules: of }]) => {
        return { reason: code, message, rules: rules(of) };
      }),
      accepted,
    };
  }

  private add(rules: Rules, { id, title }: Rule, at: (() => LedgerPlace) | undefined): void {
    const known = rules.get(id) ?? {
      rule: id,
      title: inLocale(title, this.locale),
      count: 0,
      ...(at && { places: [] }),
    };
    rules.set(id, known);
    known.count++;
    if (at) known.places?.push(at());
  }
}

type Rules = Map<string, MutableRule>;

interface MutableRule {
  readonly rule: string;
  readonly title: string;
  count: number;
  readonly places?: LedgerPlace[];
}
