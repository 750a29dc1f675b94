import { normalizeKey, vocabulary, type ColumnSpec } from '../../disclosure/vocabulary';
import type { LineCharacter } from '../../syntax/lines';
import { parse } from '../../syntax/parse';
import {
  isAmountLike,
  isBlank,
  isLineEnd,
  lineEnd,
  lineStart,
} from '../../syntax/traps/characters';
import type { SyntaxTree, TextEdit } from '../../syntax/tree';
import type { Analysis } from '../analysis';
import { changesBetween } from '../fixAll';
import { rowEdits } from '../halfWidth';
import { apply } from '../textChanges';
import { alignEdits } from './align';
import { unreadRanges } from './format';
import { runsOf } from './rows';

/** Full-width marks by the half-width ones that are meant where they are part of the grammar. */
const MARKS: Readonly<Record<string, string>> = {
  '：': ':',
  '，': ',',
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
  '“': '"',
  '”': '"',
  '＂': '"',
  '\u3000': ' ',
};

/** With these an entry, or a row, is finished. */
const ENDS: ReadonlySet<string> = new Set(['，', '｝']);

/** A figure behind its colon, which has digits to be exchanged. */
const WIDE_FIGURE = /(?<=[:：][ \t]*)[-－+＋]?[\d.．]*[０-９．][\d０-９.．]*$/u;

/** Parts of figures. */
const FIGURES = '０１２３４５６７８９．％－＋';

/** What a figure begins with, or goes on with. */
const DIGITS = '0123456789';

/** After these characters {@link typedEdits} has something to do. */
export const TYPED: readonly string[] = ['\n', '}', ...Object.keys(MARKS), ...FIGURES, ...DIGITS];

/**
 * What follows from a character that was typed: a full-width one becomes the half-width one that is
 * meant, where it is part of neither text nor comment; a figure right behind the colon of its key is set apart
 * from it; a row that is finished is put in the columns of its table, if that stands in columns.
 * @param position behind the character
 */
export function typedEdits(analysis: Analysis, position: LineCharacter, typed: string): TextEdit[] {
  const { tree, lines } = analysis;
  const end = lines.offset(position);
  if (typed === '\n') {
    let last = lines.offset({ line: position.line, character: 0 });
    while (last > 0 && isLineEnd(tree.text[last - 1])) last--;
    return mendedRow(analysis, last, []);
  }
  if (typed === '}') return mendedRow(analysis, end, []);
  const at = end - typed.length;
  if (tree.text.slice(at, end) !== typed || typed.length !== 1) return [];
  const before = tree.text.slice(lines.offset({ line: position.line, character: 0 }), at);
  if (DIGITS.includes(typed)) return setApart(tree, before, at);
  const newText =
    tree.language === 'json' ? inJson(before, typed) : inYaml(analysis, at, before, typed);
  const own = newText === undefined ? [] : [{ range: { start: at, end }, newText }];
  if (!ENDS.has(typed)) return own;
  const figure = own.length > 0 ? WIDE_FIGURE.exec(before)?.[0] : undefined;
  if (figure === undefined) return mendedRow(analysis, end, own);
  // The comma is taken for a part of it.
  const range = { start: at - figure.length, end: at };
  return mendedRow(analysis, end, [{ range, newText: figure.normalize('NFKC') }, ...own]);
}

/** A row longer than this is not read once more while somebody types. */
const LONGEST_READ = 200_000;

/** What was missed in the row, because it was pasted or typed too fast, becomes half-width; then it is aligned. */
function mendedRow(analysis: Analysis, end: number, own: readonly TextEdit[]): TextEdit[] {
  const { tree, problems } = analysis;
  const { text } = tree;
  const within = { start: lineStart(text, end), end: lineEnd(text, end) };
  const others = rowEdits(problems, tree, within).filter(({ range }) =>
    own.every((edit) => range.end <= edit.range.start || range.start >= edit.range.end),
  );
  const edits = [...others, ...own];
  if (edits.length === 0) return finishedRow(tree, end);
  const isFinished = own.at(-1)?.newText.startsWith(',') !== true;
  if (!isFinished || others.length === 0 || text.length > LONGEST_READ) return edits;
  const mended = apply(text, edits);
  const after = parse(mended, tree.language);
  const aligned = finishedRow(after, end + mended.length - text.length);
  return aligned.length === 0 ? edits : changesBetween(text, apply(mended, aligned));
}

/** `总计:5`, `总计：5`: the key and the figure are no entry to YAML without a colon and a blank between them. */
function setApart({ problems }: SyntaxTree, before: string, at: number): TextEdit[] {
  const [, figure] = /[:：]([-+]?[\d.,]*)$/.exec(before) ?? [];
  if (figure === undefined) return [];
  const colon = at - figure.length - 1;
  const glued = problems.find(({ code, range }) => GLUED.has(code) && range.start === colon);
  return [...(glued?.fixes?.[0]?.edits ?? [])];
}

