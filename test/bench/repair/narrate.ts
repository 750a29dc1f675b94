/**
 * What a department says of its accounts in words: every figure is worked out from exact amounts in 分 and rounded by
 * itself, or from what the tables print, as authors do. Nothing here knows the code under test.
 */
import { pick } from '../../support/random';
import {
  FUNDS,
  PUBLIC_EXPENSES,
  SOURCES,
  sum,
  type Department,
  type Item,
  type PublicExpense,
  type Random,
} from './model';
import { SOURCE_KEYS } from './print';

/** How an author writes. */
export interface Wording {
  /** How many decimals a percentage has. */
  readonly percent: 0 | 1 | 2;
  /** Amounts as in the tables, with as few decimals as it takes, or large ones in 亿元. */
  readonly amounts: 'table' | 'short' | 'large';
  /** Whether amounts name their unit, which the tables need not be in. */
  readonly named: boolean;
  readonly truncated: boolean;
  /** Whether shares and changes are worked out from figures as they are printed. */
  readonly fromPrinted: boolean;
}

export function wordingBy(random: Random, named: boolean, truncated: boolean): Wording {
  return {
    percent: pick([0, 1, 2, 2] as const, random),
    amounts: pick(['table', 'table', 'short', 'large'] as const, random),
    named,
    truncated,
    fromPrinted: random() < 0.5,
  };
}

/** The sections of a text, each written or not. */
export const narrate = (accounts: Department, wording: Wording, random: Random): string =>
  new Author(accounts, wording, random).text();

const everything = ({ general, fund, capital, own }: Item) =>
  general.basic + general.project + fund + capital + own.basic + own.project;
const ofGeneral = ({ general }: Item) => general.basic + general.project;

/** A hundredth of 万元, which is as fine as a text prints. */
const PLACE = 10_000n;

/** The same of 亿元. */
const LARGE = 100_000_000n;

type Facets = readonly (readonly [key: string, value: string | undefined])[];

class Author {
  private readonly lines = ['', '决算情况说明:'];

  constructor(
    private readonly accounts: Department,
    private readonly wording: Wording,
    private readonly random: Random,
  ) {}

  text(): string {
    const sections = [
      () => this.totals(),
      () => this.income(),
      () => this.expenditure(),
      () => this.fiscal(),
      () => this.general(),
      () => this.basic(),
      () => this.funds(),
      () => this.publicExpenses(),
      () => this.operating(),
      () => this.procurement(),
      () => this.vehicles(),
      () => this.outlays(),
    ];
    for (const section of sections) if (this.by(0.8)) section();
    return `${this.lines.join('\n')}\n`;
  }

  private totals(): void {
    const { surplus, opening } = this.accounts;
    const total = this.received + surplus + opening.all;
    this.say(1, '收入支出总体');
    if (this.by(0.7)) this.flat(2, [['收支总计', this.amount(total)], ...this.change(total)]);
    else if (this.by(0.4)) this.allTotals(total);
    else {
      this.say(2, '收入总计', row([['金额', this.amount(total)], ...this.change(total)]));
      this.say(2, '支出总计', row([['金额', this.amount(total)], ...this.change(total)]));
    }
  }

  /** What the total consists of, on either side. */
  private allTotals(total: bigint): void {
    const { surplus, distribution, opening, closing } = this.accounts;
    for (const [key, fen] of [
      ['收入总计', total],
      ['本年收入合计', this.received],
      ['使用非财政拨款结余', surplus],
      ['年初结转和结余', opening.all],
      ['支出总计', total],
      ['本年支出合计', this.spent],
      ['结余分配', distribution],
      ['年末结转和结余', closing.all],
    ] as const) {
      this.say(2, key, row([['金额', this.amount(fen)], ...this.change(fen)]));
    }
  }

  private income(): void {
    const { items } = this.accounts;
    const hasZeros = this.by(0.5);
    this.say(1, '收入');
    this.say(2, '收入合计', this.amount(this.received));
    for (const source of SOURCES) {
      const fen = sum(items.map((item) => item.income[source]));
      if (fen !== 0n || hasZeros) this.part(2, SOURCE_KEYS[source], fen, this.received);
    }
  }

