import type { Catalog } from '../../catalog/catalog';
import { vocabulary } from '../../disclosure/vocabulary';
import { parse } from '../../syntax/parse';
import type { Language } from '../../syntax/tree';
import { apply } from '../textChanges';
import { formatEdits } from '../format/format';
import { decided } from './computed';
import { narrativeOf } from './narrative';
import { tableOf } from './tables';
import { written, type Written } from './written';

export interface NewDisclosure {
  readonly language: Language;
  /** The id of a layout; one that is not known is the first. */
  readonly layout: string;
  readonly year: number;
  /** Empty where it is still to be written. */
  readonly organisation: string;
}

/**
 * A file with every table of a layout, its lines and totals, every section of the narrative, and no figure
 * yet. What follows from other figures is left to be computed.
 */
export function skeletonOf(wish: NewDisclosure, catalog: Catalog): string {
  const { layouts, head, sections, format, kinds, defaultUnit } = vocabulary;
  const { language, year } = wish;
  const layout = layouts.find(({ id }) => id === wish.layout) ?? layouts[0]!;
  const keyOf = (id: string) => head[id]!.key;
  const tables = layout.tables.flatMap(({ id, columns }) => {
    const spec = vocabulary.tables.find((table) => table.id === id);
    return spec ? [[spec.key, tableOf(spec, columns, year, catalog)] as const] : [];
  });
  const entries: Written = [
    [keyOf('format'), format],
    [keyOf('kind'), kinds[0]!],
    [keyOf('year'), year.toString()],
    [keyOf('organisation'), wish.organisation],
    [keyOf('unit'), defaultUnit],
    [keyOf('layout'), layout.key],
    ...tables,
    [sections['narrative']!.key, { entries: narrativeOf(layout) }],
  ];
  const text = decided(written(language, entries), language);
  return apply(text, formatEdits(parse(text, language), { tabSize: 2, insertSpaces: true }));
}
