import type { Address, BindingSet, BindingSource, PlaceSource, RowSelector } from './rule';

const ADDRESS = /^(-?)(\w+)\/([^/]+)\/([^/]+)$/;
const SET_ROW = /^@(?:(\w+)\.)?(\w+)(?:\((!?)([\w,{}]+)\))?$/;
const BINDING = /^(\w+)\/(?:@(?:(\w+)\.)?(rows|codes|leaves|classes|titles)|(?:(\w+)\.)?\*)$/;
/** `{at}/column`, `{at:total}/column` */
const PLACE = /^(-?)\{at(?::(\w+))?\}\/([^/]+)$/;
const AT = /^(\w+)\/(?:@(?:(\w+)\.)?rows|([\w.]+))$/;
const NAME = /^[\w{}-]+(?:\.[\w{}-]+)?$/;
const COLUMN = /^@?[\w{}-]+$/;

/** `T3/2080101/basic`, `-T1/@in.lines/amount`, `{at}/share`: TABLE/row/column; undefined if it is none. */
export function parseAddress(text: string): Address | undefined {
  const place = PLACE.exec(text);
  if (place) {
    const [, minus, beside = '', column = ''] = place;
    if (!COLUMN.test(column)) return undefined;
    return {
      coefficient: minus === '-' ? -1 : 1,
      table: '',
      row: { by: 'place', side: '', name: beside },
      column: columnOf(column),
    };
  }
  const [match, sign, table = '', row = '', column = ''] = ADDRESS.exec(text) ?? [];
  const selector = parseRow(row);
  if (match === undefined || !selector || !COLUMN.test(column)) return undefined;
  return {
    coefficient: sign === '-' ? -1 : 1,
    table,
    row: selector,
    column: columnOf(column),
  };
}

function columnOf(text: string): Address['column'] {
  return text.startsWith('@') ? { by: 'set', name: text.slice(1) } : { by: 'id', name: text };
}

function parseRow(text: string): RowSelector | undefined {
  if (text === '{at}') return { by: 'title', side: '', name: '' };
  const set = SET_ROW.exec(text);
  if (set) {
    const [, side = '', name = '', except, classes] = set;
    if (name === 'of') return { by: 'named', side, name: classes ?? '' };
    if (!classes) return { by: 'set', side, name };
    return { by: 'set', side, name, classes: classes.split(','), except: except === '!' };
  }
  const by = text.startsWith('~') ? 'rolled' : 'id';
  const full = by === 'rolled' ? text.slice(1) : text;
  if (!NAME.test(full)) return undefined;
  const [first = '', second] = full.split('.');
  return second === undefined ? { by, side: '', name: first } : { by, side: first, name: second };
}

/** `T3/@codes`, `T4/out.*`, or a value as it is; undefined for what looks like the first and is not. */
export function parseBinding(text: string): BindingSource | undefined {
  if (!text.includes('/')) return { literal: text };
  const [match, table = '', rowSide, set, columnSide] = BINDING.exec(text) ?? [];
  if (match === undefined) return undefined;
  const side = rowSide ?? columnSide ?? '';
  return { table, side, set: (set as BindingSet | undefined) ?? 'columns' };
}

/** `N5/@items.rows`, `N1/total`: rows that a rule is at. */
export function parsePlace(text: string): PlaceSource | undefined {
  const [match, table = '', side = '', row = ''] = AT.exec(text) ?? [];
  return match === undefined ? undefined : { table, side, row };
}

/** The same as text; what {@link parseAddress} reads. */
export function formatAddress({ coefficient, table, row, column }: Address): string {
  const columnText = `${column.by === 'set' ? '@' : ''}${column.name}`;
  const path = row.by === 'place' ? [formatRow(row)] : [table, formatRow(row)];
  return `${coefficient < 0 ? '-' : ''}${[...path, columnText].join('/')}`;
}

function formatRow({ by, side, name, classes, except }: RowSelector): string {
  const full = side === '' ? name : `${side}.${name}`;
  switch (by) {
    case 'id':
      return full;
    case 'rolled':
      return `~${full}`;
    case 'place':
      return name === '' ? '{at}' : `{at:${name}}`;
    case 'title':
      return '{at}';
    case 'named':
      return `@${side === '' ? '' : `${side}.`}of(${name})`;
    case 'set':
      return `@${full}${classes ? `(${except === true ? '!' : ''}${classes.join(',')})` : ''}`;
  }
}
