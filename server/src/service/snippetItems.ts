import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
} from 'vscode-languageserver-types';
import { eolOf } from '../syntax/insert';
import type { Entry } from '../syntax/tree';
import type { Analysis } from './analysis';
import { missingSubjects } from './codeCandidates';
import { matchRank } from './completionMatch';
import type { Slot } from './completionSlot';
import { itemFigures } from './itemFigure';
import { message, type Locale } from './messages';
import { statementAt } from './statementPlace';
import { itemSnippets, tableSnippets, type Snippet } from './wholeSnippets';

/**
 * Whole tables, and items of lists, with places to be filled in: each only where it may stand.
 * @param count of the offers that stand before them
 */
export function snippetItems(
  known: Analysis,
  slot: Slot,
  offset: number,
  count: number,
  locale: Locale,
): CompletionItem[] {
  const { tree, lines } = known;
  const { range, glue, typed } = slot;
  const json = tree.language === 'json';
  const next = /^\s*(\S?)/.exec(tree.text.slice(range.end))![1];
  const comma = json && (next === '"' || next === '{') ? ',' : '';
  const filter = tree.text.slice(range.start, offset);
  return fitting(slot, known)
    .flatMap((snippet) => {
      const rank = matchRank(typed, { text: snippet.prefix });
      return rank === undefined ? [] : [{ snippet, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ snippet: { prefix, en, body, table } }, index) => ({
      label: prefix,
      kind: CompletionItemKind.Snippet,
      labelDetails: {
        description: message(locale, table ? 'completion.whole-table' : 'completion.whole-item'),
      },
      ...(locale === 'en' && { detail: en }),
      sortText: (count + index).toString().padStart(4, '0'),
      filterText: filter === '' ? prefix : filter,
      textEdit: {
        range: lines.range(range),
        newText: glue + body.replaceAll('\n', eolOf(tree)) + comma,
      },
      insertTextFormat: InsertTextFormat.Snippet,
      insertTextMode: InsertTextMode.adjustIndentation,
    }));
}

const isEmpty = ({ value }: Entry) =>
  value === undefined || (value.kind === 'scalar' && value.text === '');

function fitting(slot: Slot, known: Analysis): Snippet[] {
  const { language } = known.tree;
  const { kind, hasColon, around, list, previous, isBegun, style, disclosure } = slot;
  if (kind !== 'key' || hasColon) return [];
  const within = around.at(-1);
  if (!within) {
    if (list || (language === 'yaml' && style !== 'block')) return [];
    const { tables, unreadable, layout } = disclosure;
    const isFree = ({ table = '' }: Snippet) => !tables.has(table) && !unreadable.has(table);
    return tableSnippets(layout, language).filter(isFree);
  }
  const isBlock = language === 'yaml' && style === 'block';
  // Where an editor puts the cursor behind the key of a list, its dashes may stand as well.
  const above = isBlock && previous && isEmpty(previous) ? previous : undefined;
  if (isBegun && !above) return [];
  const [subject] = missingSubjects(slot, known.catalog);
  const { key } = isBegun && above ? above : within;
  const figure = figureIn(
    isBegun && above ? [...around, above] : around,
    subject?.text,
    slot,
    known,
  );
  const items = itemSnippets(language, subject?.text, figure).filter(
    ({ prefix }) => prefix === key.text.trim(),
  );
  if (list) return items;
  return isBlock ? items.map((item) => ({ ...item, body: `- ${item.body}` })) : [];
}

/** What an item of a list says by itself. */
function figureIn(
  path: readonly Entry[],
  subject: string | undefined,
  slot: Slot,
  { disclosure = slot.disclosure, rulebook }: Analysis,
) {
  const place = statementAt(path);
  if (place?.level !== 'facets') return undefined;
  const figures = itemFigures(place, disclosure, rulebook);
  return figures && { column: figures.column, text: figures.of(subject) };
}
