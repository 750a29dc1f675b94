import { catalogOf } from '../catalog/inForce';
import { classificationOf } from '../catalog/data';
import { writeAmount } from '../disclosure/amount';
import type { Table } from '../disclosure/model';
import type { CellGroup } from '../repair/cause';
import { message, type Locale } from './messages';

/** The code of a row that a table has lost, with its name; or the name of a line of a form. */
export function lostSubject({ table, row = '', figures }: CellGroup, locale: Locale): string {
  const [column = ''] = figures?.keys() ?? [];
  const { spec, code = row } = table?.cell(row, column)?.row ?? {};
  if (spec) return locale === 'zh-cn' ? spec.key : spec.en;
  return table ? subjectIn(table, code) : code;
}

/** A code with its name. */
export function subjectIn(table: Table, code: string): string {
  const classification = classificationOf(code);
  const entry = classification && catalogOf(table).lookup(code, classification);
  return entry ? `${code} ${entry.name}` : code;
}

/** What it comes to, and of what columns that is: `64.15，项目支出`. */
export function lostFigures(
  { table, row = '', figures = new Map() }: CellGroup,
  locale: Locale,
): string {
  const [first = ''] = figures.keys();
  const section = table?.cell(row, first)?.row.section;
  const order = (section && table.columnsOf(section)) ?? [];
  const columns = order.flatMap(({ id, key, en, total = false }) => {
    const amount = figures.get(id);
    const cell = amount && table?.cell(row, id);
    if (!cell) return [];
    const isWhole = total && cell.row.section.columns.length > 1;
    return {
      isWhole,
      name: locale === 'zh-cn' ? key : en,
      value: writeAmount(amount, cell.unit.exponent),
    };
  });
  const whole = columns.find(({ isWhole }) => isWhole);
  const parts = columns.filter(({ isWhole }) => !isWhole);
  const [only, ...more] = parts;
  if (!only) return whole?.value ?? '';
  const names = parts.map(({ name, value }) => `${name} ${value}`).join(message(locale, 'list'));
  if (more.length > 0 || whole?.value !== only.value) return names;
  return message(locale, 'lost-row.figures', { value: whole.value, column: only.name });
}
