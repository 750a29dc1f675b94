import { append } from '../syntax/arrays';
import { push } from '../syntax/multimap';
import type { Entry, SyntaxTree } from '../syntax/tree';
import { Damage, isGuess } from './damage';
import { DisclosureData } from './disclosureData';
import { emptyItemProblems } from './emptyItems';
import {
  insertFormat,
  insertUnits,
  isYear,
  markerIn,
  meantFormat,
  meantLayout,
  meantRounding,
  meantYear,
  rewriteIfKnown,
} from './meant';
import { readAcceptances } from './acceptance';
import { tableMisnamed } from './misnamed';
import type { Disclosure, Mode, Problem, Table, Unit } from './model';
import { headKeys, layoutsByKey, roundings, sectionKeys, tablesByKey } from './ownKeys';
import { outsideProblem, outsideRows } from './outsideRows';
import { lackingSection, readStatements } from './statementSections';
import { lackingTable, readOwnRows } from './strayRows';
import { entryMeant } from './shape';
import type { TableData } from './tableData';
import { templateProblems } from './templates';
import { readUnit } from './unit';
import { misspelt, repeated, unknownKey } from './unknown';
import { normalizeKey, vocabulary, type Layout, type TableSpec } from './vocabulary';

const KNOWN_KEYS = [...headKeys.names, ...tablesByKey.names, ...sectionKeys.names];

/** Sections that are told in words and figures: not explanations of terms, nor what a reviewer notes. */
const told = [...new Set(vocabulary.statements.flatMap(({ section }) => section ?? []))];

export const isTold = (section: string) => told.includes(section);

/** 收入 and 支出, which stand inside of tables. */
const sideKeys = new Set(
  vocabulary.tables.flatMap(({ sections }) => sections.flatMap((s) => s.key ?? [])),
);

/** What stands below a key that takes a value is not read. */
const headProblems = ({ key, value }: Entry): Problem[] =>
  value?.kind === 'map' || value?.kind === 'sequence'
    ? [{ code: 'input.head-value', at: key, args: { key: key.text } }]
    : [];

/** Reads the disclosure that a tree holds. Whatever is odd becomes a problem; nothing throws. */
export function readDisclosure(tree: SyntaxTree): DisclosureData {
  const problems: Problem[] = [];
  const head = new Map<string, Entry>();
  const tableEntries = new Map<string, Entry[]>();
  const sections = new Map<string, Entry>();

  const put = (entries: Map<string, Entry>, id: string, entry: Entry) => {
    append(problems, repeated(entries.get(id), entry));
    entries.set(id, entry);
  };
  const unknown: Entry[] = [];
  const unreadable = new Set<string>();
  const root = tree.root;
  if (root && root.kind !== 'map') problems.push({ code: 'input.not-a-map', at: root, args: {} });
  const tableOf = ({ key }: Entry) => tablesByKey.get(key.text);
  const outside = root?.kind === 'map' ? outsideRows(root, tableOf) : [];
  const outsiders = new Set(outside.flatMap(({ rows }) => rows));
  for (const entry of root?.kind === 'map' ? root.entries : []) {
    if (outsiders.has(entry)) continue;
    const headKey = headKeys.get(entry.key.text);
    const spec = tableOf(entry);
    const section = sectionKeys.get(entry.key.text);
    if (headKey) {
      put(head, headKey, entry);
      append(problems, headProblems(entry));
    } else if (spec) {
      append(problems, repeated(tableEntries.get(spec.id)?.at(-1), entry));
      push(tableEntries, spec.id, entry);
    } else if (section) put(sections, section, entry);
    else unknown.push(entry);
  }
  const isTaken = (found: string | TableSpec) =>
    typeof found === 'string' ? head.has(found) || sections.has(found) : tableEntries.has(found.id);
  for (const entry of unknown) {
    if (sideKeys.has(normalizeKey(entry.key.text)) && entry.value?.kind === 'map') {
      problems.push({ code: 'input.side-outside', at: entry.key, args: { key: entry.key.text } });
      continue;
    }
    const { problem, meant } = unknownKey('input.unknown-key', entry, KNOWN_KEYS, isTaken);
    const lacking = tablesByKey.names.filter(([, spec]) => !isTaken(spec));
    const misnamed = meant === undefined ? tableMisnamed(entry, lacking) : undefined;
    problems.push(misnamed ? misspelt(entry.key, misnamed.name, true) : problem);
    const table = misnamed?.spec ?? meant;
    if (typeof table === 'object') unreadable.add(table.id);
  }

  const text = (key: string) => {
    const value = head.get(key)?.value;
    return value?.kind === 'scalar' ? value.text.trim() : undefined;
  };
  readFormat(head.get('format'), text('format'), tree, problems);
  const year = readYear(head.get('year'), text('year'), problems);
  const { defaultUnit, units } = vocabulary;
  const unit = readUnit(
    head.get('unit'),
    { name: defaultUnit, exponent: units[defaultUnit]! },
    problems,
  );
  const layout = readLayout(head.get('layout'), text('layout'), problems);

  const mode = readMode(head.get('rounding'), text('rounding'), problems);

  const damage = new Damage(tree);
  for (const rows of outside) {
    damage.missesRows(rows.table);
    const problem = outsideProblem(rows, tree);
    if (problem) problems.push(problem);
  }
  const lackingParts = (entry: Entry) => [
    ...vocabulary.tables
      .filter(({ id }) => !tableEntries.has(id))
      .map((spec) =>
        lackingTable({ tree, damage: undefined, spec, entry, unit, layout, year }, spec),
      ),
    ...told.filter((id) => !sections.has(id)).flatMap((id) => lackingSection(id, entry, reading)),
  ];
  const reading = { tree, damage, unit, problems };
  const tables = new Map<string, TableData>();
  for (const spec of vocabulary.tables) {
    const entries = tableEntries.get(spec.id) ?? [];
    const entry = entries.length > 1 ? entryMeant(entries, spec, tree) : entries[0];
    const context = { tree, spec, unit, layout, year, problems };
    const read =
      entry && readOwnRows({ ...context, entry, damage: damage.of(entry) }, lackingParts);
    const table = read?.table;
    for (const id of read?.lost ?? []) unreadable.add(id);
    if (table) tables.set(spec.id, table);
    else if (entries.length > 0) unreadable.add(spec.id);
  }
  for (const [id, statement] of readStatements(sections, reading)) {
    tables.set(id, statement);
  }
  if (isUnitLeftOut(head, unit, tables)) {
    const at = head.get('organisation')!;
    const args = { unit: defaultUnit };
    problems.push({ code: 'input.no-unit', at: at.key, args, fixes: insertUnits(at, tree) });
  }
  if (isYearLeftOut(head, tables)) {
    const at = head.get('year') ?? head.get('organisation')!;
    problems.push({ code: 'input.no-year', at: at.key, args: {} });
  }
  const texts = told.flatMap((id) => sections.get(id) ?? []);
  append(problems, templateProblems(texts));
  append(problems, emptyItemProblems(texts, tree));
  return new DisclosureData(
    tree,
    year,
    text('organisation'),
    unit,
    layout,
    mode,
    tables,
    unreadable,
    sections,
    readAcceptances(sections.get('accepted'), problems),
    problems,
  );
}

