import type { CodeLens } from 'vscode-languageserver-types';
import type { LineRange } from '../syntax/lines';
import type { Analysis } from './analysis';
import { ledgerOf, type LedgerRow } from './ledger';
import { message, type Locale } from './messages';
import { markedCounts, sumOf } from './outcomes';

/**
 * Above every table, and above every section for all that is told in it, how the relations came out.
 * @param command what the client shows the ledger with, given the URI and a row; without one the lens
 * only says
 */
export function codeLensesOf(
  analysis: Analysis,
  uri: string,
  command: string | undefined,
  locale: Locale,
): CodeLens[] {
  return groupsOf(analysis, locale).map(([range, rows]) => {
    const title = outcomesTold(rows, locale);
    if (command === undefined) return { range, command: { title, command: '' } };
    const tooltip = message(locale, 'lens.open');
    return { range, command: { title, tooltip, command, arguments: [uri, rows[0]!.id] } };
  });
}

/** What is only worth knowing is counted apart from what is wrong. */
export function outcomesTold(rows: readonly LedgerRow[], locale: Locale): string {
  const counts = sumOf(rows.map(({ counts }) => counts));
  const noted = rows.reduce((sum, row) => sum + row.noted, 0);
  const title = markedCounts({ ...counts, fails: counts.fails - noted }, locale);
  return noted === 0 ? title : `${title} · ${message(locale, 'count.noted', { count: noted })}`;
}

/** The rows of the ledger that are read, those of a section together, with what they stand under. */
function groupsOf(analysis: Analysis, locale: Locale): [LineRange, LedgerRow[]][] {
  const { disclosure, tree, lines } = analysis;
  const groups = new Map<unknown, [LineRange, LedgerRow[]]>();
  for (const row of ledgerOf(analysis, locale).rows) {
    if (row.status !== 'read' || !row.range) continue;
    const section = disclosure?.sections.get(disclosure.tables.get(row.id)?.spec.section ?? '');
    const known = groups.get(section ?? row.id);
    if (known) known[1].push(row);
    else {
      const range = section ? lines.range(tree.rangeOf(section.key)) : row.range;
      groups.set(section ?? row.id, [range, [row]]);
    }
  }
  return [...groups.values()];
}
