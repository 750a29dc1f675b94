import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Catalog } from '../catalog/catalog';
import { itemKeys, rowsOf } from '../disclosure/ownKeys';
import { facetsOf, isNamedAfterFigure, standsAlone } from '../disclosure/statementData';
import {
  normalizeKey,
  vocabulary,
  type ColumnSpec,
  type Layout,
  type Named,
  type SectionSpec,
  type TableSpec,
} from '../disclosure/vocabulary';
import type { Entry, SyntaxNode } from '../syntax/tree';
import type { Analysis } from './analysis';
import { formOf, type Candidate, type Field, type Holds } from './candidate';
import { freeSubjects, markTaken, missingSubjects, subjectsBelow } from './codeCandidates';
import { DASH, type Slot } from './completionSlot';
import { itemFigures } from './itemFigure';
import { isComputable } from './skeleton/computed';
import { ITEM_COLUMNS } from './wholeSnippets';
import { indicatorNames } from './knownNames';
import { groupOf, type StatementPlace } from './statementPlace';

type Spelled = Pick<Named, 'key' | 'alias'> & { readonly en?: string };

/** The keys that a place of the narrative, or of an annex, can still have. */
export function statementKeys(slot: Slot, place: StatementPlace, known: Analysis): Candidate[] {
  const keys = new Keys(slot, known);
  if (place.level === 'facets' && isInText(slot, place.section)) return [];
  switch (place.level) {
    case 'section':
      return place.specs.map((spec) => keys.of(spec, 'map', CompletionItemKind.Struct)).flat();
    case 'body':
      return keys.body(place.spec);
    case 'rows':
      return keys.rows(place.section, place.above);
    case 'facets':
      return place.section.items ? keys.item(place, known) : keys.facets(place.section);
    case 'group':
      return keys.columns(place.section.columns.filter(({ group }) => group === place.group.id));
    case 'project':
      return [...keys.own('itemKeys', 'code'), ...keys.own('rowKeys', 'printed')];
    case 'names':
      return keys.names();
    case 'acceptance':
      return keys.acceptance();
    default:
      return [];
  }
}

/** Behind a full-width comma that is part of a text: 原因: 人员增加，…. */
function isInText({ glue, previous }: Slot, section: SectionSpec): boolean {
  const before = previous && facetsOf(section).get(previous.key.text)?.column;
  return glue.startsWith(',') && before?.kind === 'text';
}

class Keys {
  private readonly catalog: Catalog;
  private readonly written: ReadonlySet<string>;
  /** The key that stands there, with its colon. */
  private readonly replaced: string | undefined;

  constructor(
    private readonly slot: Slot,
    { catalog, tree }: Analysis,
  ) {
    this.catalog = catalog;
    this.written = new Set(slot.siblings.map(({ key }) => normalizeKey(key.text)));
    const { start, end } = slot.range;
    if (slot.hasColon) this.replaced = normalizeKey(tree.text.slice(start, end));
  }

  /** A key that is not written yet, under any of its names. */
  of({ key, alias = [], en }: Spelled, holds: Holds, kind: CompletionItemKind): Candidate[] {
    if ([key, ...alias].some((name) => this.written.has(normalizeKey(name)))) return [];
    return [{ text: key, kind, holds, ...(en !== undefined && { en }) }];
  }

  own(of: 'itemKeys' | 'rowKeys' | 'tableKeys', id: string, holds: Holds = 'value'): Candidate[] {
    return this.of(vocabulary[of][id]!, holds, CompletionItemKind.Keyword);
  }

  body({ sections, texts = [], repeated }: TableSpec): Candidate[] {
    const main = sections.find(({ id }) => id === '');
    const sides = sections.filter(({ id }) => id !== '');
    const projects = repeated ? this.own('itemKeys', 'project', 'row') : [];
    if (repeated && this.needsDash) return this.firstItem(projects);
    return [
      ...projects,
      ...(main ? (main.flat ? this.facets(main) : this.rows(main)) : []),
      ...sides.flatMap((side) =>
        isNamedAfterFigure(side)
          ? this.of(side as Spelled, 'value', CompletionItemKind.Property)
          : this.of(side as Spelled, side.items ? 'list' : 'map', CompletionItemKind.Module),
      ),
      ...texts.flatMap((key) => this.of({ key }, 'value', CompletionItemKind.Keyword)),
      ...(main || repeated ? this.own('tableKeys', 'unit') : []),
    ];
  }

  rows(section: SectionSpec, above?: string): Candidate[] {
    if (section.transposed) {
      return section.columns.flatMap((column) =>
        this.of(column, 'map', CompletionItemKind.Property),
      );
    }
    const shape = this.rowShape(section, above !== undefined);
    const fixed = above === undefined ? section.rows : [];
    const { slot, catalog } = this;
    const subjects = subjectsBelow({ slot, section, above, catalog });
    return [
      ...fixed.flatMap((row) =>
        this.of(row, 'value', CompletionItemKind.Field).map((key) => ({
          ...key,
          // Of a total the figure says enough.
          ...(row.total && !shape.fields ? {} : shape),
        })),
      ),
      ...[
        ...markTaken(subjects, this.written, slot.typed),
        ...(section.names ? this.names() : []),
      ].map((row) => ({ ...row, ...shape })),
    ];
  }