  private expenditure(): void {
    const basic = this.all(({ general, own }) => general.basic + own.basic);
    this.say(1, '支出');
    this.say(2, '支出合计', this.amount(this.spent));
    this.part(2, '基本支出', basic, this.spent);
    this.part(2, '项目支出', this.spent - basic, this.spent);
  }

  private fiscal(): void {
    const { income, opening } = this.accounts;
    const total = sum(FUNDS.map((fund) => income[fund] + opening[fund]));
    this.say(1, '财政拨款收支总体');
    this.flat(2, [['财政拨款收支总计', this.amount(total)], ...this.change(total)]);
  }

  private general(): void {
    const items = this.accounts.items.filter((item) => ofGeneral(item) > 0n);
    const total = sum(items.map(ofGeneral));
    if (total === 0n) return;
    const budgets = items.map((item) => (this.by(0.2) ? 0n : this.near(ofGeneral(item))));
    this.say(1, '一般公共预算支出');
    if (this.by(0.8)) {
      this.say(2, '总体');
      const share = this.percent(total, this.spent);
      const facets: Facets = [
        ['支出', this.amount(total)],
        ['占本年支出', share],
      ];
      this.flat(3, [...facets, ...this.change(total)]);
    }
    if (this.by(0.8)) this.structure(items, total);
    if (this.by(0.8)) {
      this.say(2, '具体');
      this.flat(3, this.against(total, sum(budgets)));
    }
    if (this.by(0.8)) {
      this.say(2, '各项');
      items.forEach((item, at) => {
        const against = this.against(ofGeneral(item), budgets[at]!);
        this.lines.push(`      - ${row([['科目', item.code], ...against])}`);
      });
    }
  }

  private structure(items: readonly Item[], total: bigint): void {
    this.say(2, '结构');
    this.say(3, '合计', this.amount(total));
    const isDetailed = this.by(0.4);
    for (const code of [...new Set(items.map((item) => item.code.slice(0, 3)))].sort()) {
      const own = items.filter((item) => item.code.startsWith(code));
      const fen = sum(own.map(ofGeneral));
      const detail: Facets = own.map((item) => [item.code, this.amount(ofGeneral(item))]);
      const facets: Facets = [
        ['金额', this.amount(fen)],
        ['占比', this.percent(fen, total)],
      ];
      this.say(3, code, row(isDetailed ? [...facets, ['其中', row(detail)]] : facets));
    }
  }

  private basic(): void {
    const total = this.all(({ general }) => general.basic);
    if (total === 0n) return;
    const personnel = this.economic('301') + this.economic('303');
    this.say(1, '基本支出');
    this.say(2, '基本支出', this.amount(total));
    this.part(2, '人员经费', personnel, total);
    this.part(2, '公用经费', total - personnel, total);
  }

  private funds(): void {
    const { opening, income, closing } = this.accounts;
    for (const [key, fund] of [
      ['政府性基金', 'fund'],
      ['国有资本经营预算', 'capital'],
    ] as const) {
      const spent = this.all((item) => item[fund]);
      this.say(1, key);
      this.flat(2, [
        ['年初结转和结余', this.amount(opening[fund])],
        ['本年收入', this.amount(income[fund])],
        ['本年支出', this.amount(spent)],
        ['基本支出', this.amount(0n)],
        ['项目支出', this.amount(spent)],
        ['年末结转和结余', this.amount(closing[fund])],
      ]);
      const items = this.accounts.items.filter((item) => item[fund] > 0n);
      if (items.length === 0 || this.by(0.5)) continue;
      this.say(2, '各项');
      for (const item of items) {
        const against = this.against(item[fund], this.near(item[fund]));
        this.lines.push(`      - ${row([['科目', item.code], ...against])}`);
      }
    }
  }

