import { SymbolKind, type Range, type WorkspaceSymbol } from 'vscode-languageserver-types';
import { nameIn, type Catalog } from '../catalog/catalog';
import { initialsOf } from '../catalog/pinyin';
import { codePlaces } from '../catalog/places';
import { readDisclosure } from '../disclosure/read';
import { hasMarker, isDisclosureName, languageOf } from '../disclosure/recognize';
import { LineIndex } from '../syntax/lines';
import { parse } from '../syntax/parse';
import type { Analysis, Source } from './analysis';
import { rangeOf } from './codeNavigation';
import { matchRank } from './completionMatch';

/** A subject where a file has it. */
export interface CodeSymbol {
  readonly code: string;
  readonly name: string;
  readonly range: Range;
  /** The table or section. */
  readonly container: string;
}

/** The subjects of a file that has been analysed. */
export function codesOf(
  analysis: Pick<Analysis, 'disclosure' | 'tree' | 'lines' | 'catalog'>,
): CodeSymbol[] {
  const { disclosure, catalog } = analysis;
  return (disclosure ? codePlaces(disclosure) : []).map((place) => {
    const { code, classification, table, section } = place;
    const entry = catalog.lookup(code, classification);
    return {
      code,
      name: entry ? nameIn(entry, disclosure!.year) : '',
      range: rangeOf(analysis, place),
      container: table?.title ?? section?.key.text ?? '',
    };
  });
}

/** The subjects of a text that is only to be found, not checked. */
export function codesOfText(source: Source, catalog: Catalog): CodeSymbol[] {
  const tree = parse(source.text, source.language ?? languageOf(source.path));
  if (!isDisclosureName(source.path) && !hasMarker(tree)) return [];
  const lines = new LineIndex(source.text);
  return codesOf({ disclosure: readDisclosure(tree), tree, lines, catalog });
}

/** Enough to look through. */
const MOST = 200;

/**
 * The subjects that fit a query by their code, name or initials; the best first. What is found by its
 * initials shows them, for editors filter once more by what is shown.
 */
export function findCodes(
  query: string,
  files: Iterable<readonly [uri: string, codes: readonly CodeSymbol[]]>,
): WorkspaceSymbol[] {
  const found: { rank: number; symbol: WorkspaceSymbol }[] = [];
  const byInitials = /^[a-z]+$/i.test(query.trim());
  for (const [uri, codes] of files) {
    for (const { code, name, range, container } of codes) {
      const rank = matchRank(query, { text: code, name });
      if (rank === undefined) continue;
      const shown = [code, name, ...(byInitials ? [initialsOf(name)] : [])].filter(Boolean);
      const symbol = {
        name: shown.join(' '),
        kind: SymbolKind.Field,
        location: { uri, range },
        containerName: container,
      };
      found.push({ rank, symbol });
    }
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ symbol }) => symbol);
}
