import { isGuess } from '../disclosure/damage';
import type { Cell, Disclosure, Problem, Table } from '../disclosure/model';
import type { SyntaxTree } from '../syntax/tree';

/** What is said of a key because of where it stands. */
const OF_PLACES = new Set([
  'input.unknown-key',
  'input.side-outside',
  'input.misspelt',
  'input.unknown-row',
  'input.unknown-column',
  'input.row-not-a-map',
  'input.table-not-a-map',
  'input.duplicate-name',
  'syntax.duplicate-key',
  'syntax.key',
  'code.name-only',
  'code.classification',
  'code.orphan',
  'input.not-an-amount',
]);

/**
 * Whether what stands at an offset is not what is read there, because of a slip in the syntax that is told; or
 * whether a cell that is not read at all may stand among that.
 */
export function misreadIn(
  problems: readonly Problem[],
  disclosure: Disclosure | undefined,
): (offset: number, cell?: Cell) => boolean {
  const blocks = problems.filter(isGuess).flatMap(({ misplaced }) => misplaced ?? []);
  if (blocks.length === 0) return () => false;
  const startOf = ({ entry }: Table) => disclosure!.tree.rangeOf(entry).start;
  const inOrder = [...(disclosure?.tables.values() ?? [])].sort((a, b) => startOf(a) - startOf(b));
  const cut = new Set(
    blocks.map(({ start }) => inOrder.findLast((table) => startOf(table) < start)),
  );
  return (offset, cell) =>
    blocks.some(({ start, end }) => start <= offset && offset < end) ||
    (cell !== undefined &&
      cut.has(cell.table) &&
      (cell.entry === undefined || offset === startOf(cell.table)));
}

/** Problems but those of keys that stand in a wrong place only because of a slip that is told. */
export function withoutMisplaced(problems: readonly Problem[], tree: SyntaxTree): Problem[] {
  const blocks = problems.flatMap(({ misplaced }) => misplaced ?? []);
  if (blocks.length === 0) return [...problems];
  return problems.filter(({ code, at }) => {
    if (!OF_PLACES.has(code)) return true;
    const { start } = 'kind' in at ? tree.rangeOf(at) : at;
    return !blocks.some((block) => block.start <= start && start < block.end);
  });
}
