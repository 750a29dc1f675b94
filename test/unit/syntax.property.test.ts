import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formatHalves, halves, parseAmount } from '../../server/src/disclosure/amount';
import { readDisclosure } from '../../server/src/disclosure/read';
import { vocabulary, type SectionSpec } from '../../server/src/disclosure/vocabulary';
import { LineIndex } from '../../server/src/syntax/lines';
import { parse } from '../../server/src/syntax/parse';
import type { Language } from '../../server/src/syntax/tree';

const RUNS = { numRuns: 1000, seed: 20240601 };

/** An amount as people print it: sign, thousands separators, any number of decimals. */
const printedAmount = fc
  .record({
    sign: fc.constantFrom('', '', '-'),
    units: fc.bigInt(0n, 10n ** 12n),
    decimals: fc.integer({ min: 0, max: 4 }),
    grouped: fc.boolean(),
  })
  .map(({ sign, units, decimals, grouped }) => {
    const text = units.toString().padStart(decimals + 1, '0');
    const whole = text.slice(0, text.length - decimals);
    const shown = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
    return sign + shown + (decimals > 0 ? `.${text.slice(-decimals)}` : '');
  });

describe('amounts', () => {
  test('are written as they were read, but for separators and the sign of zero', () => {
    fc.assert(
      fc.property(printedAmount, fc.constantFrom(0, 3, 4, 6, 8), (text, unit) => {
        const amount = parseAmount(text, unit)!;
        const plain = text.replaceAll(',', '');
        const zero = /^-?[0.]+$/.test(plain);
        const written = formatHalves(2n * amount.units, amount.place, unit);
        expect(written).toBe(zero ? plain.replace('-', '') : plain);
        expect(amount.width).toBe(zero || amount.place <= -2 ? 0n : 1n);
      }),
      RUNS,
    );
  });

  test('survive writing in a finer place, half places included', () => {
    const value = fc.bigInt(-(10n ** 15n), 10n ** 15n);
    const place = fc.integer({ min: -4, max: 8 });
    fc.assert(
      fc.property(value, place, fc.constantFrom(0, 4, 8), (half, at, unit) => {
        const text = formatHalves(half, at, unit);
        const amount = parseAmount(text, unit)!;
        const finest = Math.min(amount.place, at - 1);
        expect(halves(amount, finest)).toBe(half * 10n ** BigInt(at - finest));
      }),
      RUNS,
    );
  });

  test.each([
    '',
    '.',
    '1.',
    '.5',
    '1e3',
    '1,23',
    '12,34.5',
    '1 000',
    '１００',
    '12.5%',
    '--1',
    '0x1F',
    '1_000',
  ])('%j is not one', (text) => expect(parseAmount(text, 4)).toBeUndefined());
});

describe('lines', () => {
  const piece = fc.constantFrom('\r', '\n', '\r\n', 'a', '决算', '𠮷', ' ', '\u2028', '\t', '');
  const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

  test('are those of the protocol’s own documents', () => {
    const number = fc.integer({ min: -2, max: 45 });
    fc.assert(
      fc.property(texts, number, number, number, (text, offset, line, character) => {
        const document = TextDocument.create('file:///a', 'yaml', 1, text);
        const lines = new LineIndex(text);
        expect(lines.lineCount).toBe(document.lineCount);
        expect(lines.position(offset)).toEqual(document.positionAt(offset));
        expect(lines.offset({ line, character })).toBe(document.offsetAt({ line, character }));
      }),
      { ...RUNS, numRuns: 5000 },
    );
  });
});

/** A disclosure without a language: tables of rows of cells, each a printed text or null. */
type Value = string | null;
type Model = { table: string; side: string; rows: [string, Record<string, Value>][] }[];

const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: printedAmount },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom('', '—', '无', '250.O4', '约 3', '0.00') },
);

