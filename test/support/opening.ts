import { codeActionsAt } from '../../server/src/service/codeActions';
import { codeLensesOf } from '../../server/src/service/codeLens';
import { codeNamesIn } from '../../server/src/service/codeNames';
import { completionsAt } from '../../server/src/service/completion';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { linksOf } from '../../server/src/service/documentLinks';
import { foldingRangesOf } from '../../server/src/service/folding';
import { formatEdits } from '../../server/src/service/format/format';
import { typedEdits } from '../../server/src/service/format/onType';
import { hoverAt } from '../../server/src/service/hover';
import { inlayHintsIn } from '../../server/src/service/inlayHints';
import { ledgerPage } from '../../server/src/service/ledgerPage';
import { definitionsAt, highlightsAt, referencesAt } from '../../server/src/service/navigation';
import { relationsBelow } from '../../server/src/service/relationTree';
import { reportOf } from '../../server/src/service/report';
import { selectionRangeAt } from '../../server/src/service/selectionRanges';
import { semanticTokensOf } from '../../server/src/service/semanticTokens';
import { sourceActionsOf } from '../../server/src/service/sourceActions';
import { statusOf } from '../../server/src/service/status';
import { flatSymbols, symbolsOf } from '../../server/src/service/symbols';
import type { Analysis } from '../../server/src/service/analysis';
import { codesOf } from '../../server/src/service/workspaceSymbols';
import type { LineRange } from '../../server/src/syntax/lines';

type LineCharacter = LineRange['start'];

const URI = 'file:///a.disclosure.yaml';

/** What is asked of a file that is checked, or opened in an editor, by name. */
export const ABOUT_FILE: Readonly<Record<string, (analysis: Analysis) => unknown>> = {
  report: (analysis) => reportOf('a', analysis, 'zh-cn', { all: true }),
  diagnostics: (analysis) => diagnosticsOf(analysis, URI, 'zh-cn'),
  status: statusOf,
  folding: foldingRangesOf,
  outline: (analysis) => flatSymbols(symbolsOf(analysis), URI),
  tokens: semanticTokensOf,
  hints: (analysis) => inlayHintsIn(analysis, allOf(analysis), 'zh-cn'),
  names: (analysis) => codeNamesIn(analysis, allOf(analysis)),
  lenses: (analysis) => codeLensesOf(analysis, URI, 'ledger', 'zh-cn'),
  links: (analysis) => linksOf(analysis, '/a.disclosure.yaml', 'zh-cn'),
  formatting: ({ tree }) => formatEdits(tree, { tabSize: 2, insertSpaces: true }),
  codes: codesOf,
  ledger: (analysis) => ledgerPage(analysis, 'zh-cn'),
  relations: (analysis) => relationsBelow(analysis, [], 'zh-cn'),
  'fix all': (analysis) => sourceActionsOf(analysis, URI, 'zh-cn'),
};

/** What is asked where the cursor is. */
export const AT_CURSOR: Readonly<Record<string, (a: Analysis, at: LineCharacter) => unknown>> = {
  selection: selectionRangeAt,
  hover: (analysis, at) => hoverAt(analysis, at, 'zh-cn'),
  actions: (analysis, at) => codeActionsAt(analysis, URI, { start: at, end: at }, 'zh-cn'),
  definition: definitionsAt,
  references: referencesAt,
  highlights: highlightsAt,
  completion: (analysis, at) => completionsAt(analysis, at, { locale: 'zh-cn', snippets: true }),
  'typed line end': (analysis, at) => typedEdits(analysis, at, '\n'),
  'typed brace': (analysis, at) => typedEdits(analysis, at, '}'),
};

const allOf = ({ lines, tree }: Analysis) => lines.range({ start: 0, end: tree.text.length });
