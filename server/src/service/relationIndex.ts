import type { Problem } from '../disclosure/model';
import { noOutcomes, type Evaluation, type Outcome } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import type { Unchecked } from '../relations/relation';
import { Memo } from '../syntax/memo';
import type { Analysis, Counts } from './analysis';
import { LedgerSheet, type LedgerHead } from './ledgerSheet';
import { inLocale, type Locale } from './messages';
import { evaluationsTold } from './notFilled';
import { BY_ATTENTION, sumOf, worstOf } from './outcomes';
import { pathTo } from './places';

/** One relation, one thing that is said, or what could not be applied at all. */
export interface RelationItem {
  /** The same in every version of the file, and no other one of its rule has it. */
  readonly id: string;
  readonly outcome: Outcome;
  readonly found: Evaluation | Fact | Unchecked | Problem;
  /** Why the file accepts it. */
  readonly reason?: string;
}

/** What one rule says of one table. */
export interface RuleGroup {
  readonly id: string;
  readonly title: string;
  readonly counts: Counts;
  readonly items: readonly RelationItem[];
}

export interface TableGroup {
  readonly head: LedgerHead;
  readonly counts: Counts;
  readonly rules: readonly RuleGroup[];
}

const known = new Memo<Analysis, Map<Locale, readonly TableGroup[]>>();

/**
 * Every relation by its table and its rule, as the ledger counts them; within a table what needs most
 * attention comes first. Tables of which nothing is said are left out.
 */
export function relationIndex(analysis: Analysis, locale: Locale): readonly TableGroup[] {
  const byLocale = known.get(analysis) ?? new Map<Locale, readonly TableGroup[]>();
  known.set(analysis, byLocale);
  const index = byLocale.get(locale) ?? new Indexer(analysis, locale).tables();
  byLocale.set(locale, index);
  return index;
}

class Indexer {
  private readonly byTable = new Map<string, Map<string, RelationItem[]>>();

  constructor(
    private readonly analysis: Analysis,
    private readonly locale: Locale,
  ) {}

  tables(): TableGroup[] {
    const { disclosure, network, accepted, tree } = this.analysis;
    if (!disclosure || !network) return [];
    const sheet = new LedgerSheet(this.analysis, disclosure, this.locale);
    const reasons = new Map(
      accepted.map(({ found, acceptance }) => [idOf(found), acceptance.reason]),
    );
    for (const found of [...evaluationsTold(this.analysis), ...network.facts]) {
      const reason = found.outcome === 'accepted' ? reasons.get(idOf(found)) : undefined;
      this.add(sheet.rowOf(found), found, found.outcome, reason);
    }
    for (const found of network.unchecked) this.add(sheet.rowOfRule(found), found, 'unchecked');
    for (const { found, acceptance } of accepted) {
      if (!('code' in found)) continue;
      this.add(sheet.rowAt(pathTo(found.at, tree)), found, 'accepted', acceptance.reason);
    }
    return sheet.heads.flatMap((head) => {
      const rules = this.rulesOf(head.id);
      return rules.length > 0
        ? { head, counts: sumOf(rules.map(({ counts }) => counts)), rules }
        : [];
    });
  }

  private add(
    table: string,
    found: RelationItem['found'],
    outcome: Outcome,
    reason?: string,
  ): void {
    const rules = this.byTable.get(table) ?? new Map<string, RelationItem[]>();
    this.byTable.set(table, rules);
    const rule = ruleIdOf(found);
    const items = rules.get(rule) ?? [];
    rules.set(rule, items);
    const item = { id: idOf(found), outcome, found };
    items.push(reason === undefined ? item : { ...item, reason });
  }

  private rulesOf(table: string): RuleGroup[] {
    return [...(this.byTable.get(table) ?? [])]
      .map(([id, items]): RuleGroup => {
        const rule = this.analysis.rulebook.rule(id);
        return {
          id,
          title: rule ? inLocale(rule.title, this.locale) : id,
          counts: countsOf(items),
          items: distinct([...items].sort((a, b) => rankOf(a.outcome) - rankOf(b.outcome))),
        };
      })
      .sort((a, b) => rankOf(worstOf(a.counts)) - rankOf(worstOf(b.counts)));
  }
}

function ruleIdOf(found: RelationItem['found']): string {
  if ('code' in found) return found.code;
  return 'relation' in found ? found.relation.rule.id : found.rule.id;
}

function idOf(found: RelationItem['found']): string {
  if ('code' in found) return found.code;
  return 'relation' in found ? found.relation.id : found.id;
}

/** Numbers what would have the same id. */
function distinct(items: readonly RelationItem[]): RelationItem[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const count = (seen.get(item.id) ?? 0) + 1;
    seen.set(item.id, count);
    return count === 1 ? item : { ...item, id: `${item.id}#${count}` };
  });
}

function countsOf(items: readonly RelationItem[]): Counts {
  const counts = noOutcomes();
  for (const { outcome } of items) counts[outcome]++;
  return counts;
}

const rankOf = (outcome: Outcome | undefined) => (outcome ? BY_ATTENTION.indexOf(outcome) : -1);
