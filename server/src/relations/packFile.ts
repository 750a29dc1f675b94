import { vocabulary } from '../disclosure/vocabulary';
import { parse } from '../syntax/parse';
import type { Entry, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import { compilePack, type CompiledPack } from './compile';
import type { PackProblem } from './packProblem';

/** A pack of rules that a workspace adds. */
export interface PackFile {
  /** As whoever reads the file knows it: a path or a URI. Its ending says whether it is YAML or JSON. */
  readonly path: string;
  readonly text: string;
}

/** What is wrong with the file of a pack. */
export interface PackFinding {
  /** `pack.no-table`; what the parser could not take has its own code, `syntax.yaml`. */
  readonly code: string;
  readonly args: Readonly<Record<string, string>>;
  readonly range: TextRange;
  /** An error leaves out a rule, or the whole file. */
  readonly severity: 'error' | 'warning';
}

export interface ReadPack extends PackFile, Omit<CompiledPack, 'problems' | 'places'> {
  readonly findings: readonly PackFinding[];
  /** The range of a rule's id, or of an id that `override` names. */
  readonly rangeOf: (place: { readonly rule: string } | { readonly override: string }) => TextRange;
}

/** Reads a pack. Whatever the text is, what can be understood of it is kept and the rest is found. */
export function readPackFile({ path, text }: PackFile): ReadPack {
  const tree = parse(text, /\.json$/i.test(path) ? 'json' : 'yaml');
  const compiled = compilePack(plain(tree.root), vocabulary);
  const { pack, places, overrides, problems } = compiled;
  const written = tree.problems.map(({ code, args, range }): PackFinding => ({
    code,
    args,
    range,
    severity: 'error',
  }));
  return {
    path,
    text,
    pack,
    overrides,
    findings: [
      ...written,
      ...problems.map(({ where, code, args }): PackFinding => ({
        code: `pack.${code}`,
        args,
        range: rangeAt(tree, where, code),
        severity: 'error',
      })),
    ],
    rangeOf: (place) =>
      'rule' in place
        ? rangeAt(tree, `${places.get(place.rule) ?? ''}/id`)
        : rangeAt(tree, `override/${place.override}`, 'unknown-field'),
  };
}

/** Plain data as other readers would make it; numbers stay text, for amounts are read from text. */
function plain(node: SyntaxNode | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case 'scalar':
      return node.text;
    case 'sequence':
      return node.items.map(plain);
    case 'map': {
      const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const { key, value } of node.entries) fields[key.text] = plain(value);
      return fields;
    }
  }
}

/** Where a path of keys and numbers leads, or as far as it leads. A field that nobody knows is its key. */
function rangeAt(tree: SyntaxTree, where: string, code?: PackProblem['code']): TextRange {
  let node: SyntaxNode | undefined = tree.root;
  let entry: Entry | undefined;
  for (const step of where.split('/')) {
    if (node?.kind === 'sequence') {
      const item: SyntaxNode | undefined = node.items.find((_, index) => String(index) === step);
      if (!item) break;
      [node, entry] = [item, undefined];
    } else if (node?.kind === 'map') {
      const found: Entry | undefined = node.entries.findLast(({ key }) => key.text === step);
      if (!found) break;
      [node, entry] = [found.value, found];
    } else break;
  }
  if (entry && (code === 'unknown-field' || !node)) return tree.rangeOf(entry.key);
  if (!node) return { start: 0, end: 0 };
  return node.kind === 'scalar' || !tree.root ? tree.rangeOf(node) : headOf(tree, node);
}

/** A whole map or list would paint the screen: its first line stands for it. */
function headOf(tree: SyntaxTree, node: SyntaxNode): TextRange {
  const { start, end } = tree.rangeOf(node);
  const line = tree.text.slice(start, end).search(/[\r\n]/);
  return { start, end: line < 0 ? end : start + line };
}
