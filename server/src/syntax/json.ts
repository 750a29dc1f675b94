import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { findDuplicateKeys } from './duplicates';
import { place, PlacedTree } from './placed';
import type { Entry, SyntaxNode, SyntaxProblem, SyntaxTree } from './tree';

/** Reads JSON with the parser of VS Code itself, which recovers from errors. */
export function parseJson(text: string): SyntaxTree {
  const errors: ParseError[] = [];
  // A byte order mark is not part of the document, but it is part of the offsets.
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const tree = parseTree(body, errors, { disallowComments: true, allowTrailingComma: false });
  const problems: SyntaxProblem[] = errors.map((error) => ({
    code: 'syntax.json',
    range: { start: error.offset, end: Math.min(error.offset + error.length, text.length) },
    args: { detail: printParseErrorCode(error.error) },
  }));
  const root = readNode(tree, body);
  findDuplicateKeys(root, problems);
  return new PlacedTree('json', text, root, problems);
}

function readNode(node: Node | undefined, text: string): SyntaxNode | undefined {
  if (!node || node.type === 'null' || node.type === 'property') return undefined;
  const { offset: start, length } = node;
  const end = start + length;
  switch (node.type) {
    case 'object': {
      const entries = (node.children ?? []).flatMap((child) => readEntry(child, text) ?? []);
      return place({ kind: 'map', style: 'flow', entries }, start, end);
    }
    case 'array': {
      const items = (node.children ?? []).map((child) => readNode(child, text));
      return place({ kind: 'sequence', style: 'flow', items }, start, end);
    }
    case 'string':
      return place({ kind: 'scalar', text: String(node.value), style: 'quoted' }, start, end);
    default:
      // Numbers keep the digits they are written with.
      return place({ kind: 'scalar', text: text.slice(start, end), style: 'plain' }, start, end);
  }
}

function readEntry(property: Node, text: string): Entry | undefined {
  const [key, value] = property.children ?? [];
  if (!key) return undefined;
  const keyNode = place(
    { kind: 'scalar' as const, text: String(key.value), style: 'quoted' as const },
    key.offset,
    key.offset + key.length,
  );
  const colonEnd =
    property.colonOffset === undefined ? key.offset + key.length : property.colonOffset + 1;
  const valueRange = value
    ? { start: value.offset, end: value.offset + value.length }
    : { start: colonEnd, end: colonEnd };
  return place(
    { kind: 'entry', key: keyNode, value: readNode(value, text) },
    property.offset,
    Math.max(property.offset + property.length, valueRange.end),
    valueRange,
  );
}
