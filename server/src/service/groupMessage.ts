/** What one mistake of several cells comes to, in words. */
import { classificationOf } from '../catalog/data';
import { catalogOf } from '../catalog/inForce';
import type { Cell, Table } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { CellGroup } from '../repair/cause';
import { lostFigures, lostSubject, subjectIn } from './lostRow';
import { message, shortList, type Locale } from './messages';
import { figureOf, headingOf, labelOf, valueText } from './places';

/** More names or values than this are counted, not named. */
export const MOST_NAMES = 4;

/** One mistake that explains several cells at once. */
export function groupMessage(
  group: CellGroup,
  count: number,
  locale: Locale,
  /** Of a table that is not finished: by how much it comes to less than others say. */
  lack?: string,
  /** Another table that may be the wrong one as well. */
  other?: Table,
): string {
  const { kind, changes, moved, table, row, total, places } = group;
  const cells = moved?.cells ?? [...changes.keys()];
  // Of two rows that changed places the cells come in pairs.
  const last = kind === 'swapped' ? cells[1] : cells.at(-1);
  const args = {
    cells: placesText(cells, locale),
    first: cells[0] ? labelOf(cells[0], locale) : '',
    last: last ? labelOf(last, locale) : '',
    rows: cells.length,
    table: table?.title ?? '',
    row: row ?? '',
    code: subjectOf(group),
    places: places?.size ?? 0,
    unit: unitOfTable(group) ?? '',
    count,
  };
  switch (kind) {
    case 'shifted':
      return message(locale, moved!.by > 0 ? 'cause.shift.down' : 'cause.shift.up', args);
    case 'unit':
      return message(locale, args.unit === '' ? 'cause.unit.power' : 'cause.unit', args);
    case 'swapped':
      return message(locale, 'cause.swapped', args);
    case 'repeated': {
      const [cell, value] = [...changes][0]!;
      const figures = { printed: figureOf(cell), value: valueText(value, cell) };
      return message(locale, 'cause.repeated', { ...args, ...figures });
    }
    case 'rotated':
      return message(locale, 'cause.rotated', { ...args, rows: rowsOfCells(cells, locale) });
    case 'columns':
      return message(locale, 'cause.columns', { ...args, ...columnsOf(group, locale) });
    case 'foreign':
      return message(locale, other ? 'cause.foreign.two' : 'cause.foreign', {
        ...args,
        other: other?.title ?? '',
      });
    case 'signs':
    case 'unit-row':
      return message(locale, `cause.${kind}`, args);
    case 'emptied-row':
      return message(locale, 'cause.emptied-row', { ...args, ...lostArgs(group, locale) });
    case 'lost-row':
      if (group.from) {
        const told = { ...args, ...lostArgs(group, locale), from: group.from.title };
        return message(locale, 'cause.moved-row', told);
      }
      if (group.figures) {
        return message(locale, 'cause.lost-row.told', { ...args, ...lostArgs(group, locale) });
      }
      return message(locale, row === undefined ? 'cause.lost-row.unnamed' : 'cause.lost-row', args);
    case 'unfilled':
      return message(locale, isBegun(table) ? 'cause.unfilled.begun' : 'cause.unfilled', args);
    case 'denied': {
      const first = total ? labelOf(total, locale) : '';
      return message(locale, 'cause.denied', {
        ...args,
        first,
        printed: total ? figureOf(total) : '',
      });
    }
    case 'displaced':
      return message(locale, 'cause.displaced', {
        ...args,
        rows: group.rows ?? 0,
        row: subjectIn(table!, row!),
        code: subjectIn(table!, group.code!),
        from: group.from!.title,
      });
    case 'unfinished': {
      const told = { ...args, lack: lack ?? '', ...(total && { first: labelOf(total, locale) }) };
      if (group.isEmptied) return message(locale, 'cause.emptied-parts', told);
      if (total) return message(locale, 'cause.unfinished.total', told);
      return message(locale, row === undefined ? 'cause.unfinished' : 'cause.unfinished.row', told);
    }
    case 'unsaid':
      return message(locale, changes.size === 1 ? 'cause.unsaid' : 'cause.unsaid.all', {
        ...args,
        values: changesText(changes, locale),
      });
    case 'doubled-row':
      return message(locale, 'cause.doubled-row', {
        ...args,
        row: subjectIn(table!, row!),
        code: subjectIn(table!, group.code!),
      });
    case 'lost-rows':
      return message(locale, 'cause.lost-rows', { ...args, rows: rowsText(group, locale) });
    case 'exchanged-codes':
      return message(locale, 'cause.exchanged-codes', { ...args, row: subjectIn(table!, row!) });
    case 'miscoded':
      if (table?.spec.section !== undefined) return message(locale, 'cause.miscoded.item', args);
      return message(locale, args.places > 1 ? 'cause.miscoded.all' : 'cause.miscoded', args);
  }
}

