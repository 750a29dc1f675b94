import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver-types';
import { isGuess } from '../disclosure/damage';
import { isLeftBlank, type Cell, type Table } from '../disclosure/model';
import type { Analysis } from './analysis';
import { deriveAll, derivedCells, derivedText, deriveOne, printEdits } from './derived';
import type { CellEdit } from './edits';
import { inColumns } from './inColumns';
import { message, type Locale } from './messages';

/**
 * Between transcribing what was published and drafting, where each figure is typed once: printed
 * amounts become 自动 and back, for the cell at a place, its table, and the file. Each is tried when it
 * is asked for, which takes about as long as an analysis for all of them.
 */
export function* rewritesAt(
  analysis: Analysis,
  uri: string,
  range: Range,
  locale: Locale,
): Generator<CodeAction, void> {
  // What is written there is a guess: first it is to be mended.
  if (isInBrokenLine(analysis, range)) return;
  const offset = analysis.lines.offset(range.start);
  const cell = cellAt(analysis, offset);
  const table = tableAt(analysis, offset);
  const action = (title: string, edits: readonly CellEdit[]): CodeAction[] =>
    edits.length === 0
      ? []
      : [
          {
            title,
            kind: CodeActionKind.RefactorRewrite,
            edit: {
              changes: {
                [uri]: edits.map(({ range: at, newText }) => ({
                  range: analysis.lines.range(at),
                  newText,
                })),
              },
            },
          },
        ];
  const counted = (key: 'derive' | 'print', scope: 'table' | 'file', edits: readonly CellEdit[]) =>
    action(
      message(locale, `${key}.${scope}`, { count: edits.length }),
      key === 'print' ? inColumns(edits, analysis.tree) : edits,
    );
  const inTable = (candidate: Cell) => candidate.table === table;
  const derived = derivedCells(analysis);

  const one = cell && single(analysis, cell, locale);
  if (one) yield* action(one.title, one.edits);
  if (table) yield* counted('derive', 'table', deriveAll(analysis, inTable));
  yield* counted(
    'derive',
    'file',
    deriveAll(analysis, () => true),
  );
  if (table) yield* counted('print', 'table', printEdits(analysis, derived.filter(inTable)));
  yield* counted('print', 'file', printEdits(analysis, derived));
}

/** Whether a place is in a line that has a syntax error, or that one leaves in doubt. */
function isInBrokenLine({ tree, problems, lines }: Analysis, { start, end }: Range): boolean {
  const guesses = tree.problems.filter(isGuess);
  if (guesses.length === 0) return false;
  // Where it is told may be another line than where the parser stumbled.
  const told = problems.flatMap(({ code, at }) => ('kind' in at || !isGuess({ code }) ? [] : at));
  const stumbled = guesses.map(({ range, within }) => within ?? range);
  return [...told, ...stumbled].some((at) => {
    // The end of a line is the beginning of the next.
    const broken = lines.range({ start: at.start, end: Math.max(at.start, at.end - 1) });
    return broken.start.line <= end.line && start.line <= broken.end.line;
  });
}

function single(
  analysis: Analysis,
  cell: Cell,
  locale: Locale,
): { title: string; edits: readonly CellEdit[] } | undefined {
  const shown = (text: string) => (text === '' ? message(locale, 'blank') : text);
  if (cell.state === 'derived' && !isLeftBlank(cell)) {
    if (!cell.amount) return undefined;
    const value = shown(derivedText(cell));
    return { title: message(locale, 'print.cell', { value }), edits: printEdits(analysis, [cell]) };
  }
  const isPrinted = cell.state === 'amount' || cell.state === 'blank';
  if (!isPrinted && !isLeftBlank(cell)) return undefined;
  const found = deriveOne(analysis, cell);
  if (!found) return undefined;
  const value = shown(derivedText(found.computed));
  const printed = shown(cell.printed);
  const digits = (text: string) => text.replaceAll(',', '');
  const key = digits(value) === digits(printed) ? 'derive.cell' : 'derive.cell.differs';
  return { title: message(locale, key, { value, printed }), edits: [found.edit] };
}

function cellAt({ disclosure, tree }: Analysis, offset: number): Cell | undefined {
  for (const node of tree.pathAt(offset).reverse()) {
    const cell =
      node.kind === 'entry' || node.kind === 'scalar' ? disclosure?.cellOf(node) : undefined;
    if (cell) return cell;
  }
  return undefined;
}

function tableAt({ disclosure, tree }: Analysis, offset: number): Table | undefined {
  const [, entry] = tree.pathAt(offset);
  return [...(disclosure?.tables.values() ?? [])].find((table) => table.entry === entry);
}