  private publicExpenses(): void {
    const { publicExpenses: all } = this.accounts;
    const rows: [string, readonly PublicExpense[]][] = [
      ['合计', PUBLIC_EXPENSES],
      ['因公出国（境）费', ['abroad']],
      ['公务用车购置及运行维护费', ['purchase', 'running']],
      ['公务用车购置费', ['purchase']],
      ['公务用车运行维护费', ['running']],
      ['公务接待费', ['reception']],
    ];
    const total = sum(PUBLIC_EXPENSES.map((expense) => all[expense].final));
    const [hasBudget, hasShare, hasChange] = [this.by(0.5), this.by(0.5), this.by(0.5)];
    // The change of the whole is that of its parts.
    const last = new Map(
      PUBLIC_EXPENSES.map((expense) => [
        expense,
        this.by(0.2) ? 0n : this.near(all[expense].final),
      ]),
    );
    this.say(1, '三公经费');
    for (const [key, of] of rows) {
      const final = sum(of.map((expense) => all[expense].final));
      const budget = sum(of.map((expense) => all[expense].budget));
      const facets: Facets = [
        ['支出预算', hasBudget ? this.amount(budget) : undefined],
        ['决算', this.amount(final)],
        ['完成', this.percent(final, budget)],
        ['占比', hasShare ? this.percent(final, total) : undefined],
      ];
      const before = sum(of.map((expense) => last.get(expense)!));
      this.say(2, key, row(hasChange ? [...facets, ...this.change(final, before)] : facets));
    }
    if (this.by(0.5)) this.counts();
  }

  /** Where there is money, there is something that it was for. */
  private counts(): void {
    const { abroad, purchase, running, reception } = this.accounts.publicExpenses;
    const some = (expense: { readonly final: bigint }) =>
      expense.final > 0n ? `${1 + Math.floor(this.random() * 40)}` : '0';
    this.say(2, '实物量');
    this.flat(3, [
      ['出国团组', some(abroad)],
      ['出国人次', abroad.final > 0n ? '90' : '0'],
      ['购置车辆', purchase.final > 0n ? '1' : '0'],
      ['保有车辆', running.final + purchase.final > 0n ? '3' : '0'],
      ['国内接待批次', some(reception)],
      ['国内接待人次', reception.final > 0n ? '90' : '0'],
    ]);
  }

  /** Also out of projects, so no less than out of basic expenditure. */
  private outlays(): void {
    const { economic } = this.accounts;
    this.say(1, '一般性支出');
    for (const [key, code] of [
      ['会议费', '30215'],
      ['培训费', '30216'],
    ] as const) {
      const fen = (economic.get(code) ?? 0n) + (this.by(0.3) ? this.any() : 0n);
      if (fen > 0n) this.say(2, key, row([['金额', this.amount(fen)], ...this.change(fen)]));
    }
  }

  private operating(): void {
    const fen = this.economic('302') + this.economic('310');
    if (fen === 0n) return;
    this.say(1, '机关运行经费');
    this.flat(2, [['机关运行经费', this.amount(fen)], ...this.change(fen)]);
  }

  private procurement(): void {
    const [goods, works, services] = [this.any(), this.by(0.5) ? this.any() : 0n, this.any()];
    const total = goods + works + services;
    const part = (whole: bigint) => (whole * BigInt(Math.floor(this.random() * 101))) / 100n;
    const small = part(total);
    const micro = part(small);
    this.say(1, '政府采购');
    this.flat(2, [
      ['采购总额', this.amount(total)],
      ['货物', this.amount(goods)],
      ['工程', this.amount(works)],
      ['服务', this.amount(services)],
    ]);
    if (micro < PLACE) return;
    this.part(2, '授予中小企业', small, total);
    this.part(2, '授予小微企业', micro, this.by(0.5) ? total : small);
  }

  private vehicles(): void {
    const counts = ['机要通信用车', '应急保障用车', '执法执勤用车', '其他用车'].map(
      (key) => [key, Math.floor(this.random() ** 2 * 9)] as const,
    );
    const total = counts.reduce((all, [, count]) => all + count, 0);
    this.say(1, '国有资产占用');
    this.flat(2, [['车辆', `${total}`], ...counts.map(([key, n]) => [key, `${n}`] as const)]);
  }

