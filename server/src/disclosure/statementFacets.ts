import { append } from '../syntax/arrays';
import type { Entry, ScalarNode, SyntaxNode } from '../syntax/tree';
import type { Problem, Project } from './model';
import { groupKeys, itemKeys, rowKeys } from './ownKeys';
import { isFigure } from './figure';
import { facetsOf, isLevel } from './statementData';
import { projectOf } from './statementItems';
import { isMerge, repeated, unknownKey } from './unknown';
import {
  normalizeKey,
  vocabulary,
  type ColumnSpec,
  type GroupSpec,
  type SectionSpec,
} from './vocabulary';

/** Reads the facets of one row. */
export class FacetReader {
  readonly values = new Map<string, Entry>();
  name: ScalarNode | undefined;
  printedAs: SyntaxNode | undefined;
  project: Project | undefined;

  constructor(
    private readonly section: SectionSpec,
    private readonly args: { table: string },
    private readonly problems: Problem[],
  ) {}

  /** A figure that stands for the whole row. */
  readOnly(entry: Entry): void {
    const [first] = this.section.columns;
    if (!first || entry.value?.kind === 'sequence') return;
    if (isFigure(first)) this.values.set(first.id, entry);
  }

  read(entry: Entry): void {
    const { text } = entry.key;
    const group = groupKeys.get(text);
    const facet = facetsOf(this.section).get(text);
    if (group && this.section.columns.some((column) => column.group === group.id)) {
      this.readGroup(group, entry);
    } else if (facet) this.set(this.meant(facet.column, entry), entry);
    else if (rowKeys.get(text) === 'name') {
      if (entry.value?.kind === 'scalar') this.name = entry.value;
    } else if (rowKeys.get(text) === 'printed') this.printedAs = entry.value;
    else if (itemKeys.get(text) === 'project') this.project = projectOf(entry);
    else if (!this.isIdentity(text) && !isMerge(entry)) this.unknown(entry);
  }

  /** The column that a figure is of: with a percent sign it may be another than its key says. */
  private meant(column: ColumnSpec, { value }: Entry): ColumnSpec {
    const { asPercent } = column;
    if (asPercent === undefined || value?.kind !== 'scalar') return column;
    if (!/[%％]\s*$/u.test(value.text)) return column;
    return this.section.columns.find(({ id }) => id === asPercent) ?? column;
  }

  /** Keys by which an item of a list is told apart. */
  private isIdentity(text: string): boolean {
    return (
      this.section.items !== undefined &&
      itemKeys.get(text) !== undefined &&
      itemKeys.get(text) !== 'nested'
    );
  }

  private readGroup({ level, about, words }: GroupSpec, entry: Entry): void {
    const { value } = entry;
    const column = this.section.columns.find(({ id }) => id === level.column);
    if (value?.kind === 'scalar') {
      const ways = Object.values(vocabulary.words[words] ?? {}).flat();
      if (isLevel(value.text) && column) this.set(column, entry);
      else if (!isAmong([...about, ...ways], value.text)) this.unknown(entry);
      return;
    }
    for (const child of value?.kind === 'map' ? value.entries : []) {
      if (isLevel(child.key.text) && column) this.set(column, child);
      else if (!isAmong(about, child.key.text)) this.read(child);
    }
  }

  /** A facet that is stated twice: under two spellings, or in two ways that exclude each other. */
  private set(column: ColumnSpec, entry: Entry): void {
    const first = this.values.get(column.id);
    if (first && this.wayOf(first) !== this.wayOf(entry)) {
      const args = { ...this.args, key: entry.key.text, first: first.key.text };
      this.problems.push({ code: 'text.contradiction', at: entry.key, args, related: first.key });
      return;
    }
    append(this.problems, repeated(first, entry, this.args));
    this.values.set(column.id, entry);
  }

  private wayOf({ key }: Entry): string {
    return isLevel(key.text) ? 'level' : String(facetsOf(this.section).get(key.text)?.sign);
  }

  private unknown(entry: Entry): void {
    const isTaken = ({ column }: { column: ColumnSpec }) => this.values.has(column.id);
    const { names } = facetsOf(this.section);
    this.problems.push(
      unknownKey('input.unknown-column', entry, names, isTaken, this.args).problem,
    );
  }
}

function isAmong(words: readonly string[], text: string): boolean {
  const name = normalizeKey(text);
  return words.some((word) => normalizeKey(word) === name);
}