function rowsOf({ columns, rows, codes }: SectionSpec) {
  const levels: readonly number[] = codes?.levels ?? [];
  const codeKeys = [
    '208',
    '212',
    '20801',
    '21208',
    '2080101',
    '2080505',
    '2120801',
    '30101',
    '301',
  ];
  const keys = [
    ...rows.filter(({ parts }) => !parts).map(({ key }) => key),
    ...codeKeys.filter(({ length }) => levels.includes(length)),
  ];
  const names = columns.map(({ key }) => key);
  const cells = fc
    .uniqueArray(fc.constantFrom(...names), { maxLength: names.length })
    .chain((used) => fc.tuple(...used.map((name) => fc.tuple(fc.constant(name), value))))
    .map((entries): Record<string, Value> => Object.fromEntries(entries));
  return fc
    .uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 6 })
    .chain((used) => fc.tuple(...used.map((key) => fc.tuple(fc.constant(key), cells))));
}

const models: fc.Arbitrary<Model> = fc
  .subarray(
    vocabulary.tables.flatMap(({ key, sections }) => sections.map((section) => ({ key, section }))),
  )
  .chain((picked) =>
    fc.tuple(
      ...picked.map(({ key, section }) =>
        rowsOf(section).map((rows) => ({ table: key, side: section.key ?? '', rows })),
      ),
    ),
  );

/** Digits alone may stand without quotes in either language. */
const plain = (text: string) => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text);
const scalar = (text: Value, quoted: boolean) =>
  text === null ? 'null' : quoted || !plain(text) ? JSON.stringify(text) : text;

const byTable = (model: Model) =>
  [...new Set(model.map(({ table }) => table))].map(
    (table) => [table, model.filter((part) => part.table === table)] as const,
  );

function writeJson(model: Model, quoted: boolean): string {
  const map = (entries: readonly string[]) => `{${entries.join(', ')}}`;
  const entry = (key: string, text: string) => `${JSON.stringify(key)}: ${text}`;
  const row = ([key, cells]: Model[number]['rows'][number]) =>
    entry(key, map(Object.entries(cells).map(([name, text]) => entry(name, scalar(text, quoted)))));
  const tables = byTable(model).map(([table, sides]) =>
    entry(
      table,
      map(
        sides.flatMap(({ side, rows }) => (side ? entry(side, map(rows.map(row))) : rows.map(row))),
      ),
    ),
  );
  return map([entry('格式', '"gouji/1"'), ...tables]);
}

function writeYaml(model: Model, quoted: boolean, flow: boolean): string {
  const lines = ['格式: gouji/1 # 标记'];
  const put = (indent: number, text: string) => lines.push(' '.repeat(indent) + text);
  // A blank is written in all the ways YAML has.
  const text = (printed: Value) => (printed === null ? (flow ? '' : '~') : scalar(printed, quoted));
  for (const [table, sides] of byTable(model)) {
    put(0, `${JSON.stringify(table)}:`);
    for (const { side, rows } of sides) {
      if (side) put(2, `${side}:`);
      const indent = side ? 4 : 2;
      for (const [key, cells] of rows) {
        const entries = Object.entries(cells).map(([name, printed]) => `${name}: ${text(printed)}`);
        if (flow || entries.length === 0) put(indent, `${key}: {${entries.join(', ')}}`);
        else {
          put(indent, `${key}: # 行`);
          for (const line of entries) put(indent + 2, line);
        }
      }
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Every cell with what it prints and counts, and every finding about the writing. */
function readings(text: string, language: Language) {
  const tree = parse(text, language);
  const disclosure = readDisclosure(tree);
  const cells = [...disclosure.cells()].map(({ id, state, printed, amount }) => ({
    id,
    state,
    printed,
    amount: amount && `${amount.units}e${amount.place}±${amount.width}`,
  }));
  return {
    syntax: tree.problems,
    cells,
    problems: disclosure.problems.map(({ code, args }) => ({ code, args })),
  };
}

describe('YAML and JSON of one model', () => {
  test('have the same cells', () => {
    fc.assert(
      fc.property(models, fc.boolean(), fc.boolean(), (model, quoted, flow) => {
        const yaml = readings(writeYaml(model, quoted, flow), 'yaml');
        const json = readings(writeJson(model, quoted), 'json');
        expect(yaml.syntax).toEqual([]);
        expect(json.syntax).toEqual([]);
        expect(yaml).toEqual(json);
      }),
      { ...RUNS, numRuns: 300 },
    );
  });
});
