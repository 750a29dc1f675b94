import type {
  ColumnSpec,
  RowSpec,
  SectionSpec,
  TableSpec,
  Vocabulary,
} from '../src/disclosure/vocabulary';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
}

/** Counts the places where something is to be typed. */
class Places {
  private last = 0;
  constructor(private readonly json: boolean) {}

  /** A place for a value; in JSON an empty one would be an error. */
  value(): string {
    return this.json ? this.named('null') : `$${++this.last}`;
  }
  named(text: string): string {
    return `\${${++this.last}:${text}}`;
  }
  choice(words: readonly string[]): string {
    return `\${${++this.last}|${words.join(',')}|}`;
  }
}

type Lines = readonly (readonly [key: string, value: string | Lines])[];

/** Snippets of VS Code: every table of the forms, and what the sections behind them list. */
export function snippets(
  vocabulary: Vocabulary,
  language: 'yaml' | 'json',
): Record<string, Snippet> {
  const json = language === 'json';
  const write = json ? writeJson : writeYaml;
  const layout = vocabulary.layouts[0]!;
  const tables = layout.tables.flatMap(({ id, columns }) => {
    const spec = vocabulary.tables.find((table) => table.id === id);
    return spec ? [tableSnippet(spec, columns, new Places(json), write, json)] : [];
  });
  const all = [...tables, ...itemSnippets(vocabulary, json)];
  return Object.fromEntries(all.map((snippet) => [snippet.prefix, snippet]));
}

function tableSnippet(
  { key, en, sections }: TableSpec,
  ids: readonly string[] | undefined,
  places: Places,
  write: (lines: Lines) => string,
  json: boolean,
): Snippet {
  const body = sections.flatMap((section): Lines => {
    const columns = section.columns.filter(({ id }) => !ids || ids.includes(id));
    const rows = rowsOf(section, columns, places, json);
    return section.key ? [[section.key, rows]] : rows;
  });
  return { prefix: key, description: `${key}: ${en}`, body: write([[key, body]]) };
}

function rowsOf(
  { rows, codes }: SectionSpec,
  columns: readonly ColumnSpec[],
  places: Places,
  json: boolean,
): Lines {
  const row = () =>
    columns.length === 1
      ? places.value()
      : flow(
          columns.map(({ key }) => [key, places.value()]),
          json,
        );
  const content = ({ parts, totalKey = '' }: RowSpec): string | Lines =>
    parts ? [[totalKey, row()], ...parts.map(({ key }) => [key, row()] as const)] : row();
  const subject = codes
    ? [[places.named(SUBJECTS[codes.levels[0]!]![codes.classification]), row()] as const]
    : [];
  const printed = rows.map((spec) => [spec.key, content(spec)] as const);
  // Subjects stand before what they come to where the form has lines for them.
  return codes?.levels.length === 3 ? [...printed, ...subject] : [...subject, ...printed];
}

/** A subject to be typed over, by the shortest code that a table takes. */
const SUBJECTS: Readonly<Record<number, Record<'functional' | 'economic', string>>> = {
  3: { functional: '208', economic: '301' },
};

/** One more of a list: an item of the narrative, an indicator, an accepted finding. */
function itemSnippets(vocabulary: Vocabulary, json: boolean): Snippet[] {
  const { acceptanceKeys, itemKeys, words } = vocabulary;
  const item = (
    prefix: string,
    en: string,
    cells: (places: Places) => [string, string][],
  ): Snippet => {
    const written = flow(cells(new Places(json)), json);
    return { prefix, description: `${prefix}: ${en}`, body: json ? written : `- ${written}` };
  };
  const narrative = column(vocabulary, 'N5', 'items');
  const indicators = column(vocabulary, 'F', 'indicators');
  const directions = ['more', 'less', 'same'].flatMap((one) => words['directions']![one]![0]!);
  const quoted = (text: string) => (json ? `"${text}"` : text);
  return [
    item('各项', 'an item of the narrative', (places) => [
      [itemKeys['subject']!.key, places.named('2080101')],
      [narrative('budget'), places.value()],
      [narrative('amount'), places.value()],
      [narrative('completion'), places.value()],
      [narrative('direction'), quoted(places.choice(directions))],
      [narrative('reason'), places.value()],
    ]),
    item('指标', 'a performance indicator', (places) => [
      [
        indicators('group'),
        quoted(places.choice(Object.values(words['groups']!).flatMap(([word]) => word ?? []))),
      ],
      [vocabulary.rowKeys['printed']!.key, quoted(places.named('名称'))],
      [indicators('target'), places.value()],
      [indicators('actual'), places.value()],
      [indicators('weight'), places.value()],
      [indicators('score'), places.value()],
    ]),
    item('审核说明', 'an accepted finding', (places) => [
      [acceptanceKeys.rule.key, quoted(places.named('t1.balance'))],
      [acceptanceKeys.path.key, quoted(places.named('收入支出决算总表/收入/总计'))],
      [acceptanceKeys.reason.key, quoted(places.named(vocabulary.pendingReason))],
    ]),
  ];
}

/** Keys of the columns of a side of a statement, by their ids. */
function column(vocabulary: Vocabulary, table: string, side: string): (id: string) => string {
  const sections = vocabulary.statements.find(({ id }) => id === table)?.sections;
  const columns = sections?.find(({ id }) => id === side)?.columns;
  return (id) => {
    const found = columns?.find((one) => one.id === id);
    if (!found) throw new Error(`no column ${id} in ${table}/${side}`);
    return found.key;
  };
}

function flow(cells: readonly (readonly [string, string])[], json: boolean): string {
  return `{${cells.map(([key, value]) => `${json ? JSON.stringify(key) : key}: ${value}`).join(', ')}}`;
}

function writeYaml(lines: Lines, indent = ''): string {
  return lines
    .map(([key, value]) => {
      if (typeof value === 'string') return `${indent}${key}: ${value}`;
      return `${indent}${key}:\n${writeYaml(value, `${indent}  `)}`;
    })
    .join('\n');
}

function writeJson(lines: Lines, indent = ''): string {
  return lines
    .map(([key, value]) => {
      const name = `${indent}"${key}": `;
      if (typeof value === 'string') return `${name}${value}`;
      return `${name}{\n${writeJson(value, `${indent}  `)}\n${indent}}`;
    })
    .join(',\n');
}
