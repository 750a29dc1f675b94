import { quoted } from '../syntax/insert';
import type { Entry, MapNode, ScalarNode, SyntaxTree } from '../syntax/tree';
import { parseAmount } from './amount';
import type { Problem, ProblemFix, Unit } from './model';
import { vocabulary, type SectionSpec } from './vocabulary';

/* A figure that stands for a whole row: it is mostly its total, where it has one. */

interface Place {
  readonly section: SectionSpec;
  readonly tree: SyntaxTree;
  readonly unit: Unit;
}

/** `2080101: 250.04` in a table of several columns. */
export function asTotal(value: ScalarNode, { section, tree, unit }: Place): ProblemFix[] {
  const key = totalKey(section, tree);
  if (key === undefined || !parseAmount(value.text.trim(), unit.exponent)) return [];
  const at = tree.rangeOf(value);
  return fixWith(at, `{${key}: ${tree.text.slice(at.start, at.end)}}`);
}

/** `2080101: {250.04}`: a figure in the braces of a row, without the column that it is of. */
export function loneFigure(
  row: Entry,
  value: MapNode,
  figure: ScalarNode,
  place: Place,
  args: { table: string },
): Problem | undefined {
  const { section, tree, unit } = place;
  const text = figure.text.trim();
  if (text !== vocabulary.derived && !parseAmount(text, unit.exponent)) return undefined;
  const at = tree.rangeOf(figure);
  const written = tree.text.slice(at.start, at.end);
  const key = totalKey(section, tree);
  const isSingle = section.columns.length === 1;
  const fixes = isSingle
    ? fixWith(tree.rangeOf(value), written)
    : key === undefined
      ? []
      : fixWith(at, `${key}: ${written}`);
  const told = { ...args, row: row.key.text, ...(isSingle && { part: 'single' }) };
  return { code: 'input.row-not-a-map', at: figure, args: told, fixes };
}

/** The only key of a row in braces, with nothing behind it. */
export function onlyKey({ style, entries: [only, ...more] }: MapNode): ScalarNode | undefined {
  return style === 'flow' && only && !only.value && more.length === 0 ? only.key : undefined;
}

function totalKey({ columns }: SectionSpec, tree: SyntaxTree): string | undefined {
  const [total, ...more] = columns.filter((column) => column.total);
  return total && more.length === 0 ? quoted(total.key, tree) : undefined;
}

const fixWith = (at: { start: number; end: number }, newText: string): ProblemFix[] => [
  { title: 'value', args: { value: newText }, edits: [{ at, newText }], certain: false },
];