/** The headings of two columns that were exchanged. */
export function columnsOf({ changes }: CellGroup, locale: Locale) {
  const [one, other] = [...changes.keys()].map(({ column }) => column);
  return { one: headingOf(one!, locale), other: headingOf(other!, locale) };
}

/** What cells should print, of as many as are named. */
function changesText(changes: CellGroup['changes'], locale: Locale): string {
  const texts = Array.from(changes, ([cell, value]) => valueText(value, cell));
  return shortList(texts, MOST_PLACES, locale);
}

/** The subject that a row is of whose code is wrong, with its name; empty for any other mistake. */
export function subjectOf({ table, code, places }: CellGroup): string {
  if (!table || code === undefined || !places) return '';
  const classification = classificationOf(code);
  const entry = classification && catalogOf(table).lookup(code, classification);
  return entry ? `${code} ${entry.name}` : code;
}

/** The rows of some cells, each once. */
const rowsOfCells = (cells: readonly Cell[], locale: Locale): string =>
  [...new Map(cells.map((cell) => [cell.row, labelOf(cell, locale)])).values()].join(
    message(locale, 'list'),
  );

/** The places of one wrong figure: a few by name, of more the first and how many they are. */
function placesText(cells: readonly Cell[], locale: Locale): string {
  const names = cells.slice(0, MOST_PLACES).map((cell) => labelOf(cell, locale));
  const text = names.join(message(locale, 'list'));
  const count = cells.length;
  return count > MOST_PLACES
    ? message(locale, 'cause.places', { cells: text, count, named: MOST_PLACES })
    : text;
}

/** Each is a table, a line and a column: more of them nobody reads. */
const MOST_PLACES = 3;

/** Several lost rows by their subjects. */
export const rowsText = ({ lost = [] }: CellGroup, locale: Locale): string =>
  shortList(
    lost.map(({ table, row, figures }) => {
      const [column = ''] = figures.keys();
      return subjectIn(table, table.cell(row, column)?.row.code ?? row);
    }),
    MOST_NAMES,
    locale,
  );

const lostArgs = (group: CellGroup, locale: Locale) => ({
  subject: lostSubject(group, locale),
  figures: lostFigures(group, locale),
});

/** Whether somebody has written subjects in a table, rather than its form alone. */
const isBegun = (table: Table | undefined) =>
  [...(table?.rows.values() ?? [])].some(({ entry, code, section: { codes } }) => {
    const isListed = codes?.classification === 'functional' && codes.lines === undefined;
    return isListed && entry !== undefined && code !== undefined;
  });

/** The unit that the figures of a table seem to be in. */
export function unitOfTable({ table, exponent }: CellGroup) {
  return table && exponent !== undefined ? unitOf(table.unit.exponent - exponent) : undefined;
}

/** The name of a unit of money, by its power of ten of 元. */
export const unitOf = (exponent: number): string | undefined =>
  Object.entries(vocabulary.units).find(([, power]) => power === exponent)?.[0];
