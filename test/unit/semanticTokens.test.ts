import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../server/src/service/analyze';
import {
  semanticTokensIn,
  semanticTokensOf,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
  type SemanticToken,
} from '../../server/src/service/semanticTokens';
import { inFixtures, loadGrammar, tokenize } from '../support/textmate';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Manifest {
  readonly contributes: {
    readonly semanticTokenModifiers: readonly { id: string }[];
    /** By language, the scopes of the grammar that the types are led to. */
    readonly semanticTokenScopes: readonly {
      language: string;
      scopes: Readonly<Record<string, readonly string[]>>;
    }[];
  };
}
const { contributes } = JSON.parse(read('package.json')) as Manifest;

const kindOf = ({ type, modifier }: SemanticToken) => (modifier ? `${type}.${modifier}` : type);

describe('semantic tokens', () => {
  const kinds = (path: string, text: string) =>
    semanticTokensOf(analyze({ path, text }, { severities: {} })).map((token) => [
      text.slice(token.range.start, token.range.end),
      kindOf(token),
    ]);

  test('tell tables, sections, codes, figures, computed cells, marks and direction words', () => {
    const text = `格式: gouji/1
年度: 2024
收入决算表: {2080101: {本年收入合计: "1,002.50", 财政拨款收入: 自动, 事业收入: ——, 经营收入: 无此项}}
决算情况说明:
  收入支出总体: {收支总计: 1002.50, 比上年: {增加: 2.50, 增长: 0.25%}}
  财政拨款收支总体: {财政拨款收支总计: 1002.50, 比上年: 持平, 主要原因: 增加 12.00 万元}
  一般公共预算支出: {各项: [{科目: 2080101, 决算: 1002.50, 决算较预算: 大于}]}
指标登记:
  新增就业: {单位: 人, 目标: ≥7500人, 完成: 98.5%以上}
`;
    expect(kinds('a.disclosure.yaml', text)).toEqual([
      ['收入决算表', 'class'],
      ['2080101', 'variable.readonly'],
      ['1,002.50', 'number'],
      ['自动', 'keyword'],
      ['——', 'enumMember'],
      ['决算情况说明', 'namespace'],
      ['1002.50', 'number'],
      ['增加', 'operator'],
      ['2.50', 'number'],
      ['增长', 'operator'],
      ['0.25%', 'number.ratio'],
      ['1002.50', 'number'],
      ['持平', 'operator'],
      ['2080101', 'variable.readonly'],
      ['1002.50', 'number'],
      ['大于', 'operator'],
      ['指标登记', 'namespace'],
      ['7500', 'number'],
      ['98.5%', 'number.ratio'],
    ]);
  });

  test('are of the range that is asked for', () => {
    const text = '格式: gouji/1\n收入决算表:\n  2080101: {本年收入合计: 1.00}\n  2080505: {}\n';
    const analysis = analyze({ path: 'a.disclosure.yaml', text }, { severities: {} });
    const line = { start: text.indexOf('  2080101'), end: text.indexOf('\n  2080505') };
    const found = semanticTokensIn(analysis, line);
    expect(found.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      '2080101',
      '1.00',
    ]);
  });

  test('use the modifiers that the manifest explains', () => {
    // `readonly` is the protocol's own.
    const own = TOKEN_MODIFIERS.filter((modifier) => modifier !== 'readonly');
    expect(contributes.semanticTokenModifiers.map(({ id }) => id)).toEqual(own);
  });
});

const grammars = { 'source.yaml': inFixtures('yaml'), 'source.json': inFixtures('json') };

describe.each([
  ['disclosure-yaml', 'examples/tianyuan-2024.disclosure.yaml'],
  ['disclosure-yaml', 'examples/putuo-finance-2024.disclosure.yaml'],
  ['disclosure-json', 'examples/putuo-ecology-2025.disclosure.json'],
])('with the grammar of %s, in %s', (language, path) => {
  const { scopes } = contributes.semanticTokenScopes.find((one) => one.language === language)!;
  const text = read(path);
  const analysis = analyze({ path, text }, { severities: {} });
  const tokens = new Map(
    semanticTokensOf(analysis).map((token) => {
      const { line, character } = analysis.lines.position(token.range.start);
      return [`${line}:${character}`, token] as const;
    }),
  );
  const isOwn = (scope: string) => scope.endsWith('.disclosure') && !scope.startsWith('source.');

  test('every token has a scope of the manifest', () => {
    for (const token of tokens.values()) expect(scopes).toHaveProperty([kindOf(token)]);
    const types = Object.keys(scopes).map((kind) => kind.split('.')[0]);
    expect(new Set(types)).toEqual(new Set(TOKEN_TYPES));
  });

  test('what both know is the same, and only marks in plain text are left to the grammar', async () => {
    const grammar = await loadGrammar(`source.${language.replace('-', '.')}`, grammars);
    const wrong = tokenize(grammar, text).flatMap((line, number) =>
      line.tokens.flatMap(({ scopes: found, startIndex, endIndex }) => {
        const scope = found.find(isOwn);
        if (scope === undefined || scope === 'constant.language.marker.disclosure') return [];
        const token = tokens.get(`${number}:${startIndex}`);
        const same =
          token &&
          scopes[kindOf(token)]?.includes(scope) &&
          token.range.end - token.range.start === endIndex - startIndex;
        return same ? [] : [`${number + 1}: ${line.text.slice(startIndex, endIndex)} ${scope}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});
