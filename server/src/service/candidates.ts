import { CompletionItemKind } from 'vscode-languageserver-types';
import { nameIn, type Catalog } from '../catalog/catalog';
import { isSubjectKey } from '../catalog/places';
import type { Cell, Disclosure, Table } from '../disclosure/model';
import { headKeys, rowKeys, rowsOf, sidesOf, tableKeys, tablesByKey } from '../disclosure/ownKeys';
import { codeIn } from '../disclosure/statementItems';
import {
  normalizeKey,
  vocabulary,
  type Named,
  type RowSpec,
  type SectionSpec,
  type TableSpec,
} from '../disclosure/vocabulary';
import type { Entry, SyntaxTree } from '../syntax/tree';
import { freeSubjects, markTaken, subjectsFor } from './codeCandidates';
import type { Analysis } from './analysis';
import { formOf, words, type Candidate, type Field } from './candidate';
import type { Slot } from './completionSlot';
import { impliedRatios, impliedValues } from './impliedValues';
import type { Locale } from './messages';
import { statementKeys } from './statementCandidates';
import { statementAt } from './statementPlace';
import { statementItems, statementValues } from './statementValues';

/** In the order of the form, not of the alphabet. */
export function candidatesFor(slot: Slot, known: Analysis, locale: Locale): Candidate[] {
  const place = slot.kind === 'key' ? statementAt(slot.around) : undefined;
  if (place?.level === 'words' || place?.level === 'printed') {
    return slot.list ? statementItems(slot, known, place) : [];
  }
  if (place) return statementKeys(slot, place, known);
  if (slot.kind === 'value') return values(slot, known, locale);
  return slot.list ? [] : keys(slot, known.catalog);
}

function keys(slot: Slot, catalog: Catalog): Candidate[] {
  const { around, siblings, disclosure, typed } = slot;
  const written = new Set(siblings.map(({ key }) => normalizeKey(key.text)));
  const isFree = ({ key, alias = [] }: Named) =>
    ![key, ...alias].some((name) => written.has(normalizeKey(name)));
  const free = ({ text, en = '' }: Candidate) => isFree({ key: text, en });
  const within = whereabouts(around, disclosure);
  if (!within) return [];
  if (within.level === 'file') {
    return [...Object.entries(vocabulary.head)]
      .filter(([, named]) => isFree(named))
      .map(([id, named]) => headKey(id, named))
      .concat(tableTitles(disclosure, isFree), sectionKeys(isFree));
  }
  const { spec, table, section } = within;
  switch (within.level) {
    case 'sides':
      return [
        ...spec.sections.map(({ key, en }) => ({
          text: key!,
          kind: CompletionItemKind.Module,
          holds: 'map' as const,
          ...(en !== undefined && { en }),
        })),
        ...ownKeys(isFree),
      ].filter(free);
    case 'rows': {
      const shape = rowShape(table, section, slot.tree);
      const fixed = section.rows.filter(isFree).map((row) => rowKey(section, row, shape));
      const subjects = subjectsFor({ slot, spec, section, catalog });
      const codes = markTaken(subjects, written, typed).map((subject): Candidate => ({
        ...subject,
        holds: contentOf(section),
        ...shape,
      }));
      return section.id === '' ? [...fixed, ...codes, ...ownKeys(isFree)] : [...codes, ...fixed];
    }
    case 'parts': {
      const { totalKey = '', parts = [] } = within.row!;
      const total = { text: totalKey, kind: CompletionItemKind.Field, holds: 'value' as const };
      return [total, ...parts.map((part) => rowKey(section, part, {}))].filter(free);
    }
    case 'columns': {
      const { name } = vocabulary.rowKeys;
      const columns = (table?.columnsOf(section) ?? section.columns).filter(isFree);
      return [...columns, ...(section.codes && name && isFree(name) ? [name] : [])].map(
        ({ key, en }) => ({ text: key, kind: CompletionItemKind.Property, holds: 'value', en }),
      );
    }
  }
}

interface Inside {
  readonly level: 'sides' | 'rows' | 'parts' | 'columns';
  readonly spec: TableSpec;
  /** Undefined while what stands in it cannot be read. */
  readonly table: Table | undefined;
  readonly section: SectionSpec;
  readonly row?: RowSpec;
}

/** What the map at the end of a path of entries holds. */
function whereabouts(
  around: readonly Entry[],
  disclosure: Disclosure,
): Inside | { readonly level: 'file' } | undefined {
  const [first, ...path] = around;
  if (!first) return { level: 'file' };
  const spec = tablesByKey.get(first.key.text);
  if (!spec) return undefined;
  const table = disclosure.tables.get(spec.id);
  const [main] = spec.sections;
  let section = main!;
  if (main!.id !== '') {
    const side = path.shift();
    if (!side) return { level: 'sides', spec, table, section };
    const found = sidesOf(spec).get(side.key.text);
    if (!found) return undefined;
    section = found;
  }
  const [line, ...deeper] = path;
  if (!line) return { level: 'rows', spec, table, section };
  if (deeper.length > 0) return undefined;
  const row = rowsOf(section).get(line.key.text);
  const isTableKey = !row && tableKeys.get(line.key.text) !== undefined;
  if (isTableKey) return undefined;
  return row?.parts
    ? { level: 'parts', spec, table, section, row }
    : { level: 'columns', spec, table, section };
}

