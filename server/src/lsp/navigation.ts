import {
  ResponseError,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CancellationToken,
  type DocumentHighlight,
  type DocumentLink,
  type Location,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { figureItems, incomingCalls, outgoingCalls } from '../service/callHierarchy';
import { cellsAround } from '../service/cellStep';
import { linksOf, type Link } from '../service/documentLinks';
import { definitionsAt, highlightsAt, referencesAt } from '../service/navigation';
import { handler, type FeatureContext } from './handler';
import { wellFormedPosition } from './positions';
import { CELL_REQUEST, type CellAnswer, type CellParams } from './protocol';

/** Goes from a subject or a figure to its other places, and from a total to its parts. */
export function registerNavigation(context: FeatureContext): void {
  const { connection } = context;

  connection.onDefinition(
    handler(context, 'definition', [], ({ uri }, analysis, { position }): Location[] =>
      definitionsAt(analysis, wellFormedPosition(position)).map((range) => ({ uri, range })),
    ),
  );

  connection.onReferences(
    handler(context, 'references', [], ({ uri }, analysis, { position }): Location[] =>
      referencesAt(analysis, wellFormedPosition(position)).map((range) => ({ uri, range })),
    ),
  );

  connection.onDocumentHighlight(
    handler(context, 'highlights', [], ({ uri }, analysis, params): DocumentHighlight[] => {
      const position = wellFormedPosition(params.position);
      context.seen(uri, { start: position, end: position });
      return highlightsAt(analysis, position);
    }),
  );

  connection.onRequest(
    CELL_REQUEST,
    handler(
      context,
      'cell',
      null,
      ({ version }, { tree, lines }, { position }: CellParams): CellAnswer => {
        const around = cellsAround(tree, lines.offset(wellFormedPosition(position)));
        if (!around) return null;
        return { ...around, version, cells: around.cells.map((cell) => lines.range(cell)) };
      },
    ),
  );

  connection.languages.callHierarchy.onPrepare(
    handler(
      context,
      'call hierarchy',
      null,
      ({ uri, locale }, analysis, { position }): CallHierarchyItem[] | null => {
        const items = figureItems(analysis, uri, wellFormedPosition(position), locale);
        return items.length > 0 ? items : null;
      },
    ),
  );

  const incoming = handler(
    context,
    'incoming calls',
    [],
    ({ locale }, analysis, { item }: OfItem): CallHierarchyIncomingCall[] =>
      incomingCalls(analysis, item, locale),
  );
  connection.languages.callHierarchy.onIncomingCalls(({ item }, token) =>
    incoming(ofItem(item), token),
  );

  const outgoing = handler(
    context,
    'outgoing calls',
    [],
    ({ locale }, analysis, { item }: OfItem): CallHierarchyOutgoingCall[] =>
      outgoingCalls(analysis, item, locale),
  );
  connection.languages.callHierarchy.onOutgoingCalls(({ item }, token) =>
    outgoing(ofItem(item), token),
  );

  registerLinks(context);
}

interface OfItem {
  readonly textDocument: { readonly uri: string };
  readonly item: CallHierarchyItem;
}

const ofItem = (item: CallHierarchyItem): OfItem => ({ textDocument: { uri: item.uri }, item });

function registerLinks(context: FeatureContext): void {
  const { connection, pages, workspace, guard } = context;
  const links = handler(
    context,
    'links',
    [],
    ({ uri, locale }, analysis, _: { textDocument: { uri: string } }) => {
      const { path } = URI.parse(uri);
      return linksOf(analysis, path, locale).map((link) => ({ uri, analysis, link }));
    },
  );
  connection.onDocumentLinks(async (params, token: CancellationToken) => {
    const found = await links(params, token);
    if (found instanceof ResponseError) return found;
    const targets = await Promise.all(
      found.map(async ({ uri, analysis, link }): Promise<DocumentLink[]> => {
        const target = await targetOf(uri, link, (rule) => pages.of(rule, analysis.rulebook));
        return target === undefined ? [] : [{ range: link.range, tooltip: link.tooltip, target }];
      }),
    ).catch((error: unknown) => {
      guard.report('links', error);
      return [];
    });
    return targets.flat();
  });

  /** Undefined for what is not there. */
  async function targetOf(
    uri: string,
    { to }: Link,
    pageOf: (rule: string) => string | undefined,
  ): Promise<string | undefined> {
    switch (to.kind) {
      case 'rule':
        return pageOf(to.rule);
      case 'place':
        // Editors read lines and columns from 1 in the fragment.
        return `${uri}#L${to.at.start.line + 1},${to.at.start.character + 1}`;
      case 'file':
        return workspace.firstBeside(uri, to.candidates);
    }
  }
}
