/** Lines that are indented below a heading that is lost, where a parser stumbles over it. */
import { isGuess } from '../disclosure/damage';
import { sectionKeys, sidesOf, statementsIn, tablesByKey } from '../disclosure/ownKeys';
import { readDisclosure } from '../disclosure/read';
import { isOpen } from '../disclosure/statementSections';
import { vocabulary } from '../disclosure/vocabulary';
import { leastOf } from '../syntax/arrays';
import { eolOf } from '../syntax/insert';
import { parse } from '../syntax/parse';
import { lineStart } from '../syntax/traps/characters';
import { edit } from '../syntax/traps/trap';
import { above, below, written, type Explained, type Written } from '../syntax/traps/written';
import type { Entry, SyntaxProblem, SyntaxTree, TextEdit } from '../syntax/tree';
import { oddities } from './meantWay';
import { apply } from './textChanges';

/** Every heading that may be meant is tried on the whole text, while somebody types. */
const LONGEST = 60_000;
/** Of more headings that fit as well none is offered. */
const MOST = 3;
/** Stands for the heading that is looked for. */
const ANY = '·';
/** Keys that hold figures, one behind the other; a single one may be wrongly indented itself. */
const FEWEST = 2;

/** @param most how odd a file is that is mended in another way */
export function lostHeadingLine(
  problem: SyntaxProblem,
  tree: SyntaxTree,
  most = Infinity,
): Explained | undefined {
  const { text, language } = tree;
  if (text.length > LONGEST) return undefined;
  const place = language === 'json' ? inJson(tree) : inYaml(problem, text);
  if (!place) return undefined;
  const writes = (heading: string): TextEdit => {
    const blanks = text.slice(place.line.start, place.line.from).slice(0, place.column);
    const entry = language === 'json' ? `"${heading}": {` : `${heading}:`;
    return edit(place.line.start, place.line.start, `${blanks}${entry}${eolOf(tree)}`);
  };
  const fitting = headingsFor(writes(ANY), place, tree).map((heading) => {
    const edits = [writes(heading)];
    return { heading, edits, odd: oddities({ edits }, tree) };
  });
  const least = leastOf(fitting.map(({ odd }) => odd));
  const best = fitting.filter(({ odd }) => odd === least);
  if (best.length === 0 || best.length > MOST || least >= most) return undefined;
  const { line } = place;
  return {
    parser: 'LOST_HEADING',
    range: { start: line.from, end: line.end },
    fixes: best.map(({ heading, edits }) => ({
      title: 'heading',
      args: { heading },
      edits,
      certain: best.length === 1 && least === 0,
    })),
    misplaced: { start: line.start, end: text.length },
  };
}

interface Place {
  /** The first line below the heading, and the column in which that should stand. */
  readonly line: Written;
  readonly column: number;
}

function inYaml({ range }: SyntaxProblem, text: string): Place | undefined {
  const line = written(text, lineStart(text, range.start));
  if (!line) return undefined;
  // A value above rows that are indented below it.
  const next = below(text, line);
  const isBare = /[:：]\s*$/u.test(text.slice(line.from, line.end));
  if (!isBare && next && next.indent > line.indent) return placeOf(text, next, line.indent);
  // The next heading stands in no column that is open.
  let first = above(text, line);
  for (let up = first; up && up.indent > line.indent; up = above(text, up)) first = up;
  const head = first && above(text, first);
  if (!first || !head || first.indent <= line.indent || head.indent >= line.indent)
    return undefined;
  return placeOf(text, first, line.indent);
}

function placeOf(text: string, line: Written, column: number): Place | undefined {
  let count = 0;
  for (let at: Written | undefined = line; at && at.indent > column; at = below(text, at)) {
    if (++count >= FEWEST) return { line, column };
  }
  return undefined;
}

/** The first line that is indented below one which opens nothing, or too deep below one that does. */
function inJson({ text }: SyntaxTree): Place | undefined {
  let before = written(text, 0);
  const step = before && below(text, before)?.indent;
  if (!before || step === undefined || step === 0) return undefined;
  for (let line = below(text, before); line; line = below(text, line)) {
    const opens = /[{[]$/.test(text.slice(before.from, before.end).trimEnd());
    const column = before.indent + (opens ? step : 0);
    if (line.indent > column && text[line.from] === '"') return placeOf(text, line, column);
    before = line;
  }
  return undefined;
}

/** The headings that the place may have and that nothing beside it has, where the text is sound with any. */
function headingsFor(heading: TextEdit, { line, column }: Place, tree: SyntaxTree): string[] {
  const mended = parse(apply(tree.text, [heading]), tree.language);
  if (mended.problems.some(isGuess)) return [];
  const at = line.start + column + (tree.language === 'json' ? 1 : 0);
  const path = mended.pathAt(at).filter((node): node is Entry => node.kind === 'entry');
  const parents = path.slice(
    0,
    path.findIndex(({ key }) => key.text === ANY),
  );
  const around = parents.at(-1)?.value ?? mended.root;
  if (around?.kind !== 'map' || parents.length === path.length) return [];
  const taken = (index: { get(key: string): unknown }) =>
    new Set(around.entries.map(({ key }) => index.get(key.text)));
  const [top, part] = parents;
  if (!top) {
    const { tables } = readDisclosure(mended).layout;
    const [known, sections] = [taken(tablesByKey), taken(sectionKeys)];
    return [
      ...vocabulary.tables.flatMap((spec) => {
        const title = tables.find(({ id }) => id === spec.id)?.title;
        return known.has(spec) ? [] : [title ?? spec.key];
      }),
      ...Object.entries(vocabulary.sections).flatMap(([id, { key }]) =>
        sections.has(id) || isOpen(id) ? [] : [key],
      ),
    ];
  }
  const table = tablesByKey.get(top.key.text);
  const statements = statementsIn(sectionKeys.get(top.key.text) ?? '');
  const spec = table ?? (part && statements.get(part.key.text));
  const index = spec ? sidesOf(spec) : statements;
  const known = taken(index);
  return [
    ...new Set(index.names.flatMap(([, one]) => (known.has(one) || !one.key ? [] : [one.key]))),
  ];
}
