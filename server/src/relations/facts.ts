import { catalogOf } from '../catalog/inForce';
import { isNonZero, type Cell, type Disclosure, type Row, type Table } from '../disclosure/model';
import {
  normalizeKey,
  vocabulary,
  type Classification,
  type ColumnSpec,
} from '../disclosure/vocabulary';
import type { Entry, ScalarNode, SyntaxNode } from '../syntax/tree';
import { applies, compare } from './conditions';
import type { Outcome } from './evaluate';
import { scopesOf } from './instantiate';
import { besides, figureOf, isLeaf, listedIn } from './listed';
import { reasonOf, type Reason } from './relation';
import { fill, Resolver, Unresolved, type Scope } from './resolve';
import { isFact, type Address, type Pack, type Rule } from './rule';

/** One instance of a rule that is judged, not calculated. */
export interface Fact {
  /** The rule and what it is about: the same in every version of the file. */
  readonly id: string;
  readonly rule: Rule;
  readonly outcome: Extract<Outcome, 'holds' | 'fails' | 'unchecked' | 'accepted'>;
  /** Of what is accepted: what it would be otherwise. */
  readonly otherwise?: Outcome;
  readonly reason?: Reason;
  /** Where it stands, and the words for its message. */
  readonly at: SyntaxNode | Entry;
  readonly path: readonly string[];
  readonly args: Readonly<Record<string, string>>;
  readonly cells: readonly Cell[];
  /** What stands there first, or says otherwise. */
  readonly related?: SyntaxNode | Entry;
  /** Tells apart the ways in which one rule can fail. */
  readonly variant?: string;
}

/** Judges every factual rule of the packs. */
export function judge(packs: readonly Pack[], disclosure: Disclosure): Fact[] {
  const rules = packs.flatMap((pack) => pack.rules).filter(isFact);
  return rules.flatMap((rule) => [...new FactJudge(rule, disclosure).facts()]);
}

type Judged = Omit<Fact, 'rule' | 'id'> & { readonly key: string };

class FactJudge {
  private readonly resolver: Resolver;

  constructor(
    private readonly rule: Rule,
    private readonly disclosure: Disclosure,
  ) {
    this.resolver = new Resolver(disclosure);
  }

