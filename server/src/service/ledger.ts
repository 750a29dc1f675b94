import type { Disclosure, Table } from '../disclosure/model';
import { vocabulary, type TableSpec } from '../disclosure/vocabulary';
import type { Evaluation, Outcome } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import type { Reason, Unchecked } from '../relations/relation';
import type { Rule } from '../relations/rule';
import type { LineRange } from '../syntax/lines';
import type { Entry, SyntaxNode, TextRange } from '../syntax/tree';
import { acceptedAddress } from './acceptance';
import { noCounts, type Analysis, type Counts } from './analysis';
import { addressOf } from './fingerprint';
import { inLocale, problemMessage, type Locale } from './messages';
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

export interface LedgerRow {
  /** The stable id of a table, statement or section; `file` for what belongs to none. */
  readonly id: string;
  readonly title: string;
  /**
   * - `read`: its figures are checked
   * - `text`: it stands in the file and is kept as text
   * - `missing`: it does not stand in the file; `unreadable`: it does, and cannot be read
   */
  readonly status: 'read' | 'text' | 'missing' | 'unreadable';
  /** Where it begins; null where it does not stand in the file. */
  readonly range: LineRange | null;
  readonly counts: Counts;
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
  private readonly accounts = new Map<string, Account>();
  private readonly byAddress = new Map<string, Account>();
  private readonly rest: Account;

  constructor(
    private readonly analysis: Analysis,
    private readonly disclosure: Disclosure,
    private readonly locale: Locale,
  ) {
    for (const { id } of disclosure.layout.tables) {
      const spec = vocabulary.tables.find((table) => table.id === id)!;
      const table = disclosure.tables.get(id);
      if (table) this.open(table);
      else this.openMissing(spec, disclosure.unreadable.has(id) ? 'unreadable' : 'missing');
    }
    for (const id of Object.keys(vocabulary.sections)) {
      if (id !== 'accepted') this.openSection(id);
    }
    this.rest = new Account('file', locale === 'zh-cn' ? '其他' : 'other', 'read', null, locale);
  }

  rows(): LedgerRow[] {
    const { analysis, locale } = this;
    const { network, lines, tree } = analysis;
    const place = (path: string, at: TextRange) => ({ path, range: lines.range(at) });
    const of = (found: Evaluation | Fact) => this.accountOf(found);
    for (const evaluation of network?.evaluations ?? []) {
      const { relation, outcome, reason } = evaluation;
      const at = () =>
        place(addressOf(evaluation), anchorOf(relation.left[0]!.cell, analysis.tree));
      of(evaluation).enter(relation.rule, outcome, reason, at);
    }
    for (const fact of network?.facts ?? []) {
      const at = () => place(addressOf(fact), tree.rangeOf(fact.at));
      of(fact).enter(fact.rule, fact.outcome, fact.reason, at);
    }
    for (const one of network?.unchecked ?? []) {
      this.accountOfRule(one).enter(one.rule, 'unchecked', one.reason);
    }
    for (const { acceptance, found } of analysis.accepted) {
      const { id, path, at } = acceptedAddress(found, tree);
      const account = 'code' in found ? this.accountAt(pathTo(found.at, tree)) : of(found);
      const rule =
        'code' in found
          ? this.analysis.rulebook.rule(found.code)
          : 'relation' in found
            ? found.relation.rule
            : found.rule;
      account.accept({
        ...place(path, at),
        rule: id,
        title: rule ? inLocale(rule.title, locale) : id,
        reason: acceptance.reason,
        entry: lines.range(tree.rangeOf(acceptance.rule)),
      });
    }
    return [...this.accounts.values(), this.rest]
      .map((account) => account.row())
      .filter(({ id, counts }) => id !== 'file' || Object.values(counts).some((n) => n > 0));
  }

  private open(table: Table): void {
    const { id, spec, project, within, entry } = table;
    const called = project?.printedAs?.text.trim() ?? project?.code;
    const title = [this.titleOf(spec), ...(called ? [called] : [])].join(' · ');
    const range = this.rangeOf(project?.node ?? entry.key);
    const account = new Account(id, title, 'read', range, this.locale);
    this.accounts.set(id, account);
    const address = [...within, spec.key, ...(project ? [project.code] : [])].join('/');
    this.byAddress.set(address, account);
  }

