/** Tables that a file lacks, written into it: those that cells left to the server wait for, and those of its form. */
import type { Disclosure, Problem } from '../disclosure/model';
import { vocabulary, type TableSpec } from '../disclosure/vocabulary';
import type { Network } from '../relations/network';
import { printedBeside } from '../relations/printedBeside';
import { eolOf, insertAfter, insertBefore } from '../syntax/insert';
import { parse } from '../syntax/parse';
import type { Entry, Language, SyntaxTree } from '../syntax/tree';
import type { Analysis } from './analysis';
import type { CellEdit } from './edits';
import type { Fix } from './fixes';
import { formatEdits } from './format/format';
import { leftOutByMoney } from './leftOutTables';
import { message, type Locale } from './messages';
import { tableOf } from './skeleton/tables';
import { writtenEntry, type Content } from './skeleton/written';
import { tableOfOthers } from './tableOfOthers';
import { apply } from './textChanges';
import { mayHaveNoData, tablesWaitedFor } from './underivedProblems';

interface NewTable {
  readonly id: string;
  readonly title: string;
  readonly content: Content;
}

/** That of whose money the file prints figures. */
const NEEDED = 'input.table-needed';

/** Which tables a problem speaks of. */
const LACKING: Readonly<
  Record<string, (disclosure: Disclosure, network: Network) => readonly string[]>
> = {
  'input.table-missing': (disclosure, { underived }) => tablesWaitedFor(underived, disclosure),
  'input.table-left-out': (...of) => leftOutByMoney(...of).others,
  [NEEDED]: (...of) => leftOutByMoney(...of).needed,
};

export function missingTableFixes(problem: Problem, analysis: Analysis, locale: Locale): Fix[] {
  const { disclosure, network, tree } = analysis;
  const lacking = LACKING[problem.code];
  if (!lacking || !disclosure || !network) return [];
  const tables = lacking(disclosure, network).flatMap((id) => {
    const spec = vocabulary.tables.find((table) => table.id === id);
    if (!spec) return [];
    const content = contentOf(spec, analysis, disclosure);
    return { id, title: keyFor(spec, disclosure), content };
  });
  const fix = (title: string, written: readonly NewTable[]): Fix[] => {
    const edits = insertion(written, disclosure, tree);
    return edits.length > 0 ? [{ title, preferred: false, edits }] : [];
  };
  const told = ({ id, title }: NewTable): Fix[] => {
    const spec = vocabulary.tables.find((table) => table.id === id)!;
    const written = (content: Content) => insertion([{ id, title, content }], disclosure, tree);
    const content = tableOfOthers(spec, analysis, (one) => apply(tree.text, written(one)));
    const words = message(locale, 'fix.insert-told-table', { table: title });
    return content ? [{ title: words, preferred: false, edits: written(content) }] : [];
  };
  const whole = tables.flatMap((table) => [
    ...(problem.code === NEEDED ? told(table) : []),
    ...fix(message(locale, 'fix.insert-table', { table: table.title }), [table]),
  ]);
  const [words = ''] = vocabulary.noData;
  const kept = tables
    .filter(({ id }) => mayHaveNoData(id) && !printedBeside(id, network.unchecked, disclosure))
    .flatMap((table) =>
      fix(message(locale, 'fix.keep-table', { table: table.title, words }), [
        { ...table, content: words },
      ]),
    );
  const all = message(locale, 'fix.insert-tables', { count: tables.length });
  return tables.length > 1 ? [...fix(all, tables), ...kept] : [...kept, ...whole];
}

function contentOf(spec: TableSpec, { catalog }: Analysis, { layout, year }: Disclosure): Content {
  const columns = layout.tables.find(({ id }) => id === spec.id)?.columns;
  return tableOf(spec, columns, year, catalog);
}

/** A file that calls its tables as its layout prints them goes on so. */
function keyFor({ id, key }: TableSpec, { layout, tables }: Disclosure): string {
  const isTitled = layout.tables.some((one) => {
    const own = vocabulary.tables.find((spec) => spec.id === one.id);
    return own?.key !== one.title && tables.get(one.id)?.title === one.title;
  });
  return (isTitled ? layout.tables.find((one) => one.id === id)?.title : undefined) ?? key;
}

/** The rows of a written table in columns, as the formatter has them. */
export function aligned(entry: string, language: Language): string {
  const [before, behind] = language === 'json' ? ['{', '\n}'] : ['', '\n'];
  const text = `${before}${entry}${behind}`;
  const edits = formatEdits(parse(text, language), { tabSize: 2, insertSpaces: true });
  return apply(text, edits).slice(before.length, -behind.length);
}

/** Each table behind the one that the layout prints before it, or before all that the file has. */
function insertion(
  tables: readonly NewTable[],
  { layout, tables: read }: Disclosure,
  tree: SyntaxTree,
): CellEdit[] {
  const { root, language } = tree;
  if (root?.kind !== 'map') return [];
  const gap = language === 'json' ? `,${eolOf(tree)}  ` : eolOf(tree) + eolOf(tree);
  const behind = new Map<Entry | undefined, string[]>();
  let previous: Entry | undefined;
  for (const { id } of layout.tables) {
    previous = read.get(id)?.entry ?? previous;
    const table = tables.find((one) => one.id === id);
    if (!table) continue;
    const text = aligned(writtenEntry(language, table.title, table.content), language);
    const written = text.replaceAll('\n', eolOf(tree));
    behind.set(previous, [...(behind.get(previous) ?? []), written]);
  }
  return [...behind].flatMap(([entry, written]) => {
    const text = written.join(gap);
    if (entry) {
      const blank = root.style === 'block' ? eolOf(tree) : '';
      return insertAfter(entry, root, blank + text, tree);
    }
    const first = root.entries.find((one) => isTable(one, read));
    const blank = root.style === 'block' ? eolOf(tree) : '';
    return first ? insertBefore(first, root, text + blank, tree) : [];
  });
}

const isTable = (entry: Entry, tables: Disclosure['tables']) =>
  [...tables.values()].some((table) => table.entry === entry);
