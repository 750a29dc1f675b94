/** What is no mistake yet, because somebody is still typing it. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import { lineEnd, lineStart } from '../syntax/traps/characters';
import type { Analysis } from './analysis';

/** Nothing but what an editor closes by itself stands behind the cursor. */
const REST = /^[ \t]*["'}\]]*[ \t]*$/;

const FIGURE = 'input.amount-form';

/** What is said of a line that is not typed to its end. */
const BEGUN: ReadonlySet<string> = new Set(['syntax.yaml', 'syntax.json', FIGURE]);

/** What is mended while one types, where the answer is in time: who types on is faster at times. */
const MENDED: ReadonlySet<string> = new Set([
  'syntax.colon-blank',
  'syntax.full-width-colon',
  'syntax.full-width-mark',
]);

const codeOf = ({ code }: Diagnostic) => String(code);

/** A figure of which the decimals are to come. */
const BEGUN_FIGURE = /\d\.$/;

/**
 * An error of the line that is being typed, a key without its colon, braces still open, `0.`, is information
 * as long as the cursor is where it goes on, and so is a mark in the line that is not mended yet: if it stays, it
 * is told as the error that it is.
 * @param typed behind what was typed last
 */
export function whileTyping(
  diagnostics: Diagnostic[],
  { tree, lines }: Analysis,
  typed: number,
): Diagnostic[] {
  const { line } = lines.position(typed);
  const isHere = ({ severity, range }: Diagnostic) =>
    severity === DiagnosticSeverity.Error && range.start.line <= line && line <= range.end.line;
  const here = diagnostics.filter(
    (one) => isHere(one) && (BEGUN.has(codeOf(one)) || MENDED.has(codeOf(one))),
  );
  // Only then it is worth to put the text together.
  if (here.length === 0) return diagnostics;
  const { text } = tree;
  const isLast = REST.test(text.slice(typed, lineEnd(text, typed)));
  const isFigure = BEGUN_FIGURE.test(text.slice(lineStart(text, typed), typed));
  const isBegun = (code: string) => MENDED.has(code) || (code === FIGURE ? isFigure : isLast);
  const begun = new Set(here.filter((one) => isBegun(codeOf(one))));
  return diagnostics.map((one) =>
    begun.has(one) ? { ...one, severity: DiagnosticSeverity.Information } : one,
  );
}
