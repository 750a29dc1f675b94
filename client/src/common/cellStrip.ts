/** Cells one behind the other, which the keys go through without asking the server. */
import type { CellAnswer, SelectedRange } from '../../../server/src/lsp/protocol';

type Place = SelectedRange['start'];

/** What an edit exchanges, and for what. */
export interface Edit {
  readonly range: SelectedRange;
  readonly text: string;
}

/** What may be typed in a cell without another one coming to be, or going. */
const PLAIN = /^[^\r\n{}[\]:#]*$/;

export class CellStrip {
  constructor(private readonly answer: Omit<NonNullable<CellAnswer>, 'version'>) {}

  /** The cell before or behind the one at a place; undefined where it is not known. */
  beside(place: Place, direction: 'next' | 'previous'): SelectedRange | undefined {
    const { cells, at, isCell } = this.answer;
    const from = this.indexAt(place);
    if (from < 0) return undefined;
    const step = direction === 'next' ? 1 : -1;
    const to = from + step;
    return cells[to === at && !isCell ? to + step : to];
  }

  /** Whether it is this place that was asked about, so that as much is known as there can be. */
  isAround(place: Place): boolean {
    return this.indexAt(place) === this.answer.at;
  }

  /**
   * The same cells after an edit, as long as it is in one of them and ends none: it moves what stands behind it in
   * its line. Undefined after any other.
   */
  edited({ range: { start, end }, text }: Edit): CellStrip | undefined {
    const { cells } = this.answer;
    const own = this.indexAt(start);
    if (own < 0 || own !== this.indexAt(end) || start.line !== end.line || !PLAIN.test(text)) {
      return undefined;
    }
    const shift = text.length - (end.character - start.character);
    const moved = (place: Place): Place =>
      place.line === end.line ? { ...place, character: place.character + shift } : place;
    const shifted = cells.map((cell, index) => {
      if (index < own) return cell;
      return { start: index === own ? cell.start : moved(cell.start), end: moved(cell.end) };
    });
    return new CellStrip({ ...this.answer, cells: shifted });
  }

  private indexAt(place: Place): number {
    return this.answer.cells.findIndex(
      ({ start, end }) => !isBefore(place, start) && !isBefore(end, place),
    );
  }
}

const isBefore = (a: Place, b: Place) =>
  a.line < b.line || (a.line === b.line && a.character < b.character);

/** What to select of a cell with a text: its value without quotes, or behind a blank where one is to be typed. */
export function selectedOf({ start, end }: SelectedRange, text: string): SelectedRange {
  const [, blanks = '', quote = '', value = ''] =
    /^([ \t]*)(["']?)(.*?)\2[ \t]*$/s.exec(text) ?? [];
  if (quote + value === '') {
    const place = { ...start, character: start.character + Math.min(blanks.length, 1) };
    return { start: place, end: place };
  }
  const before = blanks.length + quote.length;
  const behind = text.length - before - value.length;
  return {
    start: { ...start, character: start.character + before },
    end: { ...end, character: end.character - behind },
  };
}
