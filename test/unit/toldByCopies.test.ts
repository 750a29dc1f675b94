import { describe, expect, it } from 'vitest';
import type { Problem, Relation, Variable } from '../../server/src/repair/solve/problem';
import { solve } from '../../server/src/repair/solve/solve';
import { alarms, analyzeText, wholeText } from '../support/examples';

const TIANYUAN = 'tianyuan-2024.disclosure.yaml';
const TABLE = '一般公共预算财政拨款支出决算表';
const COLUMNS = { total: '小计', basic: '基本支出', project: '项目支出' } as const;

interface RowSlip {
  readonly code: string;
  readonly column: keyof typeof COLUMNS;
  readonly right: string;
  readonly wrong: string;
}

/** The example with an amount typed wrongly in both cells that a row prints it in. */
function mistyped(text: string, { code, right, wrong }: RowSlip): string {
  const start = text.indexOf(`\n${TABLE}:`);
  const row = text.indexOf(`\n  ${code}:`, start);
  const end = text.indexOf('\n', row + 1);
  const line = text.slice(row, end);
  expect(line.split(right)).toHaveLength(3);
  return text.slice(0, row) + line.replaceAll(right, wrong) + text.slice(end);
}

const before = alarms(analyzeText(wholeText(TIANYUAN), TIANYUAN));

function newAlarms(rows: readonly RowSlip[]) {
  const analysis = analyzeText(rows.reduce(mistyped, wholeText(TIANYUAN)), TIANYUAN);
  const known = new Set(before.map(({ path, rule }) => `${path} ${rule}`));
  return alarms(analysis).filter(({ path, rule }) => !known.has(`${path} ${rule}`));
}

const WAGES = { code: '2101101', column: 'basic', right: '9.26', wrong: '6.29' } as const;
const BUSINESS = { code: '2080713', column: 'project', right: '2.00', wrong: '3.00' } as const;
const SERVICES = { code: '2019999', column: 'project', right: '13.99', wrong: '19.39' } as const;

describe.each<[string, readonly RowSlip[]]>([
  [
    'of basic and of project expenditure',
    [BUSINESS, { code: '2089999', column: 'basic', right: '0.51', wrong: '0.61' }],
  ],
  ['one of which is all of its class', [SERVICES, WAGES]],
  ['of one class', [WAGES, { code: '2101103', column: 'basic', right: '20.22', wrong: '22.02' }]],
  ['of project expenditure', [SERVICES, BUSINESS]],
  [
    'and a third one',
    [SERVICES, WAGES, { code: '2210201', column: 'basic', right: '25.71', wrong: '27.51' }],
  ],
  [
    'exchanged, each left in its own column',
    [
      { code: '2080713', column: 'project', right: '2.00', wrong: '0.51' },
      { code: '2089999', column: 'basic', right: '0.51', wrong: '2.00' },
    ],
  ],
])('two rows wrong in both their cells: %s', (_, rows) => {
  const found = newAlarms(rows);

  it('are told in these cells and in no other', () => {
    const cells = rows.flatMap(({ code, column }) =>
      [COLUMNS.total, COLUMNS[column]].map((name) => `${TABLE}/${code}/${name}`),
    );
    expect(found.map(({ path }) => path).sort()).toEqual(cells.sort());
  });

  it('are told with what the copies print', () => {
    for (const { path, message } of found) {
      const { right } = rows.find(({ code }) => path!.includes(`/${code}/`))!;
      expect(message).toMatch(/^(Likely|Certain)/);
      expect(message).toContain(`should be ${right}`);
    }
  });
});

/** Two tables of the same five rows, which print each amount twice. */
function tables(printed: Readonly<Record<string, string>>): Problem {
  const amounts = [110, 270, 390, 450, 530];
  const variables: Variable[] = [];
  const relations: Relation[] = [];
  const enter = (id: string, amount: number) =>
    variables.push({ id, printed: printed[id] ?? amount.toFixed(2) });
  for (const table of ['A', 'B']) {
    for (const column of ['all', 'own']) {
      const rows = amounts.map((amount, row) => {
        enter(`${table}${row} ${column}`, amount);
        return `${table}${row} ${column}`;
      });
      enter(`${table} ${column}`, 1750);
      relations.push({
        id: `${table} ${column}`,
        kind: 'sum',
        left: [`${table} ${column}`],
        right: rows,
      });
    }
  }
  const same = (left: string, right: string) =>
    relations.push({ id: `${left} = ${right}`, left: [left], right: [right] });
  amounts.forEach((_, row) => {
    for (const table of ['A', 'B']) same(`${table}${row} all`, `${table}${row} own`);
    for (const column of ['all', 'own']) same(`A${row} ${column}`, `B${row} ${column}`);
  });
  return { variables, relations };
}

describe('a search that has to end early', () => {
  const wrong = { 'A0 all': '101.00', 'A0 own': '101.00', 'A3 all': '540.00', 'A3 own': '540.00' };
  const { findings } = solve(tables(wrong), { budget: 20 });

  it('leaves it to copies to tell which figures are wrong, never for certain', () => {
    const [{ verdict, certain, complete, sets }, ...more] = findings as [(typeof findings)[number]];
    expect(more).toEqual([]);
    expect({ verdict, certain, complete }).toEqual({
      verdict: 'likely',
      certain: [],
      complete: false,
    });
    const told = sets.map(({ variables }) =>
      Object.fromEntries(variables.map(({ variable, values }) => [variable, values[0]!.value])),
    );
    expect(told).toEqual([
      { 'A0 all': '110.00', 'A0 own': '110.00', 'A3 all': '450.00', 'A3 own': '450.00' },
    ]);
  });
});

// Two classes of the same column lack two different amounts: one row cannot be missing in both.
it('a table is not said to lack one row where two amounts are missing', () => {
  const table = (own: readonly string[]) => ({
    variables: [
      { id: 'x', printed: '30.00' },
      { id: 'y', printed: '90.00' },
      ...own.map((printed, at) => ({ id: `r${at}`, printed })),
    ],
    relations: [
      { id: 'x', kind: 'added', left: ['x'], right: ['r0', 'r1'], open: true },
      { id: 'y', kind: 'added', left: ['y'], right: ['r1', 'r2'], open: true },
    ],
    grids: [
      {
        id: 'table',
        rows: own.map((_, at) => ({ id: `row ${at}`, cells: [`r${at}`] })),
      },
    ],
  });
  const lacking = (own: readonly string[]) =>
    solve(table(own) as Problem).findings.some(({ groups }) =>
      groups.some(({ kind }) => kind === 'lost-row'),
    );
  expect(lacking(['10.00', '15.00', '70.00'])).toBe(true);
  expect(lacking(['10.00', '15.00', '60.00'])).toBe(false);
});
