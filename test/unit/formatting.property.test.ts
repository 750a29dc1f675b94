import { describe, expect, test } from 'vitest';
import { languageOf } from '../../server/src/disclosure/recognize';
import { formatEdits } from '../../server/src/service/format/format';
import { displayWidth } from '../../server/src/service/format/width';
import { parse } from '../../server/src/syntax/parse';
import type { Entry, Language, SyntaxNode, SyntaxTree } from '../../server/src/syntax/tree';
import { applyEdits, EXAMPLES, wholeText } from '../support/examples';
import { mutate } from '../support/fuzz';
import { pick, seeded } from '../support/random';

const LONGEST_PART = 2500;

const together = (parts: readonly string[], language: Language) =>
  language === 'json' ? `{\n${parts.join(',\n')}\n}\n` : parts.join('');

/** An entry of a map inside as one at the top. */
function unindented(part: string): string {
  const lines = part.split('\n');
  const indents = lines
    .slice(1)
    .flatMap((line) => (line.trim() ? [/^ */.exec(line)![0].length] : []));
  const indent = Math.max(0, Math.min(...indents) - 2);
  return `${lines.map((line, index) => (index === 0 ? line : line.slice(indent))).join('\n')}\n`;
}

const OPTIONS = { tabSize: 2, insertSpaces: true };

/** Formats a text; the tree is of the result. */
function formatted(before: SyntaxTree): { text: string; tree: SyntaxTree; changes: number } {
  const { text: source, language } = before;
  const edits = formatEdits(before, OPTIONS);
  for (const { range, newText } of edits) {
    const old = source.slice(range.start, range.end);
    // Nothing but blanks goes or comes, and no edit says what stands there already.
    if (/[^ \t]/.test(old + newText) || old === newText) throw new Error(`${old} → ${newText}`);
  }
  const text = applyEdits(source, edits);
  return { text, tree: parse(text, language), changes: edits.length };
}

/** All that a tree says but for places; what is wrong in any order. */
function contentOf({ root, problems }: SyntaxTree): unknown {
  const content = (node: SyntaxNode | Entry | undefined): unknown => {
    switch (node?.kind) {
      case 'scalar':
        return [node.style, node.text, node.doubtful];
      case 'entry':
        return [content(node.key), content(node.value)];
      case 'map':
        return { [node.style]: node.entries.map(content) };
      case 'sequence':
        return [node.style, ...node.items.map(content)];
      default:
        return undefined;
    }
  };
  return [content(root), problems.map(({ code, args }) => JSON.stringify([code, args])).sort()];
}

/** Formats a text and checks that nothing but blanks is another; how much it changed. */
function check(source: string, language: Language): number {
  const before = parse(source, language);
  const { text, tree, changes } = formatted(before);
  expect(contentOf(tree)).toEqual(contentOf(before));
  expect(text.replace(/[ \t]/g, '')).toBe(source.replace(/[ \t]/g, ''));
  expect(formatEdits(tree, OPTIONS)).toEqual([]);
  return changes;
}

describe('formatting', () => {
  test.each(EXAMPLES)('changes no value of %s, and nothing the second time', (name) => {
    check(wholeText(name), languageOf(name));
    check(wholeText(name).replaceAll('\n', '\r\n'), languageOf(name));
  });

  /** Stretches of the examples, short enough for thousands of them. */
  function parts(name: string): string[] {
    const text = wholeText(name);
    const tree = parse(text, languageOf(name));
    const partsOf = (entry: Entry): string[] => {
      const { start, end } = tree.rangeOf(entry);
      if (end - start < LONGEST_PART) return [text.slice(start, end)];
      return entry.value?.kind === 'map' ? entry.value.entries.flatMap(partsOf) : [];
    };
    const entries = tree.root?.kind === 'map' ? tree.root.entries : [];
    return entries
      .flatMap((entry) => partsOf(entry))
      .map((part) => (tree.language === 'json' ? part : unindented(part)));
  }

  test.each(EXAMPLES.map((name, index) => [name, index] as const))(
    'is idempotent and keeps every value of mutations of %s',
    (name, index) => {
      const language = languageOf(name);
      const sources = parts(name);
      const random = seeded(20261128 + index);
      const count = index === 0 ? 4000 : 3000;
      let changed = 0;
      for (let i = 0; i < count; i++) {
        const some = Array.from({ length: language === 'json' ? 3 : 1 }, () =>
          pick(sources, random),
        );
        const source = mutate(together(some, language), random);
        try {
          if (check(source, language) > 0) changed++;
        } catch (error) {
          throw new Error(`mutation ${i} of ${name}:\n${source}`, { cause: error });
        }
      }
      // An error of syntax keeps a file as it is, and most mutations have one.
      expect(changed).toBeGreaterThan(count / 40);
    },
    600_000,
  );

  test.each(EXAMPLES)('is the same however many blanks stand within the rows of %s', (name) => {
    const language = languageOf(name);
    const random = seeded(7);
    const some = () => ' '.repeat(1 + Math.floor(random() * 5));
    for (const part of parts(name)) {
      const source = together([part], language);
      const spaced = source.replace(/(?<=^[^{[\n]*\{[^{[\n]*[:,]) +(?!\})/gm, some);
      const text = (written: string) => formatted(parse(written, language)).text;
      expect(text(spaced)).toBe(text(source));
    }
  });
});

describe('columns', () => {
  test.each(EXAMPLES)('of %s stand below each other as they are shown', (name) => {
    const language = languageOf(name);
    const { text, tree } = formatted(parse(wholeText(name), language));
    let rows = 0;
    const visit = (node: SyntaxNode | undefined) => {
      if (node?.kind === 'sequence') node.items.forEach(visit);
      if (node?.kind !== 'map') return;
      const starts = new Map<string, Set<number>>();
      for (const { value } of node.entries) {
        if (value?.kind !== 'map' || value.style !== 'flow') continue;
        const { start, end } = tree.rangeOf(value);
        if (text.slice(start, end).includes('\n')) continue;
        for (const cell of value.entries) {
          const last = cell.value && tree.rangeOf(cell.value);
          // Behind a sentence nothing is in its column.
          if (last && displayWidth(text.slice(last.start, last.end)) > 48) break;
          const at = tree.rangeOf(cell).start;
          const column = displayWidth(text.slice(text.lastIndexOf('\n', at) + 1, at));
          const known = starts.get(cell.key.text) ?? new Set();
          starts.set(cell.key.text, known.add(column));
          rows++;
        }
      }
      // 结构 alone has rows with others of several lines between them.
      for (const [key, columns] of starts) {
        if (!['印作', '金额', '占比', '其中'].includes(key))
          expect([key, columns.size]).toEqual([key, 1]);
      }
      node.entries.forEach(({ value }) => visit(value));
    };
    visit(tree.root);
    expect(rows).toBeGreaterThan(100);
  });
});
