import type {
  CompletionList,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  SelectionRange,
  SymbolInformation,
} from 'vscode-languageserver';
import { codeNamesIn } from '../service/codeNames';
import { completionsAt } from '../service/completion';
import { foldingRangesOf } from '../service/folding';
import { inlayHintsIn } from '../service/inlayHints';
import { selectionRangeAt } from '../service/selectionRanges';
import { flatSymbols, symbolsOf } from '../service/symbols';
import { handler, type FeatureContext } from './handler';
import { wellFormedPosition, wellFormedRange } from './positions';

/** What makes a long file comfortable: outline, folding, completion, the values of computed cells. */
export function registerEditing(context: FeatureContext): void {
  const { connection, client, configurations } = context;

  connection.onDocumentSymbol(
    handler(context, 'outline', [], ({ uri }, analysis): DocumentSymbol[] | SymbolInformation[] => {
      const symbols = symbolsOf(analysis);
      return client.symbolTrees ? symbols : flatSymbols(symbols, uri);
    }),
  );

  connection.onFoldingRanges(
    handler(context, 'folding', [], (_, analysis): FoldingRange[] => foldingRangesOf(analysis)),
  );

  connection.onSelectionRanges(
    handler(context, 'selection', [], (_, analysis, { positions }): SelectionRange[] =>
      positions.map((position) => selectionRangeAt(analysis, wellFormedPosition(position))),
    ),
  );

  connection.onCompletion(
    handler(
      context,
      'completion',
      [],
      ({ locale }, analysis, { position, context: asked }): CompletionList | [] => ({
        // What fits another word is another list.
        isIncomplete: true,
        items: completionsAt(
          analysis,
          wellFormedPosition(position),
          { locale, snippets: client.snippets },
          asked?.triggerCharacter,
        ),
      }),
    ),
  );

  connection.languages.inlayHint.on(
    handler(context, 'inlay hints', [], ({ uri, locale }, analysis, params): InlayHint[] => {
      const { derivedHints, nameHints } = configurations.of(uri);
      const range = wellFormedRange(params.range);
      return [
        ...(derivedHints ? inlayHintsIn(analysis, range, locale) : []),
        ...(nameHints ? codeNamesIn(analysis, range) : []),
      ];
    }),
  );
}
