/** What the name of a table or section, or a unit, says where somebody points at it. */
import type { Table } from '../disclosure/model';
import { headKeys, tableKeys } from '../disclosure/ownKeys';
import { vocabulary } from '../disclosure/vocabulary';
import type { Entry } from '../syntax/tree';
import type { Analysis } from './analysis';
import { outcomesTold } from './codeLens';
import { ledgerOf } from './ledger';
import { message, type Locale } from './messages';

/** Undefined for an entry that names none of them. */
export function nameBlocks(analysis: Analysis, entry: Entry, locale: Locale): string[] | undefined {
  const { disclosure } = analysis;
  if (!disclosure) return undefined;
  const { key, value } = entry;
  if ((headKeys.get(key.text) ?? tableKeys.get(key.text)) === 'unit') {
    return value?.kind === 'scalar' ? unitBlocks(value.text.trim(), locale) : undefined;
  }
  const table = [...disclosure.tables.values()].find((one) => one.entry === entry);
  if (table) return tableBlocks(table, analysis, locale);
  const [section] = [...disclosure.sections].find(([, one]) => one === entry) ?? [];
  if (section === undefined) return undefined;
  const ids = [...disclosure.tables.values()].flatMap(({ id, spec }) =>
    spec.section === section ? id : [],
  );
  return ids.length > 0 ? [`**${key.text}**`, told(ids, analysis, locale)] : undefined;
}

function tableBlocks(table: Table, analysis: Analysis, locale: Locale): string[] {
  const { id, spec, title, unit, rows, empty } = table;
  const name = locale === 'zh-cn' ? spec.key : spec.en;
  const isMoney = spec.section === undefined;
  const written = [...rows.values()].filter(({ entry }) => entry).length;
  return [
    `**《${title}》**${name === title ? '' : ` · ${name}`}`,
    ...(isMoney && !empty
      ? [message(locale, 'hover.table', { count: written, unit: unit.name })]
      : []),
    told([id], analysis, locale),
  ];
}

/** How the relations of some tables came out. */
function told(ids: readonly string[], analysis: Analysis, locale: Locale): string {
  const rows = ledgerOf(analysis, locale).rows.filter(({ id }) => ids.includes(id));
  return outcomesTold(rows, locale);
}

function unitBlocks(name: string, locale: Locale): string[] | undefined {
  if (!Object.hasOwn(vocabulary.units, name)) return undefined;
  const base = Object.keys(vocabulary.units).find((one) => vocabulary.units[one] === 0) ?? '';
  const factor = `1${'0'.repeat(vocabulary.units[name]!)}`.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return [
    `**${name}** = ${factor} ${base}`,
    message(locale, 'hover.unit', { key: vocabulary.tableKeys['unit']!.key }),
  ];
}
