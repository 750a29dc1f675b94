import type { DocumentHighlight, Position, Range } from 'vscode-languageserver-types';
import type { Analysis } from './analysis';
import { codeDefinition, codeHighlights, codeReferences } from './codeNavigation';
import { figureDefinitions, figureHighlights, figureReferences } from './figureNavigation';
import { underCursor } from './underCursor';

/** Where what is under the cursor comes from: the first table that lists a subject, the parts of a total. */
export function definitionsAt(analysis: Analysis, position: Position): Range[] {
  const { code, cell } = underCursor(analysis, position) ?? {};
  if (code) return codeDefinition(analysis, code);
  return cell ? figureDefinitions(analysis, cell) : [];
}

/** Every place of the subject, or of the quantity. */
export function referencesAt(analysis: Analysis, position: Position): Range[] {
  const { code, cell } = underCursor(analysis, position) ?? {};
  if (code) return codeReferences(analysis, code);
  return cell ? figureReferences(analysis, cell) : [];
}

/** Every place of the subject, or every cell that stands in a relation with the figure. */
export function highlightsAt(analysis: Analysis, position: Position): DocumentHighlight[] {
  const { code, cell } = underCursor(analysis, position) ?? {};
  if (code) return codeHighlights(analysis, code);
  return cell ? figureHighlights(analysis, cell) : [];
}
