import { isFigure } from '../../disclosure/figure';
import type { Cell } from '../../disclosure/model';
import type { ColumnSpec } from '../../disclosure/vocabulary';
import type { Language } from '../../syntax/tree';
import { analyze } from '../analyze';
import { editCell } from '../edits';
import { apply } from '../textChanges';

/** Whether a facet of the narrative is one that a table may print as well, or others come to. */
export const isComputable = (column: ColumnSpec): boolean =>
  column.group === undefined && isFigure(column) && column.kind !== 'percent';

/**
 * Of what is left to the server, that stays which it can compute; the rest is for the user to write.
 * @param isOpen which of the cells that are left to it are to be looked at
 */
export function decided(
  text: string,
  language: Language,
  isOpen: (cell: Cell) => boolean = () => true,
): string {
  const source = { path: `new.disclosure.${language}`, text, language };
  const { disclosure, tree } = analyze(source, { severities: {} });
  const open = [...(disclosure?.cells() ?? [])].filter(
    (cell) => cell.state === 'derived' && cell.amount === undefined && isOpen(cell),
  );
  return apply(
    text,
    open.flatMap((cell) => editCell(cell, '', tree) ?? []),
  );
}
