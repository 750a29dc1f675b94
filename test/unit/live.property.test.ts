import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LiveAnalysis } from '../../server/src/service/live';
import { sessions } from '../support/liveSessions';
import { EXAMPLES, exampleText } from '../support/examples';
import { generate } from '../bench/speed/generate';
import { SyntaxDocument } from '../../server/src/syntax/incremental/document';

const texts = [
  ...EXAMPLES.map((path) => ({ path, text: exampleText(path) })),
  { path: 'block.disclosure.yaml', text: generate('block', 'yaml', 60) },
  { path: 'flow.disclosure.json', text: generate('flow', 'json', 60) },
];

describe('a document that is edited', () => {
  test.each(texts.map((source, index) => ({ ...source, index })))(
    'has the diagnostics of its text: $path',
    ({ path, text, index }) => {
      const tally = sessions(path, text, 40, 20 + index);
      // Most edits are figures, and following them is what is tested.
      expect(tally.followed).toBeGreaterThan(tally.edits / 10);
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
