import type { Named, SectionSpec, TableSpec, Vocabulary } from '../src/disclosure/vocabulary';
import { formatAddress } from '../src/relations/address';
import type { Address, BindingSource, Conditions, PlaceSource, Rule } from '../src/relations/rule';

/** Says a rule as a formula, in the words of the documents: names of tables, rows and columns. */
export class Formula {
  private readonly specs: ReadonlyMap<string, TableSpec>;

  constructor(
    { tables, statements }: Vocabulary,
    private readonly rule: Rule,
  ) {
    this.specs = new Map([...tables, ...statements].map((spec) => [spec.id, spec]));
  }

  /** Lines of Markdown. */
  lines(): string[] {
    const { each, at, when, unless } = this.rule;
    return [
      ...this.statement(),
      ...(at
        ? ['', `逐行适用于 Applied to each of: ${at.map((p) => this.place(p)).join('；')}`]
        : []),
      ...(each.length > 0 ? ['', '其中 where:', ''] : []),
      ...each.map(({ name, sources }) => `- 〔${name}〕 ${this.sources(name, sources)}`),
      ...this.conditions(when, '仅当以下各项都成立 only where all of these hold:'),
      ...this.conditions(unless, '以下任一项成立时不适用 not where any of these holds:'),
      ...(this.isRolled() ? ['', ROLLED] : []),
    ];
  }

  private statement(): string[] {
    const { kind, target, terms, base = [], comparator, constant, bounded, whole } = this.rule;
    const sum = (addresses: readonly Address[]) =>
      addresses.map((address, index) => `  - ${this.signed(address, index)}`);
    const right = [...sum(terms), ...(constant === undefined ? [] : [`  - ${constant}`])];
    const first = target ? [`- ${this.name(target)}`] : [];
    switch (kind) {
      case 'sum':
      case 'balance':
      case 'equal':
      case 'compare':
        return [
          ...first,
          `- ${comparator === 'ge' ? '≥ （不小于）' : '='}`,
          ...right,
          ...(bounded ? [BOUNDED] : []),
        ];
      case 'ratio':
        return [...first, '- = 100% ×', ...right, '- ÷', ...sum(base), ...(whole ? [WHOLE] : [])];
      case 'hierarchy':
        return [
          ...first,
          '- = 其下一级所列各科目之和 the subjects printed under it',
          ...(terms.length > 0 ? ['- 各科目应在此列全 all of them stand in:', ...right] : []),
        ];
      case 'direction':
        return [...first, '- 所用的词与下列数字的大小一致 agrees in its words with:', ...right];
      case 'list':
        return [...first, '- 所列与下列有金额的科目一致 names what has an amount in:', ...right];
      case 'stated':
        return [...first, '- 应当写明 is stated'];
      case 'note':
        return ['- 表下的说明讲的是本表的资金 the note under a table speaks of its money'];
      case 'name':
        return target
          ? [...first, '- 与文件的单位名称一致 is the name of the organisation']
          : ['- 同一项目在各处的名称一致 one project has one name everywhere'];
      case 'input':
        return [];
    }
  }

  private conditions(conditions: Conditions | undefined, title: string): string[] {
    if (!conditions) return [];
    const entries = Object.entries(conditions) as [keyof Conditions, readonly Address[]][];
    const items = entries.map(([name, addresses]) => {
      const [first = '', ...rest] = addresses.map((address) => this.name(address));
      return `- ${CONDITION[name](first, rest)}`;
    });
    return ['', title, '', ...items];
  }

  private signed(address: Address, index: number): string {
    const name = this.name(address);
    if (address.coefficient < 0) return `− ${name}`;
    return index === 0 ? name : `＋ ${name}`;
  }

