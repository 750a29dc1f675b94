import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type Position,
} from 'vscode-languageserver-types';
import { vocabulary } from '../disclosure/vocabulary';
import type { Analysis } from './analysis';
import type { Candidate } from './candidate';
import { candidatesFor } from './candidates';
import { slotAt, type Slot } from './completionSlot';
import { matchRank } from './completionMatch';
import { CompletionWriter, type CompletionOptions } from './completionWriter';
import { snippetItems } from './snippetItems';
import { statementAt } from './statementPlace';

/** So many items are a list to look through; who wants others types on. */
const MOST_ITEMS = 100;

/** Behind everything that is not there yet. */
const LAST = 9;

/** In JSON a key begins with its quote: who presses Enter behind these begins a line, and takes no offer. */
const BEFORE_KEYS: ReadonlySet<string> = new Set([',', '{']);

/** Before everything: it is a word for what stands there. */
const FIRST = -1;

/**
 * The keys that can still be written in a place, the words that can be its value, and what is written whole. What fits what is
 * typed is decided here, because editors know nothing of initials: the list is for this word only.
 * @param typed the mark that opens the list, where nobody asked for it
 */
export function completionsAt(
  analysis: Analysis,
  position: Position,
  options: CompletionOptions,
  typed = '',
): CompletionItem[] {
  const { tree, lines } = analysis;
  if (tree.language === 'json' && BEFORE_KEYS.has(typed)) return [];
  const offset = lines.offset(position);
  if (tree.language === 'json' && tree.text.trim() === '') return [skeleton(analysis, options)];
  const whole = slotAt(tree, offset);
  if (!whole) return [];
  const { slot, before } = lastName(whole, offset);
  const writer = new CompletionWriter(analysis, slot, offset, options);
  const items = candidatesFor(slot, analysis, options.locale)
    .filter(({ text }) => !before.includes(text))
    .flatMap((candidate): [Candidate, number][] => {
      const rank = candidate.isInstead ? FIRST : matchRank(slot.typed, candidate);
      return rank === undefined ? [] : [[candidate, candidate.isTaken ? LAST : rank]];
    })
    .sort(([, a], [, b]) => a - b)
    .slice(0, MOST_ITEMS)
    .map(([candidate], index) => writer.item(candidate, index));
  if (isWritten(items[0], slot, offset)) return [];
  if (!options.snippets || before.length > 0) return items;
  return [...items, ...snippetItems(analysis, slot, offset, items.length, options.locale)];
}

/**
 * Whether the first item writes what is typed, and nothing else: a list that offers a word that is there already would
 * take the key that goes on from it.
 */
function isWritten(
  first: CompletionItem | undefined,
  { kind, typed, range }: Slot,
  offset: number,
): boolean {
  if (kind !== 'value' || range.end !== offset) return false;
  return first?.textEdit?.newText === typed && !first.additionalTextEdits?.length;
}

/** Of names written one behind the other (基本工资、津贴补贴) the last is being typed. */
function lastName(slot: Slot, offset: number): { slot: Slot; before: readonly string[] } {
  const names = slot.typed.split('、');
  if (names.length === 1 || slot.quote !== '') return { slot, before: [] };
  const { level } = statementAt(slot.around) ?? {};
  if (level !== 'words' && level !== 'printed') return { slot, before: [] };
  const typed = names.pop()!;
  const start = offset - typed.length;
  return {
    slot: { ...slot, typed, range: { start, end: slot.range.end }, glue: '' },
    before: names,
  };
}

/** JSON needs its braces before anything else. The comma is for who writes a second key: until then it is an error. */
function skeleton({ lines, tree }: Analysis, { snippets }: CompletionOptions): CompletionItem {
  const label = `${vocabulary.head['format']!.key}: ${vocabulary.format}`;
  const key = vocabulary.head['format']!.key;
  const body = `{\n  "${key}": "${vocabulary.format}"${snippets ? '$0' : ''}\n}`;
  const range = lines.range({ start: tree.text.length, end: tree.text.length });
  return {
    label,
    kind: CompletionItemKind.Keyword,
    textEdit: { range, newText: body },
    insertTextMode: InsertTextMode.asIs,
    ...(snippets && { insertTextFormat: InsertTextFormat.Snippet }),
  };
}
