import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import type { Analysis } from '../service/analysis';
import {
  semanticTokensIn,
  semanticTokensOf,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
  type SemanticToken,
} from '../service/semanticTokens';
import { handler, type FeatureContext } from './handler';
import { wellFormedRange } from './positions';

/** What a document was told last; `resultId` is the id of the analysis. */
interface Told extends SemanticTokens {
  readonly resultId: string;
}

const MOST_DOCUMENTS = 50;

/** What the words of a file are: of a whole file, of what is seen of it, and what has changed. */
export function registerSemanticTokens(context: FeatureContext): void {
  const { connection } = context;
  const { semanticTokens } = connection.languages;
  const told = new Map<string, Told>();
  const tell = (uri: string, tokens: Told): Told => {
    // The one that was longest ago goes first; it is told the whole again.
    told.delete(uri);
    told.set(uri, tokens);
    if (told.size > MOST_DOCUMENTS) told.delete(told.keys().next().value!);
    return tokens;
  };
  const none: SemanticTokens = { data: [] };

  semanticTokens.on(
    handler(context, 'semantic tokens', none, ({ id, uri }, analysis): SemanticTokens =>
      tell(uri, { resultId: id, data: encode(analysis, semanticTokensOf(analysis)) }),
    ),
  );

  semanticTokens.onDelta(
    handler<Parameters<Parameters<typeof semanticTokens.onDelta>[0]>[0], Answer>(
      context,
      'semantic tokens',
      none,
      ({ id, uri }, analysis, { previousResultId }) => {
        const before = told.get(uri);
        const after = { resultId: id, data: encode(analysis, semanticTokensOf(analysis)) };
        tell(uri, after);
        if (before?.resultId !== previousResultId) return after;
        return { resultId: id, edits: difference(before.data, after.data) };
      },
    ),
  );

  semanticTokens.onRange(
    handler(context, 'semantic tokens', none, (_, analysis, params): SemanticTokens => {
      const { start, end } = wellFormedRange(params.range);
      const { lines } = analysis;
      const within = { start: lines.offset(start), end: lines.offset(end) };
      return { data: encode(analysis, semanticTokensIn(analysis, within)) };
    }),
  );
}

type Answer = SemanticTokens | SemanticTokensDelta;

/** Five numbers a token: lines and characters from the one before it, length, type, modifiers. */
function encode({ lines }: Analysis, tokens: readonly SemanticToken[]): number[] {
  let before = { line: 0, character: 0 };
  return tokens.flatMap(({ range, type, modifier }) => {
    const at = lines.position(range.start);
    const line = at.line - before.line;
    const character = line === 0 ? at.character - before.character : at.character;
    before = at;
    const modifiers = modifier ? 1 << TOKEN_MODIFIERS.indexOf(modifier) : 0;
    return [line, character, range.end - range.start, TOKEN_TYPES.indexOf(type), modifiers];
  });
}

/** One edit from the first number that differs to the last one. */
function difference(before: readonly number[], after: readonly number[]) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const deleteCount = before.length - end - start;
  const data = after.slice(start, after.length - end);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
