import {
  CodeActionKind,
  type CodeAction,
  type Position,
  type Range,
} from 'vscode-languageserver-types';
import { vocabulary } from '../disclosure/vocabulary';
import { acceptFix } from './accept';
import type { Analysis } from './analysis';
import { changeWordFix, isSignedWord } from './changeWords';
import { diagnosticsOf } from './diagnostics';
import { causesOf, type CauseView } from './findings';
import { fillRowsFix, fillTableFix } from './fillTable';
import { widthFixes } from './halfWidth';
import { fixesOf, rowOfBlank, type Fix } from './fixes';
import { indentFix } from './indentFix';
import { listFix } from './listFix';
import { lostHeadingFix } from './lostHeading';
import { lostRowsFix } from './lostRowsFix';
import { meantKeyFix } from './meantKey';
import { inLocale, message, type Locale } from './messages';
import { missingItemsFix } from './missingItems';
import { missingTableFixes } from './missingTables';
import { labelOf } from './places';
import { allOfRule, problemFixesOf } from './problemFixes';
import { repeatedEntryFix, repeatedItemFix } from './repeatedEntry';
import { toldYearFix } from './toldYear';
import { unitFix } from './unitProblems';
import { undefinedFix } from './undefinedFix';
import { wordFix } from './wordFix';

/**
 * Quick fixes for everything shown in a range, and for causes one of whose cells, or blanks' rows, stands there. Where the
 * client has a command that selects a range of a file, what an acceptance leaves to be written is selected.
 */
export function codeActionsAt(
  analysis: Analysis,
  uri: string,
  range: Range,
  locale: Locale,
  selectCommand?: string,
): CodeAction[] {
  const { lines, network, tree } = analysis;
  const start = lines.offset(range.start);
  const end = lines.offset(range.end);
  const touches = (at: { start: number; end: number }) => at.start <= end && start <= at.end;
  const views = causesOf(analysis, locale);
  const diagnostics = diagnosticsOf(analysis, uri, locale);
  const gathered = new Set<string>();
  const mendedRows = new Set<number>();
  const mending = ({ cause, problem, fact, facts }: CauseView, shown: boolean): Fix[] => {
    if (cause) {
      const words = network ? changeWordFix(cause, network, tree, locale) : [];
      const whole = shown ? fillTableFix(cause, analysis, locale) : [];
      const unit = shown ? unitFix(cause, tree, locale) : [];
      const rows = shown ? lostRowsFix(cause, analysis, locale) : [];
      // Where these are lacking, no figure is wrong.
      const figures = [
        ...whole,
        ...unit,
        ...(rows.length > 0 ? rows : fixesOf(cause, tree, locale)),
      ];
      // Who says the opposite writes it in words.
      if (words.length === 0) return figures;
      return [...words, ...figures.filter((fix) => !isSignedWord(fix, cause, tree))];
    }
    if (fact) {
      const missing = shown ? missingItemsFix(facts ?? [fact], analysis, locale) : [];
      return [...wordFix(fact, tree, locale), ...listFix(fact, tree, locale), ...missing];
    }
    if (!problem || !shown) return [];
    const width = widthFixes(problem, analysis.problems, tree, locale);
    const isFirst = width !== undefined && !mendedRows.has(width.line);
    if (width && width.row.length > 0) mendedRows.add(width.line);
    const own = [
      ...(isFirst ? width.row : []),
      ...meantKeyFix(problem, analysis, locale),
      ...repeatedEntryFix(problem, tree, locale),
      ...repeatedItemFix(problem, tree, locale),
      ...problemFixesOf(problem, tree, locale).map((fix) =>
        width?.row.length ? { ...fix, preferred: false } : fix,
      ),
      ...indentFix(problem, analysis, locale),
      ...lostHeadingFix(problem, tree, locale),
      ...toldYearFix(problem, uri, tree, locale),
      ...undefinedFix(problem, analysis, locale),
      ...missingTableFixes(problem, analysis, locale),
      ...fillRowsFix(problem, analysis, locale),
    ];
    const kind = width ? 'width' : problem.code;
    if (gathered.has(kind)) return own;
    gathered.add(kind);
    if (width) return [...own, ...width.file];
    return [...own, ...allOfRule(analysis.problems, problem.code, tree, locale)];
  };
  const actionOf = ({ title, preferred, edits }: Fix, index: number): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    isPreferred: preferred,
    diagnostics: [diagnostics[index]!],
    edit: {
      changes: {
        [uri]: edits.map((edit) => ({ range: lines.range(edit.range), newText: edit.newText })),
      },
    },
  });
  const isInRow = ({ cause, problem }: CauseView) => {
    const cell = cause?.cell ?? problem?.cell;
    const row = cell && rowOfBlank(cell, tree);
    return row !== undefined && touches(row);
  };
  const mends = views.flatMap((view, index) => {
    const shown = touches(view.textRange) || isInRow(view);
    return mending(view, shown)
      .filter(({ edits, only, rows = [] }) =>
        only
          ? touches(only)
          : shown || [...edits.map(({ range: at }) => at), ...rows].some(touches),
      )
      .map((fix) => actionOf(fix, index));
  });
  // What mends stands before what only accepts, whichever of several findings it is of.
  const accepting = views.flatMap((view, index) => {
    const fix = touches(view.textRange) ? acceptFix(analysis, view, locale) : undefined;
    return fix ? [{ fix, view, index }] : [];
  });
  const accepts = accepting.map(({ fix, view, index }) => {
    const isAlone = accepting.filter((one) => one.fix.title === fix.title).length === 1;
    const title = isAlone ? fix.title : acceptTitle(fix.title, view, analysis, locale);
    return withReasonSelected(actionOf({ ...fix, title }, index), uri, selectCommand);
  });
  return [...mends, ...accepts];
}

/** Of several at one place it is told which is accepted: the cell, and what does not hold of it. */
function acceptTitle(
  title: string,
  { cause, path, rule }: CauseView,
  { rulebook }: Analysis,
  locale: Locale,
): string {
  const cell = cause ? labelOf(cause.cell, locale) : (path ?? '');
  const spec = rulebook.rule(rule);
  const args = { title, cell, rule: spec ? inLocale(spec.title, locale) : rule };
  return message(locale, 'fix.accept-which', args);
}

function withReasonSelected(
  action: CodeAction,
  uri: string,
  selectCommand: string | undefined,
): CodeAction {
  const [edit] = action.edit!.changes![uri]!;
  const { pendingReason } = vocabulary;
  // An entry that is made to fit again keeps the reason that it has.
  const at = edit!.newText.indexOf(pendingReason);
  if (selectCommand === undefined || at < 0) return action;
  const start = behind(edit!.range.start, edit!.newText.slice(0, at));
  const end = { line: start.line, character: start.character + pendingReason.length };
  const { title } = action;
  return {
    ...action,
    command: { title, command: selectCommand, arguments: [uri, { start, end }] },
  };
}

/** The position behind a text that is written at another one. */
function behind({ line, character }: Position, text: string): Position {
  const lines = text.split(/\r?\n/);
  const last = lines.at(-1)!.length;
  return lines.length === 1
    ? { line, character: character + last }
    : { line: line + lines.length - 1, character: last };
}
