import type { Layout, Vocabulary } from '../src/disclosure/vocabulary';
import {
  conditionAddresses,
  tablesOf,
  type Pack,
  type Rule,
  type Text,
} from '../src/relations/rule';
import { Formula } from './formula';

/** An example of `schemas/rules/examples/`, as the tests run it. */
export interface RuleExample {
  readonly pass?: string;
  readonly fail?: string;
  readonly text: string;
  readonly language?: 'yaml' | 'json';
}

export type RuleExamples = ReadonlyMap<string, readonly RuleExample[]>;

export const RULE_PAGES = 'docs/rules';

const NOTICE = '<!-- Generated from schemas/rules/ by "npm run generate"; do not edit. -->';

const SEVERITIES: Readonly<Record<string, string>> = {
  error: '错误 error',
  warning: '警告 warning',
  information: '提示 information',
  hint: '建议 hint',
  off: '关闭 off',
};

const KINDS: Readonly<Record<Rule['kind'], string>> = {
  sum: '求和 sum',
  hierarchy: '上下级 hierarchy',
  balance: '收支结转 balance',
  equal: '相等 equal',
  compare: '大小 compare',
  ratio: '比例 ratio',
  direction: '用词方向 direction',
  list: '列举 list',
  note: '表下说明 note',
  name: '名称 name',
  stated: '应当写明 stated',
  input: '写法 how the file is written',
};

/** One page for each rule, and the index of them; by path from the root. */
export function rulePages(
  packs: readonly Pack[],
  vocabulary: Vocabulary,
  examples: RuleExamples,
): Map<string, string> {
  const pages = new Map([[`${RULE_PAGES}/README.md`, index(packs)]]);
  for (const pack of packs) {
    for (const rule of pack.rules) {
      const text = page(rule, pack, vocabulary, examples.get(rule.id) ?? []);
      pages.set(`${RULE_PAGES}/${rule.id}.md`, text);
    }
  }
  return pages;
}

function index(packs: readonly Pack[]): string {
  const sections = packs.map(({ id, basis, rules }) => {
    const lines = rules.map(
      ({ id: rule, title, severity }) =>
        `| [${rule}](${rule}.md) | ${cell(title.zh)} | ${cell(title.en)} | ${SEVERITIES[severity]!} |`,
    );
    return `## ${id}\n${basis ? `\n${both(basis)}\n` : ''}
| 规则 rule | 内容 | what it says | 级别 severity |
|---|---|---|---|
${lines.join('\n')}
`;
  });
  const count = packs.flatMap(({ rules }) => rules).length;
  return `${NOTICE}
# 规则一览 Rules

内置规则共 ${count} 条，每条一页：公式、依据、级别、适用的表样、例子，以及如何关闭。本单位自己的规则写在规则包中，见 [packs.zh-cn.md](../packs.zh-cn.md)。

${count} rules are built in. Each has a page with its formula, basis, severity, the layouts it applies to, examples, and how to silence it. Rules of your own go into packs: [packs.md](../packs.md).

${sections.join('\n')}`;
}

function page(
  rule: Rule,
  pack: Pack,
  vocabulary: Vocabulary,
  examples: readonly RuleExample[],
): string {
  const { id, title, kind, severity } = rule;
  const basis = rule.basis ?? pack.basis;
  const formula = new Formula(vocabulary, rule).lines();
  const parts = [
    `${NOTICE}\n# ${id}`,
    `**${title.zh}**\n\n${title.en}`,
    [
      `- 级别 severity: ${SEVERITIES[severity]!}`,
      `- 类型 kind: ${KINDS[kind]}`,
      `- 规则包 pack: ${pack.id}`,
      ...(basis ? [`- 依据 basis: ${both(basis)}`] : []),
      ...(kind === 'input' ? [] : [`- 适用 applies to: ${places(rule, vocabulary)}`]),
    ].join('\n'),
    ...(formula.length > 0 ? [`## 公式 Formula\n\n${formula.join('\n')}`] : []),
    ...(examples.length > 0 ? [`## 例子 Examples\n\n${examples.map(example).join('\n\n')}`] : []),
    silencing(rule),
    `[全部规则 All rules](README.md)`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function example({ pass, fail, text, language = 'yaml' }: RuleExample): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const title = pass === undefined ? `不通过 fails: ${fail ?? ''}` : `通过 passes: ${pass}`;
  // Nothing may end the fence, nor be taken for a line end, but what is one.
  return `${title}\n\n${fence}${language}\n${text.replace(/\r\n?/g, '\n').trimEnd()}\n${fence}`;
}

/** The layouts that print every table and column that a rule speaks of; or the sections it is about. */
function places(rule: Rule, { tables, statements, layouts }: Vocabulary): string {
  const used = [...new Set([...tablesOf(rule), ...(rule.at ?? []).map(({ table }) => table)])];
  const printed = used.filter((id) => tables.some((table) => table.id === id));
  const told = statements.filter(({ id }) => used.includes(id)).map(({ key }) => `“${key}”`);
  const forms = layouts.flatMap((layout) => {
    const names = printed.map((id) => tableIn(layout, id, columnsOf(rule, id)));
    if (names.some((name) => name === undefined)) return [];
    return [`${layout.key}${names.length > 0 ? `（${names.join('、')}）` : ''}`];
  });
  const text = told.length > 0 ? [`文字与附件 text and annexes: ${told.join('、')}`] : [];
  return [`表样 layouts: ${forms.join('；')}`, ...text].join('；');
}

function tableIn(layout: Layout, id: string, columns: readonly string[]): string | undefined {
  const form = layout.tables.find((table) => table.id === id);
  const lacking = columns.some((column) => form?.columns && !form.columns.includes(column));
  if (!form || lacking) return undefined;
  return form.number ? `${form.number} ${form.title}` : form.title;
}

/** The columns of a table that a rule names. */
function columnsOf({ target, terms, base = [], when, unless }: Rule, table: string): string[] {
  const all = [
    ...(target ? [target] : []),
    ...terms,
    ...base,
    ...[when, unless].flatMap(conditionAddresses),
  ];
  return all
    .filter((address) => address.table === table && address.column.by === 'id')
    .map(({ column }) => column.name)
    .filter((name) => !name.includes('{'));
}

function silencing({ id, kind }: Rule): string {
  const accept =
    kind === 'input'
      ? ''
      : `
- 只接受某一处、并说明理由：用该处的快速修复写入文件的 \`审核说明\`。 To accept one place with a reason, let its quick fix write it into \`审核说明\` of the file.`;
  return `## 关闭或改级别 Silencing

- 在设置中 in the settings: \`"gouji.rules.severity": {"${id}": "off"}\`
- 在工作区的规则包中 in a pack of the workspace: \`override: {${id}: off}\`${accept}`;
}

const both = ({ zh, en }: Text) => (zh === en ? zh : `${zh} ${en}`);

/** A bar would end the cell of a table. */
const cell = (text: string) => text.replaceAll('|', '\\|');
