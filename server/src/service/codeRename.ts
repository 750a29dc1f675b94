import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import { classificationOf } from '../catalog/data';
import { codePlaces, hasRow, type CodePlace } from '../catalog/places';
import { halfWidth } from '../disclosure/mistyped';
import type { SyntaxTree, TextRange } from '../syntax/tree';
import type { Analysis } from './analysis';
import { placesOf, rangeOf } from './codeNavigation';
import { message, type Locale } from './messages';
import { movedAcceptances } from './movedAcceptances';
import { underCursor } from './underCursor';

/** What would be renamed at a position; undefined where no code stands. */
export function prepareCodeRename(
  analysis: Analysis,
  position: Position,
): { range: Range; placeholder: string } | undefined {
  const place = placeUnder(analysis, position);
  return place && { range: rangeOf(analysis, place), placeholder: place.code };
}

/** The code at a position, also that of a row which a later one of the same code replaces. */
function placeUnder(analysis: Analysis, position: Position): CodePlace | undefined {
  const found = underCursor(analysis, position);
  if (!found || found.code || found.cell) return found?.code;
  const { node } = found;
  const code = halfWidth(node.text).trim();
  const isRow = ({ list }: CodePlace) => list?.entries.some(({ key }) => key === node);
  const place = codePlaces(analysis.disclosure!).find(
    (other) => other.code === code && isRow(other),
  );
  return place && { ...place, node };
}

/** The list in which a code stands more than once. */
const isTwice = ({ list, code }: CodePlace) =>
  (list?.entries.filter(({ key }) => halfWidth(key.text).trim() === code).length ?? 0) > 1;

/**
 * Writes another code wherever a subject stands, in tables, sections and what the file accepts of it; its
 * sub-subjects keep theirs. Says why not, where one of the places cannot have it or has it already.
 */
export function renameCode(
  analysis: Analysis,
  position: Position,
  newName: string,
  locale: Locale,
): { edits: TextEdit[] } | { refused: string } | undefined {
  const place = placeUnder(analysis, position);
  if (!place) return undefined;
  const code = halfWidth(newName).trim();
  const places = placesOf(analysis, place);
  const refuse = (
    key: 'digits' | 'classification' | 'length' | 'taken',
    where = '',
    kind = '',
  ) => ({
    refused: message(locale, `rename.${key}`, { code, where, kind }),
  });
  if (!/^\d+$/.test(code)) return refuse('digits');
  const twice = places.find(isTwice);
  if (twice) {
    const where = twice.table?.title ?? '';
    return { refused: message(locale, 'rename.twice', { code: place.code, where }) };
  }
  for (const other of places) {
    const { levels, table, section, classification } = other;
    const where = table?.title ?? section?.key.text ?? '';
    if (classificationOf(code) !== classification) {
      return refuse('classification', where, message(locale, `catalog.${classification}`));
    }
    if (!levels.includes(code.length)) return refuse('length', where);
    if (code !== place.code && isTaken(analysis, other, code)) return refuse('taken', where);
  }
  const { tree, lines } = analysis;
  const edits = places.map((other) => ({ range: rangeOf(analysis, other), newText: code }));
  const gaps = places.flatMap((other) => gapEdit(other, code, tree));
  const accepted = movedAcceptances(analysis, place.code, code, edits);
  return {
    edits: [
      ...edits,
      ...[...gaps, ...accepted].map(({ range, newText }) => ({
        range: lines.range(range),
        newText,
      })),
    ],
  };
}

/** Whether the rows, or the items, among which a place stands have a code already. */
function isTaken({ disclosure }: Analysis, place: CodePlace, code: string): boolean {
  if (place.list?.entries.some(({ key }) => halfWidth(key.text).trim() === code)) return true;
  if (place.table) return hasRow(place, code);
  return codePlaces(disclosure!).some(
    (other) => other.section === place.section && !other.table && other.code === code,
  );
}

/** The blanks behind the colon of a row that is put in columns: what the code gains, they lose. */
function gapEdit(
  { node, entry, code: old }: CodePlace,
  code: string,
  tree: SyntaxTree,
): { range: TextRange; newText: string }[] {
  if (entry.key !== node || tree.language === 'json' || code.length === old.length) return [];
  const { end } = tree.rangeOf(node);
  const [gap, colon = '', blanks = ''] =
    /^( *:)( {2,})(?=[^\s#])/.exec(tree.text.slice(end, end + 80)) ?? [];
  if (gap === undefined) return [];
  const start = end + colon.length;
  const width = Math.max(1, blanks.length + old.length - code.length);
  return [{ range: { start, end: start + blanks.length }, newText: ' '.repeat(width) }];
}
