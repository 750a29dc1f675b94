import type { Disclosure, Row, Table } from '../disclosure/model';
import { halfWidth } from '../disclosure/mistyped';
import { itemKeys, rowId, rowKeys } from '../disclosure/ownKeys';
import type { Budget } from '../disclosure/vocabulary';
import { Memo } from '../syntax/memo';
import type { Entry, MapNode, ScalarNode, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import { classificationOf, type CatalogClassification } from './data';
import { partsOf, type PrintedPart } from './names';

/**
 * Where a subject code is written, and what stands beside it. Everything that is done with codes (hover,
 * checks, navigation, renaming) asks {@link codePlaces}, so a new kind of place is added there alone.
 */
export interface CodePlace {
  /** The scalar that is the code: the key of a row, the value of 科目. */
  readonly node: ScalarNode;
  /** In half-width digits. */
  readonly code: string;
  /** The row, or the entry 科目. */
  readonly entry: Entry;
  /** Of the table; elsewhere what the code itself belongs to. */
  readonly classification: CatalogClassification;
  /** Lengths that a code may have here. */
  readonly levels: readonly number[];
  /** The budget whose money this is, where the table is of one. */
  readonly budget: Budget | undefined;
  /** Names printed beside it; of each, what it is made of: outermost first, the code's own name last. */
  readonly printed: readonly (readonly PrintedName[])[];
  /** The map in which the rows of one of the nine tables stand, in the order of their codes. */
  readonly list?: MapNode | undefined;
  /** The table or statement, and the row of it, where it was read as one. */
  readonly table?: Table;
  readonly row?: Row;
  /** The subject under whose 其中 it stands. */
  readonly within?: string;
  /** The section outside the nine tables, and the item of it. */
  readonly section?: Entry;
  readonly item?: MapNode;
}

export interface PrintedName extends Pick<PrintedPart, 'text' | 'level' | 'behind'> {
  /** A scalar, or the part of it that is the name. */
  readonly at: ScalarNode | TextRange;
  /** Where the name begins; undefined where a scalar does not read as it is written. */
  readonly start?: number;
  /** More stands in the scalar than this name. */
  readonly partial?: boolean;
}

/** Whether a key of an item says which subject it is about. */
export function isSubjectKey(key: string): boolean {
  return itemKeys.get(key) === 'subject';
}

/** Lengths of a code where any classification may stand. */
const ANY_LEVEL: Readonly<Record<CatalogClassification, readonly number[]>> = {
  functional: [3, 5, 7],
  economic: [3, 5],
  'economic-government': [3, 5],
};

/** Sections in which an item may be about a subject, whether it can be read or not. */
const SECTIONS = ['narrative'];

const known = new Memo<Disclosure, readonly CodePlace[]>();

/** Every place of a document in which a subject code is written, table by table. */
export function codePlaces(disclosure: Disclosure): readonly CodePlace[] {
  let places = known.get(disclosure);
  if (!places) known.set(disclosure, (places = findPlaces(disclosure)));
  return places;
}

/** Says that places are written anew somewhere in a document. */
export function forgetPlaces(disclosure: Disclosure): void {
  known.set(disclosure, undefined);
}

function findPlaces({ tables, sections, tree }: Disclosure): CodePlace[] {
  const all = [...tables.values()];
  const items = SECTIONS.flatMap((id) => {
    const section = sections.get(id);
    return section ? [...sectionPlaces(section, tree)] : [];
  });
  const itemNodes = new Set(items.map(({ node }) => node));
  const rows = all.flatMap((table) =>
    table.spec.section === undefined ? [] : statementPlaces(table, sections, tree),
  );
  const byNode = new Map(rows.map((place) => [place.node, place]));
  return [
    ...all.flatMap((table) => (table.spec.section === undefined ? tablePlaces(table, tree) : [])),
    ...rows.filter(({ node }) => !itemNodes.has(node)),
    ...items.map((place) => {
      // Where the list has a classification of its own, that is what the code should be of.
      const { table, row, classification, levels, budget } = byNode.get(place.node) ?? {};
      if (!table || !row) return place;
      return { ...place, table, row, classification: classification!, levels: levels!, budget };
    }),
  ];
}

/** The place in which a node is the code. */
export function codePlaceAt(
  disclosure: Disclosure,
  node: SyntaxNode | Entry | undefined,
): CodePlace | undefined {
  return node?.kind === 'scalar'
    ? codePlaces(disclosure).find((place) => place.node === node)
    : undefined;
}

/** Whether the rows among which a code stands have another code already. */
export function hasRow({ table, row }: CodePlace, code: string): boolean {
  const id = row ? rowId(row.section, code) : code;
  return table?.rows.get(id)?.entry !== undefined;
}

function tablePlaces(table: Table, tree: SyntaxTree): CodePlace[] {
  const listOf = listsOf(table);
  const places: CodePlace[] = [];
  for (const row of table.rows.values()) {
    const { entry, code, section } = row;
    if (!entry || code === undefined || !section.codes) continue;
    const { classification, levels, budget } = section.codes;
    places.push({
      node: entry.key,
      code,
      entry,
      classification,
      levels,
      budget,
      printed: isOfFigures(row) ? [] : printedNames(entry.value, tree),
      list: listOf(entry),
      table,
      row,
    });
  }
  return places;
}

/** The maps in which the rows of a table stand. */
function listsOf({ spec, entry }: Table): (row: Entry) => MapNode | undefined {
  const { value } = entry;
  if (value?.kind !== 'map') return () => undefined;
  const keys = spec.sections.flatMap(({ key }) => key ?? []);
  if (keys.length === 0) return () => value;
  const lists = new Map<Entry, MapNode>();
  const collect = (map: MapNode) => {
    for (const row of map.entries) lists.set(row, map);
  };
  collect(value);
  for (const { key, value: side } of value.entries) {
    if (side?.kind === 'map' && keys.includes(key.text.trim())) collect(side);
  }
  return (row) => lists.get(row);
}

/** Whether a row writes nothing but the figures of its columns. */
const isOfFigures = ({ entry, values }: Row) =>
  entry?.value?.kind === 'map' && entry.value.entries.length === values.size;

/** Rows of a statement that are told apart by a code: as their key, or as 科目 of an item. */
function statementPlaces(
  table: Table,
  sections: Disclosure['sections'],
  tree: SyntaxTree,
): CodePlace[] {
  const home = sections.get(table.spec.section!);
  const within = new Map<Entry, string>();
  for (const { entry, code, section } of table.rows.values()) {
    if (!section.nested || code === undefined) continue;
    for (const child of nestedIn(entry)) within.set(child, code);
  }
  return [...table.rows.values()].flatMap((row): CodePlace[] => {
    const { entry, code, titleNode, section } = row;
    if (!entry || code === undefined || !titleNode || !section.codes || !home) return [];
    const { classification, levels, budget } = section.codes;
    const printed = printedNames(entry.value, tree);
    const place = { node: titleNode, code, entry, classification, levels, budget, printed };
    const above = within.get(entry);
    return [{ ...place, table, row, section: home, ...(above && { within: above }) }];
  });
}

/** The entries of 其中. */
function nestedIn(entry: Entry | undefined): readonly Entry[] {
  if (entry?.value?.kind !== 'map') return [];
  return entry.value.entries.flatMap(({ key, value }) =>
    value?.kind === 'map' && itemKeys.get(key.text) === 'nested' ? value.entries : [],
  );
}

/** Items of a section that have 科目, however deep they stand. */
function* sectionPlaces(
  section: Entry,
  tree: SyntaxTree,
  node: SyntaxNode | undefined = section.value,
): Iterable<CodePlace> {
  if (node?.kind === 'sequence') {
    for (const item of node.items) if (item) yield* sectionPlaces(section, tree, item);
  }
  if (node?.kind !== 'map') return;
  for (const entry of node.entries) {
    const { key, value } = entry;
    if (value && value.kind !== 'scalar') yield* sectionPlaces(section, tree, value);
    if (value?.kind !== 'scalar' || !isSubjectKey(key.text)) continue;
    const code = halfWidth(value.text.trim());
    const classification = classificationOf(code);
    if (!/^\d+$/.test(code) || !classification) continue;
    yield {
      node: value,
      code,
      entry,
      classification,
      levels: ANY_LEVEL[classification],
      budget: undefined,
      printed: printedNames(node, tree),
      section,
      item: node,
    };
  }
}

/** 名称 is one name, 印作 one or the names of all levels. */
function printedNames(node: SyntaxNode | undefined, tree: SyntaxTree): PrintedName[][] {
  if (node?.kind !== 'map') return [];
  return node.entries.flatMap(({ key, value }) => {
    const id = rowKeys.get(key.text);
    if (id !== 'name' && id !== 'printed') return [];
    const items = value?.kind === 'sequence' ? value.items : [value];
    const names = items.flatMap((item) =>
      item?.kind === 'scalar' && !item.doubtful ? namesIn(item, tree) : [],
    );
    return names.length > 0 ? [names] : [];
  });
}

function namesIn(node: ScalarNode, tree: SyntaxTree): PrintedName[] {
  const whole = tree.rangeOf(node);
  const offset = tree.text.slice(whole.start, whole.end).indexOf(node.text);
  return partsOf(node.text).map(({ range, ...part }) => {
    if (offset < 0) return { ...part, at: node, partial: part.text !== node.text.trim() };
    const start = whole.start + offset + range.start;
    const isWhole = part.text === node.text.trim();
    return { ...part, start, at: isWhole ? node : { start, end: start + part.text.length } };
  });
}
