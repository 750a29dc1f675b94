import { beginningsOf } from '../catalog/above';
import { CompletionItemKind } from 'vscode-languageserver-types';
import { isInUse, nameIn, type Catalog, type CatalogEntry } from '../catalog/catalog';
import type { CatalogClassification } from '../catalog/data';
import { codePlaces } from '../catalog/places';
import type { Disclosure } from '../disclosure/model';
import { subjectIn } from '../disclosure/statementItems';
import {
  linesOf,
  vocabulary,
  type Budget,
  type SectionSpec,
  type TableSpec,
} from '../disclosure/vocabulary';
import type { Candidate } from './candidate';
import type { Slot } from './completionSlot';

const {
  sisters: SISTERS,
  roles: { explained: EXPLAINED },
} = vocabulary;

interface Wanted {
  readonly slot: Slot;
  readonly spec: TableSpec;
  readonly section: SectionSpec;
  readonly catalog: Catalog;
}

/**
 * Subjects that may stand in a table: the lines that its form prints or what its sisters list, then the
 * rest of the catalog, 类 before 款 before 项.
 */
export function subjectsFor({ slot, spec, section, catalog }: Wanted): Candidate[] {
  const { codes } = section;
  if (!codes) return [];
  const { classification, lines } = codes;
  const { disclosure, typed } = slot;
  const sisters = SISTERS.includes(spec.id) ? SISTERS.filter((id) => id !== spec.id) : [];
  const used = usedCodes(disclosure, classification, (id) => sisters.includes(id));
  const first = lines ? linesOf(lines, disclosure.year) : [...used.keys()].sort();
  const shown = (entry: CatalogEntry) =>
    mayStand(entry, codes, disclosure.year) &&
    // Before anything is typed, the whole catalog is no help: a table that lists nothing begins with the 类.
    (typed !== '' || (first.length === 0 && entry.level === '类'));
  const writer = new Writer(disclosure, catalog, used);
  return [
    ...first.map((code) => ({
      ...writer.candidate(code, classification),
      isLikely: used.has(code),
    })),
    ...writer.rest([classification], new Set(first), shown),
  ];
}

interface WantedBelow extends Omit<Wanted, 'spec'> {
  /** The subject under whose 其中 they stand. */
  readonly above: string | undefined;
}

/** Subjects of the rows of a statement: what the tables list and what that belongs to, 类 before 款 before 项. */
export function subjectsBelow(wanted: WantedBelow): Candidate[] {
  const { slot, section, above = '', catalog } = wanted;
  const { codes } = section;
  if (!codes) return [];
  const { classification, levels } = codes;
  const { disclosure, typed } = slot;
  const used = usedCodes(disclosure, classification, (id) => SISTERS.includes(id));
  const isBelow = (code: string) =>
    code.startsWith(above) &&
    code.length > above.length &&
    // What a 类 consists of stands under its 其中.
    (above !== '' || typed !== '' || code.length === levels[0]);
  const listed = [...used.keys()].flatMap((code) =>
    levels.filter((length) => length <= code.length).map((length) => code.slice(0, length)),
  );
  const first = [...new Set(listed)]
    .filter(isBelow)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const shown = (entry: CatalogEntry) =>
    (typed !== '' || first.length === 0) &&
    isBelow(entry.code) &&
    mayStand(entry, codes, disclosure.year);
  const writer = new Writer(disclosure, catalog, used);
  return [
    ...first.map((code) => ({ ...writer.candidate(code, classification), isLikely: true })),
    ...writer.rest([classification], new Set(first), shown),
  ];
}

/** Subjects that an item of a section may be about; those of the items around it as {@link markTaken} has them. */
export function freeSubjects(slot: Slot, catalog: Catalog): Candidate[] {
  const { list, typed } = slot;
  const taken = (list?.items ?? []).flatMap((item) => subjectIn(item)?.code ?? []);
  return markTaken(subjectsAnywhere(slot, catalog), new Set(taken), typed);
}

