import type { SyntaxProblem, TextRange } from '../tree';
import { parseWhole } from '../whole';
import { isAnyBlank, isLineEnd, lineEnd, lineStart, nextLine, skip } from './characters';
import { edit } from './trap';
import { withoutBlanks, type Explained } from './written';

type Explain = (problem: SyntaxProblem, text: string) => Explained | undefined;

/** What the parser of JSON refuses, by what it calls it: where it was mistyped, and how to mend it. */
const EXPLAINED: Readonly<Record<string, Explain>> = {
  ColonExpected: ({ range }, text) => {
    const end = withoutBlanks(text, { start: lineStart(text, range.start), end: range.start });
    if (text[end - 1] !== '"' || !/["\d{[-]/.test(text[range.start] ?? '')) return undefined;
    const edits = [edit(end, end, end === range.start ? ': ' : ':')];
    return { range, fixes: [{ title: 'colon-missing', edits, certain: true }] };
  },
  CommaExpected: ({ range }, text) => {
    const end = endBefore(text, range.start);
    const isItem = text[range.start] === '{' && text[end - 1] === '}';
    if (!isItem && (text[range.start] !== '"' || !/["}\]\d\p{L}]/u.test(text[end - 1] ?? '')))
      return undefined;
    const edits = [edit(end, end, end === range.start ? ', ' : ',')];
    return { range, fixes: [{ title: 'comma', edits, certain: true }] };
  },
  CloseBraceExpected: closingBrace,
  PropertyNameExpected: surplusComma,
  ValueExpected: (problem, text) => noValue(problem, text) ?? surplusComma(problem, text),
  InvalidCommentToken: ({ range }, text) => comment(text, range),
  // What other files begin a comment with.
  InvalidSymbol: ({ range: { start } }, text) =>
    text[start] === '#' ? comment(text, { start, end: lineEnd(text, start) }) : undefined,
  EndOfFileExpected: behindTheEnd,
};

export const inJson: Explain = (problem, text) =>
  EXPLAINED[problem.args['detail']!]?.(problem, text);

/** The end of what stands before an offset. */
function endBefore(text: string, offset: number): number {
  let end = offset;
  while (end > 0 && (isAnyBlank(text[end - 1]) || isLineEnd(text[end - 1]))) end--;
  return end;
}

function closingBrace({ range, within }: SyntaxProblem, text: string): Explained | undefined {
  // A row in one line: in others another line may lack it.
  const whole = within ?? { start: lineStart(text, range.start), end: range.end };
  const last = withoutBlanks(text, whole);
  const end = text[last - 1] === ',' ? last - 1 : last;
  const row = text.slice(lineStart(text, end), end);
  if (parseWhole(`{${row}}}`, 'json').problems.length > 0) return undefined;
  const edits = [edit(end, end, '}')];
  const fixes = [{ title: 'bracket', args: { value: '}' }, edits, certain: true }];
  return { range: { start: end - 1, end }, fixes };
}

/** `1.00,}`, `1.00,, "基本支出"`: a comma with nothing behind it, or nothing before it. */
function surplusComma({ range: { start } }: SyntaxProblem, text: string): Explained | undefined {
  if (text[start] === ',') return surplus(start);
  const end = endBefore(text, start);
  return /[}\]]/.test(text[start] ?? '') && text[end - 1] === ',' ? surplus(end - 1) : undefined;
}

function surplus(start: number): Explained {
  const range = { start, end: start + 1 };
  const edits = [edit(start, start + 1, '')];
  const fixes = [{ title: 'surplus', args: { found: ',' }, edits, certain: true }];
  return { parser: 'SURPLUS_COMMA', range, fixes };
}

/** `"金额": ,`, which YAML takes for a blank and JSON writes as null. */
function noValue({ range: { start } }: SyntaxProblem, text: string): Explained | undefined {
  const end = endBefore(text, start);
  if (text[end - 1] !== ':' || !/[,}]/.test(text[start] ?? '')) return undefined;
  const isSpaced = text[end] === ' ';
  const at = isSpaced ? end + 1 : end;
  const edits = [edit(at, at, isSpaced ? 'null' : ' null')];
  return { range: { start: end - 1, end }, fixes: [{ title: 'null', edits, certain: true }] };
}

/** A comment with the blanks before it, or with its lines where it stands alone in them. */
function comment(text: string, { start, end }: TextRange): Explained {
  const first = lineStart(text, start);
  const from = withoutBlanks(text, { start: first, end: start });
  const behind = skip(text, end, text.length, isAnyBlank);
  const isAlone = from === first && (behind === text.length || isLineEnd(text[behind]));
  const edits = [
    isAlone ? edit(first, Math.min(nextLine(text, behind), text.length), '') : edit(from, end, ''),
  ];
  return {
    parser: 'InvalidCommentToken',
    range: { start, end },
    fixes: [{ title: 'no-comment', edits, certain: true }],
  };
}

/** One comma or bracket behind the bracket that closes the document. */
function behindTheEnd({ range: { start } }: SyntaxProblem, text: string): Explained | undefined {
  const found = text.slice(start).trim();
  if (!/^[,}\]]$/.test(found)) return undefined;
  const edits = [edit(start, start + 1, '')];
  const fixes = [{ title: 'surplus', args: { found }, edits, certain: true }];
  return { range: { start, end: start + 1 }, fixes };
}
