import { catalogOf } from '../catalog/inForce';
import { writeAmount } from '../disclosure/amount';
import { keysOf } from '../disclosure/keys';
import {
  isLeftToWrite,
  isNonZero,
  type Cell,
  type Disclosure,
  type Table,
} from '../disclosure/model';
import { normalizeKey, vocabulary, type ColumnSpec } from '../disclosure/vocabulary';
import { Memo } from '../syntax/memo';
import type { ScalarNode, SyntaxNode } from '../syntax/tree';
import { applies, appliesToAll, comparison } from './conditions';
import { written, type Fact, type Judged } from './fact';
import { isForm, scopesOf } from './instantiate';
import { lists } from './lists';
import { names } from './names';
import { notes } from './notes';
import { reasonOf, type Reason, type Unchecked } from './relation';
import { Resolver } from './resolve';
import { fill, Unresolved, type Scope } from './scope';
import { conditionAddresses, isFact, tablesOf, type Address, type Pack, type Rule } from './rule';

/** What a rule says in one scope, or everywhere. */
export interface FactGroup {
  readonly rule: Rule;
  readonly facts: readonly Fact[];
  /** What could not be judged, because of what is not there. */
  readonly unchecked: readonly Unchecked[];
  /** The cells by which they were judged; what else they are judged by stands in words and names. */
  readonly seen: ReadonlySet<Cell>;
  again(): FactGroup;
}

/** Judges every factual rule of the packs. */
export function judge(packs: readonly Pack[], disclosure: Disclosure): FactGroup[] {
  return judging(packs).flatMap((rule) => [...new FactJudge(rule, disclosure).groups()]);
}

const known = new Memo<readonly Pack[], readonly Rule[]>();

function judging(packs: readonly Pack[]): readonly Rule[] {
  let rules = known.get(packs);
  if (!rules) known.set(packs, (rules = packs.flatMap((pack) => pack.rules).filter(isFact)));
  return rules;
}

class FactJudge {
  private unchecked: Unchecked[] = [];
  private readonly resolver: Resolver;

  constructor(
    private readonly rule: Rule,
    private readonly disclosure: Disclosure,
  ) {
    this.resolver = new Resolver(disclosure);
  }

  *groups(): Iterable<FactGroup> {
    const { rule } = this;
    if (rule.kind === 'note') yield this.group(() => notes(this.disclosure));
    else if (rule.kind === 'name') yield this.group(() => names(rule, this.disclosure));
    else if (this.appliesNowhere()) yield this.group(() => this.everywhere());
    else {
      for (const { resolver, scope } of scopesOf(rule, this.disclosure, this.resolver)) {
        // What was judged once for all scopes may be something else another time.
        yield this.group(() => {
          resolver.judged.clear();
          return applies(rule, resolver, scope) ? this.inScope(resolver, scope) : [];
        });
      }
    }
  }

  private appliesNowhere(): boolean {
    const { rule, resolver } = this;
    return !tablesOf(rule).some(isForm) && appliesToAll(rule, resolver) === false;
  }

  /** All scopes together: where what is asked of all of them alike decides, none is looked at. */
  private *everywhere(): Iterable<Judged> {
    const { rule, resolver } = this;
    resolver.judged.clear();
    const isNowhere = this.appliesNowhere();
    for (const { seen } of resolver.judged.values())
      for (const cell of seen) resolver.log.add(cell);
    if (isNowhere) return;
    for (const { scope } of scopesOf(rule, this.disclosure, resolver)) {
      try {
        if (applies(rule, resolver, scope)) yield* this.inScope(resolver, scope);
      } catch (error) {
        this.leave(error);
      }
    }
  }

  /** Notes what cannot be judged. */
  private leave(error: unknown): void {
    if (!(error instanceof Unresolved)) throw error;
    this.unchecked.push({ id: this.rule.id, rule: this.rule, reason: error.reason });
  }

  private group(judged: () => Iterable<Judged>): FactGroup {
    const again = () => {
      const facts: Fact[] = [];
      const unchecked: Unchecked[] = [];
      this.unchecked = unchecked;
      const { seen } = this.resolver.log.during(() => {
        try {
          for (const fact of this.finish(judged())) facts.push(fact);
        } catch (error) {
          this.leave(error);
        }
      });
      return { rule: this.rule, facts, unchecked, seen, again };
    };
    return again();
  }

