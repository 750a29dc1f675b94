/** A department's accounts as they are printed: both layouts, every way of rounding. */
import { FUNDS, PUBLIC_EXPENSES, SOURCES, sum, type Department, type Item } from './model';

export type Layout = 'national' | 'shanghai';
export type Mode = 'nearest' | 'truncated' | 'exact';

export interface Style {
  readonly layout: Layout;
  readonly mode: Mode;
  /** How a zero is printed: not at all, or with its decimals. */
  readonly zero: '' | '0.00';
  /** 万元 unless said otherwise; in 元 figures are exact. */
  readonly unit?: '元';
}

/** A table of a document: rows in printed order, cells by column. */
export interface PrintedTable {
  readonly id: string;
  readonly key: string;
  readonly rows: PrintedRow[];
}

export interface PrintedRow {
  /** The row's stable id within its table, `out.208`; its key in the file and the map it stands in. */
  readonly id: string;
  readonly key: string;
  readonly within?: readonly string[];
  /** Column id → printed figure. */
  readonly cells: Map<string, string>;
  /** Column id → key in the file; absent where a row is one figure. */
  readonly columns?: Readonly<Record<string, string>>;
}

export interface PrintedDocument {
  readonly style: Style;
  readonly tables: readonly PrintedTable[];
}

const HEAD: Readonly<Record<Layout, string>> = { national: '全国', shanghai: '上海' };
const MODE: Readonly<Record<Mode, string>> = {
  nearest: '四舍五入',
  truncated: '截断',
  exact: '舍位平衡',
};

export const SOURCE_KEYS = {
  total: '本年收入合计',
  fiscal: '财政拨款收入',
  superior: '上级补助收入',
  service: '事业收入',
  business: '经营收入',
  affiliated: '附属单位上缴收入',
  other: '其他收入',
} as const;
const FUND_KEYS = {
  total: '合计',
  general: '一般公共预算财政拨款',
  fund: '政府性基金预算财政拨款',
  capital: '国有资本经营预算财政拨款',
} as const;
const FLOW_KEYS = {
  opening: '年初结转和结余',
  income: '本年收入',
  total: '支出小计',
  basic: '基本支出',
  project: '项目支出',
  closing: '年末结转和结余',
} as const;

const everything = ({ general, fund, capital, own }: Item) =>
  general.basic + general.project + fund + capital + own.basic + own.project;
const basicOf = ({ general, own }: Item) => general.basic + own.basic;
const ofGeneral = ({ general }: Item) => general.basic + general.project;

export function printed(accounts: Department, style: Style): PrintedDocument {
  return { style, tables: new Printer(accounts, style).tables() };
}

class Printer {
  constructor(
    private readonly accounts: Department,
    private readonly style: Style,
  ) {}

  tables(): PrintedTable[] {
    const { items } = this.accounts;
    const general = items.filter((item) => ofGeneral(item) > 0n);
    const incomeRow = (group: readonly Item[]) => {
      const bySource = SOURCES.map((s) => [s, sum(group.map(({ income }) => income[s]))] as const);
      return [['total', sum(bySource.map(([, amount]) => amount))] as const, ...bySource];
    };
    const t3 = (group: readonly Item[]) => [
      ['total', sum(group.map(everything))] as const,
      ['basic', sum(group.map(basicOf))] as const,
      ['project', sum(group.map((item) => everything(item) - basicOf(item)))] as const,
    ];
    const t5 = (group: readonly Item[]) => [
      ['total', sum(group.map(ofGeneral))] as const,
      ['basic', sum(group.map((item) => item.general.basic))] as const,
      ['project', sum(group.map((item) => item.general.project))] as const,
    ];
    const earning = items.filter(({ income }) => SOURCES.some((source) => income[source] > 0n));
    const spendKeys = { total: '本年支出合计', basic: '基本支出', project: '项目支出' };
    return [
      this.summary(),
      this.byCode('T2', '收入决算表', earning, incomeRow, SOURCE_KEYS),
      this.byCode(
        'T3',
        '支出决算表',
        items.filter((i) => everything(i) > 0n),
        t3,
        spendKeys,
      ),
      this.fiscalSummary(),
      this.byCode('T5', '一般公共预算财政拨款支出决算表', general, t5, {
        ...spendKeys,
        total: '小计',
      }),
      this.economic(),
      this.flows(),
      this.capital(),
      this.publicExpenses(),
    ];
  }

  /** To two decimals, of an amount in 分. */
  private figure(fen: bigint): string {
    const { zero, mode, unit } = this.style;
    if (fen === 0n) return zero;
    const size = fen < 0n ? -fen : fen;
    const step = unit ? 1n : 10_000n;
    const hundredths = mode === 'truncated' ? size / step : (size + step / 2n) / step;
    const digits = hundredths.toString().padStart(3, '0');
    return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  }

  private one(id: string, key: string, fen: bigint, within: readonly string[] = []): PrintedRow {
    return { id, key, within, cells: new Map([['amount', this.figure(fen)]]) };
  }

