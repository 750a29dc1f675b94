import {
  groupKeys,
  itemKeys,
  rowKeys,
  rowsOf,
  sectionKeys,
  sidesOf,
  statementsIn,
} from '../disclosure/ownKeys';
import { facetsOf } from '../disclosure/statementData';
import { codeIn } from '../disclosure/statementItems';
import {
  vocabulary,
  type ColumnSpec,
  type GroupSpec,
  type SectionSpec,
  type TableSpec,
} from '../disclosure/vocabulary';
import type { Entry } from '../syntax/tree';

/** What a map, or a list of words, of the narrative or an annex holds. */
export type StatementPlace =
  /** Statements, in a section that has several: 决算情况说明. */
  | { readonly level: 'section'; readonly specs: readonly TableSpec[] }
  /** Sides, or the rows or facets of the only one. */
  | { readonly level: 'body'; readonly spec: TableSpec }
  | {
      readonly level: 'rows';
      readonly spec: TableSpec;
      readonly section: SectionSpec;
      /** The subject under whose 其中 they stand. */
      readonly above?: string;
    }
  | ({ readonly level: 'facets' } & StatementRow)
  | ({
      readonly level: 'group';
      readonly group: GroupSpec & { readonly id: string };
    } & StatementRow)
  /** 主要包括: [], 印作: [] */
  | ({ readonly level: 'words'; readonly column: ColumnSpec } & StatementRow)
  | ({ readonly level: 'printed' } & StatementRow)
  /** 项目: {代号, 印作} */
  | { readonly level: 'project' }
  /** Names of indicators. */
  | { readonly level: 'names' }
  /** An entry of 审核说明. */
  | { readonly level: 'acceptance' };

interface StatementRow {
  readonly spec: TableSpec;
  readonly section: SectionSpec;
  /** The id of the row, without its side; undefined for an item, which says by a key which it is. */
  readonly row?: string;
}

export const groupOf = (key: string, { columns }: SectionSpec) => {
  const group = groupKeys.get(key);
  return group && columns.some((column) => column.group === group.id) ? group : undefined;
};

/** What stands at the end of a path of entries; undefined where nothing is known of it. */
export function statementAt(around: readonly Entry[]): StatementPlace | undefined {
  const [first, ...path] = around;
  const id = first && sectionKeys.get(first.key.text);
  if (id === undefined) return undefined;
  if (id === 'accepted') return path.length === 0 ? { level: 'acceptance' } : undefined;
  const specs = vocabulary.statements.filter(({ section }) => section === id);
  const own = specs.find(({ key }) => key === vocabulary.sections[id]!.key);
  if (own) return inBody(own, path);
  const [name, ...rest] = path;
  if (!name) return specs.length > 0 ? { level: 'section', specs } : undefined;
  const spec = statementsIn(id).get(name.key.text);
  return spec && inBody(spec, rest);
}

function inBody(spec: TableSpec, path: readonly Entry[]): StatementPlace | undefined {
  const [next, ...rest] = path;
  if (!next) return { level: 'body', spec };
  const name = next.key.text;
  const side = sidesOf(spec).get(name);
  if (side) return inSection(spec, side, rest);
  if (spec.repeated && itemKeys.get(name) === 'project') return inProject(rest);
  const main = spec.sections.find(({ id }) => id === '');
  return main && inSection(spec, main, path);
}

function inSection(
  spec: TableSpec,
  section: SectionSpec,
  path: readonly Entry[],
): StatementPlace | undefined {
  if (section.flat !== undefined) return inRow({ spec, section, row: section.flat }, path);
  return section.items ? inRow({ spec, section }, path) : inRows(spec, section, path);
}

function inRows(
  spec: TableSpec,
  section: SectionSpec,
  path: readonly Entry[],
  above?: string,
): StatementPlace | undefined {
  const [line, ...rest] = path;
  if (!line) return { level: 'rows', spec, section, ...(above !== undefined && { above }) };
  const name = line.key.text;
  if (section.transposed) {
    return facetsOf(section).get(name) && rest.length === 0 ? { level: 'names' } : undefined;
  }
  const row =
    rowsOf(section).get(name)?.id ??
    codeIn(section, line.key) ??
    (section.names ? name.trim() : undefined);
  return row === undefined ? undefined : inRow({ spec, section, row }, rest);
}

function inRow(row: StatementRow, path: readonly Entry[]): StatementPlace | undefined {
  const { spec, section } = row;
  const [next, ...rest] = path;
  if (!next) return { level: 'facets', ...row };
  const name = next.key.text;
  if (section.nested && itemKeys.get(name) === 'nested') {
    return inRows(spec, section, rest, row.row);
  }
  const group = groupOf(name, section);
  const column = facetsOf(section).get(name)?.column;
  if (!group && !column && itemKeys.get(name) === 'project') return inProject(rest);
  if (rest.length > 0) return undefined;
  if (group) return { level: 'group', group, ...row };
  if (column?.kind === 'list') return { level: 'words', column, ...row };
  return rowKeys.get(name) === 'printed' ? { level: 'printed', ...row } : undefined;
}

const inProject = (path: readonly Entry[]): StatementPlace | undefined =>
  path.length === 0 ? { level: 'project' } : undefined;
