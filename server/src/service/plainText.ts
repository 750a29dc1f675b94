import { displayWidth } from './format/width';

const TABLE_ROW = /^\|(.*)\|$/;
const RULE_OF_TABLE = /^:?-+:?$/;

/**
 * What our own Markdown says, for editors that show none of it: tables as columns, the rest without
 * its marks. It knows the marks that the hovers of this folder write, no others.
 */
export function plainText(markdown: string): string {
  const out: string[] = [];
  let table: string[] = [];
  const endTable = (): void => {
    if (table.length > 0) for (const row of columns(table)) out.push(row);
    table = [];
  };
  for (const line of markdown.split('\n')) {
    if (TABLE_ROW.test(line)) {
      table.push(line);
      continue;
    }
    endTable();
    out.push(unmarked(line.trimEnd()));
  }
  endTable();
  return out.join('\n');
}

/** Code spans are read first: what stands in one is no mark. */
function unmarked(line: string): string {
  return line
    .replace(/^- /, '· ')
    .split(/`([^`]*)`/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/(\*\*|\*)(?=\S)(.+?)\1/g, '$2')))
    .join('');
}

/** Cells as wide as the widest of their column; figures, which the second row sets right, at the right. */
function columns(lines: readonly string[]): string[] {
  const cellsOf = (line: string) =>
    TABLE_ROW.exec(line)![1]!
      .split('|')
      .map((cell) => unmarked(cell.trim()));
  const rows = lines.map(cellsOf);
  const alignment = rows.find((row) => row.every((cell) => RULE_OF_TABLE.test(cell))) ?? [];
  const shown = rows.filter((row) => row !== alignment && row.some((cell) => cell !== ''));
  const widths = rows[0]!.map((_, at) =>
    shown.reduce((widest, row) => Math.max(widest, displayWidth(row[at] ?? '')), 0),
  );
  return shown.map((row) =>
    row
      .map((cell, at) => {
        const blanks = ' '.repeat(widths[at]! - displayWidth(cell));
        return alignment[at]?.startsWith('-') ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
}
