import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DocumentHighlightKind, type Range } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../server/src/service/analyze';
import { figureItems, incomingCalls, outgoingCalls } from '../../server/src/service/callHierarchy';
import { definitionsAt, highlightsAt, referencesAt } from '../../server/src/service/navigation';
import { parseFixture, place } from '../support/fixture';

/** Where the editor leads from the cursor of a fixture; see `test/fixtures/README.md`. */
const folder = join(__dirname, '../fixtures/navigation');
const fixtures = readdirSync(folder).map((name) => {
  return [name, parseFixture(readFileSync(join(folder, name), 'utf8'))] as const;
});

describe.each(fixtures)('%s', (path, { text, marks, cursor }) => {
  const analysis = analyze({ path, text }, { severities: {} });
  const position = analysis.lines.position(cursor!);
  const marked = (kind: string) =>
    marks.filter(({ rule }) => rule === `go.${kind}`).map(({ range }) => place(text, range));
  const placesOf = (ranges: readonly Range[]) => ranges.map((range) => place(text, range));
  const inOrder = (ranges: readonly Range[]) =>
    placesOf([...ranges].sort((a, b) => offsetOf(a) - offsetOf(b)));
  const offsetOf = ({ start }: Range) => analysis.lines.offset(start);

  test('definition', () => {
    expect(inOrder(definitionsAt(analysis, position))).toEqual(marked('definition'));
  });

  test('references', () => {
    expect(inOrder(referencesAt(analysis, position))).toEqual(marked('reference'));
  });

  test.each([
    ['write', DocumentHighlightKind.Write],
    ['text', DocumentHighlightKind.Text],
    ['read', DocumentHighlightKind.Read],
  ] as const)('highlights: %s', (name, kind) => {
    const found = highlightsAt(analysis, position).filter((highlight) => highlight.kind === kind);
    expect(inOrder(found.map(({ range }) => range))).toEqual(marked(name));
  });

  test('call hierarchy', () => {
    const items = figureItems(analysis, 'file:///a', position, 'en');
    const callers = items.flatMap((item) => incomingCalls(analysis, item, 'en'));
    const callees = items.flatMap((item) => outgoingCalls(analysis, item, 'en'));
    expect(inOrder(callers.map(({ from }) => from.selectionRange))).toEqual(marked('in'));
    expect(inOrder(callees.map(({ to }) => to.selectionRange))).toEqual(marked('out'));
    for (const { range, selectionRange } of [
      ...callers.map(({ from }) => from),
      ...callees.map(({ to }) => to),
    ]) {
      expect(offsetOf(range)).toBeLessThanOrEqual(offsetOf(selectionRange));
    }
  });
});
