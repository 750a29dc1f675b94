import {
  CodeActionKind,
  CodeActionTriggerKind,
  type CodeAction,
  type CodeActionContext,
  type Range,
} from 'vscode-languageserver';
import type { Analysis } from '../service/analysis';
import type { Locale } from '../service/messages';
import { rewritesAt } from '../service/rewrites';
import { FIX_ALL, sourceActionsOf } from '../service/sourceActions';
import { isWanted } from './edits';

/**
 * Actions that nobody gets unasked, for they cost further analyses: what is for the whole file when
 * its kind is named, rewritings when somebody opens the menu, not at each move of the cursor. One after
 * the other, so that who asked may take it back in between.
 */
export function* requestedActions(
  analysis: Analysis,
  uri: string,
  range: Range,
  { only, triggerKind }: CodeActionContext,
  locale: Locale,
): Generator<CodeAction, void> {
  const named = only?.filter((wanted) => wanted !== '');
  const whole = named !== undefined && isWanted(FIX_ALL, named);
  const invoked = triggerKind !== CodeActionTriggerKind.Automatic;
  const rewrites = only ? isWanted(CodeActionKind.RefactorRewrite, only) : invoked;
  if (whole) yield* sourceActionsOf(analysis, uri, locale);
  if (rewrites) yield* rewritesAt(analysis, uri, range, locale);
}