function headKey(id: string, { key, en }: Named): Candidate {
  const value = id === 'format' ? { value: vocabulary.format } : {};
  return { text: key, kind: CompletionItemKind.Keyword, holds: 'value', en, ...value };
}

function tableTitles({ layout }: Disclosure, isFree: (named: Named) => boolean): Candidate[] {
  return layout.tables.flatMap(({ id, title, number }) => {
    const spec = vocabulary.tables.find((table) => table.id === id)!;
    if (!isFree(spec)) return [];
    const kind = CompletionItemKind.Struct;
    return [{ text: title, kind, holds: 'map', en: spec.en, ...(number && { name: number }) }];
  });
}

/** What stands beside the tables. */
function sectionKeys(isFree: (named: Named) => boolean): Candidate[] {
  return Object.entries(vocabulary.sections)
    .filter(([, named]) => isFree(named))
    .map(([id, { key, en }]) => {
      const own = vocabulary.statements.filter(({ section }) => section === id);
      const isList = id === 'accepted' || own.some(({ repeated }) => repeated);
      const holds = isList ? 'list' : own.length > 0 ? 'map' : 'value';
      return { text: key, kind: CompletionItemKind.Struct, holds, en };
    });
}

function ownKeys(isFree: (named: Named) => boolean): Candidate[] {
  return Object.values(vocabulary.tableKeys)
    .filter(isFree)
    .map(({ key }) => ({ text: key, kind: CompletionItemKind.Keyword, holds: 'value' }));
}

function rowKey(section: SectionSpec, { key, en }: RowSpec, shape: RowShape): Candidate {
  return { text: key, kind: CompletionItemKind.Field, holds: contentOf(section), en, ...shape };
}

type RowShape = Pick<Candidate, 'fields' | 'form'>;

/** How the rows around are written: the columns that some of them have, else all that the form has. */
function rowShape(table: Table | undefined, section: SectionSpec, tree: SyntaxTree): RowShape {
  if (section.columns.length === 1) return {};
  const rows = [...(table?.rows.values() ?? [])].filter((row) => row.section === section);
  const used = new Set(rows.flatMap(({ values }) => [...values.keys()]));
  const columns = (table?.columnsOf(section) ?? section.columns).filter(
    ({ id }) => used.size === 0 || used.has(id),
  );
  const last = rows.findLast(({ values }) => values.size > 0)?.entry?.value;
  // As the file spells them.
  const written = new Map(
    rows.flatMap(({ values }) => [...values].map(([id, { key }]) => [id, key.text] as const)),
  );
  // What a row comes to is left to the server where that of the row before is.
  const isDerived = (column: string) => {
    const cells = rows.map((row) => table?.cell(row.id, column));
    return cells.findLast((cell) => cell && isSaid(cell))?.state === 'derived';
  };
  return {
    fields: columns.map(({ id, key, total = false }): Field => ({
      key: written.get(id) ?? key,
      holds: 'value',
      ...(total && columns.length > 1 && isDerived(id) && { value: vocabulary.derived }),
    })),
    ...(last && { form: formOf(last, tree) }),
  };
}

const isSaid = ({ state }: Cell) => state === 'amount' || state === 'derived';

const contentOf = ({ columns }: SectionSpec): 'row' | 'value' =>
  columns.length > 1 ? 'row' : 'value';

function values(slot: Slot, known: Analysis, locale: Locale): Candidate[] {
  const { catalog } = known;
  const own = slot.around.at(-1)!;
  const outer = slot.around.slice(0, -1);
  if (outer.length === 0) return words(headValues(headKeys.get(own.key.text)));
  if (isSubjectKey(own.key.text)) return freeSubjects(slot, catalog);
  const stated = statementValues(slot, known);
  if (stated.length > 0) return stated;
  const { disclosure } = slot;
  const cell = disclosure.cellOf(own);
  if (cell) {
    const implied = impliedValues(cell.id, known, locale);
    // What stands in per cent no relation computes.
    if (cell.unit.measure === 'ratio') {
      return implied.length > 0 ? implied : impliedRatios(cell, known);
    }
    return [...implied, { text: vocabulary.derived, kind: CompletionItemKind.Keyword }];
  }
  const within = whereabouts(outer, disclosure);
  if (!within || within.level === 'file') return [];
  if (within.level === 'sides' || within.level === 'rows') {
    return tableKeys.get(own.key.text) === 'unit' ? words(Object.keys(vocabulary.units)) : [];
  }
  const { codes } = within.section;
  const code = codeIn(within.section, outer.at(-1)!.key);
  const isName = rowKeys.get(own.key.text) === 'name';
  const entry = isName && code ? catalog.lookup(code, codes!.classification) : undefined;
  return entry ? words([nameIn(entry, disclosure.year)]) : [];
}

function headValues(id: string | undefined): readonly string[] {
  switch (id) {
    case 'format':
      return [vocabulary.format];
    case 'kind':
      return vocabulary.kinds;
    case 'unit':
      return Object.keys(vocabulary.units);
    case 'layout':
      return vocabulary.layouts.map(({ key }) => key);
    case 'rounding':
      return vocabulary.rounding.map(({ key }) => key);
    default:
      return [];
  }
}