  names(): Candidate[] {
    return indicatorNames(this.slot.disclosure).flatMap((key) =>
      this.of({ key }, 'value', CompletionItemKind.Field),
    );
  }

  facets(section: SectionSpec): Candidate[] {
    const { columns, flat, nested, codes } = section;
    const used = [...new Set(columns.flatMap(({ group }) => group ?? []))];
    const groups = used.flatMap((id) => {
      const group = vocabulary.groups[id]!;
      // One whose word is a column stands among the columns.
      return group.column ? [] : this.of(group, 'row', CompletionItemKind.Property);
    });
    const grouped = columns.filter((column) => column.group !== undefined && standsAlone(column));
    // They may stand without their group; but who looks for keys should find the usual form.
    const isLoose =
      this.slot.typed !== '' ||
      grouped.some((column) => this.isStated(column) || this.isToTurn(column));
    return [
      ...this.columns(columns.filter(({ group }) => group === undefined)),
      ...groups,
      ...(isLoose ? this.columns(grouped) : []),
      ...(nested ? this.own('itemKeys', 'nested', 'map') : []),
      ...(codes || section.names || flat === undefined ? this.own('rowKeys', 'printed') : []),
      ...(codes && flat === undefined ? this.own('itemKeys', 'project', 'row') : []),
    ];
  }

  columns(columns: readonly ColumnSpec[]): Candidate[] {
    return columns.flatMap((column): Candidate[] => {
      const holds = column.kind === 'list' ? 'words' : 'value';
      if (this.isStated(column)) return [];
      const keys = [
        column,
        ...(column.opposite ? [{ ...column.opposite, en: `${column.en} (less)` }] : []),
      ].flatMap((spelled) => this.of(spelled, holds, CompletionItemKind.Property));
      return this.isToTurn(column) ? this.turned(keys) : keys;
    });
  }

  /** Whether it is one of two opposite words that is to be replaced, before anything is typed for it. */
  private isToTurn(column: ColumnSpec): boolean {
    const { replaced, slot } = this;
    if (!column.opposite || replaced === undefined || slot.typed !== '') return false;
    return keysOf(column).includes(replaced);
  }

  /** The word that is not there, and then the one that is. */
  private turned(keys: readonly Candidate[]): Candidate[] {
    const isThere = ({ text }: Candidate) => Number(text === this.replaced);
    return keys.map((key) => ({ ...key, isInstead: true })).sort((a, b) => isThere(a) - isThere(b));
  }

  /** Written under one of its keys: who writes 减少 does not write 增加. */
  private isStated(column: ColumnSpec): boolean {
    return keysOf(column).some((name) => this.written.has(name));
  }

  /** What an item is about comes first; where nothing of it is written, as its neighbours are. */
  item(place: Extract<StatementPlace, { level: 'facets' }>, known: Analysis): Candidate[] {
    const { section } = place;
    const { list, siblings, style, typed } = this.slot;
    // In braces an item has no place of its own.
    if (!list && (style === 'flow' || siblings.length > 0)) return [];
    const id = { subject: 'subject', project: 'code', indicator: 'indicator' }[section.items!];
    const identity = this.own('itemKeys', id);
    const facets = this.facets(section);
    if (siblings.length > 0 || this.slot.hasColon) return [...identity, ...facets];
    const neighbour = list?.items[Math.max(0, list.index - 1)];
    const isAbout = ({ key }: Field) => itemKeys.get(key) === id;
    const fields = neighbour ? fieldsLike(neighbour, section) : [];
    const own = fields.find(isAbout) ?? { key: identity[0]!.text, holds: 'value' as const };
    const others = fields.filter((field) => !isAbout(field));
    const form = neighbour
      ? formOf(neighbour, this.slot.tree)
      : list?.style === 'flow'
        ? 'line'
        : 'block';
    const usual = others.length > 0 ? others : usualFields(section);
    const figures = itemFigures(place, known.disclosure ?? this.slot.disclosure, known.rulebook);
    const isFigure = ({ key }: Field) => facetsOf(section).get(key)?.column.id === figures?.column;
    const about = (subject: Candidate): Candidate => {
      const code = subject.text;
      const value = figures?.of(code) ?? '';
      const mayDiffer = value !== vocabulary.derived;
      const said = usual.map((field) =>
        value !== '' && isFigure(field) ? { ...field, value, mayDiffer } : field,
      );
      const fields = [{ ...own, value: code }, ...said];
      return { ...subject, holds: 'value', item: { fields, form: neighbour ? form : 'line' } };
    };
    const { slot, catalog } = this;
    const isSubject = section.items === 'subject';
    return [
      // Whole items of the subjects that have none come before anything that is only begun.
      ...(isSubject && typed === '' ? missingSubjects(slot, catalog).map(about) : []),
      ...identity.map((key) => ({ ...key, item: { fields: [own, ...others], form } })),
      // In the column of the dashes the next item begins, with what it is about.
      ...(slot.glue === DASH ? [] : facets),
      ...(isSubject && typed !== '' ? freeSubjects(slot, catalog).map(about) : []),
    ];
  }

