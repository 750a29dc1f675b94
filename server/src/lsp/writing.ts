import { builtInCatalog } from '../catalog/catalog';
import { vocabulary } from '../disclosure/vocabulary';
import { nextYearOf } from '../service/nextYear';
import { isBlock } from '../service/paste/grid';
import { pasteCells } from '../service/paste/paste';
import { isForCells } from '../service/paste/target';
import { skeletonOf, type NewDisclosure } from '../service/skeleton/skeleton';
import { handler, type FeatureContext } from './handler';
import { wellFormedPosition } from './positions';
import {
  LAYOUTS_REQUEST,
  NEW_DISCLOSURE_REQUEST,
  NEXT_YEAR_REQUEST,
  PASTE_REQUEST,
  type LayoutName,
  type NextYearAnswer,
  type NextYearParams,
  type PasteAnswer,
  type PasteParams,
} from './protocol';

/** Writes what nobody wants to type: a new file, the file of the next year, a block of cells from a spreadsheet. */
export function registerWriting(context: FeatureContext): void {
  const { connection, guard } = context;

  connection.onRequest(LAYOUTS_REQUEST, (): LayoutName[] =>
    vocabulary.layouts.map(({ id, key, en }) => ({ id, key, en })),
  );

  connection.onRequest(NEW_DISCLOSURE_REQUEST, (wish: Partial<NewDisclosure>): string | null =>
    guard.run('new disclosure', null, () => skeletonOf(wellFormed(wish), builtInCatalog)),
  );

  connection.onRequest(
    NEXT_YEAR_REQUEST,
    handler(context, 'next year', null, (_, analysis, __: NextYearParams): NextYearAnswer => {
      return nextYearOf(analysis) ?? null;
    }),
  );

  connection.onRequest(
    PASTE_REQUEST,
    handler(
      context,
      'paste',
      null,
      ({ version, locale }, analysis, params: PasteParams): PasteAnswer | null => {
        const position = wellFormedPosition(params.position);
        const isMeant = () => isBlock(params.text) && isForCells(analysis, position);
        if (params.unasked === true && !isMeant()) return null;
        const { edits, ...said } = pasteCells(analysis, position, params.text, locale);
        const { lines } = analysis;
        return {
          ...said,
          version,
          edits: edits.map(({ range, newText }) => ({ range: lines.range(range), newText })),
        };
      },
    ),
  );
}

/** Whatever a client sends for a wish. */
function wellFormed({
  language,
  layout,
  year,
  organisation,
}: Partial<NewDisclosure>): NewDisclosure {
  const isYear = Number.isInteger(year) && year! >= 1949 && year! <= 9999;
  return {
    language: language === 'json' ? 'json' : 'yaml',
    layout: layout ?? '',
    year: isYear ? year! : new Date().getFullYear() - 1,
    organisation: typeof organisation === 'string' ? organisation.trim() : '',
  };
}
