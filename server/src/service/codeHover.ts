import type { CatalogEntry } from '../catalog/catalog';
import { classificationOf } from '../catalog/data';
import type { CodePlace } from '../catalog/places';
import type { Analysis } from './analysis';
import { placesOf } from './codeNavigation';
import { message, type Locale } from './messages';
import { printedOf, totalCell } from './places';

/** More uses than this are counted. */
const MOST_USES = 12;

/** A subject: what it is called and how that is known, and where this document has it. */
export function subjectBlocks(analysis: Analysis, place: CodePlace, locale: Locale): string[] {
  const { code, classification } = place;
  // A code of another classification than its table's says which it is of.
  const own = classificationOf(code) ?? classification;
  const { catalog } = analysis;
  const entry = catalog.lookup(code, classification) ?? catalog.lookup(code, own);
  return [
    ...(entry
      ? described(analysis, entry, locale)
      : [`**${code}**`, message(locale, 'catalog.unknown', { code })]),
    ...uses(analysis, place, locale),
  ];
}

function described({ catalog }: Analysis, entry: CatalogEntry, locale: Locale): string[] {
  const { code, name, classification, budgets = [], note } = entry;
  const steps = catalog
    .pathOf(code, classification)
    .map((step) => `${step.code} ${step.name}（${step.level}）`);
  const kinds = [
    message(locale, `catalog.${classification}`),
    budgets.map((budget) => message(locale, `budget.${budget}`)).join(message(locale, 'list')),
  ];
  return [
    `**${code} ${name}**`,
    steps.join(' › '),
    [
      [...kinds.filter(Boolean), knownHow(entry, locale), ...(note ? [note] : [])].join(' · '),
      ...abolished(entry, locale),
      ...otherNames(entry, locale),
    ].join('  \n'),
  ];
}

function knownHow({ status, confidence, years, source }: CatalogEntry, locale: Locale): string {
  if (source !== undefined) {
    return message(locale, `catalog.own.${status}`, { file: source.replace(/[`[\]]/g, ' ') });
  }
  if (status === 'documented') {
    const listed = years?.split(' ').join(message(locale, 'list'));
    return listed
      ? message(locale, 'catalog.documented.years', { years: listed })
      : message(locale, 'catalog.documented');
  }
  return message(locale, 'catalog.recalled', {
    confidence: message(locale, `catalog.recalled.${confidence === 'high' ? 'high' : 'medium'}`),
  });
}

function abolished({ until, now = [] }: CatalogEntry, locale: Locale): string[] {
  if (until === undefined) return [];
  const text = message(locale, 'catalog.until', { year: until });
  return [
    now.length > 0
      ? `${text} · ${message(locale, 'catalog.now', { codes: now.join(message(locale, 'list')) })}`
      : text,
  ];
}

function otherNames({ aliases }: CatalogEntry, locale: Locale): string[] {
  const older = aliases.filter(({ kind }) => kind === 'former');
  const others = aliases.filter(({ kind }) => kind !== 'former');
  const list = (names: readonly string[]) => names.join(message(locale, 'list'));
  const dated = older.map(({ name, until }) =>
    until === undefined ? name : message(locale, 'catalog.older.until', { name, year: until }),
  );
  return [
    ...(older.length > 0 ? [message(locale, 'catalog.older', { names: list(dated) })] : []),
    ...(others.length > 0
      ? [message(locale, 'catalog.aliases', { names: list(others.map(({ name }) => name)) })]
      : []),
  ];
}

/** Where this document has the subject, with the amount of its total column. */
function uses(analysis: Analysis, place: CodePlace, locale: Locale): string[] {
  const same = placesOf(analysis, place);
  const rows = same.slice(0, MOST_USES).map(({ table, row, section }) => {
    const cell = table && row ? totalCell(table, row) : undefined;
    const figure = cell ? `${printedOf(cell, locale)} ${cell.unit.name}` : '';
    // 结构 and 各项 of one statement say different things of a subject.
    const side = section ? row?.section.key : undefined;
    const title = section
      ? [section.key.text, ...(table ? [table.title] : []), ...(side ? [side] : [])].join(' › ')
      : `《${table!.title}》`;
    return `| ${title} | ${figure} |`;
  });
  const count = message(locale, 'catalog.uses', { count: same.length });
  const rest = message(locale, 'hover.more-places', { count: same.length - rows.length });
  const more = same.length > rows.length ? [`| ${rest} | |`] : [];
  return [[`| ${count} | |`, '|:--|--:|', ...rows, ...more].join('\n')];
}
