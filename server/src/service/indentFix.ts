/** Another indentation for a line whose key nothing knows where it stands. */
import type { Problem } from '../disclosure/model';
import { edit } from '../syntax/traps/trap';
import { above, written } from '../syntax/traps/written';
import { lineStart } from '../syntax/traps/characters';
import { leastOf } from '../syntax/arrays';
import type { Analysis } from './analysis';
import type { Fix } from './fixes';
import { columnsFor, columnsOf, linesAround } from './lineColumns';
import { oddities, oddity } from './meantWay';
import { message, type Locale } from './messages';
import { LONGEST } from './wrongIndent';

/** What is said of a key because of where it stands. */
const OF_PLACES = new Set([
  'input.unknown-row',
  'input.unknown-column',
  'input.unknown-key',
  'input.side-outside',
  'syntax.duplicate-key',
]);

/** The indentation, of the line or of the one above that may hold it, with which less is odd than with any other. */
export function indentFix(
  { code, at }: Problem,
  { disclosure, tree }: Analysis,
  locale: Locale,
): Fix[] {
  const { text, language } = tree;
  if (!disclosure || !OF_PLACES.has(code) || language === 'json' || text.length > LONGEST)
    return [];
  const { start } = 'kind' in at ? tree.rangeOf(at) : at;
  const line = written(text, lineStart(text, start));
  if (!line) return [];
  const lines = linesAround(text, line);
  const columns = columnsOf(text);
  const ways = [line, above(text, line)].flatMap((one) => {
    const own = lines.find((other) => other.start === one?.start);
    return [...(own ? columnsFor(own, lines, text, columns) : [])].map((column) => {
      const edits = [edit(own!.start, own!.from, ' '.repeat(column))];
      return { column, edits, odd: oddities({ edits }, tree) };
    });
  });
  const least = leastOf(ways.map(({ odd }) => odd));
  const [best, ...more] = ways.filter(({ odd }) => odd === least);
  if (!best || more.length > 0 || least >= oddity(tree, disclosure.problems)) return [];
  const title = message(locale, 'fix.indent-to', { count: best.column });
  return [{ title, preferred: false, edits: best.edits }];
}
