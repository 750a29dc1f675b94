import type { Disclosure } from '../disclosure/model';
import { readDisclosure } from '../disclosure/read';
import { parse } from '../syntax/parse';
import type { Entry, MapNode, SyntaxNode, SyntaxTree } from '../syntax/tree';
import { lineStart } from '../syntax/traps/characters';
import { closersAt, placeAt, PROBE, type Place } from './completionPlace';

/** What an item of a list begins with. */
export const DASH = '- ';

/** A place where a key or a value can be written, in a text that is not finished. */
export interface Slot extends Omit<Place, 'probes'> {
  /** What of it stands before the cursor, without quotes and what the glue replaces. */
  readonly typed: string;
  /** Entries around, outermost first; for a value, its own is the last. */
  readonly around: readonly Entry[];
  /** The other entries of the map. */
  readonly siblings: readonly Entry[];
  /** The one before. */
  readonly previous?: Entry;
  readonly style: MapNode['style'];
  /** Braces are written already, or other keys of the map. */
  readonly isBegun: boolean;
  /** The place is in an item of this list, or is one. */
  readonly list?: {
    /** The other items, and how many of them stand before the place. */
    readonly items: readonly SyntaxNode[];
    readonly index: number;
    readonly style: MapNode['style'];
  };
  /** The innermost item around of which something is written. */
  readonly item?: MapNode;
  /** The tree of the text with something written in the place. */
  readonly tree: SyntaxTree;
  /** The document that it is, read when it is first asked for. */
  readonly disclosure: Disclosure;
}

/**
 * Looks around an offset. Unfinished texts parse badly, so the place is filled in first: the parser
 * then says itself what belongs to what, in block and flow YAML and in JSON alike.
 */
export function slotAt(tree: SyntaxTree, offset: number): Slot | undefined {
  const place = placeAt(tree, offset);
  if (!place) return undefined;
  const closing = closersAt(tree, place);
  for (const probe of place.probes) {
    const slot = probed(tree, offset, place, probe + closing);
    if (slot) return slot;
  }
  return besideItems(tree, offset, place);
}

/** In the column of the dashes of a list one more item begins. */
function besideItems(tree: SyntaxTree, offset: number, place: Place): Slot | undefined {
  const { kind, glue, range, probes } = place;
  const line = tree.text.slice(lineStart(tree.text, range.start), range.start);
  if (tree.language !== 'yaml' || kind !== 'key' || glue !== '' || line.trim() !== '') return;
  for (const probe of probes) {
    const slot = probed(tree, offset, { ...place, glue: DASH }, DASH + probe);
    if (slot?.list && slot.list.items.length > 0) return slot;
  }
  return undefined;
}

function probed(
  { text, language }: SyntaxTree,
  offset: number,
  { probes: _, ...place }: Place,
  probe: string,
): Slot | undefined {
  const { range } = place;
  const tree = parse(text.slice(0, range.start) + probe + text.slice(range.end), language);
  const path = tree.pathAt(range.start + probe.indexOf(PROBE) + 1);
  const scalar = path.at(-1);
  // Anything more is part of a longer text, or of a comment.
  if (scalar?.kind !== 'scalar' || scalar.text !== PROBE) return undefined;
  const isItem = path.at(-2)?.kind === 'sequence';
  // Of an item nothing follows.
  if (isItem && !probe.trimEnd().endsWith(PROBE + place.quote)) return undefined;
  const entries = path.filter((node): node is Entry => node.kind === 'entry');
  const own = isItem ? undefined : entries.at(-1);
  const isKey = isItem || !own || own.key === scalar;
  if (isKey !== (place.kind === 'key')) return undefined;
  const map = isItem ? undefined : path.findLast((node): node is MapNode => node.kind === 'map');
  const siblings = (map?.entries ?? []).filter((entry) => entry !== own);
  const previous = own && map?.entries[map.entries.indexOf(own) - 1];
  const item = map ?? scalar;
  const list = path[path.indexOf(item) - 1];
  const around = path.findLast(
    (node, at): node is MapNode =>
      node.kind === 'map' &&
      path[at - 1]?.kind === 'sequence' &&
      node.entries.some(({ key }) => key !== scalar),
  );
  let disclosure: Disclosure | undefined;
  const isAlone = isItem || tree.rangeOf(item).start === tree.rangeOf(own ?? scalar).start;
  return {
    ...place,
    typed: text.slice(range.start, offset).replace(/^[：，]?\s*["']?/u, ''),
    around: isKey && own ? entries.slice(0, -1) : entries,
    siblings,
    ...(previous && { previous }),
    style: map?.style ?? 'flow',
    isBegun: siblings.length > 0 || !isAlone,
    ...(list?.kind === 'sequence' && {
      list: {
        items: list.items.flatMap((node) => (node && node !== item ? node : [])),
        index: list.items.indexOf(item),
        style: list.style,
      },
    }),
    ...(around && { item: around }),
    tree,
    get disclosure() {
      return (disclosure ??= readDisclosure(tree));
    },
  };
}
