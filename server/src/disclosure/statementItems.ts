import type { Entry, MapNode, ScalarNode, SyntaxNode } from '../syntax/tree';
import { halfWidth } from './mistyped';
import type { Project, Row } from './model';
import { itemKeys, rowKeys } from './ownKeys';
import type { KeyIndex, SectionSpec } from './vocabulary';

/** What tells a row of a statement from the others. */
export type Identity = Pick<Row, 'spec' | 'code' | 'title' | 'titleNode'>;

/** The subject code that a key is, in a section that has codes. */
export function codeIn({ codes }: SectionSpec, key: ScalarNode): string | undefined {
  const text = halfWidth(key.text.trim());
  return codes && /^\d+$/.test(text) && codes.levels.includes(text.length) ? text : undefined;
}

/** What an item says under 科目, and the same in half-width digits; that is a code or not. */
export function subjectIn(item: SyntaxNode): { node: ScalarNode; code: string } | undefined {
  const node = item.kind === 'map' ? scalarIn(item, itemKeys, 'subject') : undefined;
  return node && { node, code: halfWidth(node.text.trim()) };
}

/** The scalar under a key of an item, the last one where the key is repeated. */
function scalarIn(item: MapNode, index: KeyIndex<string>, id: string): ScalarNode | undefined {
  const scalars = new Map(
    item.entries.flatMap(({ key, value }): [string, ScalarNode][] =>
      value?.kind === 'scalar' ? [[key.text, value]] : [],
    ),
  );
  return [...scalars].find(([key]) => index.get(key) === id)?.[1];
}

/** 科目, 代号 or 同 of an item; else what it is printed as. */
export function identityOf(section: SectionSpec, item: MapNode): Partial<Identity> | undefined {
  const find = (index: KeyIndex<string>, id: string) => scalarIn(item, index, id);
  if (section.items === 'subject') {
    const node = subjectIn(item)?.node;
    const code = node && codeIn(section, node);
    return code ? { code, titleNode: node } : undefined;
  }
  const project = item.entries.find(({ key }) => itemKeys.get(key.text) === 'project');
  const node =
    section.items === 'project'
      ? (find(itemKeys, 'code') ?? (project && projectOf(project)?.node))
      : find(itemKeys, 'indicator');
  const called = node ?? find(rowKeys, 'printed') ?? find(rowKeys, 'name');
  return called && { title: called.text.trim(), titleNode: called };
}

/** 项目: {代号: 精准, 印作: 精准就业服务}, or the code alone. */
export function projectOf({ value }: Entry): Project | undefined {
  if (value?.kind === 'scalar') {
    return { code: value.text.trim(), node: value, printedAs: undefined };
  }
  let code: ScalarNode | undefined;
  let printedAs: ScalarNode | undefined;
  for (const { key, value: child } of value?.kind === 'map' ? value.entries : []) {
    if (child?.kind !== 'scalar') continue;
    if (itemKeys.get(key.text) === 'code') code = child;
    else if (rowKeys.get(key.text) === 'printed') printedAs = child;
  }
  const node = code ?? printedAs;
  return node && { code: node.text.trim(), node, printedAs };
}
