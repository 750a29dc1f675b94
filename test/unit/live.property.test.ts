import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { LiveAnalysis } from '../../server/src/service/live';
import { sessions } from '../support/liveSessions';
import { EXAMPLES, exampleText, wholeText } from '../support/examples';
import { generate } from '../bench/speed/generate';
import { SyntaxDocument } from '../../server/src/syntax/incremental/document';

const texts = [
  ...EXAMPLES.map((path) => ({ path, text: exampleText(path) })),
  ...EXAMPLES.map((path) => ({ path, text: wholeText(path) })),
  { path: 'block.disclosure.yaml', text: generate('block', 'yaml', 60) },
  { path: 'flow.disclosure.json', text: generate('flow', 'json', 60) },
];

describe('a document that is edited', () => {
  test.each(texts.map((source, index) => ({ ...source, index })))(
    'has the diagnostics of its text: $path',
    ({ path, text, index }) => {
      const tally = sessions(path, text, 40, 30 + index);
      // Most edits are figures, and following them is what is tested.
      expect(tally.followed).toBeGreaterThan(tally.edits / 20);
    },
    600_000,
  );

  test('has the diagnostics of its text, whatever rules it is about', () => {
    const folder = join(__dirname, '../fixtures');
    const names = readdirSync(folder).filter((name) => /\.disclosure\.(?:yaml|json)$/.test(name));
    const tallies = names.map((name, index) =>
      sessions(name, readFileSync(join(folder, name), 'utf8'), 4, 1000 + index),
    );
    const followed = tallies.reduce((sum, tally) => sum + tally.followed, 0);
    expect(followed).toBeGreaterThan(names.length / 2);
  }, 600_000);

  test('has fixes where the text has moved to', () => {
    const text =
      '# 一\n格式: gouji/1\n年度: 2024\n支出决算表:\n  210: {本年支出合计: 1.00, 基本支出: 1.00}\n  208: {名称: 社保支出, 本年支出合计: 1.00, 基本支出: 1.00}\n';
    const document = new SyntaxDocument(text, 'yaml');
    const live = new LiveAnalysis('a.disclosure.yaml');
    const settings = { severities: {} };
    const before = live.analyze(document, settings);
    document.edit({ start: 2, end: 2 }, '二三四');
    const after = live.analyze(document, settings);
    expect(after.disclosure).toBe(before.disclosure);
    const fresh = new LiveAnalysis('a.disclosure.yaml').analyze(
      new SyntaxDocument(document.text, 'yaml'),
      settings,
    );
    const edits = ({ problems }: typeof fresh) =>
      problems.flatMap(({ fixes = [] }) =>
        fixes.flatMap((fix) => fix.edits.map(({ at }) => ('kind' in at ? at.kind : at))),
      );
    expect(edits(fresh)).toHaveLength(3);
    expect(edits(after)).toEqual(edits(fresh));
  });

  test.each([
    ['a figure', '支出:\n    支出合计: ', 14, '7'],
    ['a reason', '    原因: ', 8, '主要是'],
    ['a sentence', '职责: {说明: ', 10, '各项'],
  ])('keeps what the narrative does not tell anew: %s', (_, place, behind, typed) => {
    const [path] = EXAMPLES;
    const document = new SyntaxDocument(wholeText(path), 'yaml');
    const live = new LiveAnalysis(path);
    const settings = { severities: {} };
    const before = live.analyze(document, settings);
    const at = document.text.indexOf(place) + behind;
    expect(at).toBeGreaterThan(behind);
    document.edit({ start: at, end: at }, typed);
    expect(live.analyze(document, settings).network).toBe(before.network);
  });

  test('has the diagnostics of its text, when words are typed beside what is wrong', () => {
    const [path] = EXAMPLES;
    const document = new SyntaxDocument(wholeText(path), 'yaml');
    const live = new LiveAnalysis(path);
    const settings = { severities: {} };
    const first = live.analyze(document, settings);
    expect(first.counts.fails).toBeGreaterThan(0);
    const said = (analysis: typeof first) => diagnosticsOf(analysis, 'file:///a', 'zh-cn');
    const figure = /(?<=原因: )|(?<=: )\d+\.\d\d/g;
    const places = [...document.text.matchAll(figure)].map(({ index }) => index).reverse();
    const some = places.filter((_, at) => at % Math.ceil(places.length / 12) === 0);
    for (const [at, start] of some.entries()) {
      const isWord = document.text.slice(start - 4, start) === '原因: ';
      document.edit({ start, end: start }, isWord ? '主要是' : String(1 + (at % 9)));
      const now = said(live.analyze(document, settings));
      const fresh = new LiveAnalysis(path).analyze(
        new SyntaxDocument(document.text, 'yaml'),
        settings,
      );
      expect(now).toEqual(said(fresh));
    }
  }, 600_000);

  test('keeps what an edit does not touch', () => {
    const document = new SyntaxDocument(generate('flow', 'yaml', 60), 'yaml');
    const live = new LiveAnalysis('a.disclosure.yaml');
    const settings = { severities: {} };
    const before = live.analyze(document, settings);
    const figure = /\d+\.\d\d/g;
    figure.lastIndex = document.text.length / 2;
    const at = figure.exec(document.text)!.index;
    document.edit({ start: at, end: at }, '7');
    const after = live.analyze(document, settings);
    expect(after.disclosure).toBe(before.disclosure);
    expect(after.network).toBe(before.network);
    expect(after.causes.length).toBeGreaterThan(0);
  });
});
