/**
 * What a department earned and spent, in 分, made up so that everything that must be the same is the
 * same. Documents are printed from it by `print.ts`; nothing here knows the code under test.
 */
import { pick } from '../../support/random';

export type Random = () => number;

/** One 项 with all its money, in 分. */
export interface Item {
  readonly code: string;
  /** Expenditure out of the general public budget, of funds, of state capital, and of other money. */
  readonly general: { readonly basic: bigint; readonly project: bigint };
  readonly fund: bigint;
  readonly capital: bigint;
  readonly own: { readonly basic: bigint; readonly project: bigint };
  readonly income: Readonly<Record<Source, bigint>>;
}

export const SOURCES = [
  'fiscal',
  'superior',
  'service',
  'business',
  'affiliated',
  'other',
] as const;
export type Source = (typeof SOURCES)[number];

export const FUNDS = ['general', 'fund', 'capital'] as const;
export type Fund = (typeof FUNDS)[number];

export interface Department {
  readonly items: readonly Item[];
  /** Carry-overs of the three kinds of fiscal money, and of all money. */
  readonly opening: Readonly<Record<Fund | 'all', bigint>>;
  readonly closing: Readonly<Record<Fund | 'all', bigint>>;
  readonly income: Readonly<Record<Fund, bigint>>;
  readonly surplus: bigint;
  readonly distribution: bigint;
  /** Basic expenditure of the general public budget by economic 款. */
  readonly economic: ReadonlyMap<string, bigint>;
  /** The three public expenses: budget and final. */
  readonly publicExpenses: Readonly<Record<PublicExpense, { budget: bigint; final: bigint }>>;
}

export const PUBLIC_EXPENSES = ['abroad', 'purchase', 'running', 'reception'] as const;
export type PublicExpense = (typeof PUBLIC_EXPENSES)[number];

/** How a department is made up. */
export interface Shape {
  /** Number of 项. */
  readonly items: number;
  /** All money is of the general public budget: then two tables agree cell by cell. */
  readonly generalOnly: boolean;
  /** The smallest unit of money that occurs, in 分: 万元 to two decimals is 10,000 分. */
  readonly grain: bigint;
}

const CLASSES = [
  '201',
  '204',
  '205',
  '206',
  '207',
  '208',
  '210',
  '211',
  '212',
  '213',
  '214',
  '221',
];
const ECONOMIC: Readonly<Record<string, readonly string[]>> = {
  '301': ['01', '02', '03', '07', '08', '09', '10', '11', '12', '13', '99'],
  '302': [
    '01',
    '02',
    '04',
    '05',
    '06',
    '07',
    '11',
    '12',
    '13',
    '15',
    '16',
    '17',
    '26',
    '28',
    '29',
    '31',
    '39',
    '99',
  ],
  '303': ['01', '02', '05', '07', '09', '99'],
  '310': ['02', '03', '07', '13', '99'],
};

/** The economic 款 that may not be more than the public expense of the same name. */
const COUNTERPARTS: Readonly<Record<PublicExpense, string>> = {
  abroad: '30212',
  purchase: '31013',
  running: '30231',
  reception: '30217',
};

export function department(
  { items: count, generalOnly, grain }: Shape,
  random: Random,
): Department {
  const money = () => amount(random, grain);
  const some = (share: number) => (random() < share ? money() : 0n);
  const items = codes(count, random).map((code) =>
    spending(code, generalOnly, money, some, random),
  );
  const spent = (of: (item: Item) => bigint) => sum(items.map(of));
  const opening = { general: some(0.5), fund: 0n, capital: 0n };
  const hasFund = items.some(({ fund }) => fund > 0n);
  if (hasFund) opening.fund = some(0.5);
  const used = {
    general: spent(({ general }) => general.basic + general.project),
    fund: spent(({ fund }) => fund),
    capital: spent(({ capital }) => capital),
  };
  const closing = { general: some(0.5), fund: hasFund ? some(0.3) : 0n, capital: 0n };
  const income = {
    general: used.general + closing.general - opening.general,
    fund: used.fund + closing.fund - opening.fund,
    capital: used.capital,
  };
  // What was carried over is no income of this year's items.
  for (const fund of FUNDS)
    if (income[fund] < 0n) return department({ items: count, generalOnly, grain }, random);
  const received = withIncome(items, income, some, random);
  if (!received) return department({ items: count, generalOnly, grain }, random);
  const all = sum(received.flatMap((item) => SOURCES.map((source) => item.income[source])));
  const out = spent(
    ({ general, fund, capital, own }) =>
      general.basic + general.project + fund + capital + own.basic + own.project,
  );
  const carried = opening.general + opening.fund + opening.capital;
  const kept = closing.general + closing.fund + closing.capital;
  // Whatever other money lacks or leaves over was there before, or stays.
  const gap = all - out + carried - kept;
  const extra = some(0.3) + (gap < 0n ? -gap : 0n);
  const surplus = generalOnly ? 0n : some(0.2);
  const distribution = surplus > 0n ? surplus : 0n;
  const basic = spent(({ general }) => general.basic);
  const economic = split(basic, grain, random);
  const publicExpenses = expenses(economic, grain, random);
  return {
    items: received,
    opening: { ...opening, all: carried + extra },
    closing: { ...closing, all: kept + extra + gap },
    income,
    surplus,
    distribution,
    economic,
    publicExpenses,
  };
}

