import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { builtInPacks } from '../../server/src/relations/packs';
import type { Outcome } from '../../server/src/relations/evaluate';
import type { Analysis } from '../../server/src/service/analysis';
import { analyze } from '../../server/src/service/analyze';
import type { Finding } from '../../server/src/service/finding';
import { causesOf } from '../../server/src/service/findings';
import { parse as parseSyntax } from '../../server/src/syntax/parse';
import { parseFixture, place } from '../support/fixture';

interface Example {
  readonly pass?: string;
  readonly fail?: string;
  readonly text: string;
  readonly language?: 'yaml' | 'json';
  /** Rules that hold within rounding only, all of them. */
  readonly rounding?: readonly string[];
  /** Rules that must say that something could not be checked. */
  readonly unchecked?: readonly string[];
}

const folder = join(__dirname, '../../schemas/rules/examples');
const examples = readdirSync(folder).flatMap((file) =>
  Object.entries(parse(readFileSync(join(folder, file), 'utf8')) as Record<string, Example[]>),
);
const rules = builtInPacks.flatMap((pack) => pack.rules);

/** A text that cannot be read is too deep to print; it has a test of its own. */
const UNPRINTABLE = 'syntax.unreadable';

function analyzeExample({ text, language = 'yaml' }: Example) {
  const fixture = parseFixture(text);
  const path = `例.disclosure.${language}`;
  return { ...fixture, analysis: analyze({ path, text: fixture.text }, { severities: {} }) };
}

function outcomesOf({ network }: Analysis, rule: string): Outcome[] {
  return [
    ...network!.evaluations.filter((e) => e.relation.rule.id === rule).map((e) => e.outcome),
    ...network!.facts.filter((f) => f.rule.id === rule).map((f) => f.outcome),
    ...network!.unchecked.filter((u) => u.rule.id === rule).map((): Outcome => 'unchecked'),
  ];
}

const findingsOf = (analysis: Analysis): Finding[] =>
  causesOf(analysis, 'zh-cn').flatMap(({ findings }) => findings);

const sortedSet = (items: readonly string[] = []) => [...new Set(items)].sort();

test('every rule has examples, and every example a rule', () => {
  expect(sortedSet(examples.map(([rule]) => rule))).toEqual(sortedSet(rules.map(({ id }) => id)));
  expect(examples.length).toBe(rules.length);
});

describe.each(examples)('%s', (rule, list) => {
  test('has an example that passes and one that fails', () => {
    expect(list.some(({ pass }) => pass)).toBe(true);
    expect(list.some(({ fail }) => fail) || rule === UNPRINTABLE).toBe(true);
    for (const { pass, fail } of list) expect(Boolean(pass) !== Boolean(fail)).toBe(true);
  });

  const passing = list.filter(({ pass }) => pass);
  test.each(passing.map((example) => [example.pass!, example] as const))('%s', (_, example) => {
    const { analysis, marks } = analyzeExample(example);
    expect(marks).toEqual([]);
    const found = findingsOf(analysis);
    expect(found.filter((f) => f.class !== 'rounding').map((f) => f.message)).toEqual([]);
    expectOutcomes(analysis, example, found);
    if (rules.find(({ id }) => id === rule)?.kind === 'input') return;
    const named = [...(example.rounding ?? []), ...(example.unchecked ?? [])].includes(rule);
    if (!named) expect(outcomesOf(analysis, rule)).toContain('holds');
  });

  const failing = list.filter(({ fail }) => fail);
  test.each(failing.map((example) => [example.fail!, example] as const))('%s', (_, example) => {
    const { analysis, marks, text } = analyzeExample(example);
    const found = findingsOf(analysis).filter((f) => f.class !== 'rounding');
    const shown = found.map((f) => `${place(text, f.range)} ${f.severity}: ${f.rule}`);
    const expected = marks.map((m) => `${place(text, m.range)} ${m.severity}: ${m.rule}`);
    expect(shown.sort()).toEqual(expected.sort());
    expect(marks.map((mark) => mark.rule)).toContain(rule);
    expectOutcomes(analysis, example, findingsOf(analysis));
  });
});

function expectOutcomes(analysis: Analysis, example: Example, found: readonly Finding[]): void {
  const rounding = found.filter((f) => f.class === 'rounding').map((f) => f.rule);
  expect(sortedSet(rounding)).toEqual(sortedSet(example.rounding));
  for (const rule of example.unchecked ?? []) {
    expect(outcomesOf(analysis, rule), `${rule} unchecked`).toContain('unchecked');
  }
}

test(`${UNPRINTABLE}: nested deeper than can be read`, () => {
  const { problems } = parseSyntax('['.repeat(20000), 'json');
  expect(problems.map(({ code }) => code)).toEqual([UNPRINTABLE]);
});
