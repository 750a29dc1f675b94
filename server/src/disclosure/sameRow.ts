import type { SyntaxNode } from '../syntax/tree';
import type { Project, Row } from './model';
import { isFigure } from './figure';

/**
 * Whether a row says the same, but for its figures and texts: it is about the same thing, has the same
 * columns under the same keys, and prints the same words in them.
 */
export function isSameButFigures(a: Row, b: Row): boolean {
  return (
    a.id === b.id &&
    a.spec === b.spec &&
    a.code === b.code &&
    a.title === b.title &&
    a.printed === b.printed &&
    isSameProject(a.project, b.project) &&
    a.values.size === b.values.size &&
    a.entry?.value?.kind === b.entry?.value?.kind &&
    isSame(a.name, b.name) &&
    isSame(a.printedAs, b.printedAs) &&
    isSame(a.titleNode, b.titleNode) &&
    a.section.columns.every((column) => {
      const [one, other] = [a.values.get(column.id), b.values.get(column.id)];
      if (!one || !other) return one === other;
      if (one.key.text !== other.key.text) return false;
      const isFree = isFigure(column) || column.kind === 'text';
      return isFree ? one.value?.kind === other.value?.kind : isSame(one.value, other.value);
    })
  );
}

export const isSameProject = (a: Project | undefined, b: Project | undefined) =>
  a?.code === b?.code && isSame(a?.printedAs, b?.printedAs);

/** A map may have become another one in its place, so that nobody knows what it was. */
function isSame(a: SyntaxNode | undefined, b: SyntaxNode | undefined): boolean {
  if (a?.kind === 'scalar' && b?.kind === 'scalar') return a.text === b.text;
  if (a?.kind === 'sequence' && b?.kind === 'sequence') {
    return (
      a.items.length === b.items.length && a.items.every((item, i) => isSame(item, b.items[i]))
    );
  }
  return a === undefined && b === undefined;
}
