import type { Language } from '../../../server/src/syntax/tree';

/** How the rows of a generated file are laid out: `table` is one table, however long. */
export const LAYOUTS = ['flow', 'block', 'table'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Tables with a row for each subject, of a sum and its two parts, and a row of totals. */
const TABLES = [
  ['支出决算表', '本年支出合计', '基本支出', '项目支出'],
  ['一般公共预算财政拨款支出决算表', '小计', '基本支出', '项目支出'],
  ['收入决算表', '本年收入合计', '财政拨款收入', '其他收入'],
] as const;

/** A catalog in which the subjects of generated files are known. */
export function generateCatalog(lines: number): string {
  const rows = Array.from({ length: lines }, (_, row) => `${2010101 + row},项目${row}`);
  return `code,name\n${rows.join('\n')}\n`;
}

/** A file of about as many lines, of rows that reconcile. */
export function generate(layout: Layout, language: Language, lines: number): string {
  const out = new Writer(language);
  out.scalar(1, '格式', 'gouji/1');
  out.scalar(1, '年度', '2024');
  out.scalar(1, '表样', '全国');
  const tables = layout === 'table' ? TABLES.slice(0, 1) : TABLES;
  // A block row is its key and a line for each cell; in JSON a bracket more.
  const height = layout === 'block' ? (language === 'json' ? 5 : 4) : 1;
  const rows = Math.floor(lines / tables.length / height);
  for (const [table, ...columns] of tables) {
    out.open(1, table);
    const totals = [0, 0, 0];
    const write = (key: string, figures: readonly number[]) => {
      const cells = figures.map(amount);
      if (layout === 'block') out.block(2, key, columns, cells);
      else out.flow(2, key, columns, cells);
    };
    for (let row = 1; row < rows; row++) {
      const [first, second] = [(row * 37) % 90_000, (row * 53) % 70_000];
      const figures = [first + second, first, second];
      figures.forEach((figure, column) => (totals[column]! += figure));
      write((2010100 + row).toString(), figures);
    }
    write('合计', totals);
    out.close(1);
  }
  return out.text();
}

/** An amount of so many hundredths. */
function amount(hundredths: number): string {
  const digits = hundredths.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

class Writer {
  readonly lines: string[] = [];

  constructor(private readonly language: Language) {
    if (this.isJson) this.lines.push('{');
  }

  private get isJson(): boolean {
    return this.language === 'json';
  }

  private put(depth: number, text: string): void {
    // YAML's root is not indented.
    this.lines.push('  '.repeat(this.isJson ? depth : depth - 1) + text);
  }

  private key(name: string): string {
    return this.isJson || /^\d/.test(name) ? `"${name}"` : name;
  }

  scalar(depth: number, key: string, value: string): void {
    this.separate();
    this.put(depth, `${this.key(key)}: ${this.isJson ? JSON.stringify(value) : value}`);
  }

  flow(depth: number, key: string, columns: readonly string[], cells: readonly string[]): void {
    this.separate();
    const entries = cells.map((cell, i) => `${this.key(columns[i]!)}: ${cell}`);
    this.put(depth, `${this.key(key)}: {${entries.join(', ')}}`);
  }

  block(depth: number, key: string, columns: readonly string[], cells: readonly string[]): void {
    this.open(depth, key);
    cells.forEach((cell, i) => {
      this.separate();
      this.put(depth + 1, `${this.key(columns[i]!)}: ${cell}`);
    });
    this.close(depth);
  }

  open(depth: number, key: string): void {
    this.separate();
    this.put(depth, `${this.key(key)}:${this.isJson ? ' {' : ''}`);
  }

  close(depth: number): void {
    if (this.isJson) this.put(depth, '}');
  }

  /** The comma behind what stands before, where something does. */
  private separate(): void {
    const last = this.lines.at(-1);
    if (this.isJson && last !== undefined && !last.endsWith('{')) {
      this.lines[this.lines.length - 1] = `${last},`;
    }
  }

  text(): string {
    if (this.isJson) this.lines.push('}');
    return `${this.lines.join('\n')}\n`;
  }
}
