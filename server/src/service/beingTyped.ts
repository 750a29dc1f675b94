/** What is no mistake yet, because somebody is still typing it. */
import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver-types';
import { lineEnd, lineStart } from '../syntax/traps/characters';
import type { TextRange } from '../syntax/tree';
import type { Analysis } from './analysis';

/** What was typed last where nothing had stood; the cursor is behind it. Empty where other text was typed over. */
export interface Entered extends TextRange {
  /** What was entered in the same way before it, further left in its line. */
  readonly before: readonly TextRange[];
  /** Something was taken away in front of the cursor, and nothing typed since: a figure may lack its end. */
  readonly isCut?: boolean;
}

/** Nothing but what an editor closes by itself stands behind the cursor. */
const REST = /^[ \t]*["'}\]]*[ \t]*$/;

const FIGURE = 'input.amount-form';

const DASH = 'syntax.lone-dash';

/** What is said of a line that is not typed to its end. */
const BEGUN: ReadonlySet<string> = new Set([
  'syntax.yaml',
  'syntax.json',
  'syntax.dash-lost',
  FIGURE,
  DASH,
]);

/** What is mended while one types, where the answer is in time: who types on is faster at times. */
const MENDED: ReadonlySet<string> = new Set([
  'syntax.colon-blank',
  'syntax.full-width-colon',
  'syntax.full-width-mark',
]);

const UNFINISHED: ReadonlySet<string> = new Set([...BEGUN, ...MENDED]);

const isAlarm = (severity: DiagnosticSeverity | undefined) =>
  severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning;

const codeOf = ({ code }: Diagnostic) => String(code);

/** A value in braces, or the last of its line, that is still to come. */
const BLANK = /:[ \t]*(?:""|null)?[ \t]*(?:[,}]|$)/;

/** A figure of which the decimals are to come. */
const BEGUN_FIGURE = /\d\.$/;

/**
 * An error of the line that is being typed, a key without its colon, braces still open, `0.`, the `-` of `-0.20`, is
 * information as long as the cursor is where it goes on, and so is a mark in the line that is not mended yet: if it
 * stays, it is told as the error that it is.
 * So is what accuses a figure that is being entered where none was: `5` of 500.00 is no wrong figure yet, nor is a
 * total that was entered first while parts of it to its right are blank. One that is changed is told with the
 * character.
 */
export function whileTyping(
  diagnostics: Diagnostic[],
  analysis: Analysis,
  entered: Entered,
): Diagnostic[] {
  const { tree, lines } = analysis;
  const { end: typed } = entered;
  const { line } = lines.position(typed);
  const isHere = ({ range }: Diagnostic) => range.start.line <= line && line <= range.end.line;
  const isOfInput = (one: Diagnostic) => analysis.rulebook.rule(codeOf(one))?.kind === 'input';
  const figure = lines.range(entered);
  // What is said of another figure because of the one that is being entered is as little decided.
  const isEntered = (one: Diagnostic) => isAbout(one, figure) && !isOfInput(one);
  const before = entered.before.map((earlier) => lines.range(earlier));
  const isEnteredBefore = (one: Diagnostic) =>
    before.some((earlier) => isSame(one.range, earlier)) && !isOfInput(one);
  const isUnfinished = (one: Diagnostic) => isHere(one) && UNFINISHED.has(codeOf(one));
  const concerned = diagnostics.filter(
    (one) => isAlarm(one.severity) && (isUnfinished(one) || isEntered(one) || isEnteredBefore(one)),
  );
  // Only then it is worth to put the text together.
  if (concerned.length === 0) return diagnostics;
  const { text } = tree;
  const rest = text.slice(typed, lineEnd(text, typed));
  const isLast = REST.test(rest);
  const isRowBegun = BLANK.test(rest);
  const isFigure = BEGUN_FIGURE.test(text.slice(lineStart(text, typed), typed));
  const isBegun = (one: Diagnostic) => {
    const code = codeOf(one);
    if (code === FIGURE) return isFigure;
    if (code === DASH) return lines.offset(one.range.end) === typed;
    return entered.isCut !== true && (MENDED.has(code) || isLast);
  };
  const begun = new Set(
    concerned.filter((one) => isEntered(one) || (isEnteredBefore(one) ? isRowBegun : isBegun(one))),
  );
  return diagnostics.map((one) =>
    begun.has(one) ? { ...one, severity: DiagnosticSeverity.Information } : one,
  );
}

/** Whether a finding is on a figure, or names it among those that it comes of. */
const isAbout = ({ range, relatedInformation = [] }: Diagnostic, figure: Range) =>
  isSame(range, figure) ||
  relatedInformation.some(({ location }) => isSame(location.range, figure));

const isSame = (a: Range, b: Range) =>
  a.start.line === b.start.line &&
  a.start.character === b.start.character &&
  a.end.line === b.end.line &&
  a.end.character === b.end.character;
