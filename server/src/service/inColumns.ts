/** Edits of cells that leave the columns of tables as aligned as they were. */
import { parse } from '../syntax/parse';
import type { SyntaxTree, TextEdit, TextRange } from '../syntax/tree';
import { formatEdits, type FormatOptions } from './format/format';
import { apply } from './textChanges';

/** What a table is indented with is no matter where it is aligned already. */
const OPTIONS: FormatOptions = { tabSize: 2, insertSpaces: true };

/**
 * The same edits, with those lines aligned anew of which a figure is too long for its column. A table that was not
 * aligned before stays as its author has it.
 */
export function inColumns(edits: readonly TextEdit[], tree: SyntaxTree): readonly TextEdit[] {
  const { text, language, root } = tree;
  if (edits.length === 0 || root?.kind !== 'map') return edits;
  const written = apply(text, edits);
  const after = parse(written, language);
  const ragged = formatEdits(after, OPTIONS);
  if (ragged.length === 0 || after.root?.kind !== 'map') return edits;
  const before = formatEdits(tree, OPTIONS);
  const old = root.entries.map((entry) => tree.rangeOf(entry));
  const isAligned = (index: number) =>
    old[index] !== undefined && !before.some(({ range }) => isWithin(range, old[index]!));
  const aligned = after.root.entries.flatMap((entry, index) => {
    const place = after.rangeOf(entry);
    return isAligned(index) ? ragged.filter(({ range }) => isWithin(range, place)) : [];
  });
  return byLine(text, apply(written, aligned)) ?? edits;
}

const isWithin = (inner: TextRange, { start, end }: TextRange) =>
  start <= inner.start && inner.end <= end;

/** The lines in which two texts of equally many lines differ; undefined of others. */
function byLine(before: string, after: string): TextEdit[] | undefined {
  const [old, written] = [before.split('\n'), after.split('\n')];
  if (old.length !== written.length) return undefined;
  let start = 0;
  return old.flatMap((line, index) => {
    // A position between CR and LF is none.
    const content = line.replace(/\r$/, '');
    const range = { start, end: start + content.length };
    start += line.length + 1;
    const newText = written[index]!.replace(/\r$/, '');
    return content === newText ? [] : [{ range, newText }];
  });
}
