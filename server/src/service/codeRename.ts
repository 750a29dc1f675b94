import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import { classificationOf } from '../catalog/data';
import { halfWidth } from '../disclosure/mistyped';
import type { Analysis } from './analysis';
import { placesOf, rangeOf } from './codeNavigation';
import { message, type Locale } from './messages';
import { underCursor } from './underCursor';

/** What would be renamed at a position; undefined where no code stands. */
export function prepareCodeRename(
  analysis: Analysis,
  position: Position,
): { range: Range; placeholder: string } | undefined {
  const place = underCursor(analysis, position)?.code;
  return place && { range: rangeOf(analysis, place), placeholder: place.code };
}

/**
 * Writes another code wherever a subject stands, in tables and sections; its sub-subjects keep theirs.
 * Says why not, where one of the places cannot have it or has it already.
 */
export function renameCode(
  analysis: Analysis,
  position: Position,
  newName: string,
  locale: Locale,
): { edits: TextEdit[] } | { refused: string } | undefined {
  const place = underCursor(analysis, position)?.code;
  if (!place) return undefined;
  const code = halfWidth(newName).trim();
  const places = placesOf(analysis, place);
  const refuse = (key: 'digits' | 'classification' | 'length' | 'taken', where = '') => ({
    refused: message(locale, `rename.${key}`, { code, where }),
  });
  if (!/^\d+$/.test(code)) return refuse('digits');
  if (classificationOf(code) !== classificationOf(place.code)) return refuse('classification');
  for (const { levels, table, section, list } of places) {
    const where = table?.spec.key ?? section?.key.text ?? '';
    if (!levels.includes(code.length)) return refuse('length', where);
    if (list?.kind !== 'map' || code === place.code) continue;
    const isTaken = list.entries.some(({ key }) => halfWidth(key.text).trim() === code);
    if (isTaken) return refuse('taken', where);
  }
  return { edits: places.map((other) => ({ range: rangeOf(analysis, other), newText: code })) };
}