  private row(
    id: string,
    key: string,
    amounts: readonly (readonly [string, bigint])[],
    columns: Readonly<Record<string, string>>,
    within: readonly string[] = [],
  ): PrintedRow {
    const cells = new Map(amounts.map(([column, fen]) => [column, this.figure(fen)]));
    return { id, key, within, cells, columns };
  }

  private byCode(
    id: string,
    key: string,
    items: readonly Item[],
    amounts: (group: readonly Item[]) => readonly (readonly [string, bigint])[],
    columns: Readonly<Record<string, string>>,
  ): PrintedTable {
    const rows = [this.row('total', '合计', amounts(items), columns)];
    const lengths = this.style.layout === 'shanghai' ? [3, 5, 7] : [7];
    const codes = new Set(items.flatMap(({ code }) => lengths.map((n) => code.slice(0, n))));
    for (const code of [...codes].sort()) {
      const group = items.filter((item) => item.code.startsWith(code));
      rows.push(this.row(code, code, amounts(group), columns));
    }
    return { id, key, rows };
  }

  private classes(of: (item: Item) => bigint): [string, bigint][] {
    const sums = new Map<string, bigint>();
    for (const item of this.accounts.items) {
      const code = item.code.slice(0, 3);
      sums.set(code, (sums.get(code) ?? 0n) + of(item));
    }
    return [...sums];
  }

  private summary(): PrintedTable {
    const { items, income, opening, closing, surplus, distribution } = this.accounts;
    const other = SOURCES.slice(1).map(
      (s) => [s, sum(items.map((item) => item.income[s]))] as const,
    );
    const year = sum([...FUNDS.map((fund) => income[fund]), ...other.map(([, fen]) => fen)]);
    const spent = sum(items.map(everything));
    const left = ['收入'];
    const right = ['支出'];
    const total = year + surplus + opening.all;
    const rows = [
      ...FUNDS.map((fund) => this.one(`in.${fund}`, `${FUND_KEYS[fund]}收入`, income[fund], left)),
      ...other.map(([source, fen]) => this.one(`in.${source}`, SOURCE_KEYS[source], fen, left)),
      this.one('in.year', '本年收入合计', year, left),
      this.one('in.surplus', '使用非财政拨款结余', surplus, left),
      this.one('in.opening', '年初结转和结余', opening.all, left),
      this.one('in.total', '总计', total, left),
      ...this.classes(everything).map(([code, fen]) => this.one(`out.${code}`, code, fen, right)),
      this.one('out.year', '本年支出合计', spent, right),
      this.one('out.distribution', '结余分配', distribution, right),
      this.one('out.closing', '年末结转和结余', closing.all, right),
      this.one('out.total', '总计', total, right),
    ];
    return { id: 'T1', key: '收入支出决算总表', rows };
  }

  private fiscalSummary(): PrintedTable {
    const { items, income, opening, closing } = this.accounts;
    const left = ['收入'];
    const year = sum(FUNDS.map((fund) => income[fund]));
    const carried = sum(FUNDS.map((fund) => opening[fund]));
    const openingKey = '年初财政拨款结转和结余';
    const used = (item: Item) => [ofGeneral(item), item.fund, item.capital] as const;
    const perFund = (amounts: readonly bigint[]) => [
      ['total', sum(amounts)] as const,
      ...FUNDS.map((fund, at) => [fund, amounts[at]!] as const),
    ];
    const out = (id: string, key: string, amounts: readonly bigint[]) =>
      this.row(`out.${id}`, key, perFund(amounts), FUND_KEYS, ['支出']);
    const column = (at: 0 | 1 | 2, of: readonly Item[] = items) => sum(of.map((i) => used(i)[at]));
    const spent = [column(0), column(1), column(2)];
    const kept = FUNDS.map((fund) => closing[fund]);
    const lines = this.classes((item) => sum(used(item))).filter(([, fen]) => fen > 0n);
    const rows = [
      ...FUNDS.map((fund) => this.one(`in.${fund}`, FUND_KEYS[fund], income[fund], left)),
      this.one('in.year', '本年收入合计', year, left),
      this.one('in.opening', '合计', carried, ['收入', openingKey]),
      ...FUNDS.map((fund) =>
        this.one(`in.opening-${fund}`, FUND_KEYS[fund], opening[fund], ['收入', openingKey]),
      ),
      this.one('in.total', '总计', year + carried, left),
      ...lines.map(([code]) => {
        const group = items.filter((item) => item.code.startsWith(code));
        return out(code, code, [column(0, group), column(1, group), column(2, group)]);
      }),
      out('year', '本年支出合计', spent),
      out('closing', '年末财政拨款结转和结余', kept),
      out(
        'total',
        '总计',
        spent.map((fen, at) => fen + kept[at]!),
      ),
    ];
    return { id: 'T4', key: '财政拨款收入支出决算总表', rows };
  }