/**
 * Whether a file says whose accounts of which year it has, and not in what unit, though tables of it are in
 * that unit. Of a part of a file, which says none of them, no unit is asked.
 */
function isUnitLeftOut(
  head: ReadonlyMap<string, Entry>,
  unit: Unit,
  tables: ReadonlyMap<string, Table>,
): boolean {
  if (head.has('unit') || !head.get('year')?.value || !head.get('organisation')?.value)
    return false;
  return [...tables.values()].some((table) => {
    return table.spec.section === undefined && !table.empty && table.unit === unit;
  });
}

/** Whether a file says whose accounts it has, and not of which year, though tables of it are written. */
const isYearLeftOut = (
  head: ReadonlyMap<string, Entry>,
  tables: ReadonlyMap<string, Table>,
): boolean =>
  !head.get('year')?.value &&
  head.get('organisation')?.value !== undefined &&
  [...tables.values()].some(({ spec, empty }) => spec.section === undefined && !empty);

function readFormat(
  entry: Entry | undefined,
  text: string | undefined,
  tree: SyntaxTree,
  problems: Problem[],
): void {
  const { root } = tree;
  // A file that is no map has been said to be none.
  if (root && root.kind !== 'map') return;
  // Of a file that cannot be read it is not known how it begins.
  if (!root && tree.problems.some(isGuess)) return;
  if (!entry) {
    const at = root?.kind === 'map' ? (root.entries[0]?.key ?? root) : undefined;
    problems.push({
      code: 'input.no-format',
      at: at ?? { start: 0, end: 0 },
      args: { marker: markerIn(tree) },
      fixes: insertFormat(tree),
    });
  } else if (text !== vocabulary.format) {
    problems.push({
      code: 'input.unknown-format',
      at: entry.value ?? entry.key,
      args: { found: text ?? '', known: vocabulary.format },
      ...rewriteIfKnown(entry.value, meantFormat(text ?? '')),
    });
  }
}

function readYear(
  entry: Entry | undefined,
  text: string | undefined,
  problems: Problem[],
): number | undefined {
  const isNumber = text !== undefined && /^\d{4}$/.test(text);
  // eslint-disable-next-line no-restricted-syntax -- a year is not an amount
  if (isNumber && isYear(Number(text))) return Number(text);
  if (entry?.value) {
    problems.push({
      code: 'input.bad-year',
      at: entry.value,
      args: { found: text ?? '', ...(isNumber && { part: 'implausible' }) },
      ...rewriteIfKnown(entry.value, meantYear(text ?? '')),
    });
  }
  return undefined;
}

function readLayout(
  entry: Entry | undefined,
  text: string | undefined,
  problems: Problem[],
): Layout {
  const standard = vocabulary.layouts[0]!;
  if (!entry || text === undefined) return standard;
  const layout = layoutsByKey.get(text);
  if (layout) return layout;
  const known = vocabulary.layouts.map(({ key }) => key);
  problems.push({
    code: 'input.unknown-layout',
    at: entry.value!,
    args: { found: text, known: known.join('、') },
    ...rewriteIfKnown(entry.value, meantLayout(text), known),
  });
  return standard;
}

function readMode(entry: Entry | undefined, text: string | undefined, problems: Problem[]): Mode {
  if (!entry?.value) return 'nearest';
  const mode = text === undefined ? undefined : roundings.get(text);
  if (mode) return mode.id as Mode;
  const known = vocabulary.rounding.map(({ key }) => key);
  problems.push({
    code: 'input.unknown-rounding',
    at: entry.value,
    args: { found: text ?? '', known: known.join('、') },
    ...rewriteIfKnown(entry.value, meantRounding(text ?? ''), known),
  });
  return 'nearest';
}

/** Tables in the order in which the layout prints them. */
export function tablesInOrder(disclosure: Disclosure): Table[] {
  return disclosure.layout.tables.flatMap(({ id }) => disclosure.tables.get(id) ?? []);
}
