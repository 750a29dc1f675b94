import type {
  ColumnSpec,
  RowSpec,
  SectionSpec,
  TableSpec,
  Vocabulary,
} from '../src/disclosure/vocabulary';

const region = (name: string) =>
  new RegExp(`(<!-- generated: ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`);

/** `docs/format.md` with its list of keys brought up to date. */
export function formatDocument(text: string, vocabulary: Vocabulary): string {
  const tables = vocabulary.tables.map((table) => tableText(table, vocabulary)).join('\n');
  const statements = vocabulary.statements
    .map((spec) => statementText(spec, vocabulary))
    .join('\n');
  const into = (content: string) => (_: string, begin: string, end: string) =>
    `${begin}\n${content}\n${end}`;
  return text
    .replace(region('tables'), into(tables))
    .replace(region('statements'), into(statements));
}

/** A section of the narrative, or an annex. */
function statementText(spec: TableSpec, vocabulary: Vocabulary): string {
  const holder = vocabulary.sections[spec.section!]!.key;
  const place = holder === spec.key ? spec.key : `${holder} › ${spec.key}`;
  const repeated = spec.repeated ? ' A list, one form for each project.' : '';
  return `### ${spec.id} ${place}

${capital(spec.en)}.${spellings(spec.alias)}${repeated}

${spec.sections.map((section) => sectionText(section, vocabulary)).join('\n')}`;
}

function tableText(table: TableSpec, vocabulary: Vocabulary): string {
  const forms = vocabulary.layouts.flatMap((layout) => {
    const form = layout.tables.find(({ id }) => id === table.id);
    if (!form) return [];
    const columns = form.columns ? `, only the columns ${code(form.columns)}` : '';
    return [`${layout.key}: ${form.number ? `${form.number} ` : ''}${form.title}${columns}`];
  });
  return `### ${table.id} ${table.key}

${capital(table.en)}.${spellings(table.alias)} ${forms.join('; ')}.

${table.sections.map((section) => sectionText(section, vocabulary)).join('\n')}`;
}

function sectionText(section: SectionSpec, { groups }: Vocabulary): string {
  const { codes } = section;
  const sentences = [];
  if (section.id) sentences.push(`**${section.key}** (\`${section.id}\`, ${section.en}).`);
  if (codes) {
    const digits = codes.levels.join(', ').replace(/, (\d)$/, ' or $1');
    const lines = codes.lines ? ', supplied by the layout' : '';
    const others = section.rows.length > 0 ? ', and those below' : '';
    sentences.push(`Rows: ${codes.classification} codes of ${digits} digits${lines}${others}.`);
  }
  const { items, flat, names, transposed, nested } = section;
  if (items) sentences.push('A list of items.');
  if (flat) sentences.push('The map itself is the row.');
  if (names) sentences.push('Rows are keyed by the names of indicators.');
  if (transposed) sentences.push('Written by columns, which hold the rows.');
  if (nested) sentences.push('A row may hold others under 其中.');
  const intro = sentences.length > 0 ? `${sentences.join(' ')}\n\n` : '';
  return `${intro}| | key | id | other spellings | |
|---|---|---|---|---|
${[...section.columns.map((column) => columnLine(column, groups)), ...rowLines(section.rows)].join('\n')}
`;
}

function columnLine(column: ColumnSpec, groups: Vocabulary['groups']): string {
  const { opposite, kind, group } = column;
  const turned = opposite ? ` / ${opposite.key}` : '';
  const inner = group ? `${groups[group]!.key} › ` : '';
  const named = { ...column, key: `${inner}${column.key}${turned}` };
  return line(kind && kind !== 'money' ? `column (${kind})` : 'column', named);
}

function rowLines(rows: readonly RowSpec[], within = ''): string[] {
  return rows.flatMap((row) => [
    line('row', row, within),
    ...rowLines(row.parts ?? [], `${row.key} › `),
  ]);
}

function line(kind: string, spec: ColumnSpec | RowSpec, within = ''): string {
  const total = spec.total ? 'Σ ' : '';
  const alias = (spec.alias ?? []).join('、');
  return `| ${kind} | ${total}${within}${spec.key} | \`${spec.id}\` | ${alias} | ${spec.en} |`;
}

function spellings(alias: readonly string[] = []): string {
  return alias.length > 0 ? ` Also ${alias.join('、')}.` : '';
}

function code(ids: readonly string[]): string {
  return ids.map((id) => `\`${id}\``).join(', ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
