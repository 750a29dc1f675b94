import { isAlias, isMap, isScalar, isSeq, parseDocument, visit, type Node, type Pair } from 'yaml';
import { findDuplicateKeys } from './duplicates';
import { NULL } from './null';
import { place, placeOf, PlacedTree } from './placed';
import type { Reading } from './reading';
import { lineEnd } from './traps/characters';
import { untrap } from './traps/find';
import { MOST_ERRORS } from './tree';
import type { Entry, ScalarNode, SyntaxNode, SyntaxProblem, SyntaxTree, TextRange } from './tree';

/**
 * Reads YAML with the `yaml` library. `uniqueKeys` is off because its check is quadratic per map and
 * points at one character; duplicates are found by {@link findDuplicateKeys}.
 */
export function parseYaml(text: string): SyntaxTree {
  const { problems, reading, doubtful } = untrap(text, 'yaml');
  const document = parseDocument(reading.text, {
    uniqueKeys: false,
    // Silence would also hide that there are several documents.
    logLevel: 'error',
    stringKeys: false,
  });
  const clamp = ([start, end]: readonly [number, number]) => {
    const from = Math.min(Math.max(reading.back(start), 0), text.length);
    return { start: from, end: Math.min(Math.max(reading.back(end), from), text.length) };
  };
  for (const error of document.errors.slice(0, MOST_ERRORS)) {
    if (error.code === 'MULTIPLE_DOCS') {
      problems.push(secondDocument(text, clamp(error.pos).start));
    } else {
      const detail = error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
      const isQuote = /^Missing closing ['"]quote/.test(detail);
      const args = { detail, parser: isQuote ? 'MISSING_QUOTE' : error.code };
      problems.push({ code: 'syntax.yaml', range: clamp(error.pos), args });
    }
  }
  const root = new YamlReader(text, reading, doubtful, problems).node(document.contents);
  if (problems.some(isUnclosed)) {
    const quoted: TextRange[] = [];
    visit(document, {
      Scalar(_, { type, range }) {
        if (type?.startsWith('QUOTE') && range) quoted.push(clamp([range[0], range[1]]));
      },
    });
    problems.forEach((problem, i) => {
      if (isUnclosed(problem)) problems[i] = atOpening(problem, quoted, text);
    });
  }
  findDuplicateKeys(root, problems);
  return new PlacedTree('yaml', text, root, problems);
}

/** Of a longer tag the beginning says enough. */
const LONGEST_PROPERTY = 100;

/** A quote or bracket that is not closed, as far as the text goes. */
export const isUnclosed = ({ code, args }: SyntaxProblem) =>
  code === 'syntax.yaml' && args['detail']!.startsWith('Missing closing');

/** `yaml` misses a closing quote where the text ends; who typed the opening one looks there. */
function atOpening(
  problem: SyntaxProblem,
  quoted: readonly TextRange[],
  text: string,
): SyntaxProblem {
  const { start } = problem.range;
  const scalar = quoted.find((range) => range.start < start && range.end >= start);
  if (!scalar) return problem;
  const end = Math.min(lineEnd(text, scalar.start), scalar.end);
  return { ...problem, range: { start: scalar.start, end } };
}

/** A line `---` between parts of one document can simply go. */
function secondDocument(text: string, start: number): SyntaxProblem {
  const marker = /^---(?=[ \t]*(?:[\r\n]|$))/.test(text.slice(start, start + 100));
  const end = start + (text.startsWith('---', start) ? 3 : 0);
  const edits = [{ range: { start, end }, newText: '' }];
  return {
    code: 'syntax.documents',
    range: { start, end },
    args: {},
    ...(marker && { fixes: [{ title: 'no-marker', edits, certain: false }] }),
  };
}

/** An unclosed quote swallows what follows: its text is none that somebody wrote. */
function isClosed(text: string, [start, end]: readonly [number, number, ...number[]]): boolean {
  return end > start + 1 && text[end - 1] === text[start];
}

/** A block collection ends with its last part; `yaml` adds the line end and some comments behind it. */
function lastEnd(
  parts: readonly (SyntaxNode | Entry | undefined)[],
  start: number,
  end: number,
): number {
  const last = parts.at(-1);
  return last ? Math.max(start, placeOf(last).own.end) : end;
}

class YamlReader {
  constructor(
    private readonly source: string,
    private readonly reading: Reading,
    private readonly doubtful: ReadonlySet<number>,
    private readonly problems: SyntaxProblem[],
  ) {}

  node(node: Node | null | undefined): SyntaxNode | undefined {
    if (!node?.range) return undefined;
    const { start, end } = this.written(node.range);
    if (isMap(node)) {
      const entries = (node.items as Pair<Node | null, Node | null>[]).flatMap(
        (pair) => this.entry(pair) ?? [],
      );
      if (node.flow) return place({ kind: 'map', style: 'flow', entries }, start, end);
      const first = entries[0] ? placeOf(entries[0]).own.start : start;
      return place({ kind: 'map', style: 'block', entries }, first, lastEnd(entries, first, end));
    }
    if (isSeq(node)) {
      const items = (node.items as (Node | null)[]).map((item) => this.node(item));
      if (node.flow) return place({ kind: 'sequence', style: 'flow', items }, start, end);
      // Nothing in an item, or a null, ends where it would stand.
      const last = node.items.at(-1) as Node | null | undefined;
      const blankEnd = last?.range ? this.written(last.range).end : end;
      return place(
        { kind: 'sequence', style: 'block', items },
        start,
        lastEnd(items, start, Math.max(start, blankEnd)),
      );
    }
    if (isAlias(node)) {
      this.problems.push({ code: 'syntax.alias', range: { start, end }, args: {} });
      return place({ kind: 'scalar', text: `*${node.source}`, style: 'plain' }, start, end);
    }
    if (isScalar(node)) {
      const style =
        node.type === 'PLAIN' ? 'plain' : node.type?.startsWith('QUOTE') ? 'quoted' : 'block';
      const source = node.source ?? '';
      if (style === 'plain' && NULL.test(source)) return undefined;
      const isOpen = style === 'quoted' && !isClosed(this.reading.text, node.range);
      const doubtful =
        isOpen || this.doubtful.has(start) ? ({ doubtful: true } as const) : undefined;
      const last = style === 'block' ? this.lastOfBlock(start, end) : end;
      return place({ kind: 'scalar', text: source, style, ...doubtful }, start, last);
    }
    return undefined;
  }

  /** The line ends behind a block scalar are not part of what is written there. */
  private lastOfBlock(start: number, end: number): number {
    let last = end;
    while (last > start && /\s/.test(this.source[last - 1]!)) last--;
    return last;
  }

  private written([start, end]: readonly [number, number, ...number[]]): TextRange {
    return { start: this.reading.back(start), end: this.reading.back(end) };
  }

  private entry(pair: Pair<Node | null, Node | null>): Entry | undefined {
    const key = this.key(pair.key);
    if (!key) return undefined;
    const keyPlace = placeOf(key).own;
    const range = pair.value?.range;
    const empty = range ? this.written(range) : undefined;
    const value = this.node(pair.value) ?? this.property(keyPlace.end, empty?.end);
    const valuePlace = value ? placeOf(value).own : this.emptyValue(keyPlace.end, empty);
    return place(
      { kind: 'entry', key, value },
      keyPlace.start,
      Math.max(keyPlace.end, valuePlace.end),
      valuePlace,
    );
  }

  /** `总计: !2940.05`: a tag or an anchor in front of nothing is not what a blank looks like. */
  private property(keyEnd: number, valueEnd = keyEnd): ScalarNode | undefined {
    const between = this.source.slice(keyEnd, valueEnd);
    const match = /^["']?\s*[:：]\s*(?=[!&])/.exec(between);
    if (!match) return undefined;
    const start = keyEnd + match[0].length;
    const text = /^[^\s,{}[\]]*/.exec(this.source.slice(start, start + LONGEST_PROPERTY))![0];
    const range = { start, end: start + text.length };
    this.problems.push({ code: 'syntax.property', range, args: { text } });
    return place({ kind: 'scalar', text, style: 'plain', doubtful: true }, start, range.end);
  }

  /** `yaml` puts an empty value after the blank behind the colon; a written `~` or `null` keeps its place. */
  private emptyValue(keyEnd: number, { start, end }: TextRange = { start: keyEnd, end: keyEnd }) {
    if (end > start) return { start, end };
    const colon = this.source.slice(keyEnd, start).search(/[:：]/);
    const at = colon < 0 ? start : keyEnd + colon + 1;
    return { start: at, end: at };
  }

  private key(key: Node | null): ScalarNode | undefined {
    if (key && isScalar(key) && key.range) {
      const { start, end } = this.written(key.range);
      const style = key.type === 'PLAIN' ? 'plain' : 'quoted';
      return place({ kind: 'scalar', text: key.source ?? '', style }, start, end);
    }
    if (key?.range) {
      this.problems.push({ code: 'syntax.key', range: this.written(key.range), args: {} });
    }
    return undefined;
  }
}
