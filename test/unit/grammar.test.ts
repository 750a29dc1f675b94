import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { IGrammar } from 'vscode-textmate';
import {
  inFixtures,
  loadGrammar,
  tokenize,
  type Grammars,
  type TokenLine,
} from '../support/textmate';

const root = join(__dirname, '../..');
const fixtures = join(root, 'test/fixtures/grammar');

const MARK = /^(?:#|\/\/)\^ `([^`]+)` (.+)$/;

/**
 * Checks the marks of a fixture: columns of Chinese text cannot be pointed at with carets, so a mark
 * quotes the text it means. Marks are taken out before the text is tokenised.
 */
function check(grammar: IGrammar, fixture: string): string[] {
  const written = readFileSync(join(fixtures, fixture), 'utf8').trimEnd().split('\n');
  const lines = tokenize(grammar, written.filter((line) => !MARK.test(line)).join('\n'));
  const failures: string[] = [];
  let line = -1;
  for (const text of written) {
    const [, quoted, wanted] = MARK.exec(text) ?? [];
    if (quoted === undefined) line++;
    else failures.push(...verify(lines[line]!, quoted, wanted!.split(' ')));
  }
  return failures;
}

/** The scopes at the first and at the last letter or digit of the quoted text. */
function verify({ text, tokens }: TokenLine, quoted: string, wanted: readonly string[]): string[] {
  const start = text.indexOf(quoted);
  if (start < 0) return [`no "${quoted}" in ${text}`];
  const first = start + quoted.search(/[^\s"]/);
  const last = start + quoted.replace(/[\s":}]+$/, '').length - 1;
  return [first, last].flatMap((at) => {
    const { scopes } = tokens.find(
      ({ startIndex, endIndex }) => startIndex <= at && at < endIndex,
    )!;
    return wanted.flatMap((scope) => {
      const absent = scope.startsWith('-');
      const name = absent ? scope.slice(1) : scope;
      const found = scopes.some((item) => `${item}.`.startsWith(`${name}.`));
      return found === absent ? [`${text.trim()}: "${quoted}" ${scope}: ${scopes.join(' ')}`] : [];
    });
  });
}

describe.each([
  ['of newer editors', 'yaml'],
  ['of older editors', 'yaml-older'],
])('with the YAML grammar %s', (_, name) => {
  const ours = () => loadGrammar('source.disclosure.yaml', { 'source.yaml': inFixtures(name) });

  test('marks', async () => {
    expect(check(await ours(), 'marks.disclosure.yaml')).toEqual([]);
  });

  test('every amount and code of the example is coloured as such', async () => {
    const path = join(root, 'examples/tianyuan-2024.disclosure.yaml');
    const lines = tokenize(await ours(), readFileSync(path, 'utf8'));
    const wrong = lines.flatMap(({ text, tokens }) =>
      // Whole scalars only: what has a unit of its own (8841人) or is a bound (≥98%) is text.
      [
        ...text
          .replace(/#.*/, '')
          .matchAll(/(?<=^[ -]*|[:,{[] *)\d+(?:\.\d+)?(%?)(?= *(?:(:)|[,}\]]|$))/g),
      ].flatMap(({ 0: number, 1: percent, 2: colon, index }) => {
        if (text.startsWith('年度') || text.startsWith('格式')) return [];
        const token = tokens.find(({ startIndex }) => startIndex === index);
        const code = colon !== undefined || text.slice(0, index).endsWith('科目: ');
        const value = percent ? 'constant.numeric.percentage' : 'constant.numeric.amount';
        const name = code ? 'variable.other.constant.code' : value;
        const right =
          token?.endIndex === index + number.length && token.scopes.includes(`${name}.disclosure`);
        return right ? [] : [`${text}: ${number}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

test('with the JSON grammar: marks', async () => {
  const grammar = await loadGrammar('source.disclosure.json', {
    'source.json': inFixtures('json'),
  });
  expect(check(grammar, 'marks.disclosure.json')).toEqual([]);
});

// The real grammars, where the tests of the extension have brought a VS Code.
const extensions = globSync('.vscode-test/**/extensions/{yaml,json}/syntaxes/*.json', {
  cwd: root,
  absolute: true,
  dot: true,
});
const installed: Grammars = Object.fromEntries(
  extensions.map((path) => [
    (JSON.parse(readFileSync(path, 'utf8')) as { scopeName: string }).scopeName,
    path,
  ]),
);

const hasGrammars = existsSync(installed['source.yaml'] ?? '');
if (!hasGrammars) {
  console.warn(
    "VS Code's own grammars are not installed: run the tests in the real VS Code first, as npm test does",
  );
}

describe.skipIf(!hasGrammars)('with the grammars of VS Code', () => {
  test.each([
    ['source.disclosure.yaml', 'marks.disclosure.yaml'],
    ['source.disclosure.json', 'marks.disclosure.json'],
  ])('%s: marks', async (scope, fixture) => {
    expect(check(await loadGrammar(scope, installed), fixture)).toEqual([]);
  });
});