  private economic(): PrintedTable {
    const { economic } = this.accounts;
    const codes = [...economic.keys()].sort();
    const classes = [...new Set(codes.map((code) => code.slice(0, 3)))];
    const of = (prefix: string) =>
      sum(codes.filter((code) => code.startsWith(prefix)).map((code) => economic.get(code)!));
    const rows = classes.flatMap((code) => [
      this.one(code, code, of(code)),
      ...codes.filter((c) => c.startsWith(code)).map((c) => this.one(c, c, economic.get(c)!)),
    ]);
    const personnel = of('301') + of('303');
    rows.push(this.one('personnel', '人员经费合计', personnel));
    rows.push(this.one('public', '公用经费合计', of('') - personnel));
    const key =
      this.style.layout === 'national'
        ? '一般公共预算财政拨款基本支出决算明细表'
        : '一般公共预算财政拨款基本支出决算表';
    return { id: 'T6', key, rows };
  }

  private flows(): PrintedTable {
    const { items, opening, closing, income } = this.accounts;
    const funded = items.filter(({ fund }) => fund > 0n);
    // Carry-overs are the first item's.
    const row = (group: readonly Item[]) => {
      const first = funded[0] !== undefined && group.includes(funded[0]);
      const spent = sum(group.map(({ fund }) => fund));
      const [before, after] = first ? [opening.fund, closing.fund] : [0n, 0n];
      return [
        ['opening', before] as const,
        ['income', group.length === funded.length ? income.fund : spent + after - before] as const,
        ['total', spent] as const,
        ['basic', 0n] as const,
        ['project', spent] as const,
        ['closing', after] as const,
      ];
    };
    const key = '政府性基金预算财政拨款收入支出决算表';
    if (funded.length === 0) return { id: 'T7', key, rows: [] };
    return this.byCode('T7', key, funded, row, FLOW_KEYS);
  }

  private capital(): PrintedTable {
    const spending = this.accounts.items.filter(({ capital }) => capital > 0n);
    const national = this.style.layout === 'national';
    const key = `国有资本经营预算财政拨款${national ? '' : '收入'}支出决算表`;
    if (spending.length === 0) return { id: 'T8', key, rows: [] };
    const columns = national
      ? { total: '合计', basic: '基本支出', project: '项目支出' }
      : FLOW_KEYS;
    const row = (group: readonly Item[]) => {
      const spent = sum(group.map(({ capital }) => capital));
      const three = [
        ['total', spent] as const,
        ['basic', 0n] as const,
        ['project', spent] as const,
      ];
      if (national) return three;
      return [
        ['opening', 0n] as const,
        ['income', spent] as const,
        ...three,
        ['closing', 0n] as const,
      ];
    };
    return this.byCode('T8', key, spending, row, columns);
  }

  private publicExpenses(): PrintedTable {
    const { publicExpenses } = this.accounts;
    const columns = { budget: '预算数', final: '决算数' };
    const row = (id: string, key: string, of: readonly (typeof PUBLIC_EXPENSES)[number][]) =>
      this.row(
        id,
        key,
        [
          ['budget', sum(of.map((expense) => publicExpenses[expense].budget))],
          ['final', sum(of.map((expense) => publicExpenses[expense].final))],
        ],
        columns,
      );
    const rows = [
      row('total', '合计', PUBLIC_EXPENSES),
      row('abroad', '因公出国（境）费', ['abroad']),
      row('vehicles', '公务用车购置及运行维护费', ['purchase', 'running']),
      row('purchase', '公务用车购置费', ['purchase']),
      row('running', '公务用车运行维护费', ['running']),
      row('reception', '公务接待费', ['reception']),
    ];
    return { id: 'T9', key: '财政拨款“三公”经费支出决算表', rows };
  }
}

/** The document as a data file. */
export function write({ style, tables }: PrintedDocument): string {
  const lines = [
    '格式: gouji/1',
    '文种: 部门决算',
    '年度: 2024',
    '单位名称: 某市某局',
    `金额单位: ${style.unit ?? '万元'}`,
    `表样: ${HEAD[style.layout]}`,
    `尾数处理: ${MODE[style.mode]}`,
  ];
  for (const { key, rows } of tables) {
    lines.push('', `${key}:`);
    let open: readonly string[] = [];
    for (const { key: rowKey, within = [], cells, columns } of rows) {
      within.forEach((part, depth) => {
        if (open[depth] === part && open.slice(0, depth).every((p, at) => p === within[at])) return;
        lines.push(`${'  '.repeat(depth + 1)}${part}:`);
      });
      open = within;
      const indent = '  '.repeat(within.length + 1);
      if (!columns) lines.push(`${indent}${rowKey}: ${cells.get('amount')!}`.trimEnd());
      else {
        const written = [...cells].map(([column, figure]) =>
          `${columns[column]!}: ${figure}`.trimEnd(),
        );
        lines.push(`${indent}${rowKey}: {${written.join(', ')}}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}
