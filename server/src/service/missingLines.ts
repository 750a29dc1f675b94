/** Lines of a list by subject that a text leaves out, written like the lines beside them. */
import type { Amount } from '../disclosure/amount';
import { isNonZero, type Cell, type Table } from '../disclosure/model';
import { rowId, sidesOf } from '../disclosure/ownKeys';
import type { Fact } from '../relations/fact';
import { sumOf } from '../repair/lostFigures';
import type { SyntaxTree, TextEdit } from '../syntax/tree';
import { newRow } from './newRow';

/**
 * One edit a fact; the figure is what its table has for the subject, the rest stays blank.
 * Undefined where one of them cannot be written so.
 */
export function missingLines(
  facts: readonly Fact[],
  text: Table,
  tree: SyntaxTree,
): TextEdit[] | undefined {
  const edits = facts.flatMap(({ rule, path, cells }) => {
    const section = sidesOf(text.spec).get(path.at(-2) ?? '');
    const code = path.at(-1);
    const amount = amountIn(cells, text);
    const column = rule.target?.column.name;
    if (!section || code === undefined || !amount || column === undefined) return [];
    return newRow(text, rowId(section, code), new Map([[column, amount]]), tree) ?? [];
  });
  return edits.length === facts.length ? edits : undefined;
}

/** What the rows of a subject come to in the table because of which it has to be stated. */
function amountIn(cells: readonly Cell[], text: Table): Amount | undefined {
  const amounts = cells.flatMap((cell) =>
    cell.table !== text && cell.amount && isNonZero(cell) ? cell.amount : [],
  );
  return amounts.length > 0 ? sumOf(amounts) : undefined;
}