  /** 《支出决算表》2080101 · 基本支出 (`T3/2080101/basic`) */
  private name(address: Address): string {
    const { table, row } = address;
    const spec = this.specs.get(table);
    const side = spec?.sections.find(({ id }) => id === row.side);
    const parts = [
      ...(side?.key && row.side !== '' ? [side.key] : []),
      ...this.rowName(address, spec),
      ...this.columnName(address, side ? [side] : (spec?.sections ?? this.placeSections())),
    ];
    const text = formatAddress({ ...address, coefficient: 1 });
    return `${spec ? `《${spec.key}》` : ''}${parts.join(' · ')} (\`${text}\`)`;
  }

  private rowName({ row }: Address, spec: TableSpec | undefined): string[] {
    const sections = spec?.sections.filter(({ id }) => id === row.side) ?? [];
    const rows = sections.flatMap((section) => allRows(section));
    const dagger = row.by === 'rolled' ? '†' : '';
    const key = rows.find(({ id }) => id === row.name)?.key;
    switch (row.by) {
      case 'place':
        return row.name === '' ? ['该行'] : [`同处的${this.besideName(row.name)}行`];
      case 'title':
        return ['同名的行'];
      case 'named':
        return [`该行“${this.columnKey(row.name)}”所列各行`];
      case 'set':
        return [setName(row, rows)];
      case 'id':
      case 'rolled':
        if (key) return [key + dagger];
        return sections.some(({ flat }) => flat === row.name) ? [] : [bound(row.name) + dagger];
    }
  }

  private columnName({ column }: Address, sections: readonly SectionSpec[]): string[] {
    const columns = sections.flatMap((section) => section.columns);
    if (column.by === 'set') {
      const keys = columns.filter(({ sets }) => sets?.includes(column.name)).map(({ key }) => key);
      return [`（${[...new Set(keys)].join('、')}）`];
    }
    const key = columns.find(({ id }) => id === column.name)?.key;
    return [key ?? bound(column.name)];
  }

  /** The sections of the rows that the rule is at. */
  private placeSections(): SectionSpec[] {
    return (this.rule.at ?? []).flatMap(({ table, side, row }) => {
      const of = side || (row.includes('.') ? row.slice(0, row.indexOf('.')) : '');
      return this.specs.get(table)?.sections.filter(({ id }) => id === of) ?? [];
    });
  }

  private besideName(id: string): string {
    const rows = this.placeSections().flatMap(allRows);
    const keys = rows.flatMap((row) => (row.id === id ? [row.key] : []));
    return `“${[...new Set(keys)].join('”或“') || id}”`;
  }

  private columnKey(id: string): string {
    return (
      this.placeSections()
        .flatMap(({ columns }) => columns)
        .find((column) => column.id === id)?.key ?? id
    );
  }

  private place({ table, side, row }: PlaceSource): string {
    const spec = this.specs.get(table);
    const [of, name] = row.includes('.') ? (row.split('.') as [string, string]) : [side, row];
    const section = spec?.sections.find(({ id }) => id === of);
    const found = section && allRows(section).find(({ id }) => id === name);
    const what = row === '' ? '各行' : (found?.key ?? '');
    return `《${spec?.key ?? table}》${[section?.key, what].filter(Boolean).join(' · ')}`;
  }

  /** What a name stands for; values in the words of where the name is used. */
  private sources(name: string, sources: readonly BindingSource[]): string {
    const named = sources.map((source) => {
      if ('literal' in source) return this.valueName(name, source.literal);
      const spec = this.specs.get(source.table);
      const side = spec?.sections.find(({ id }) => id === source.side)?.key;
      return `《${spec?.key ?? source.table}》${side ?? ''}${SETS[source.set]}`;
    });
    return [...new Set(named)].join('、');
  }

  private valueName(name: string, value: string): string {
    const addresses = [this.rule.target, ...this.rule.terms].flatMap((address) => address ?? []);
    for (const { table, row, column } of addresses) {
      const sections = this.specs.get(table)?.sections ?? this.placeSections();
      const own = sections.filter(({ id }) => id === row.side);
      const used = (template: string) => template.includes(`{${name}}`);
      const fill = (template: string) => template.replace(`{${name}}`, value);
      const specs: readonly (Named & { id: string })[] = (own.length > 0 ? own : sections).flatMap(
        (section) => [
          ...(used(row.name) ? allRows(section).filter(({ id }) => id === fill(row.name)) : []),
          ...(used(column.name)
            ? section.columns.filter(({ id }) => id === fill(column.name))
            : []),
        ],
      );
      if (specs[0]) return specs[0].key;
    }
    return value;
  }

