/** A new file being filled in, as a preparer does: table by table, line by line. */
import { isNonZero, type Disclosure, type Table } from '../../server/src/disclosure/model';
import { editCell } from '../../server/src/service/edits';
import { analyzeText, applyEdits } from './examples';

const PATH = 'a.disclosure.yaml';

/** Whether totals are typed as the forms print them, or left to the server. */
type Totals = 'printed' | 'computed';

/** The text with the first figure of each table, with half of them, with all but one, and with all. */
export function* filledIn(
  skeleton: string,
  right: Disclosure,
  totals: Totals = 'computed',
): Iterable<[string, string]> {
  let text = skeleton;
  for (const table of right.tables.values()) {
    if (table.spec.section !== undefined) continue;
    const count = table.spec.sections.every(({ codes }) => codes && !codes.lines)
      ? listed(text, table, totals)
      : printed(text, table, totals);
    const all = count.total;
    for (const many of new Set([1, Math.ceil(all / 2), all - 1, all])) {
      if (many < 1 || many > all) continue;
      const name = `${many} of ${all} of 《${table.title}》`;
      yield [name, count.first(many)];
      if (count.hollow && many < all) {
        yield [`${name}, the others without figures`, count.hollow(many)];
        yield [`${name}, and one figure of the next row`, count.half(many)];
      }
    }
    text = count.first(all);
  }
}

interface Filling {
  readonly total: number;
  readonly first: (many: number) => string;
  /** Of a list: with the other rows there but blank; with the first figure of the next one. */
  readonly hollow?: (many: number) => string;
  readonly half: (many: number) => string;
}

/** Rows of a list that the document makes: they are written below its total. */
function listed(text: string, table: Table, totals: Totals): Filling {
  const head = new RegExp(`\\n${table.spec.key}:\\n {2}合计:.*\\n`).exec(text);
  const rows = [...table.rows.values()].filter(({ code }) => code !== undefined);
  if (!head || rows.length === 0) return printed(text, table, totals);
  const cells = rows.map((row) =>
    table.columnsOf(row.section).flatMap(({ id, key, total = false }) => {
      const cell = table.cell(row.id, id);
      if (total && totals === 'computed') return `${key}: 自动`;
      return cell && isNonZero(cell) ? `${key}: ${cell.printed}` : [];
    }),
  );
  const lineOf = (row: number, values: readonly string[]) =>
    `  ${rows[row]!.code!}: {${values.join(', ')}}\n`;
  const at = head.index + head[0].length;
  const put = (lines: readonly string[]) => text.slice(0, at) + lines.join('') + text.slice(at);
  const first = (many: number) => cells.slice(0, many).map((values, row) => lineOf(row, values));
  const blank = (values: readonly string[]) => values.map((value) => value.replace(/: .*/, ': '));
  return {
    total: rows.length,
    first: (many) => put(first(many)),
    hollow: (many) => put(cells.map((v, row) => lineOf(row, row < many ? v : blank(v)))),
    half: (many) => put([...first(many), lineOf(many, cells[many]!.slice(0, 1))]),
  };
}

/** Lines that the form prints. */
function printed(text: string, table: Table, totals: Totals): Filling {
  const { disclosure, tree } = analyzeText(text, PATH);
  const open = totals === 'computed' ? ['blank'] : ['blank', 'derived'];
  const edits = [...disclosure!.cells()].flatMap((cell) => {
    if (cell.table.id !== table.id || !open.includes(cell.state)) return [];
    const right = table.cell(cell.row.id, cell.column.id);
    return right && isNonZero(right) ? (editCell(cell, right.printed, tree) ?? []) : [];
  });
  const first = (many: number) => applyEdits(text, edits.slice(0, many));
  return { total: edits.length, first, half: first };
}
