import { parse } from '../syntax/parse';
import type { SyntaxNode } from '../syntax/tree';
import { Catalog } from './catalog';
import { compileRecords, type CatalogProblem } from './compile';
import { parseCsvRecords, type LocatedRecord } from './csv';
import { classificationOf } from './data';

/** A file of subject codes that a workspace adds. */
export interface CatalogFile {
  /** As users know it: relative to their folder. Its ending says whether it is YAML or CSV. */
  readonly path: string;
  readonly text: string;
}

export interface ReadCatalog {
  readonly catalog: Catalog;
  readonly problems: readonly CatalogProblem[];
}

/**
 * Lays a file over a catalog: what it says of a code replaces what is known, and adds what is not. CSV
 * with the columns of `schemas/catalog/README.md`, or YAML: a list of maps with these keys, or a map from
 * codes to such maps or to bare names. Whatever cannot be understood is a problem and left out.
 */
export function readCatalogFile({ path, text }: CatalogFile, below: Catalog): ReadCatalog {
  // What is decoded as UTF-8 and is not has this character; names of such a file are none.
  if (text.includes('\uFFFD')) {
    const problem = { code: 'encoding', args: {}, range: { start: 0, end: 0 } } as const;
    return { catalog: below, problems: [problem] };
  }
  const problems: CatalogProblem[] = [];
  const read = /\.ya?ml$/i.test(path) ? yamlRecords(text, problems) : parseCsvRecords(text);
  const records = read.some(({ fields }) => Object.hasOwn(fields, 'code')) ? read : [];
  if (records.length === 0 && problems.length === 0) {
    problems.push({ code: 'empty', args: {}, range: { start: 0, end: 0 } });
  }
  const { data, problems: found } = compileRecords(records, (code) => {
    const classification = classificationOf(code);
    return classification !== undefined && below.lookup(code, classification) !== undefined;
  });
  return {
    catalog: new Catalog(() => data, below, path),
    problems: [...problems, ...found].sort((a, b) => a.range.start - b.range.start),
  };
}

function yamlRecords(text: string, problems: CatalogProblem[]): LocatedRecord[] {
  const tree = parse(text, 'yaml');
  let last = -1;
  for (const { code, range, args } of tree.problems) {
    // What follows on the same line follows from it.
    const isNext = last >= 0 && !/[\r\n]/.test(text.slice(last, range.start));
    if (!isNext) problems.push({ code: 'syntax', args: { ...args, problem: code }, range });
    last = range.start;
  }
  const scalar = (node: SyntaxNode | undefined): string =>
    node?.kind === 'scalar'
      ? node.text.trim()
      : node?.kind === 'sequence'
        ? node.items.map(scalar).join(' ')
        : '';
  const fieldsOf = (node: SyntaxNode | undefined): Record<string, string> =>
    node?.kind === 'map'
      ? Object.fromEntries(node.entries.map(({ key, value }) => [key.text.trim(), scalar(value)]))
      : { name: scalar(node) };
  const { root } = tree;
  if (root?.kind === 'sequence') {
    return root.items.flatMap((item) =>
      item ? [{ fields: fieldsOf(item), range: tree.rangeOf(item) }] : [],
    );
  }
  if (root?.kind !== 'map') return [];
  return root.entries.map((entry) => ({
    fields: { ...fieldsOf(entry.value), code: entry.key.text.trim() },
    range: tree.rangeOf(entry.key),
  }));
}
