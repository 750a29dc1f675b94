import {
  vocabulary,
  type ColumnSpec,
  type Layout,
  type Printed,
  type SectionSpec,
} from '../../disclosure/vocabulary';
import { isComputable } from './computed';
import type { Content, Written } from './written';

/** The sections of the narrative that a layout prints, each with the facets that its text gives. */
export function narrativeOf({ narrative }: Layout): Written {
  return narrative.flatMap((printed): Written => {
    const spec = vocabulary.statements.find(({ id }) => id === printed.id);
    if (!spec) return [];
    const entries = spec.sections.flatMap((section): Written => {
      const here =
        'sections' in printed
          ? printed.sections[section.id]
          : section.id === ''
            ? printed
            : undefined;
      if (!here) return [];
      const inside = rowsOf(section, here);
      if (!section.key) return inside;
      return [[section.key, { entries: inside }]];
    });
    return [[spec.key, { entries }]];
  });
}

/** Rows that every text has; those by subject or indicator are the file's own. */
function rowsOf(section: SectionSpec, printed: Printed): Written {
  const { columns = [], total = columns, rows } = printed;
  if (section.flat !== undefined) return facetsOf(section, columns);
  return section.rows
    .filter(({ id }) => !rows || rows.includes(id))
    .map((row) => {
      const facets = facetsOf(section, row.total ? total : columns);
      const [only, ...more] = facets;
      return [row.key, only && more.length === 0 ? only[1] : { cells: facets }];
    });
}

/** Facets by their keys, those of a group under its own. */
function facetsOf(section: SectionSpec, ids: readonly string[]): Written {
  const columns = ids.flatMap((id) => section.columns.find((column) => column.id === id) ?? []);
  return columns.flatMap((column, at): Written => {
    const { group } = column;
    if (group === undefined) return [[column.key, valueOf(column)]];
    if (columns[at - 1]?.group === group) return [];
    const cells = columns.filter((one) => one.group === group).map((one) => [one.key, ''] as const);
    return [[vocabulary.groups[group]!.key, { cells }]];
  });
}

/** What a table may print as well, or others come to, is left to the server. */
const valueOf = (column: ColumnSpec): Content => (isComputable(column) ? vocabulary.derived : '');
