import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Pair } from 'yaml';
import { findDuplicateKeys } from './duplicates';
import { place, placeOf, PlacedTree } from './placed';
import type { Entry, ScalarNode, SyntaxNode, SyntaxProblem, SyntaxTree } from './tree';

/** Plain spellings of YAML's null: to us the same printed blank as nothing at all. */
const NULL = /^(?:~|null|Null|NULL|)$/;

/**
 * Reads YAML with the `yaml` library. `uniqueKeys` is off because its check is quadratic per map and
 * points at one character; duplicates are found by {@link findDuplicateKeys}.
 */
export function parseYaml(text: string): SyntaxTree {
  const document = parseDocument(text, {
    uniqueKeys: false,
    logLevel: 'silent',
    stringKeys: false,
  });
  const problems: SyntaxProblem[] = document.errors.map((error) => ({
    code: 'syntax.yaml',
    range: clamp(error.pos[0], error.pos[1], text.length),
    args: { detail: error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '') },
  }));
  const root = new YamlReader(text, problems).node(document.contents);
  findDuplicateKeys(root, problems);
  return new PlacedTree('yaml', text, root, problems);
}

function clamp(start: number, end: number, length: number) {
  const from = Math.min(Math.max(start, 0), length);
  return { start: from, end: Math.min(Math.max(end, from), length) };
}

class YamlReader {
  constructor(
    private readonly text: string,
    private readonly problems: SyntaxProblem[],
  ) {}

  node(node: Node | null | undefined): SyntaxNode | undefined {
    if (!node?.range) return undefined;
    const [start, end] = node.range;
    if (isMap(node)) {
      const entries = (node.items as Pair<Node | null, Node | null>[]).flatMap(
        (pair) => this.entry(pair) ?? [],
      );
      return place({ kind: 'map', style: node.flow ? 'flow' : 'block', entries }, start, end);
    }
    if (isSeq(node)) {
      const items = (node.items as (Node | null)[]).map((item) => this.node(item));
      return place({ kind: 'sequence', style: node.flow ? 'flow' : 'block', items }, start, end);
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
      return place({ kind: 'scalar', text: source, style }, start, end);
    }
    return undefined;
  }

  private entry(pair: Pair<Node | null, Node | null>): Entry | undefined {
    const key = this.key(pair.key);
    if (!key) return undefined;
    const value = this.node(pair.value);
    const keyPlace = placeOf(key).own;
    const valuePlace = value
      ? placeOf(value).own
      : this.emptyValue(keyPlace.end, pair.value?.range?.[0], pair.value?.range?.[1]);
    return place(
      { kind: 'entry', key, value },
      keyPlace.start,
      Math.max(keyPlace.end, valuePlace.end),
      valuePlace,
    );
  }

  /** `yaml` puts an empty value after the blank behind the colon; a written `~` or `null` keeps its place. */
  private emptyValue(keyEnd: number, start = keyEnd, end = start) {
    if (end > start) return { start, end };
    const colon = this.text.indexOf(':', keyEnd);
    const at = colon >= 0 && colon < start ? colon + 1 : start;
    return { start: at, end: at };
  }

  private key(key: Node | null): ScalarNode | undefined {
    if (key && isScalar(key) && key.range) {
      const [start, end] = key.range;
      const style = key.type === 'PLAIN' ? 'plain' : 'quoted';
      return place({ kind: 'scalar', text: key.source ?? '', style }, start, end);
    }
    if (key?.range) {
      const [start, end] = key.range;
      this.problems.push({ code: 'syntax.key', range: { start, end }, args: {} });
    }
    return undefined;
  }
}
