import type { TextRange } from '../syntax/tree';

/**
 * Reads CSV as spreadsheets write it (RFC 4180): quoted fields, doubled quotes, any line ends, an
 * optional byte order mark. Anything is readable; an unclosed quote runs to the end of the text.
 * Used when the catalogs are built, and at run time for a catalog that a workspace adds.
 */
export function parseCsv(text: string): string[][] {
  return parseRows(text).map(({ cells }) => cells);
}

interface Row {
  readonly cells: string[];
  readonly range: TextRange;
}

/** What ends a stretch of a field that stands for itself. */
const MARKS = /[",\r\n]/g;

function parseRows(text: string): Row[] {
  const rows: Row[] = [];
  let row: string[] = [];
  let field = '';
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  let at = start;
  while (at < text.length) {
    MARKS.lastIndex = at;
    const mark = MARKS.exec(text)?.index ?? text.length;
    if (mark > at) field += text.slice(at, mark);
    at = mark + 1;
    const c = text[mark];
    if (c === '"') {
      if (field === '') [field, at] = quoted(text, at);
      else field += c;
    } else if (c === ',') {
      row.push(field);
      field = '';
    } else if (c !== undefined) {
      row.push(field);
      rows.push({ cells: row, range: { start, end: mark } });
      if (c === '\r' && text[at] === '\n') at++;
      start = at;
      row = [];
      field = '';
    }
  }
  if (field !== '' || row.length > 0) {
    rows.push({ cells: [...row, field], range: { start, end: text.length } });
  }
  return rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/** What stands between quotes, and where it goes on behind them; two quotes are one that is meant. */
function quoted(text: string, from: number): [string, number] {
  let field = '';
  for (let at = from; ;) {
    const end = text.indexOf('"', at);
    if (end < 0) return [field + text.slice(at), text.length];
    field += text.slice(at, end);
    if (text[end + 1] !== '"') return [field, end + 1];
    field += '"';
    at = end + 2;
  }
}

/** A row under the names of the header line; a missing field is empty. */
export type CsvRecord = Readonly<Record<string, string>>;

export interface LocatedRecord {
  readonly fields: CsvRecord;
  readonly range: TextRange;
}

export function parseCsvRecords(text: string): LocatedRecord[] {
  const [header, ...rows] = parseRows(text);
  const names = (header?.cells ?? []).map((name) => name.trim());
  return rows.map(({ cells, range }) => {
    const fields: Record<string, string> = {};
    for (const [i, name] of names.entries()) fields[name] = (cells[i] ?? '').trim();
    return { fields, range };
  });
}