  private *finish(judged: Iterable<Judged>): Iterable<Fact> {
    for (const { key, ...fact } of judged) {
      yield { ...fact, id: `${this.rule.id}@${key}`, rule: this.rule };
    }
  }

  private inScope(resolver: Resolver, scope: Scope): Iterable<Judged> {
    switch (this.rule.kind) {
      case 'direction':
        return this.directions(resolver, scope);
      case 'list':
        return lists(this.rule, resolver, scope);
      default:
        return this.statements(resolver, scope);
    }
  }

  /** 大于 and 小于 against the amounts they speak of. */
  private *directions(resolver: Resolver, scope: Scope): Iterable<Judged> {
    const { target, terms } = this.rule;
    for (const { row, entry, column, table } of written(target!, resolver, scope)) {
      if (entry.value?.kind !== 'scalar') continue;
      if (column.kind === 'text') {
        yield* this.reasons(entry.value, terms[0]!, resolver, scope, keysOf(table, row, column));
        continue;
      }
      const meaning = meaningOf(column, entry.value);
      const [first, second] = terms.flatMap((term) => resolver.operands(term, scope) ?? []);
      if (!first || !second || meaning === 'about') continue;
      const reason =
        whyUncompared(first.cell) ??
        whyUncompared(second.cell) ??
        whyAlike(first.cell, second.cell);
      const path = keysOf(table, row, column);
      const at = entry.value;
      const common = { key: `${table.id}/${row.id}/${column.id}`, at, path, cells: [] };
      const args = { word: at.text.trim() };
      if (!meaning || reason) {
        const unknown: Reason = reason ?? { code: 'unknown-word', word: at.text };
        yield { ...common, args, outcome: 'unchecked', reason: unknown };
        continue;
      }
      const is = comparison(first.cell.amount!, second.cell.amount!);
      const words = vocabulary.words[column.words!]!;
      yield {
        ...common,
        args: {
          ...args,
          right: words[is]![0]!,
          first: toldAs(first.cell),
          second: toldAs(second.cell),
        },
        outcome: is === meaning ? 'holds' : 'fails',
        meaning,
        cells: [first.cell, second.cell],
      };
    }
  }

  /** A reason for more or less, where nothing changed. */
  private *reasons(
    at: ScalarNode,
    change: Address,
    resolver: Resolver,
    scope: Scope,
    path: readonly string[],
  ): Iterable<Judged> {
    const [operand] = resolver.operands(change, scope) ?? [];
    if (!operand?.cell.amount || operand.cell.state === 'missing') return;
    // A change that is still to be written, in a draft, is none yet.
    if (isNonZero(operand.cell) || isLeftToWrite(operand.cell)) return;
    const { more = [], less = [] } = vocabulary.words['changes'] ?? {};
    const word = [...more, ...less].find((candidate) => at.text.includes(candidate));
    const args = { word: word ?? '', text: at.text };
    const outcome = word ? 'fails' : 'holds';
    yield {
      key: path.join('/'),
      at,
      path,
      args,
      outcome,
      variant: 'reason',
      cells: [operand.cell],
    };
  }

  /** A section that is not there states nothing; without any of its kind, that is told of all together. */
  private missing(id: string): void {
    const spec = vocabulary.statements.find((one) => one.id === id);
    const besides = [...this.disclosure.tables.values()].some(
      (table) => table.spec.section !== undefined && table.spec.section === spec?.section,
    );
    if (!besides) return;
    this.unchecked.push({
      id: this.rule.id,
      rule: this.rule,
      reason: { code: 'table-missing', table: id },
    });
  }

