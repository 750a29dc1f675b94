/** Names of economic items that a list writes as one, for the comma between them is lost: 津贴补贴 奖金. */
import type { Disclosure, Problem } from '../disclosure/model';
import type { ScalarNode } from '../syntax/tree';
import { codesNamed } from './byName';
import type { Catalog } from './catalog';

const BLANKS = /[\s\u3000]+/u;

/** The names that a text is meant to list: one, unless it is none and all of its words are. */
export function wordsOf(text: string, isName: (name: string) => boolean): readonly string[] {
  const words = text.split(BLANKS);
  return words.length > 1 && !isName(text) && words.every(isName) ? words : [text];
}

export function unpartedProblems(disclosure: Disclosure, catalog: Catalog): Problem[] {
  const isName = (name: string) => codesNamed(name, 'economic', new Map(), catalog).length > 0;
  return listItems(disclosure).flatMap((at): Problem[] => {
    const words = wordsOf(at.text.trim(), isName);
    if (words.length < 2) return [];
    const quote = at.style === 'quoted' ? '"' : '';
    const newText = words.map((word) => `${quote}${word}${quote}`).join(', ');
    const fixes = [{ title: 'comma', edits: [{ at, newText }], certain: true }];
    return [{ code: 'syntax.comma', at, args: {}, fixes }];
  });
}

/** The items of lists of names. */
function listItems({ tables }: Disclosure): ScalarNode[] {
  const found: ScalarNode[] = [];
  for (const table of tables.values()) {
    if (table.spec.section === undefined) continue;
    for (const { section, values } of table.rows.values()) {
      for (const { id, kind } of section.columns) {
        const value = kind === 'list' ? values.get(id)?.value : undefined;
        if (value?.kind !== 'sequence' || value.style !== 'flow') continue;
        for (const item of value.items) if (item?.kind === 'scalar') found.push(item);
      }
    }
  }
  return found;
}