const GLUED: ReadonlySet<string> = new Set(['syntax.colon-blank', 'syntax.full-width-colon']);

/** Aligns the table of a row, if without the row it is aligned: what is not is for the formatter. */
function finishedRow(tree: SyntaxTree, end: number): TextEdit[] {
  const path = tree.pathAt(end);
  const table = path.find(({ kind }) => kind === 'entry');
  const { start, end: last } = table ? tree.rangeOf(table) : { start: 0, end: tree.text.length };
  if (unreadRanges(tree).some((range) => range.start <= last && range.end >= start)) return [];
  for (const node of path) {
    if (node.kind !== 'map' && node.kind !== 'sequence') continue;
    for (const run of runsOf(node, tree)) {
      const row = run.find((one) => one.start <= end && end <= lineEnd(tree.text, one.start));
      if (!row) continue;
      const others = run.filter((one) => one !== row);
      const isAligned = others.length > 0 && alignEdits(others, tree.text).length === 0;
      return isAligned ? alignEdits(run, tree.text) : [];
    }
  }
  return [];
}

/** Strings end in their line, and outside of them nothing is text. */
function inJson(before: string, typed: string): string | undefined {
  const isInString = /^(?:[^"]|"(?:[^"\\]|\\.)*")*"(?:[^"\\]|\\.)*$/.test(before);
  return isInString ? undefined : halfWidth(typed);
}

function inYaml(
  { tree, disclosure }: Analysis,
  at: number,
  before: string,
  typed: string,
): string | undefined {
  if (/(?:^|[ \t])#/.test(before)) return undefined;
  const path = tree.pathAt(at);
  const scalar = path.at(-1)?.kind === 'scalar' ? path.at(-1) : undefined;
  const start = scalar ? tree.rangeOf(scalar).start : at;
  if (scalar?.kind === 'scalar' && scalar.style !== 'plain' && at > start) {
    // Behind a closing quote it is not in the quotes.
    if (at < tree.rangeOf(scalar).end) return undefined;
  }
  // The second line of a text.
  if (start < at - before.length) return undefined;
  const value = tree.text.slice(start, at).trim();
  const inBraces = path.some((node) => node.kind === 'map' && node.style === 'flow');
  const isTrap = tree.problems.some(
    ({ code, range }) => range.start === at && code.startsWith('syntax.full-width-'),
  );
  const next = tree.text[at + 1];
  const gap = isBlank(next) ? '' : ' ';
  switch (typed) {
    case '：':
      return isTrap ? `:${gap}` : undefined;
    case '，':
      return isTrap || (inBraces && (isAmountLike(value) || /["'\]}]$/.test(before.trimEnd())))
        ? `,${gap}`
        : undefined;
    case '｝':
      return isTrap ? '}' : undefined;
    case '｛':
    case '［':
      return /(?::[ \t]+|^[ \t]*-[ \t]+)$/.test(before) ? halfWidth(typed) : undefined;
    case '］':
      return /\[[^\]]*$/.test(before) ? ']' : undefined;
    case '\u3000':
      if (/^[ \t]*$/.test(before)) return '  ';
      return /[:,{[][ \t]*$/.test(before) ? ' ' : undefined;
    default: {
      const entry = path.findLast((node) => node.kind === 'entry');
      const cell = entry && disclosure?.cellOf(entry);
      if (cell)
        return isFigure(cell.column) && isAmountLike(value + typed) ? halfWidth(typed) : undefined;
      return isBegunFigure(before, typed) ? halfWidth(typed) : undefined;
    }
  }
}

const isFigure = ({ kind = 'money' }: Pick<ColumnSpec, 'kind'>) =>
  kind !== 'text' && kind !== 'word' && kind !== 'list';

const columns = [...vocabulary.tables, ...vocabulary.statements].flatMap(({ sections }) =>
  sections.flatMap((section) => section.columns),
);
const keysOf = (wanted: boolean) =>
  columns
    .filter((column) => isFigure(column) === wanted)
    .flatMap(({ key, alias = [] }) => [key, ...alias].map(normalizeKey));
const texts = new Set(keysOf(false));
/** What holds a figure wherever it stands. */
const figures: ReadonlySet<string> = new Set(keysOf(true).filter((key) => !texts.has(key)));

/** A key in braces that are still open, so that nothing is known of the row, and what is typed behind it. */
const BEGUN = /[{,，][ \t]*([^\s{},:，："']+)[ \t]*[:：][ \t]*([-+\d.,]*)$/u;

function isBegunFigure(before: string, typed: string): boolean {
  const [, key, figure = ''] = BEGUN.exec(before) ?? [];
  return key !== undefined && figures.has(normalizeKey(key)) && isAmountLike(figure + typed);
}

const halfWidth = (mark: string) => MARKS[mark] ?? mark.normalize('NFKC');