export const sum = (amounts: readonly bigint[]) => amounts.reduce((a, b) => a + b, 0n);

/** Between some hundred 元 and some ten million, small ones as often as large. */
function amount(random: Random, grain: bigint): bigint {
  const size = 4 + random() * 5.5;
  const fen = BigInt(Math.floor(10 ** size)) + 1n;
  const rounded = (fen / grain) * grain;
  // What would print as 0.00 does not occur: authors leave such an amount out.
  return rounded < 10_000n ? 10_000n : rounded;
}

function codes(count: number, random: Random): string[] {
  const found = new Set<string>();
  const classes = CLASSES.filter(() => random() < 0.55);
  if (classes.length === 0) classes.push('208');
  // A class has 28 codes: where those of all chosen are too few, more classes are needed.
  for (const other of CLASSES) {
    if (20 * classes.length >= count) break;
    if (!classes.includes(other)) classes.push(other);
  }
  while (found.size < count) {
    const section = String(1 + Math.floor(random() * 4) ** 2).padStart(2, '0');
    const item = random() < 0.2 ? '99' : String(1 + Math.floor(random() * 6)).padStart(2, '0');
    found.add(pick(classes, random) + section + item);
  }
  return [...found].sort();
}

function spending(
  code: string,
  generalOnly: boolean,
  money: () => bigint,
  some: (share: number) => bigint,
  random: Random,
): Item {
  const isFund = !generalOnly && code.startsWith('212') && random() < 0.7;
  const kind = random();
  const general = isFund
    ? { basic: 0n, project: 0n }
    : { basic: kind < 0.6 ? money() : 0n, project: kind > 0.45 ? money() : 0n };
  const own = generalOnly ? { basic: 0n, project: 0n } : { basic: some(0.15), project: some(0.15) };
  const income = { fiscal: 0n, superior: 0n, service: 0n, business: 0n, affiliated: 0n, other: 0n };
  const capital = !generalOnly && code.startsWith('214') ? some(0.3) : 0n;
  return { code, general, fund: isFund ? money() : 0n, capital, own, income };
}

/** Fiscal income item by item as spent; what was carried over is taken from one of them. */
function withIncome(
  items: readonly Item[],
  income: Readonly<Record<Fund, bigint>>,
  some: (share: number) => bigint,
  random: Random,
): Item[] | undefined {
  const used = (item: Item, fund: Fund) =>
    fund === 'general' ? item.general.basic + item.general.project : item[fund];
  const fiscal = items.map((item) => sum(FUNDS.map((fund) => used(item, fund))));
  for (const fund of FUNDS) {
    const change = income[fund] - sum(items.map((item) => used(item, fund)));
    if (change === 0n) continue;
    const at = items.findIndex(
      (item) => used(item, fund) > 0n && used(item, fund) + change >= 10_000n,
    );
    if (at < 0) return undefined;
    fiscal[at]! += change;
  }
  return items.map((item, at) => {
    const spent = item.own.basic + item.own.project;
    const source = pick(SOURCES.slice(1), random);
    const other = spent > 0n ? spent + some(0.2) : 0n;
    return { ...item, income: { ...item.income, fiscal: fiscal[at]!, [source]: other } };
  });
}

/** An amount split over economic 款. */
function split(total: bigint, grain: bigint, random: Random): Map<string, bigint> {
  const found = new Map<string, bigint>();
  if (total === 0n) return found;
  const all = Object.entries(ECONOMIC).flatMap(([code, items]) => items.map((item) => code + item));
  const chosen = all.filter(() => random() < 0.6);
  if (chosen.length === 0) chosen.push('30101');
  const weights = chosen.map(() => BigInt(1 + Math.floor(10 ** (1 + random() * 3))));
  const weight = sum(weights);
  let left = total;
  chosen.forEach((code, at) => {
    const share = ((total * weights[at]!) / weight / grain) * grain;
    if (share < 10_000n) return;
    found.set(code, share);
    left -= share;
  });
  const largest = [...found].sort(([, a], [, b]) => (a < b ? 1 : -1))[0];
  if (largest) found.set(largest[0], largest[1] + left);
  else found.set('30101', total);
  return found;
}

function expenses(economic: ReadonlyMap<string, bigint>, grain: bigint, random: Random) {
  const of = (expense: PublicExpense) => {
    const basic = economic.get(COUNTERPARTS[expense]) ?? 0n;
    const project = random() < 0.3 ? amount(random, grain) / 10n : 0n;
    const grained = (project / grain) * grain;
    const final = basic + (grained < 10_000n ? 0n : grained);
    const budget =
      final === 0n
        ? 0n
        : ((final * BigInt(100 + Math.floor(random() * 60))) / 100n / grain) * grain;
    return { budget, final };
  };
  return {
    abroad: of('abroad'),
    purchase: of('purchase'),
    running: of('running'),
    reception: of('reception'),
  };
}
