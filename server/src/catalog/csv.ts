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

function parseRows(text: string): Row[] {
  const rows: Row[] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const first = text.startsWith('\uFEFF') ? 1 : 0;
  let start = first;
  for (let i = first; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[i++]!;
      else quoted = false;
    } else if (c === '"' && field === '') quoted = true;
    else if (c === ',') field = next(row, field);
    else if (c === '\n' || c === '\r') {
      row.push(field);
      rows.push({ cells: row, range: { start, end: i } });
      if (c === '\r' && text[i + 1] === '\n') i++;
      start = i + 1;
      row = [];
      field = '';
    } else field += c;
  }
  if (field !== '' || row.length > 0) {
    rows.push({ cells: [...row, field], range: { start, end: text.length } });
  }
  return rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function next(row: string[], field: string): '' {
  row.push(field);
  return '';
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
  return rows.map(({ cells, range }) => ({
    fields: Object.fromEntries(names.map((name, i) => [name, (cells[i] ?? '').trim()])),
    range,
  }));
}