  acceptance(): Candidate[] {
    const keys = Object.values(vocabulary.acceptanceKeys).flatMap((named) =>
      this.of(named, 'value', CompletionItemKind.Keyword),
    );
    return this.needsDash ? this.firstItem(keys.slice(0, -1)) : keys;
  }

  /** Where a list stands, and the place is not in it. */
  private get needsDash(): boolean {
    const { list, style, siblings } = this.slot;
    return !list && style === 'block' && siblings.length === 0;
  }

  /** An item with its dash. */
  private firstItem(keys: readonly Candidate[]): Candidate[] {
    const fields = keys.map(({ text, holds = 'value' }): Field => ({ key: text, holds }));
    return keys.slice(0, 1).map((key) => ({ ...key, item: { fields, form: 'block' } }));
  }

  /** The fields that the nearest row around has; below a subject mostly the amount alone. */
  private rowShape(section: SectionSpec, isBelow: boolean): RowShape {
    const rows = this.slot.siblings.filter(({ key }) => isRow(key.text, section));
    const neighbour = rows.findLast(({ value }) => value?.kind === 'map')?.value;
    if (neighbour) {
      const fields = fieldsLike(neighbour, section);
      return { holds: 'row', fields, form: formOf(neighbour, this.slot.tree) };
    }
    const isPlain = rows.length > 0 || isBelow || section.columns.length === 1;
    if (isPlain) return { holds: 'value' };
    const fields = this.printedFields(section);
    return { holds: 'row', ...(fields.length > 0 && { fields }) };
  }

  /** The fields that the form prints in a row; where a total is left to the server, so is what it comes from. */
  private printedFields(section: SectionSpec): Field[] {
    const { siblings, disclosure } = this.slot;
    const isLeft = siblings.some(({ value }) => isDerived(value));
    return printedColumns(section, disclosure.layout).flatMap((column): Field[] => {
      if (column.group !== undefined) return [];
      const holds = column.kind === 'list' ? 'words' : 'value';
      const value = isLeft && isComputable(column) ? { value: vocabulary.derived } : {};
      return [{ key: column.key, holds, ...value }];
    });
  }
}

/** All that a column may be written as, as keys are compared. */
const keysOf = ({ key, alias = [], opposite }: ColumnSpec): string[] =>
  [key, ...alias, ...(opposite ? [opposite.key, ...(opposite.alias ?? [])] : [])].map(normalizeKey);

type RowShape = Required<Pick<Candidate, 'holds'>> & Pick<Candidate, 'fields' | 'form'>;

/** Whether a key is that of a row which says how others are written: a total may be a figure alone. */
function isRow(key: string, section: SectionSpec): boolean {
  const row = rowsOf(section).get(key);
  return row ? !row.total : /^\d+$/.test(normalizeKey(key)) || section.names === true;
}

/** The keys of a row or item as it writes them, empty; not what it consists of, nor what only it can say. */
export function fieldsLike(node: SyntaxNode, section: SectionSpec): Field[] {
  if (node.kind !== 'map') return [];
  return node.entries.flatMap((entry: Entry): Field[] => {
    const key = entry.key.text;
    if (itemKeys.get(key) === 'nested') return [];
    const column = facetsOf(section).get(key)?.column;
    if (column?.kind === 'list') return [{ key, holds: 'words' }];
    const isGroup = column === undefined && groupOf(key, section) !== undefined;
    if (isGroup || entry.value?.kind === 'map') return [{ key, holds: 'row' }];
    if (isDerived(entry.value)) return [{ key, holds: 'value', value: vocabulary.derived }];
    return [{ key, holds: entry.value?.kind === 'sequence' ? 'words' : 'value' }];
  });
}

const isDerived = (node: SyntaxNode | undefined) =>
  node?.kind === 'scalar' && node.text === vocabulary.derived;

/** Of an item that has no neighbour: what its paragraph mostly says. */
function usualFields({ columns }: SectionSpec): Field[] {
  return ITEM_COLUMNS.flatMap((id) => {
    const column = columns.find((one) => one.id === id);
    return column ? [{ key: column.key, holds: 'value' as const }] : [];
  });
}

/** What the text of a layout gives in a row of a section. */
function printedColumns(section: SectionSpec, { narrative }: Layout): ColumnSpec[] {
  const spec = vocabulary.statements.find(({ sections }) => sections.includes(section));
  const printed = narrative.find(({ id }) => id === spec?.id);
  const here = printed && ('sections' in printed ? printed.sections[section.id] : printed);
  return section.columns.filter(({ id }) => here?.columns?.includes(id));
}