/** The lowest subjects of the table whose subjects have an item each that no item of a list is about. */
export function missingSubjects(slot: Slot, catalog: Catalog): Candidate[] {
  const rows = slot.disclosure.tables.get(EXPLAINED)?.rows.values() ?? [];
  const codes = new Set([...rows].flatMap(({ code }) => code ?? []));
  const above = new Set([...codes].flatMap(beginningsOf));
  return freeSubjects(slot, catalog).filter(({ text }) => codes.has(text) && !above.has(text));
}

/** Subjects that stand among their neighbours are told to who types them, and come last. */
export function markTaken(
  subjects: readonly Candidate[],
  taken: ReadonlySet<string>,
  typed: string,
): Candidate[] {
  return subjects.flatMap((subject) => {
    if (!taken.has(subject.text)) return subject;
    return typed === '' ? [] : { ...subject, isTaken: true };
  });
}

/** Subjects of whatever classification. */
function subjectsAnywhere({ disclosure, typed }: Slot, catalog: Catalog): Candidate[] {
  const all: CatalogClassification[] = ['functional', 'economic'];
  // The narrative has a paragraph for each subject of the general budget's table.
  const used = usedCodes(disclosure, 'functional', (id) => SISTERS.includes(id));
  const first = [...used.keys()].sort();
  const writer = new Writer(disclosure, catalog, used);
  return [
    ...first.map((code) => ({ ...writer.candidate(code, 'functional'), isLikely: true })),
    ...writer.rest(all, new Set(first), (entry) => {
      const isShown = typed !== '' || (first.length === 0 && isClass(entry));
      return isShown && isInUse(entry, disclosure.year);
    }),
  ];
}

class Writer {
  constructor(
    private readonly disclosure: Disclosure,
    private readonly catalog: Catalog,
    private readonly used: ReadonlyMap<string, string>,
  ) {}

  candidate(code: string, classification: CatalogClassification): Candidate {
    const entry = this.catalog.lookup(code, classification);
    const usedIn = this.used.get(code);
    const kind = CompletionItemKind.Field;
    if (!entry) return { text: code, kind, ...(usedIn !== undefined && { usedIn }) };
    const above = this.catalog.pathOf(code, classification).slice(0, -1);
    const name = nameIn(entry, this.disclosure.year);
    const names = [entry.name, ...entry.aliases.map((alias) => alias.name)];
    return {
      text: code,
      kind,
      name,
      also: names.filter((other) => other !== name),
      path: [...above.map((parent) => parent.name), entry.level].join(' › '),
      ...(above.length > 0 && { above: above.at(-1)!.name }),
      ...(usedIn !== undefined && { usedIn }),
    };
  }

  rest(
    classifications: readonly CatalogClassification[],
    listed: ReadonlySet<string>,
    isShown: (entry: CatalogEntry) => boolean,
  ): Candidate[] {
    return classifications
      .flatMap((classification) => [...this.catalog.entries(classification)])
      .filter((entry) => !listed.has(entry.code) && isShown(entry))
      .sort((a, b) => a.code.length - b.code.length)
      .map(({ code, classification }) => this.candidate(code, classification));
  }
}

/** Codes that stand in other tables, with the first of these. */
function usedCodes(
  disclosure: Disclosure,
  classification: CatalogClassification,
  isWanted: (table: string) => boolean,
): Map<string, string> {
  const used = new Map<string, string>();
  for (const { table, code, classification: own } of codePlaces(disclosure)) {
    if (!table || own !== classification || !isWanted(table.spec.id)) continue;
    if (!used.has(code)) used.set(code, table.title);
  }
  return used;
}

/** Where nothing is listed yet, a 类 is what to begin with. */
const isClass = ({ classification, level }: CatalogEntry) =>
  classification === 'functional' && level === '类';

/** Whether a section may list a subject in a year. */
function mayStand(
  entry: CatalogEntry,
  { levels, budget }: NonNullable<SectionSpec['codes']>,
  year: number | undefined,
): boolean {
  return levels.includes(entry.code.length) && isInUse(entry, year) && mayPay(entry, budget);
}

function mayPay({ budgets = [], level }: CatalogEntry, budget: Budget | undefined): boolean {
  if (!budget || budgets.length === 0 || budgets.includes(budget)) return true;
  // Which budgets a 类 has subjects of is not known for certain.
  return level === '类' && budget !== 'capital' && budgets[0] === 'general';
}