  private isRolled(): boolean {
    const { target, terms, base = [], when = {}, unless = {} } = this.rule;
    const conditions = [when, unless].flatMap(
      (all) => Object.values(all) as (readonly Address[])[],
    );
    return [...(target ? [target] : []), ...terms, ...base, ...conditions.flat()].some(
      ({ row }) => row.by === 'rolled',
    );
  }
}

const ROLLED =
  '† 没有印出该行时，以组成它的各行之和代替。 Where the row is not printed, what it is made of counts.';
const BOUNDED =
  '- 印作界限（≥、以内）时，不越过即可 a figure printed as a bound (≥) need not be equal';
const WHOLE =
  '- 与同处各占比合计为 100%，尾数归入其中一项时按习惯认可 shares may be adjusted in one place so that all make 100%';

const SETS: Readonly<Record<string, string>> = {
  rows: '各行',
  codes: '各科目',
  leaves: '各末级科目',
  classes: '各类',
  columns: '各栏',
  titles: '各行的名称',
};

const CONDITION: Readonly<Record<keyof Conditions, (first: string, rest: string[]) => string>> = {
  equal: (first, rest) => `${first} 逐字等于 equals to the digit ${rest.join(' ＋ ')}`,
  zero: (first, rest) => `${[first, ...rest].join('、')} 为零或空白 is blank or zero`,
  nonZero: (first, rest) => `${[first, ...rest].join('、')} 不为零 is not zero`,
  notNegative: (first, rest) => `${[first, ...rest].join('、')} 没有负数 is not below zero`,
  written: (first, rest) => `${[first, ...rest].join('、')} 已写明 is written`,
  unwritten: (first, rest) => `${[first, ...rest].join('、')} 未写 is not written`,
  some: (first, rest) => `${[first, ...rest].join('、')} 至少写明一项 at least one is written`,
  one: (first, rest) => `${[first, ...rest].join('、')} 恰好写明一项 exactly one is written`,
  reached: (first, rest) => `${first} 达到 reaches ${rest.join('')}`,
  less: (first, rest) => `${first} 小于 is less than ${rest.join('')}`,
  covered: (first, rest) =>
    `${first} 中没有写的各行，其 what is not written there is zero in ${rest.join('')} 为零`,
  listed: (first, rest) =>
    `${first} 列全了 names every subject that is not zero in ${rest.join('')}`,
  unshifted: (first, rest) =>
    `${first} 之和不因尾差而变 is the same whatever tail lies between ${rest.join(' 与 and ')}`,
};

function setName(
  { name, classes, except }: Address['row'],
  rows: readonly { readonly key: string; readonly sets?: readonly string[] }[],
): string {
  const list = classes?.map(bound).join('、') ?? '';
  switch (name) {
    case 'rows':
      return '各行';
    case 'codes':
    case 'top': {
      const what = name === 'top' ? '最上级各科目' : '各科目';
      if (!classes) return what;
      return except === true ? `${list} 以外${what}` : `${list} 类${what}`;
    }
    case 'parents':
      return '有下级的各科目';
    case 'in':
      return `${list}组各行`;
    case 'project':
      return `注明属于项目${list}的各行`;
    default:
      return `（${rows
        .filter(({ sets }) => sets?.includes(name))
        .map(({ key }) => key)
        .join('、')}）`;
  }
}

/** `opening-{fund}` → `opening-〔fund〕` */
const bound = (name: string) => name.replace(/\{(\w+)\}/g, '〔$1〕');

function allRows({ rows }: SectionSpec) {
  return rows.flatMap((row) => [row, ...(row.parts ?? [])]);
}
