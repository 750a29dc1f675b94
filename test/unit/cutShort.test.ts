import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { skeletonOf } from '../../server/src/service/skeleton/skeleton';
import { analyzeText, EXAMPLES, HUNAN, rightTables } from '../support/examples';
import { filledIn } from '../support/filling';

const [, FINANCE] = EXAMPLES;
const PATH = 'a.disclosure.yaml';

const foundIn = (text: string) => diagnosticsOf(analyzeText(text, PATH), 'file:///new', 'en');

/** The tables of a right document with the totals that its forms print, or with the figures that nothing gives. */
function written(name: string, totals: 'printed' | 'computed'): string {
  if (totals === 'printed') return rightTables(name);
  const right = analyzeText(rightTables(name), name).disclosure!;
  const { layout, year } = right;
  const wish = { language: 'yaml', layout: layout.id, year: year!, organisation: '' } as const;
  const text = [...filledIn(skeletonOf(wish, builtInCatalog), right, totals)].at(-1)![1];
  // Its text is blank to the end.
  return text.slice(0, text.indexOf('\n决算情况说明:'));
}

describe('a right document that is typed from nothing, line by line', () => {
  test.each([
    [HUNAN, 'printed'],
    [HUNAN, 'computed'],
    [FINANCE, 'printed'],
    [FINANCE, 'computed'],
  ] as const)(
    'has no error after any line: %s, its totals %s',
    (name, totals) => {
      const lines = written(name, totals).split('\n');
      const wrong = lines.flatMap((_, count) =>
        foundIn(`${lines.slice(0, count).join('\n')}\n`)
          .filter(({ severity, code }) => severity === 1 || code === 'input.table-left-out')
          .map(({ message }) => [count, message]),
      );
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});

describe('a right document that is typed figure by figure', () => {
  const lines = written(HUNAN, 'printed').split('\n');
  const blank = (figures: string) => figures.replaceAll(/: *[-\d.]+/g, ': ');

  test.each([
    ['the keys after it still to come', () => '}'],
    ['blanks after it', blank],
  ])(
    'has no error where it ends with one in a row of its last table, %s',
    (_, rest) => {
      const cuts = lines.flatMap((line, at) =>
        [...line.matchAll(/, /g)].map(({ index }) => [
          ...lines.slice(0, at),
          line.slice(0, index) + rest(line.slice(index)),
        ]),
      );
      const wrong = cuts.flatMap((cut) =>
        foundIn(`${cut.join('\n')}\n`)
          .filter(({ severity }) => severity === 1)
          .map(({ message }) => [cut.at(-1), message]),
      );
      expect(cuts).not.toEqual([]);
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});

describe('a document that ends with the last line of a form, whose last cells are blank for good', () => {
  const lines = written(HUNAN, 'printed').split('\n');
  const last = lines.findLastIndex((line) => /^ {4}总计: \{/.test(line));
  const errors = (general: string) => {
    const cells = `合计: 1429.68, 一般公共预算财政拨款: ${general}, 政府性基金预算财政拨款: , 国有资本经营预算财政拨款: `;
    const text = `${lines.slice(0, last).join('\n')}\n    总计: {${cells}}\n`;
    return foundIn(text).filter(({ severity }) => severity === 1);
  };

  test('is told as an error what its figures do not add up to', () => {
    expect(lines[last]).toContain('1429.68');
    expect(errors('1429.68')).toEqual([]);
    expect(errors('1429.00')).toHaveLength(1);
  });
});

describe('a document that ends with a table whose total stands before its rows', () => {
  const text = written(FINANCE, 'printed');
  const lines = text.slice(0, text.indexOf('\n\n财政拨款收入支出决算总表:')).split('\n');
  const start = lines.indexOf('支出决算表:');
  // The last class with its parts is still to come.
  const begun = lines.slice(
    0,
    lines.findIndex((line, at) => at > start && /^ {2}221:/.test(line)),
  );
  const found = (rows: readonly string[]) =>
    foundIn(`${rows.join('\n')}\n`).filter(({ severity }) => severity! <= 2);

  test('is warned at the total of what the rows are short of', () => {
    const told = found(begun);
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter(({ severity }) => severity !== 2)).toEqual([]);
    expect(told.map(({ range }) => range.start.line)).toContain(start + 1);
  });

  test('is told as an error that a row does not add up', () => {
    const last = begun.length - 1;
    const wrong = begun.with(last, begun[last]!.replace(/(本年支出合计: *\d)./, '$19'));
    expect(wrong).not.toEqual(begun);
    const errors = found(wrong).filter(({ severity }) => severity === 1);
    expect(errors.map(({ range }) => range.start.line)).toContain(last);
  });
});
