import type { ScalarNode, SequenceNode, SyntaxNode, SyntaxTree } from '../syntax/tree';
import { readMistyped } from './mistyped';
import { parseAmount } from './amount';
import { blanking, meantByWord } from './notFigure';
import type { Cell, Problem, ProblemFix } from './model';
import { vocabulary, type ColumnKind } from './vocabulary';

/** Writes another text in the place of a scalar. */
export function rewrite(at: ScalarNode, newText: string, certain: boolean): ProblemFix {
  return { title: 'value', args: { value: newText }, edits: [{ at, newText }], certain };
}

/** `[本年支出合计: 1.00, 基本支出: 1.00]`: columns in the brackets of a list. */
export function asColumns(node: SequenceNode, tree: SyntaxTree): ProblemFix[] {
  const { style, items } = node;
  const isRow = items.length > 0 && items.every((item) => item?.kind === 'map');
  if (style !== 'flow' || !isRow || tree.language !== 'yaml') return [];
  const edits = brackets(node, tree, '{', '}');
  return [{ title: 'brackets', args: { value: '{}' }, edits, certain: true }];
}

/** `[50.50]`: a figure in brackets. */
function onlyItem(node: SequenceNode, tree: SyntaxTree): ProblemFix[] {
  const [only, ...more] = node.items;
  if (node.style !== 'flow' || only?.kind !== 'scalar' || more.length > 0) return [];
  const edits = brackets(node, tree, '', '');
  return [{ title: 'value', args: { value: only.text.trim() }, edits, certain: true }];
}

function brackets(node: SequenceNode, tree: SyntaxTree, open: string, close: string) {
  const { start, end } = tree.rangeOf(node);
  return [
    { at: { start, end: start + 1 }, newText: open },
    { at: { start: end - 1, end }, newText: close },
  ];
}

/** What to say of a cell that is not a number, unless the tree has said it. */
export function cellProblem(cell: Cell, tree: SyntaxTree): Problem | undefined {
  const { node, printed } = cell;
  const at: SyntaxNode = node ?? cell.entry!.key;
  const code = 'input.not-an-amount';
  if (node?.kind !== 'scalar') {
    const fixes = node?.kind === 'sequence' ? onlyItem(node, tree) : [];
    return { code, at, args: { printed: shortened(at, tree) }, cell, fixes };
  }
  // An alias, which is not followed, or two entries that are one.
  if (node.doubtful || (node.style === 'plain' && printed.startsWith('*'))) return undefined;
  // What would do as an amount is doubtful for what its key is, which is said there.
  const { unit } = cell.table;
  if (printed === vocabulary.derived || parseAmount(printed, unit.exponent)) return undefined;
  // Of what goes on in the next line it cannot be told whether that belongs to the figure.
  if (spansLines(node, tree)) return { code, at, args: { printed: shortened(node, tree) }, cell };
  if (printed.length > MOST_DIGITS && /^[+-]?[\d.,]+$/.test(printed)) {
    return { code: 'input.amount-long', at, args: { printed: ellipsis(printed) }, cell };
  }
  if (printed.length > MOST_QUOTED) return { code, at, args: { printed: ellipsis(printed) }, cell };
  const mistyped = readMistyped(printed, unit, RATIOS.has(cell.column.kind));
  if (!mistyped) return stuckNote(cell, node, tree) ?? wordProblem(cell, node);
  const { rule, values, certain } = mistyped;
  const only = values.length === 1 && certain;
  return {
    code: rule,
    at,
    args: { printed, unit: unit.name, ...(values[0] && { value: values[0] }) },
    cell,
    fixes: values.map((value) => rewrite(node, value, only)),
  };
}

/** `796.40#已核对`: only behind a blank it is a comment. Inside braces that comment would swallow what follows. */
function stuckNote(cell: Cell, at: ScalarNode, tree: SyntaxTree): Problem | undefined {
  const { printed, table } = cell;
  const [, figure, note] = /^([^#]*\d[%‰]?)(#.*)$/u.exec(printed) ?? [];
  if (figure === undefined || note === undefined || at.style !== 'plain') return undefined;
  if (tree.language !== 'yaml' || !parseAmount(figure, table.unit.exponent)) return undefined;
  const { end } = tree.rangeOf(at);
  const rest = /^.*/.exec(tree.text.slice(end))![0];
  const fixes = [];
  if (rest.trim() === '') fixes.push(rewrite(at, `${figure} ${note}`, true));
  else if (/^[^#]*\}\s*$/.test(rest)) {
    // Behind the row, where it swallows nothing.
    const behind = end + rest.trimEnd().length;
    const moved = { at: { start: behind, end: behind }, newText: ` ${note}` };
    const { edits, ...fix } = rewrite(at, figure, true);
    fixes.push({ ...fix, edits: [...edits, moved] });
  }
  return { code: 'input.amount-form', at, args: { printed, value: figure }, cell, fixes };
}

function wordProblem(cell: Cell, at: ScalarNode): Problem {
  const { printed } = cell;
  const meant = meantByWord(printed);
  const problem = { code: 'input.not-an-amount', at, cell };
  if (!meant) return { ...problem, args: { printed } };
  const { text, certain } = meant;
  const fixes = [text === '' ? blanking(at) : rewrite(at, text, certain)];
  return { ...problem, args: { printed, value: text }, fixes };
}

/** What may be printed in per cent. */
const RATIOS: ReadonlySet<ColumnKind | undefined> = new Set(['percent', 'figure']);

function spansLines(node: ScalarNode, tree: SyntaxTree): boolean {
  if (node.style === 'block') return /[\r\n]/.test(node.text.trim());
  const { start, end } = tree.rangeOf(node);
  return /[\r\n]/.test(tree.text.slice(start, end));
}

/** As many characters as an amount can have. */
const MOST_DIGITS = 40;

/** A longer text than this is quoted in part, and not searched for what may be meant. */
const MOST_QUOTED = 100;

const LONGEST = 20;

const ellipsis = (text: string) => `${text.slice(0, LONGEST)}…`;

function shortened(node: SyntaxNode, tree: SyntaxTree): string {
  const { start, end } = tree.rangeOf(node);
  const text = tree.text.slice(start, Math.min(end, start + LONGEST)).split(/[\r\n]/)[0]!;
  return start + text.length < end ? `${text}…` : text;
}
