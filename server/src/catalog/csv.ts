/**
 * Reads CSV as spreadsheets write it (RFC 4180): quoted fields, doubled quotes, any line ends, an
 * optional byte order mark. Anything is readable; an unclosed quote runs to the end of the text.
 * Used when the catalogs are built, and at run time for a catalog that a workspace adds.
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = text.startsWith('\uFEFF') ? 1 : 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[i++]!;
      else quoted = false;
    } else if (c === '"' && field === '') quoted = true;
    else if (c === ',') field = next(row, field);
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      row.push(field);
      rows.push(row);
      row = [];
      field = '';
    } else field += c;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows.filter((cells) => cells.some((cell) => cell !== ''));
}

function next(row: string[], field: string): '' {
  row.push(field);
  return '';
}

/** A row under the names of the header line; a missing field is empty. */
export type CsvRecord = Readonly<Record<string, string>>;

export function parseCsvRecords(text: string): CsvRecord[] {
  const [header = [], ...rows] = parseCsv(text);
  const names = header.map((name) => name.trim());
  return rows.map((cells) =>
    Object.fromEntries(names.map((name, i) => [name, (cells[i] ?? '').trim()])),
  );
}