  private openMissing(spec: TableSpec, status: 'missing' | 'unreadable'): void {
    this.accounts.set(spec.id, new Account(spec.id, this.titleOf(spec), status, null, this.locale));
  }

  /** A section with its statements; one that holds none is kept as text. */
  private openSection(id: string): void {
    const { tables, sections } = this.disclosure;
    const specs = vocabulary.statements.filter(({ section }) => section === id);
    const named = vocabulary.sections[id]!;
    const title = this.locale === 'zh-cn' ? named.key : named.en;
    const entry = sections.get(id);
    const key = `section.${id}`;
    if (!entry) {
      if (specs.length > 0) {
        this.accounts.set(key, new Account(key, title, 'missing', null, this.locale));
      }
      return;
    }
    if (specs.length === 0) {
      const range = this.rangeOf(entry.key);
      this.accounts.set(key, new Account(key, title, 'text', range, this.locale));
    }
    for (const spec of specs) {
      const written = [...tables.values()].filter((table) => table.spec.id === spec.id);
      for (const table of written) this.open(table);
      if (written.length === 0) this.openMissing(spec, 'missing');
    }
  }

  private titleOf({ key, en }: TableSpec): string {
    return this.locale === 'zh-cn' ? key : en;
  }

  private rangeOf(node: SyntaxNode | Entry): LineRange {
    return this.analysis.lines.range(this.analysis.tree.rangeOf(node));
  }

  private accountOf(found: Evaluation | Fact): Account {
    if ('relation' in found) {
      return this.accounts.get(found.relation.left[0]!.cell.table.id) ?? this.rest;
    }
    return this.accountAt(found.path);
  }

  /** The table whose address a path begins with. */
  private accountAt(path: readonly string[]): Account {
    for (let length = path.length; length > 0; length--) {
      const account = this.byAddress.get(path.slice(0, length).join('/'));
      if (account) return account;
    }
    return this.rest;
  }

  /** What could not be applied belongs to the table that it would have checked. */
  private accountOfRule({ rule, id, reason }: Unchecked): Account {
    const [place] = rule.at ?? [];
    const tables = [rule.target?.table, place?.table, reason.table, reason.cell?.table.spec.id];
    for (const table of tables) {
      if (!table) continue;
      const form = [...this.accounts.keys()].find(
        (key) => key.startsWith(`${table}:`) && id.endsWith(key.slice(table.length)),
      );
      const account = this.accounts.get(form ?? table);
      if (account) return account;
    }
    return this.rest;
  }
}

type Listed = Exclude<Outcome, 'unchecked' | 'accepted'>;

/** One row while it is being written. */
class Account {
  private readonly counts = noCounts();
  private readonly listed: Record<Listed, Map<string, MutableRule>> = {
    holds: new Map(),
    rounding: new Map(),
    fails: new Map(),
    empty: new Map(),
  };
  private readonly reasons = new Map<string, { code: Reason['code']; rules: Rules }>();
  private readonly accepted: LedgerAccepted[] = [];

  constructor(
    private readonly id: string,
    private readonly title: string,
    private readonly status: LedgerRow['status'],
    private readonly range: LineRange | null,
    private readonly locale: Locale,
  ) {}

  enter(rule: Rule, outcome: Outcome, reason: Reason | undefined, at?: () => LedgerPlace): void {
    // What is accepted is entered with its reason.
    if (outcome === 'accepted') return;
    this.counts[outcome]++;
    if (outcome !== 'unchecked') {
      const isPlain = outcome === 'holds' || outcome === 'empty';
      this.add(this.listed[outcome], rule, isPlain ? undefined : at);
      return;
    }
    const message = reason ? reasonMessage(reason, this.locale) : '';
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
    const { id, title, status, range, counts, listed, accepted } = this;
    const rules = (map: Rules): LedgerRule[] => [...map.values()];
    return {
      ...{ id, title, status, range, counts },
      holds: rules(listed.holds),
      rounding: rules(listed.rounding),
      fails: rules(listed.fails),
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