  *facts(): Iterable<Fact> {
    const { rule } = this;
    if (rule.kind === 'note') yield* this.finish(this.notes());
    else if (rule.kind === 'name') yield* this.finish(this.names());
    else {
      for (const { resolver, scope } of scopesOf(rule, this.disclosure, this.resolver)) {
        try {
          if (!applies(rule, resolver, scope)) continue;
          yield* this.finish(this.inScope(resolver, scope));
        } catch (error) {
          if (!(error instanceof Unresolved)) throw error;
        }
      }
    }
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
        return this.lists(resolver, scope);
      default:
        return this.statements(resolver, scope);
    }
  }

  /** 大于 and 小于 against the amounts they speak of. */
  private *directions(resolver: Resolver, scope: Scope): Iterable<Judged> {
    const { target, terms } = this.rule;
    for (const { row, entry, column, table } of this.written(target!, resolver, scope)) {
      if (entry.value?.kind !== 'scalar') continue;
      if (column.kind === 'text') {
        yield* this.reasons(entry.value, terms[0]!, resolver, scope, pathOf(table, row, column));
        continue;
      }
      const meaning = meaningOf(column, entry.value);
      const [first, second] = terms.flatMap((term) => resolver.operands(term, scope) ?? []);
      if (!first || !second || meaning === 'about') continue;
      const reason = reasonOf(first.cell) ?? reasonOf(second.cell);
      const path = pathOf(table, row, column);
      const at = entry.value;
      const common = { key: `${table.id}/${row.id}/${column.id}`, at, path, cells: [] };
      const args = { word: at.text.trim() };
      if (!meaning || reason) {
        const unknown: Reason = reason ?? { code: 'unknown-word', word: at.text };
        yield { ...common, args, outcome: 'unchecked', reason: unknown };
        continue;
      }
      const difference = compare(first.cell.amount!, second.cell.amount!);
      const is = difference > 0 ? 'more' : difference < 0 ? 'less' : 'same';
      const words = vocabulary.words[column.words!]!;
      yield {
        ...common,
        args: {
          ...args,
          right: words[is]![0]!,
          first: first.cell.printed,
          second: second.cell.printed,
        },
        outcome: is === meaning ? 'holds' : 'fails',
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
    if (isNonZero(operand.cell)) return;
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

  /** Names that are listed, against the table whose lines they are; and the other way round. */
  private *lists(resolver: Resolver, scope: Scope): Iterable<Judged> {
    const { target, terms } = this.rule;
    for (const { row, entry, column, table } of this.written(target!, resolver, scope)) {
      const { value } = entry;
      if (value?.kind !== 'sequence') continue;
      const operands = terms.flatMap((term) => resolver.operands(term, scope) ?? []);
      const source = terms[0] && resolver.tableOf(terms[0], scope);
      if (!source || source.empty) continue;
      const lines = new Map(operands.map(({ cell }) => [cell.row.code ?? '', cell]));
      const path = pathOf(table, row, column);
      const key = `${table.id}/${row.id}/${column.id}`;
      const items = value.items.flatMap((item) => listedIn(item, source, lines) ?? []);
      const listed = new Set(items.flatMap(({ paid, known }) => (paid.length > 0 ? paid : known)));
      for (const { item, name, codes, known, paid } of items) {
        const next = paid.length > 0 ? undefined : besides(codes, lines, listed);
        const args = {
          name,
          table: source.spec.key,
          codes: codes.join('、'),
          ...(next && nextArgs(next)),
        };
        const common = { key: `${key}/${name}`, at: item, path: [...path, name], args };
        if (codes.length === 0) {
          const reason: Reason = { code: 'unknown-word', word: name };
          yield { ...common, outcome: 'unchecked', reason, cells: [] };
          continue;
        }
        const variant = known.length > 0 ? 'zero' : 'absent';
        yield {
          ...common,
          outcome: paid.length > 0 ? 'holds' : 'fails',
          variant: next ? `${variant}.next` : variant,
          cells: known.map((code) => lines.get(code)!),
        };
      }
      for (const [code, cell] of lines) {
        if (!isNonZero(cell) || !isLeaf(code, lines)) continue;
        const { name, printed, unit } = figureOf(cell);
        const args = { name, table: source.spec.key, codes: code, printed, unit };
        yield {
          ...{ key: `${key}/${code}`, at: entry.key, path: [...path, name], args, cells: [cell] },
          outcome: listed.has(code) ? 'holds' : 'fails',
          variant: 'left-out',
        };
      }
    }
  }

  /** What must not be left out where the rule applies. */
  private *statements(resolver: Resolver, scope: Scope): Iterable<Judged> {
    const { target } = this.rule;
    const table = resolver.tableOf(target!, scope);
    if (!table || table.spec.sections.some(({ id }) => table.isIncomplete(id))) return;
    for (const id of resolver.rows(target!, scope)) {
      const row = table.rows.get(id);
      const isThere = row?.printed === true;
      const column = row?.section.columns.find((c) => c.id === fill(target!.column.name, scope));
      // Without a column the row itself is what must be there.
      const entry = column && row?.values.get(column.id);
      const stated = entry ? isStated(entry.value) : isUnderAnother(table, id);
      const at = entry?.key ?? row?.titleNode ?? row?.entry ?? table.entry.key;
      yield {
        key: `${table.id}/${id}/${fill(target!.column.name, scope)}`,
        at,
        path: row && column ? pathOf(table, row, column) : [...table.within, table.spec.key, id],
        args: {
          key: column?.key ?? keyOf(table, id, target!.column.name),
          row: row?.title ?? row?.code ?? row?.spec?.key ?? row?.section.key ?? table.spec.key,
          name: nameOf(id.replace(/^\w+\./u, ''), 'functional', table) ?? '',
        },
        outcome: stated && (isThere || !entry) ? 'holds' : 'fails',
        cells: [],
      };
    }
  }

  /** The note under a table names its own money, not another table's. */
  private *notes(): Iterable<Judged> {
    for (const table of this.disclosure.tables.values()) {
      const { subject, key } = table.spec;
      const note = noteOf(table);
      if (!subject || !note) continue;
      const text = normalizeKey(note.text);
      const says = (words: readonly string[] = []) => words.some((word) => text.includes(word));
      const other = vocabulary.tables.find(
        (spec) => spec.id !== table.spec.id && says(spec.subject),
      );
      if (!says(subject) && !other) continue;
      yield {
        key: `${table.id}/note`,
        at: note,
        path: [key],
        args: { table: key, subject: subject[0]!, other: other?.subject?.[0] ?? '' },
        outcome: says(subject) ? 'holds' : 'fails',
        cells: [],
      };
    }
  }

  /** What a target prints is what the terms print, or what stands elsewhere for the same. */
  private names(): Iterable<Judged> {
    switch (this.rule.of) {
      case 'project':
        return this.projectNames();
      case 'subject':
        return this.subjectNames();
      default:
        return this.organisationNames();
    }
  }

  private *organisationNames(): Iterable<Judged> {
    const { organisation } = this.disclosure;
    const { target } = this.rule;
    const table = this.resolver.find(target!.table);
    if (!table || organisation === undefined) return;
    const rows = [...table.rows.values()].filter(({ printed }) => printed);
    for (const row of rows) {
      const column = row.section.columns.find(({ id }) => id === target!.column.name);
      const node = column && row.values.get(column.id)?.value;
      if (node?.kind !== 'scalar' || node.text.trim() === '') continue;
      const same = normalizeKey(node.text) === normalizeKey(organisation);
      yield {
        key: `${table.id}/${row.id}/${column!.id}`,
        at: node,
        path: pathOf(table, row, column!),
        args: { printed: node.text.trim(), name: organisation },
        outcome: same ? 'holds' : 'fails',
        cells: [],
      };
    }
  }

  /** One subject, one name in all tables. */
  private *subjectNames(): Iterable<Judged> {
    const named = new Map<string, ScalarNode>();
    for (const table of this.disclosure.tables.values()) {
      for (const { id, code, name, section } of table.rows.values()) {
        if (!code || !name || name.text.trim() === '') continue;
        const key = `${section.codes?.classification ?? ''} ${code}`;
        const first = named.get(key);
        if (!first) {
          named.set(key, name);
          continue;
        }
        const [one, other] = [normalizeKey(name.text), normalizeKey(first.text)];
        // A name that a narrow column cuts short is told against the catalog.
        const same = one.startsWith(other) || other.startsWith(one);
        yield {
          key: `${table.id}/${id}/name`,
          at: name,
          path: [...table.within, table.spec.key, code],
          args: { printed: name.text.trim(), name: first.text.trim() },
          outcome: same ? 'holds' : 'fails',
          cells: [],
          related: first,
        };
      }
    }
  }

  /** One project, one name: the first that is printed counts as its name. */
  private *projectNames(): Iterable<Judged> {
    const named = new Map<string, ScalarNode>();
    for (const table of this.disclosure.tables.values()) {
      const rows = [...table.rows.values()];
      const projects = [
        ...(table.project ? [{ ...table.project, id: table.id }] : []),
        ...rows.flatMap((row) =>
          row.project ? [{ ...row.project, id: `${table.id}/${row.id}` }] : [],
        ),
        ...rows.flatMap((row) =>
          row.section.items === 'project' && row.title && row.printedAs?.kind === 'scalar'
            ? [{ code: row.title, printedAs: row.printedAs, id: `${table.id}/${row.id}` }]
            : [],
        ),
      ];
      for (const { code, printedAs, id } of projects) {
        if (!printedAs) continue;
        const first = named.get(code);
        if (!first) {
          named.set(code, printedAs);
          continue;
        }
        const same = bareName(printedAs.text) === bareName(first.text);
        yield {
          key: `${id}/project`,
          at: printedAs,
          path: [...table.within, table.spec.key, code],
          args: { printed: printedAs.text.trim(), name: first.text.trim(), code },
          outcome: same ? 'holds' : 'fails',
          cells: [],
          related: first,
        };
      }
    }
  }

  private *written(
    address: Address,
    resolver: Resolver,
    scope: Scope,
  ): Iterable<{ row: Row; entry: Entry; column: ColumnSpec; table: Table }> {
    const table = resolver.tableOf(address, scope);
    for (const id of table ? resolver.rows(address, scope) : []) {
      const row = table!.rows.get(id);
      const column = row?.section.columns.find((c) => c.id === fill(address.column.name, scope));
      const entry = column && row?.values.get(column.id);
      if (row && entry) yield { row, entry, column, table: table! };
    }
  }
}

/** The name of a project without the word that it is one. */
const bareName = (text: string) => normalizeKey(text).replace(/项目$/u, '');

function meaningOf({ words }: ColumnSpec, { text }: ScalarNode): string | undefined {
  const word = normalizeKey(text);
  const list = Object.entries(vocabulary.words[words ?? ''] ?? {});
  return list.find(([, known]) => known.some((item) => normalizeKey(item) === word))?.[0];
}

function noteOf({ entry }: Table): ScalarNode | undefined {
  const { note } = vocabulary.tableKeys;
  const keys = [note!.key, ...(note!.alias ?? [])].map(normalizeKey);
  const found =
    entry.value?.kind === 'map'
      ? entry.value.entries.find(({ key }) => keys.includes(normalizeKey(key.text)))
      : undefined;
  return found?.value?.kind === 'scalar' ? found.value : undefined;
}

function nextArgs(cell: Cell): Record<string, string> {
  const { code, name, printed, unit } = figureOf(cell);
  return { next: name, nextCode: code, printed, unit };
}

function isStated(node: SyntaxNode | undefined): boolean {
  if (!node) return false;
  if (node.kind === 'scalar') return node.text.trim() !== '';
  return node.kind === 'map' ? node.entries.length > 0 : node.items.length > 0;
}

/** In the file's own keys, as for a cell. */
function pathOf(table: Table, row: Row, column: ColumnSpec): string[] {
  const { section } = row;
  return [
    ...table.within,
    table.spec.key,
    ...(table.project ? [table.project.code] : []),
    ...(section.key ? [section.key] : []),
    ...(section.flat ? [] : [row.code ?? row.title ?? row.spec?.key ?? row.id]),
    column.key,
  ];
}

function nameOf(code: string, classification: Classification, table: Table): string | undefined {
  return catalogOf(table).lookup(code, classification)?.name;
}

/** Whether a paragraph about a subject above it speaks for a code too. */
function isUnderAnother({ rows }: Table, id: string): boolean {
  const [, side = '', code = ''] = /^(?:(\w+)\.)?(\d+)$/.exec(id) ?? [];
  return [...rows.values()].some(
    (row) =>
      row.printed && row.section.id === side && row.code !== undefined && code.startsWith(row.code),
  );
}

/** What a column is called where its row is not there. */
function keyOf({ spec }: Table, id: string, column: string): string {
  const side = spec.sections.find((section) => section.id !== '' && id.startsWith(section.id));
  return side?.columns.find((one) => one.id === column)?.key ?? '';
}
