import type { FormattingOptions, TextEdit } from 'vscode-languageserver';
import type { Analysis } from '../service/analysis';
import { formatEdits, formatRangeEdits, type FormatOptions } from '../service/format/format';
import { typedEdits } from '../service/format/onType';
import type { TextEdit as OffsetEdit } from '../syntax/tree';
import { handler, type FeatureContext } from './handler';
import { wellFormedPosition, wellFormedRange } from './positions';

/** Puts tables in columns: of a file, of a range, and while typing. */
export function registerFormatting(context: FeatureContext): void {
  const { connection } = context;

  connection.onDocumentFormatting(
    handler(context, 'formatting', [], (_, analysis, { options }): TextEdit[] =>
      inLines(analysis, formatEdits(analysis.tree, wellFormedOptions(options))),
    ),
  );

  connection.onDocumentRangeFormatting(
    handler(context, 'formatting', [], (_, analysis, params): TextEdit[] => {
      const { start, end } = wellFormedRange(params.range);
      const range = { start: analysis.lines.offset(start), end: analysis.lines.offset(end) };
      return inLines(
        analysis,
        formatRangeEdits(analysis.tree, range, wellFormedOptions(params.options)),
      );
    }),
  );

  connection.onDocumentOnTypeFormatting(
    handler(context, 'formatting', [], (_, analysis, { position, ch }): TextEdit[] =>
      inLines(analysis, typedEdits(analysis, wellFormedPosition(position), ch)),
    ),
  );
}

function inLines({ lines }: Analysis, edits: readonly OffsetEdit[]): TextEdit[] {
  return edits.map(({ range, newText }) => ({ range: lines.range(range), newText }));
}

/** Wider than this is no indentation. */
const WIDEST_TAB = 16;

/** Whatever a client sends for options. */
function wellFormedOptions(given: Partial<FormattingOptions> | undefined): FormatOptions {
  const tabSize = given?.tabSize;
  const isSize = Number.isInteger(tabSize) && tabSize! > 0 && tabSize! <= WIDEST_TAB;
  return { tabSize: isSize ? tabSize! : 2, insertSpaces: given?.insertSpaces !== false };
}
