import type {
  ColumnSpec,
  RowSpec,
  SectionSpec,
  TableSpec,
  Vocabulary,
} from '../src/disclosure/vocabulary';

const REGION = /(<!-- generated: tables -->\n)[\s\S]*?(<!-- end -->)/;

/** `docs/format.md` with its list of keys brought up to date. */
export function formatDocument(text: string, vocabulary: Vocabulary): string {
  const tables = vocabulary.tables.map((table) => tableText(table, vocabulary)).join('\n');
  return text.replace(REGION, (_, begin: string, end: string) => `${begin}\n${tables}\n${end}`);
}

function tableText(table: TableSpec, { layouts }: Vocabulary): string {
  const forms = layouts.flatMap((layout) => {
    const form = layout.tables.find(({ id }) => id === table.id);
    if (!form) return [];
    const columns = form.columns ? `, only the columns ${code(form.columns)}` : '';
    return [`${layout.key}: ${form.number ? `${form.number} ` : ''}${form.title}${columns}`];
  });
  return `### ${table.id} ${table.key}

${capital(table.en)}.${spellings(table.alias)} ${forms.join('; ')}.

${table.sections.map(sectionText).join('\n')}`;
}

function sectionText(section: SectionSpec): string {
  const { codes } = section;
  const sentences = [];
  if (section.id) sentences.push(`**${section.key}** (\`${section.id}\`, ${section.en}).`);
  if (codes) {
    const digits = codes.levels.join(', ').replace(/, (\d)$/, ' or $1');
    const lines = codes.lines ? ', supplied by the layout' : '';
    sentences.push(
      `Rows: ${codes.classification} codes of ${digits} digits${lines}, and those below.`,
    );
  }
  const intro = sentences.length > 0 ? `${sentences.join(' ')}\n\n` : '';
  return `${intro}| | key | id | other spellings | |
|---|---|---|---|---|
${[...section.columns.map((column) => line('column', column)), ...rowLines(section.rows)].join('\n')}
`;
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
