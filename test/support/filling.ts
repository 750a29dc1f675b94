/** A new file being filled in, as a preparer does: table by table, line by line. */
import { isNonZero, type Disclosure, type Table } from '../../server/src/disclosure/model';
import { editCell } from '../../server/src/service/edits';
import { analyzeText, applyEdits } from './examples';

const PATH = 'a.disclosure.yaml';

/** The text with the first figure of each table, with half of them, with all but one, and with all. */
export function* filledIn(skeleton: string, right: Disclosure): Iterable<[string, string]> {
  let text = skeleton;
  for (const table of right.tables.values()) {
    if (table.spec.section !== undefined) continue;
    const count = table.spec.sections.every(({ codes }) => codes && !codes.lines)
      ? listed(text, table)
      : printed(text, table);
    const all = count.total;
    for (const many of new Set([1, Math.ceil(all / 2), all - 1, all])) {
      if (many < 1 || many > all) continue;
      yield [`${many} of ${all} of 《${table.title}》`, count.first(many)];
    }
    text = count.first(all);
  }
}

interface Filling {
  readonly total: number;
  readonly first: (many: number) => string;
}

/** Rows of a list that the document makes: they are written below its total. */
function listed(text: string, table: Table): Filling {
  const head = new RegExp(`\\n${table.spec.key}:\\n {2}合计:.*\\n`).exec(text);
  const rows = [...table.rows.values()].filter(({ code }) => code !== undefined);
  if (!head || rows.length === 0) return printed(text, table);
  const lines = rows.map((row) => {
    const cells = table.columnsOf(row.section).flatMap(({ id, key, total = false }) => {
      const cell = table.cell(row.id, id);
      if (total) return `${key}: 自动`;
      return cell && isNonZero(cell) ? `${key}: ${cell.printed}` : [];
    });
    return `  ${row.code!}: {${cells.join(', ')}}\n`;
  });
  const at = head.index + head[0].length;
  return {
    total: lines.length,
    first: (many) => text.slice(0, at) + lines.slice(0, many).join('') + text.slice(at),
  };
}

/** Lines that the form prints. */
function printed(text: string, table: Table): Filling {
  const { disclosure, tree } = analyzeText(text, PATH);
  const edits = [...disclosure!.cells()].flatMap((cell) => {
    if (cell.table.id !== table.id || cell.state !== 'blank') return [];
    const right = table.cell(cell.row.id, cell.column.id);
    return right && isNonZero(right) ? (editCell(cell, right.printed, tree) ?? []) : [];
  });
  return { total: edits.length, first: (many) => applyEdits(text, edits.slice(0, many)) };
}
