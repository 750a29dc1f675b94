import { CompletionItemKind } from 'vscode-languageserver-types';
import { isInUse, nameIn } from '../catalog/catalog';
import { isNonZero } from '../disclosure/model';
import { acceptanceKeys, itemKeys, rowKeys, tableKeys } from '../disclosure/ownKeys';
import { facetsOf } from '../disclosure/statementData';
import { subjectIn } from '../disclosure/statementItems';
import { normalizeKey, vocabulary, type ColumnSpec } from '../disclosure/vocabulary';
import { Resolver } from '../relations/resolve';
import { Unresolved } from '../relations/scope';
import type { Address } from '../relations/rule';
import type { SyntaxNode } from '../syntax/tree';
import { greatestOf } from '../syntax/arrays';
import type { Analysis } from './analysis';
import { words, type Candidate } from './candidate';
import type { Slot } from './completionSlot';
import { foundIn } from './findings';
import { indicatorNames, projectCodes } from './knownNames';
import { groupOf, statementAt, type StatementPlace } from './statementPlace';

type Row = Extract<StatementPlace, { level: 'facets' | 'words' | 'printed' }>;

/** What can stand as the value of the last key around, or as an item of its list, in a statement. */
export function statementValues(slot: Slot, known: Analysis): Candidate[] {
  const { around } = slot;
  const own = around.at(-1)!.key.text;
  const place = statementAt(around.slice(0, -1));
  switch (place?.level) {
    case 'acceptance':
      return acceptanceKeys.get(own) === 'rule' ? words(ruleIds(slot, known)) : [];
    case 'project':
      return itemKeys.get(own) === 'code' ? words(projectCodes(slot.disclosure)) : [];
    case 'body': {
      const main = place.spec.sections.find(({ id, flat }) => id === '' && flat !== undefined);
      const isUnit = !(main && facetsOf(main).get(own)) && tableKeys.get(own) === 'unit';
      if (isUnit) return words(Object.keys(vocabulary.units));
      return main
        ? facetValues(own, { level: 'facets', spec: place.spec, section: main }, slot, known)
        : [];
    }
    case 'facets':
      return facetValues(own, place, slot, known);
    default:
      return [];
  }
}

/** What is found in the file is what may be accepted; who types looks for any. */
function ruleIds({ typed }: Slot, analysis: Analysis): string[] {
  const found = foundIn(analysis).map(({ rule }) => rule);
  const all = analysis.rulebook.packs.flatMap(({ rules }) => rules.map(({ id }) => id));
  return [...new Set([...found, ...(typed === '' ? [] : all)])];
}

function facetValues(own: string, place: Row, slot: Slot, known: Analysis): Candidate[] {
  const group = groupOf(own, place.section);
  if (group && !group.column) return words([...group.level.words, ...group.about]);
  const column = facetsOf(place.section).get(own)?.column;
  if (column?.kind === 'word') return words(wordsOf(column));
  if (column?.kind === 'list') return listedNames(place, column, slot, known);
  if (!column && rowKeys.get(own) !== undefined) return printedNames(place, slot, known);
  if (itemKeys.get(own) === 'indicator') return words(indicatorNames(slot.disclosure));
  if (itemKeys.get(own) === 'code' || itemKeys.get(own) === 'project') {
    return words(projectCodes(slot.disclosure));
  }
  return [];
}

/** What is usual first, then what means the same. */
function wordsOf({ words: list = '' }: ColumnSpec): string[] {
  const meanings = Object.values(vocabulary.words[list] ?? {});
  const usual = meanings.flatMap(([first]) => first ?? []);
  return [...new Set([...usual, ...meanings.flat()])];
}

/** Items of a list of words that are not in it yet. */
export function statementItems(slot: Slot, known: Analysis, place: StatementPlace): Candidate[] {
  if (place.level !== 'words' && place.level !== 'printed') return [];
  const written = new Set(slot.list?.items.flatMap(textOf));
  const isFree = ({ text }: Candidate) => !written.has(normalizeKey(text));
  if (place.level === 'words') {
    return listedNames(place, place.column, slot, known).filter(isFree);
  }
  // One level after the other.
  const names = levelNames(place, slot, known);
  const index = slot.list?.index ?? 0;
  return words([...names.slice(index), ...names.slice(0, index)]).filter(isFree);
}

const textOf = (node: SyntaxNode) => (node.kind === 'scalar' ? [normalizeKey(node.text)] : []);

/** 印作 of a subject: its own name, or the names of all its levels. */
function printedNames(place: Row, slot: Slot, known: Analysis): Candidate[] {
  const names = levelNames(place, slot, known);
  const own = names.at(-1);
  if (own === undefined) return [];
  const all: Candidate = {
    text: names.join('、'),
    kind: CompletionItemKind.EnumMember,
    words: names,
  };
  const isList = rowKeys.get(slot.around.at(-1)!.key.text) === 'printed' && names.length > 1;
  return [...words([own]), ...(isList && slot.quote !== "'" ? [all] : [])];
}

/** The names of 类, 款 and 项, as they were in the year. */
function levelNames({ section, row }: Row, slot: Slot, { catalog }: Analysis): string[] {
  const code = row ?? (slot.item && subjectIn(slot.item)?.code);
  if (code === undefined || !section.codes) return [];
  return catalog
    .pathOf(code, section.codes.classification)
    .map((entry) => nameIn(entry, slot.disclosure.year));
}

/** The lines with an amount that a list should name, as the rule says that checks it; or indicators. */
function listedNames(
  { spec, section, row }: Row,
  { id }: ColumnSpec,
  { disclosure, typed }: Slot,
  { catalog, rulebook }: Analysis,
): Candidate[] {
  if (section.names) return words(indicatorNames(disclosure));
  const rule = rulebook.packs
    .flatMap(({ rules }) => rules)
    .find(({ kind, target }) => {
      if (kind !== 'list' || target?.table !== spec.id || target.column.name !== id) return false;
      return target.row.by === 'id' && target.row.name === row;
    });
  const entries = (rule?.terms ?? []).flatMap((term) => {
    const codes = codesOf(term);
    if (!codes) return [];
    const { classification } = codes;
    const paid = linesOf(term, disclosure);
    const named = paid.flatMap((code) => catalog.lookup(code, classification) ?? []);
    const { row: classes } = term;
    if (typed === '' || classes.by !== 'set') return named;
    const lowest = greatestOf(codes.levels);
    const others = [...catalog.entries(classification)].filter(
      (entry) =>
        entry.code.length === lowest &&
        isInUse(entry, disclosure.year) &&
        classes.classes?.includes(entry.code.slice(0, 3)) !== classes.except,
    );
    return [...named, ...others];
  });
  return words([...new Set(entries.map((entry) => nameIn(entry, disclosure.year)))]);
}

/** The subjects that the rows of an address are. */
const codesOf = ({ table, row: { side } }: Address) =>
  vocabulary.tables.find(({ id }) => id === table)?.sections.find(({ id }) => id === side)?.codes;

/** The lowest lines that an address means and that have an amount. */
function linesOf(address: Address, disclosure: Slot['disclosure']): string[] {
  try {
    const cells = new Resolver(disclosure).operands(address, { bindings: {} }) ?? [];
    const paid = cells.flatMap(({ cell }) => (isNonZero(cell) ? (cell.row.code ?? []) : []));
    return paid.filter((code) => !paid.some((o) => o !== code && o.startsWith(code)));
  } catch (error) {
    if (error instanceof Unresolved) return [];
    throw error;
  }
}