  /** What must not be left out where the rule applies. */
  private *statements(resolver: Resolver, scope: Scope): Iterable<Judged> {
    const { target } = this.rule;
    const table = resolver.tableOf(target!, scope);
    if (!table) this.missing(target!.table);
    if (!table || table.spec.sections.some(({ id }) => table.isIncomplete(id))) return;
    const cells = conditionCells(this.rule, resolver, scope);
    for (const id of resolver.rows(target!, scope)) {
      const row = table.rows.get(id);
      const isThere = row?.printed === true;
      const column = row?.section.columns.find((c) => c.id === fill(target!.column.name, scope));
      // Without a column the row itself is what must be there.
      const entry = column && row?.values.get(column.id);
      const stated = entry ? isStated(entry.value) : isToldWithAnother(table, id);
      const holds = stated && (isThere || !entry);
      const isHidden = !holds && !isThere && table.hidesRows(sideOf(id));
      const at = entry?.key ?? row?.titleNode ?? row?.entry ?? table.entry.key;
      yield {
        key: `${table.id}/${id}/${fill(target!.column.name, scope)}`,
        at,
        path: column && row ? keysOf(table, row, column) : keysOfAbsent(table, id),
        args: {
          key: column?.key ?? keyOf(table, id, target!.column.name),
          row:
            row?.title ??
            (codeLabel(id, table) || (row?.spec?.key ?? row?.section.key ?? table.title)),
          name: codeLabel(id, table),
        },
        ...(isHidden
          ? { outcome: 'unchecked', reason: { code: 'unknown-key', table: table.spec.id } }
          : { outcome: holds ? 'holds' : 'fails' }),
        cells,
      };
    }
  }
}

function meaningOf({ words }: ColumnSpec, { text }: ScalarNode): string | undefined {
  const word = normalizeKey(text);
  const list = Object.entries(vocabulary.words[words ?? ''] ?? {});
  return list.find(([, known]) => known.some((item) => normalizeKey(item) === word))?.[0];
}

function isStated(node: SyntaxNode | undefined): boolean {
  if (!node) return false;
  if (node.kind === 'scalar') return node.text.trim() !== '';
  return node.kind === 'map' ? node.entries.length > 0 : node.items.length > 0;
}

/** 2080101 行政运行, of a row that is there or not; empty for a row without a code. */
function codeLabel(id: string, table: Table): string {
  const code = /\d+$/.exec(id)?.[0];
  if (code === undefined) return '';
  return [code, catalogOf(table).lookup(code, 'functional')?.name ?? ''].join(' ').trim();
}

const sideOf = (id: string) => (id.includes('.') ? id.split('.')[0]! : '');

/** What a cell prints, or comes to. */
const toldAs = ({ state, amount, printed, unit }: Cell): string =>
  state === 'derived' && amount ? writeAmount(amount, unit.exponent) : printed;

/** The keys under which a row would be written. */
function keysOfAbsent({ spec, within }: Table, id: string): string[] {
  const [side, row] = id.includes('.') ? id.split('.') : ['', id];
  const section = spec.sections.find((one) => one.id === side);
  return [...within, spec.key, ...(section?.key ? [section.key] : []), row!];
}

/** The amounts because of which something has to be stated. */
function conditionCells({ when, unless }: Rule, resolver: Resolver, scope: Scope): Cell[] {
  const addresses = [when, unless].flatMap(conditionAddresses);
  const operands = addresses.flatMap((address) => resolver.operands(address, scope) ?? []);
  return [...new Set(operands.map(({ cell }) => cell))].filter(({ entry }) => entry);
}

/** Whether what is said of a subject above a code, or of one below it, speaks for it too. */
function isToldWithAnother({ rows }: Table, id: string): boolean {
  const [, side = '', code = ''] = /^(?:(\w+)\.)?(\d+)$/.exec(id) ?? [];
  return [...rows.values()].some(
    (row) =>
      row.printed &&
      row.section.id === side &&
      row.code !== undefined &&
      (code.startsWith(row.code) || row.code.startsWith(code)),
  );
}

/** What a column is called where its row is not there. */
function keyOf({ spec }: Table, id: string, column: string): string {
  const side = spec.sections.find((section) => section.id !== '' && id.startsWith(section.id));
  return side?.columns.find((one) => one.id === column)?.key ?? '';
}

/** Where both are computed and nothing has been written that they come of, they are not alike yet. */
const whyAlike = (...cells: readonly Cell[]): Reason | undefined =>
  cells.every((cell) => cell.state === 'derived' && !isNonZero(cell))
    ? { code: 'total-missing', cell: cells[0]! }
    : undefined;

/** Why a figure cannot be compared in words; one that a text leaves blank is still to come. */
const whyUncompared = (cell: Cell): Reason | undefined =>
  reasonOf(cell) ?? (isLeftToWrite(cell) ? { code: 'total-missing', cell } : undefined);