  private get received(): bigint {
    return this.all(({ income }) => sum(SOURCES.map((source) => income[source])));
  }

  private get spent(): bigint {
    return this.all(everything);
  }

  private all(of: (item: Item) => bigint): bigint {
    return sum(this.accounts.items.map(of));
  }

  private economic(prefix: string): bigint {
    const own = [...this.accounts.economic].filter(([code]) => code.startsWith(prefix));
    return sum(own.map(([, fen]) => fen));
  }

  private by(share: number): boolean {
    return this.random() < share;
  }

  private any(): bigint {
    return BigInt(Math.floor(10 ** (4 + this.random() * 5))) + PLACE;
  }

  /** Another year's amount, or a budget: seldom the same. */
  private near(fen: bigint): bigint {
    if (this.by(0.1)) return fen;
    const factor = BigInt(Math.floor(10 ** (5 + 2 * (this.random() - 0.5))));
    const other = (fen * factor) / 100_000n;
    return other < PLACE ? 0n : other;
  }

  private change(fen: bigint, last = this.near(fen)): Facets {
    const by = this.worked(fen) - this.worked(last);
    if (by === 0n) return [['比上年', '持平']];
    const size = by < 0n ? -by : by;
    // What prints as nothing is not told as a change.
    if (this.printed(size) === 0n) return [];
    const [word, rate] = by > 0n ? ['增加', '增长'] : ['减少', '下降'];
    const told: Facets = [
      [word, this.amount(size)],
      [rate, this.percent(size, last)],
    ];
    return [['比上年', row(this.by(0.3) ? [['上年', this.amount(last)], ...told] : told)]];
  }

  private against(final: bigint, budget: bigint): Facets {
    const [a, b] = [this.amount(final), this.amount(budget)];
    const word = a === b ? '基本持平' : final > budget ? '大于' : '小于';
    return [
      ['年初预算', b],
      ['决算', a],
      ['完成', this.percent(final, budget)],
      ['决算较预算', word],
    ];
  }

  private part(depth: number, key: string, fen: bigint, whole: bigint): void {
    this.say(
      depth,
      key,
      row([
        ['金额', this.amount(fen)],
        ['占比', this.percent(fen, whole)],
      ]),
    );
  }

  private flat(depth: number, facets: Facets): void {
    for (const [key, value] of facets) if (value !== undefined) this.say(depth, key, value);
  }

  private say(depth: number, key: string, value = ''): void {
    this.lines.push(`${'  '.repeat(depth)}${key}: ${value}`.trimEnd());
  }

  private amount(fen: bigint): string {
    const { amounts, named } = this.wording;
    const step = amounts === 'large' && fen >= 1000n * LARGE ? LARGE : PLACE;
    const text = decimal(this.printed(fen, step), 2);
    const unit = step === LARGE ? '亿元' : named ? '万元' : '';
    return (amounts === 'short' ? text.replace(/\.?0+$/, '') : text) + unit;
  }

  /** What further figures are worked out from. */
  private worked(fen: bigint): bigint {
    return this.wording.fromPrinted ? this.printed(fen) * PLACE : fen;
  }

  private printed(fen: bigint, step = PLACE): bigint {
    return this.wording.truncated ? fen / step : (fen + step / 2n) / step;
  }

  /** Undefined where there is nothing that it could be a part of. */
  private percent(part: bigint, whole: bigint): string | undefined {
    const { percent } = this.wording;
    const [over, under] = [this.worked(part), this.worked(whole)];
    if (under === 0n) return undefined;
    const hundredths = 100n * 10n ** BigInt(percent);
    return `${decimal((2n * over * hundredths + under) / (2n * under), percent)}%`;
  }
}

const row = (facets: Facets): string =>
  `{${facets.flatMap(([key, value]) => (value === undefined ? [] : `${key}: ${value}`)).join(', ')}}`;

function decimal(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
