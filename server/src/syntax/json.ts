import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { findUnclosed } from './braces';
import { findDuplicateKeys } from './duplicates';
import { place, PlacedTree } from './placed';
import type { Reading } from './reading';
import { untrap } from './traps/find';
import { MOST_ERRORS } from './tree';
import type { Entry, SyntaxNode, SyntaxTree, TextRange } from './tree';

/** Reads JSON with the parser of VS Code itself, which recovers from errors. */
export function parseJson(text: string): SyntaxTree {
  const { problems, reading, doubtful } = untrap(text, 'json');
  const errors: ParseError[] = [];
  // A byte order mark is not part of the document, but it is part of the offsets.
  const body = text.startsWith('\uFEFF') ? ` ${reading.text.slice(1)}` : reading.text;
  const tree = parseTree(body, errors, { disallowComments: true, allowTrailingComma: false });
  // Nothing is written yet: that is no error, as little as in YAML.
  const told = body.trim() === '' ? [] : errors.slice(0, MOST_ERRORS);
  for (const { offset, length, error } of told) {
    const parser = printParseErrorCode(error);
    const isOpen = parser === 'CloseBraceExpected' && offset + length >= body.trimEnd().length;
    const missing = isOpen ? findUnclosed(body) : undefined;
    const start = reading.back(missing ?? offset);
    const last = reading.back(missing === undefined ? offset + length : missing + 1);
    const end = Math.max(start, Math.min(last, text.length));
    problems.push({ code: 'syntax.json', range: { start, end }, args: { detail: parser, parser } });
  }
  const root = new JsonReader(body, reading, doubtful).node(tree);
  findDuplicateKeys(root, problems);
  return new PlacedTree('json', text, root, problems);
}

class JsonReader {
  constructor(
    private readonly body: string,
    private readonly reading: Reading,
    private readonly doubtful: ReadonlySet<number>,
  ) {}

  node(node: Node | undefined): SyntaxNode | undefined {
    if (!node || node.type === 'null' || node.type === 'property') return undefined;
    const { start, end } = this.written(node);
    switch (node.type) {
      case 'object': {
        const entries = (node.children ?? []).flatMap((child) => this.entry(child) ?? []);
        return place({ kind: 'map', style: 'flow', entries }, start, end);
      }
      case 'array': {
        const items = (node.children ?? []).map((child) => this.node(child));
        return place({ kind: 'sequence', style: 'flow', items }, start, end);
      }
      case 'string': {
        const doubtful = this.doubtful.has(start) ? ({ doubtful: true } as const) : {};
        const text = String(node.value);
        return place({ kind: 'scalar', text, style: 'quoted', ...doubtful }, start, end);
      }
      default: {
        // Numbers keep the digits they are written with.
        const text = this.body.slice(node.offset, node.offset + node.length);
        return place({ kind: 'scalar', text, style: 'plain' }, start, end);
      }
    }
  }

  private entry(property: Node): Entry | undefined {
    const [key, value] = property.children ?? [];
    if (!key) return undefined;
    const { start, end } = this.written(key);
    const keyNode = place(
      { kind: 'scalar' as const, text: String(key.value), style: 'quoted' as const },
      start,
      end,
    );
    const { colonOffset } = property;
    const colonEnd = colonOffset === undefined ? end : this.reading.back(colonOffset + 1);
    const valueRange = value ? this.written(value) : { start: colonEnd, end: colonEnd };
    const own = this.written(property);
    return place(
      { kind: 'entry', key: keyNode, value: this.node(value) },
      own.start,
      Math.max(own.end, valueRange.end),
      valueRange,
    );
  }

  private written({ offset, length }: Node): TextRange {
    return { start: this.reading.back(offset), end: this.reading.back(offset + length) };
  }
}
