/** Rows whose sum is left to the server, above nothing of theirs: one code there or right below is another's. */
import type { Problem } from '../disclosure/model';
import { misfitsIn } from './above';
import { labelOf } from './nameChecks';
import { codeFix, type Around } from './nearestCodes';
import type { CodePlace } from './places';

/** What is said of such rows, and the rows below them that it explains. */
export interface Childless {
  readonly problems: readonly Problem[];
  readonly explained: ReadonlySet<CodePlace>;
}

/**
 * A subject without sub-subjects of its own that is left to the server, right above those of one that is not listed.
 * Of several rows below it is the subject's code that is wrong, of a single one the code that no other list knows; where
 * that does not tell which, the row below is told to stand where it does not belong.
 * @param places rows of one table, as they are written
 */
export function childlessRows(places: readonly CodePlace[], around: Around): Childless {
  const problems: Problem[] = [];
  const explained = new Set<CodePlace>();
  for (const { at, code, count } of misfitsIn(places.map((one) => one.code))) {
    const [place, next] = [places[at]!, places[at + 1]!];
    if (around.isTaken(code) || !isLeftToServer(place)) continue;
    const problem = isItsOwn(place.code, code, count, around)
      ? subjectProblem(place, code, around)
      : count === 1 && rowProblem(next, place, around);
    if (!problem) continue;
    problems.push(problem);
    // The subject may seem to stand below another one's, too.
    explained.add(place);
    for (const one of places) if (one.code.startsWith(code)) explained.add(one);
  }
  return { problems, explained };
}

/** Whether it is the subject above whose code is wrong. */
function isItsOwn(written: string, code: string, below: number, { isElsewhere }: Around): boolean {
  const isKnown = isElsewhere(code);
  return isElsewhere(written) === isKnown ? below > 1 : isKnown;
}

function subjectProblem(place: CodePlace, code: string, { catalog }: Around): Problem | undefined {
  const meant = catalog.lookup(code, place.classification);
  if (!meant) return undefined;
  const args = { code: place.code, parent: labelOf(meant), part: 'above' };
  return { code: 'code.orphan', at: place.node, args, fixes: [codeFix(place, meant, false)] };
}

function rowProblem(row: CodePlace, above: CodePlace, { catalog, isTaken }: Around) {
  const { code, classification, node } = row;
  const label = (of: string) => {
    const entry = catalog.lookup(of, classification);
    return entry ? labelOf(entry) : of;
  };
  const meant = catalog.lookup(above.code + code.slice(above.code.length), classification);
  if (!meant || isTaken(meant.code)) return undefined;
  const args = { code, under: label(above.code), parent: label(code.slice(0, -2)) };
  return { code: 'code.orphan', at: node, args, fixes: [codeFix(row, meant, false)] };
}

/** Whether a row says nothing by itself: all that it writes is computed. */
function isLeftToServer({ table, row }: CodePlace): boolean {
  if (!table || !row || row.values.size === 0) return false;
  const states = [...row.values.keys()].map((column) => table.cell(row.id, column)?.state);
  return (
    states.includes('derived') && states.every((state) => state === 'derived' || state === 'blank')
  );
}
