/** Tables, and items of lists, written whole with places to be filled in. */
import {
  vocabulary,
  type ColumnSpec,
  type Layout,
  type RowSpec,
  type SectionSpec,
  type TableSpec,
} from '../disclosure/vocabulary';
import type { Language } from '../syntax/tree';

/** A text with places to be filled in, as editors write them: `$1`, `${2:208}`, `${3|增加,减少|}`. */
export interface Snippet {
  /** What it is found by, and of an item the key of its list. */
  readonly prefix: string;
  readonly en: string;
  readonly body: string;
  /** The id of the table that it is; undefined for an item of a list. */
  readonly table?: string;
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

/** Every table of a layout with its columns, a row of each kind. */
export function tableSnippets({ tables }: Layout, language: Language): Snippet[] {
  const json = language === 'json';
  return tables.flatMap(({ id, title, columns }) => {
    const spec = vocabulary.tables.find((table) => table.id === id);
    return spec ? [tableSnippet(spec, title, columns, new Places(json), json)] : [];
  });
}

function tableSnippet(
  { id, en, sections }: TableSpec,
  title: string,
  ids: readonly string[] | undefined,
  places: Places,
  json: boolean,
): Snippet {
  const body = sections.flatMap((section): Lines => {
    const columns = section.columns.filter(({ id }) => !ids || ids.includes(id));
    const rows = rowsOf(section, columns, places, json);
    return section.key ? [[section.key, rows]] : rows;
  });
  const lines: Lines = [[title, body]];
  return { prefix: title, en, body: json ? writeJson(lines) : writeYaml(lines), table: id };
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

/** The ids of what the paragraph of a subject mostly says, in its order. */
export const ITEM_COLUMNS: readonly string[] = [
  'budget',
  'amount',
  'completion',
  'direction',
  'reason',
];

interface Figure {
  readonly column: string;
  readonly text: string;
}

/**
 * One more of a list: an item of the narrative, an indicator, an accepted finding; without its dash.
 * @param subject what an item of the narrative is likely about
 * @param figure what it says then by itself, and in which column
 */
export function itemSnippets(language: Language, subject = '', figure?: Figure): Snippet[] {
  const json = language === 'json';
  const { acceptanceKeys, itemKeys, words } = vocabulary;
  const item = (
    prefix: string,
    en: string,
    cells: (places: Places) => [string, string][],
  ): Snippet => {
    return { prefix, en, body: flow(cells(new Places(json)), json) };
  };
  const narrative = column('N5', 'items');
  const indicators = column('F', 'indicators');
  const directions = ['more', 'less', 'same'].flatMap((one) => words['directions']![one]![0]!);
  const quoted = (text: string) => (json ? `"${text}"` : text);
  // A figure is that of the subject, which may be typed over.
  const said = (text: string, places: Places) =>
    text === vocabulary.derived
      ? quoted(text)
      : places.named(text.includes(',') ? `"${text}"` : text);
  return [
    item('各项', 'an item of the narrative', (places) => [
      [itemKeys['subject']!.key, subject === '' ? places.value() : places.named(subject)],
      ...ITEM_COLUMNS.map((id): [string, string] => [
        narrative(id),
        id === 'direction'
          ? quoted(places.choice(directions))
          : id === figure?.column && figure.text !== ''
            ? said(figure.text, places)
            : places.value(),
      ]),
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
function column(table: string, side: string): (id: string) => string {
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
