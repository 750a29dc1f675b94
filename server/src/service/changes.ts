import type { LineRange } from '../syntax/lines';
import type { Analysis } from './analysis';
import { message, type Locale } from './messages';
import { anchorOf, pathOf } from './places';

/** A cell that two versions of a file print differently. */
export interface CellChange {
  readonly path: string;
  /** Where it stands in the earlier version. */
  readonly range: LineRange;
  readonly before: string;
  readonly after: string;
}

/** What a repair changed, cell by cell in the order of the text. */
export function cellChanges(before: Analysis, after: Analysis, locale: Locale): CellChange[] {
  const shown = (printed: string) => (printed === '' ? message(locale, 'blank') : printed);
  return [...(after.disclosure?.cells() ?? [])]
    .flatMap((cell) => {
      const { table, row, column } = cell;
      const old = before.disclosure?.cell(table.spec.id, row.id, column.id);
      if (!old || old.printed === cell.printed) return [];
      const range = before.lines.range(anchorOf(old, before.tree));
      return [
        { path: pathOf(cell), range, before: shown(old.printed), after: shown(cell.printed) },
      ];
    })
    .sort(({ range: { start: a } }, { range: { start: b } }) => {
      return a.line - b.line || a.character - b.character;
    });
}
