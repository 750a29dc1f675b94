import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { parseAmount } from '../../server/src/disclosure/amount';
import { readDisclosure } from '../../server/src/disclosure/read';
import { normalizeKey, vocabulary } from '../../server/src/disclosure/vocabulary';
import { skeletonOf } from '../../server/src/service/skeleton/skeleton';
import { parse as parseTree } from '../../server/src/syntax/parse';

const root = join(__dirname, '../..');
const schema = JSON.parse(readFileSync(join(root, 'schemas/disclosure.schema.json'), 'utf8')) as {
  definitions: Record<string, object>;
};

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, allowMatchingProperties: true });
ajv.addKeyword('errorMessage');
const validate = ajv.compile(schema);

/** Where a file is wrong and why, as `path keyword`. */
function errors(yaml: string): string[] {
  return errorsOf(parse(`格式: gouji/1\n${yaml}`));
}

function errorsOf(data: unknown): string[] {
  validate(data);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

test.each(readdirSync(join(root, 'examples')).filter((name) => name.includes('.')))(
  '%s is valid, as YAML and as JSON',
  (name) => {
    // JSON is YAML, too.
    const data: unknown = parse(readFileSync(join(root, 'examples', name), 'utf8'));
    expect(errorsOf(data)).toEqual([]);
    expect(errorsOf(JSON.parse(JSON.stringify(data)))).toEqual([]);
  },
);

test.each(vocabulary.layouts)('a new disclosure for $id is valid', ({ id: layout }) => {
  for (const language of ['yaml', 'json'] as const) {
    const wish = { language, layout, year: 2025, organisation: '某局' };
    expect(errorsOf(parse(skeletonOf(wish, builtInCatalog)))).toEqual([]);
  }
});

describe('accepts', () => {
  test.each([
    ['the head alone', '年度: 2024\n金额单位: 元\n表样: 上海'],
    ['a head half typed', '文种:\n年度:\n单位名称:\n金额单位:\n表样:'],
    ['the year as text', '年度: "2024"'],
    ['keys it does not know', '编制人: 甲\n收入决算表: {编号: 公开02表}'],
    ['tables without rows', '收入决算表:\n支出决算表: []\n收入支出决算总表: {收入: , 支出: }'],
    [
      'blanks, markers and separators',
      '支出决算表:\n  合计: {基本支出: , 项目支出: ——, 小计: 不适用}',
    ],
    ['amounts as text', '支出决算表: {合计: {基本支出: "1,066.51", 项目支出: " -0.30 "}}'],
    ['derived amounts', '支出决算表: {合计: {本年支出合计: 自动}}'],
    ['a unit and a note per table', '支出决算表: {金额单位: 元, 说明: 无数据, 合计: }'],
    ['names beside codes', '支出决算表: {2080101: {名称: 行政运行, 印作: [甲, 乙], 基本支出: 1}}'],
    ['codes of three levels', '收入决算表: {208: {合计: 1}, 20801: {合计: 1}, 2080101: {合计: 1}}'],
    [
      'an amount or a map in a one-column table',
      '收入支出决算总表: {支出: {201: 1, 202: {金额: 1}}}',
    ],
    [
      'a row with parts, or without',
      '财政拨款收入支出决算总表: {收入: {年初财政拨款结转和结余: 1}}',
    ],
    ['any section', '概况: 文字\n决算情况说明: {总体: }\n绩效自评表: []\n审核说明: [{规则: x}]'],
  ])('%s', (_, yaml) => {
    expect(errors(yaml)).toEqual([]);
  });
});

describe('rejects', () => {
  test.each([
    ['格式: gouji/2', '/格式 const'],
    ['年度: 24', '/年度 minimum'],
    ['年度: 二〇二四', '/年度 pattern'],
    ['金额单位: 角', '/金额单位 enum'],
    ['表样: 火星', '/表样 enum'],
    ['收入决算表: 无数据', '/收入决算表 type'],
    ['收入决算表: [1]', '/收入决算表 maxItems'],
    ['收入支出决算总表: {收入: 1}', '/收入支出决算总表/收入 type'],
    ['收入支出决算总表: {收入: {总计: 一百}}', '/收入支出决算总表/收入/总计 pattern'],
    ['收入支出决算总表: {支出: {20101: 1}}', '/收入支出决算总表/支出/20101 not'],
    ['收入支出决算总表: {支出: {201: [1]}}', '/收入支出决算总表/支出/201 type'],
    ['支出决算表: {金额单位: 角}', '/支出决算表/金额单位 enum'],
    ['支出决算表: {合计: 1}', '/支出决算表/合计 type'],
    ['支出决算表: {合计: {基本支出: 12 万}}', '/支出决算表/合计/基本支出 pattern'],
    ['支出决算表: {合计: {基本支出: "10,66.51"}}', '/支出决算表/合计/基本支出 pattern'],
    ['支出决算表: {合计: {基本支出: true}}', '/支出决算表/合计/基本支出 type'],
    ['支出决算表: {合计: {基本支出: {金额: 1}}}', '/支出决算表/合计/基本支出 type'],
    ['支出决算表: {2080101: 1}', '/支出决算表/2080101 type'],
    ['支出决算表: {20801011: {基本支出: 1}}', '/支出决算表/20801011 not'],
    ['支出决算表: {2080101: {名称: [甲]}}', '/支出决算表/2080101/名称 type'],
    [
      '一般公共预算财政拨款基本支出决算表: {30101: x}',
      '/一般公共预算财政拨款基本支出决算表/30101 pattern',
    ],
    ['三公经费支出决算表: {公务接待费: {预算: x}}', '/三公经费支出决算表/公务接待费/预算 pattern'],
    [
      '财政拨款收入支出决算总表: {收入: {年初财政拨款结转和结余: {合计: x}}}',
      '/财政拨款收入支出决算总表/收入/年初财政拨款结转和结余/合计 pattern',
    ],
    ['决算情况说明: 1', '/决算情况说明 type'],
  ])('%s', (yaml, expected) => {
    const data = parse(yaml.startsWith('格式') ? yaml : `格式: gouji/1\n${yaml}`) as unknown;
    expect(errorsOf(data)).toEqual([expected]);
  });

  test('a file without its marker', () => {
    expect(errorsOf({ 年度: 2024 })).toEqual([' required']);
    expect(errorsOf([])).toEqual([' type']);
  });
});

describe('knows what the server knows', () => {
  test('every spelling of a table, with brackets and quotes as people type them', () => {
    for (const { key, alias = [] } of vocabulary.tables) {
      for (const name of [key, ...alias].flatMap(spellings)) {
        expect([name, errorsOf({ 格式: 'gouji/1', [name]: 1 })]).toEqual([name, [`/${name} type`]]);
      }
    }
  });

  test('every spelling of a row and of a column', () => {
    for (const table of vocabulary.tables) {
      for (const section of table.sections) {
        const body = (rows: object) => ({
          格式: 'gouji/1',
          [table.key]: section.key ? { [section.key]: rows } : rows,
        });
        for (const { key, alias = [] } of section.rows) {
          for (const name of [key, ...alias].flatMap(spellings)) {
            expect([name, errorsOf(body({ [name]: [] })).length]).toEqual([name, 1]);
          }
        }
        const row = section.codes ? '9'.repeat(section.codes.levels[0]!) : section.rows[0]!.key;
        for (const { key, alias = [] } of section.columns) {
          for (const name of [key, ...alias].flatMap(spellings)) {
            expect([name, errorsOf(body({ [row]: { [name]: [] } })).length]).toEqual([name, 1]);
          }
        }
      }
    }
  });

  test('an amount exactly where the server reads one', () => {
    const check = ajv.compile(schema.definitions['amount']!);
    const markers = new Set(vocabulary.markers.map(normalizeKey));
    const digits = fc.array(fc.constantFrom(...'0123456789,.-+ —/无x'), { maxLength: 9 });
    fc.assert(
      fc.property(digits, (characters) => {
        const printed = characters.join('').trim();
        const reads =
          printed === '' || markers.has(normalizeKey(printed)) || parseAmount(printed, 4);
        // Inside a marker the server ignores blanks; a schema need not.
        fc.pre(!/[—-]\s+[—-]/.test(printed));
        expect(check(printed)).toBe(Boolean(reads));
      }),
      { numRuns: 3000 },
    );
  });

  test('a file is accepted where the server finds no error in its writing', () => {
    const yaml =
      '格式: gouji/1\n年度: 2024\n支出决算表: {合计: {基本支出: 1}, 20801: {名称: 甲}}\n';
    expect(readDisclosure(parseTree(yaml, 'yaml')).problems).toEqual([]);
    expect(errorsOf(parse(yaml))).toEqual([]);
  });
});

function spellings(name: string): string[] {
  return [
    name,
    name.replace(/（/g, '(').replace(/）/g, ')'),
    name.replace(/[“”]/g, ''),
    name.replace(/[“”]/g, '"'),
  ];
}
