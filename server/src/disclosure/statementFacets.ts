import { append } from '../syntax/arrays';
import type { Entry, ScalarNode, SyntaxNode } from '../syntax/tree';
import type { Problem, Project } from './model';
import { groupKeys, itemKeys, rowKeys } from './ownKeys';
import { isFigure } from './figure';
import { facetsOf, isIncomparable, isLevel } from './statementData';
import { SHORT_WORD } from './nearest';
import { projectOf } from './statementItems';
import { isMarker } from './tableData';
import { leftoverIn } from './templates';
import { isMerge, misspeltWord, repeated, unknownKey } from './unknown';
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

  /** @param within the group that it stands in */
  read(entry: Entry, within?: string): void {
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
    else if (!this.isIdentity(text) && !isMerge(entry)) this.unknown(entry, within);
  }

  /** The column that a figure is of: with a percent sign it may be another than its key says. */
  private meant(column: ColumnSpec, { value }: Entry): ColumnSpec {
    const { asPercent } = column;
    if (asPercent === undefined || value?.kind !== 'scalar') return column;
    if (!/[%％]\s*$/u.test(value.text)) return column;
    return this.columnOf(asPercent) ?? column;
  }

  /** Keys by which an item of a list is told apart. */
  private isIdentity(text: string): boolean {
    return (
      this.section.items !== undefined &&
      itemKeys.get(text) !== undefined &&
      itemKeys.get(text) !== 'nested'
    );
  }

  private readGroup(group: GroupSpec & { readonly id: string }, entry: Entry): void {
    const { level, about, words } = group;
    const { value } = entry;
    const column = this.columnOf(level.column);
    const word = this.columnOf(group.column);
    if (word && value?.kind !== 'map') this.set(word, entry);
    else if (value?.kind === 'scalar') {
      const ways = Object.values(vocabulary.words[words] ?? {}).flat();
      if (isLevel(value.text) && column) this.set(column, entry);
      else if (!isAmong([...about, ...ways], value.text)) {
        const known = [...level.words, ...about, ...ways];
        const problem = misspeltWord(value, known, this.args);
        if (problem) this.problems.push(problem);
        else this.unknown(entry);
      }
    } else if (value?.kind === 'map') {
      for (const child of value.entries) this.readGrouped(group, column, child);
    } else if (value) {
      const args = { ...this.args, row: entry.key.text };
      this.problems.push({ code: 'input.row-not-a-map', at: value, args });
    }
  }

  private readGrouped(
    { id, about }: GroupSpec & { readonly id: string },
    level: ColumnSpec | undefined,
    child: Entry,
  ): void {
    const facet = facetsOf(this.section, id).get(child.key.text);
    if (isLevel(child.key.text) && level) this.set(level, child);
    else if (facet) this.set(this.meant(facet.column, child), child);
    else if (!isAmong(about, child.key.text)) this.read(child, id);
  }

  private columnOf(id: string | undefined): ColumnSpec | undefined {
    return this.section.columns.find((column) => column.id === id);
  }

  /** A facet that is stated twice: under two spellings, or in two ways that exclude each other. */
  private set(column: ColumnSpec, entry: Entry): void {
    const first = this.values.get(column.id);
    if (first && this.wayOf(column, first) !== this.wayOf(column, entry)) {
      const args = { ...this.args, key: entry.key.text, first: first.key.text };
      this.problems.push({ code: 'text.contradiction', at: entry.key, args, related: first.key });
      return;
    }
    append(this.problems, repeated(first, entry, this.args));
    this.values.set(column.id, entry);
    if (column.kind === 'word') this.checkWord(column, entry);
  }

  /** A word that is one slip away from those that are known; any other may be right, but where there are no others. */
  private checkWord({ words = '', closed = false }: ColumnSpec, { key, value }: Entry): void {
    const ways = Object.values(vocabulary.words[words] ?? {});
    const known = ways.flat();
    if (value?.kind !== 'scalar' || isAmong(known, value.text)) return;
    const problem = misspeltWord(value, known, this.args);
    if (problem) this.problems.push(problem);
    else if (closed && saysSomething(value.text)) {
      const usual = ways.flatMap(([first]) => first ?? []).join('、');
      const args = { ...this.args, key: key.text, word: value.text.trim(), known: usual };
      this.problems.push({ code: 'input.unknown-word', at: value, args });
    }
  }

  private wayOf({ group }: ColumnSpec, { key }: Entry): string {
    if (isLevel(key.text)) return 'level';
    return String(facetsOf(this.section, group).get(key.text)?.sign);
  }

  private unknown(entry: Entry, within?: string): void {
    const isTaken = ({ column }: { column: ColumnSpec }) => this.values.has(column.id);
    const { names } = facetsOf(this.section, within);
    this.problems.push(
      unknownKey('input.unknown-column', entry, names, isTaken, this.args, SHORT_WORD).problem,
    );
  }
}

/** Neither nothing, nor that it does not apply, nor what a template has there, which is told itself. */
const saysSomething = (text: string) =>
  text.trim() !== '' && !isMarker(text) && !isIncomparable(text) && leftoverIn(text) === undefined;

function isAmong(words: readonly string[], text: string): boolean {
  const name = normalizeKey(text);
  return words.some((word) => normalizeKey(word) === name);
}
