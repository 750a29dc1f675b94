/** The items of subjects that a list of the narrative leaves out, written in the form of the last one that it has. */
import { isNonZero, type Cell, type Table } from '../disclosure/model';
import { itemKeys, sidesOf } from '../disclosure/ownKeys';
import { facetsOf } from '../disclosure/statementData';
import { type SectionSpec } from '../disclosure/vocabulary';
import type { Fact } from '../relations/fact';
import { appendItem, eolOf, quoted } from '../syntax/insert';
import { lineStart } from '../syntax/traps/characters';
import type { MapNode, SequenceNode, SyntaxTree } from '../syntax/tree';
import type { Analysis } from './analysis';
import { formOf } from './candidate';
import type { Fix } from './fixes';
import { repeated } from './itemFigure';
import { message, type Locale } from './messages';
import { missingLines } from './missingLines';
import { fieldsLike } from './statementCandidates';

/** Writes all of them; what they do not take over from the table is left to be filled in. */
export function missingItemsFix(
  facts: readonly Fact[],
  { disclosure, tree }: Analysis,
  locale: Locale,
): Fix[] {
  const [first] = facts;
  const target = first?.rule.kind === 'stated' ? first.rule.target : undefined;
  const table = target && disclosure?.tables.get(target.table);
  if (!table || table.entry.value?.kind !== 'map') return [];
  const sides = sidesOf(table.spec);
  const entry = table.entry.value.entries.find(
    ({ key }) => sides.get(key.text)?.id === target.row.side,
  );
  const section = entry && sides.get(entry.key.text);
  const list = entry?.value;
  const count = facts.length;
  const names = facts.map(({ args }) => args['row'] ?? '').join(message(locale, 'list'));
  const key = count > 1 ? 'fix.missing-items' : 'fix.missing-item';
  const title = message(locale, key, { count, names });
  if (list?.kind === 'map') {
    const edits = missingLines(facts, table, tree);
    return edits ? [{ title, preferred: false, edits }] : [];
  }
  if (list?.kind !== 'sequence' || section?.items !== 'subject') return [];
  const last = list.items.findLast((item) => item?.kind === 'map');
  if (last?.kind !== 'map') return [];
  const cells = facts.flatMap(({ cells: [cell] }) => (cell && isNonZero(cell) ? cell : []));
  const items = cells.map((cell) =>
    fieldsOf(cell, { text: table, last, section, column: target.column.name }, tree),
  );
  if (items.length < facts.length) return [];
  return [
    { title, preferred: false, edits: [appendItem(tree, list, written(items, list, last, tree))] },
  ];
}

interface Form {
  /** What the list stands in. */
  readonly text: Table;
  readonly last: MapNode;
  readonly section: SectionSpec;
  /** The id of the column that repeats the figure of the table. */
  readonly column: string;
}

function fieldsOf(cell: Cell, { text, last, section, column }: Form, tree: SyntaxTree): string[] {
  // Between commas the blank is where the value is typed.
  const blank = tree.language === 'json' ? ' null' : last.style === 'flow' ? ' ' : '';
  return fieldsLike(last, section).flatMap(({ key, holds, value }) => {
    const own = facetsOf(section).get(key)?.column;
    const name = quoted(key, tree);
    if (itemKeys.get(key) === 'subject') return `${name}: ${quoted(cell.row.code ?? '', tree)}`;
    if (own?.id === column) {
      const figure = value ?? repeated(cell, text.unit);
      return `${name}:${figure === '' ? blank : ` ${quotedFigure(figure, tree)}`}`;
    }
    // What only one item can say, its names and what it consists of, nothing stands in for.
    if (holds !== 'value' || !own) return [];
    return `${name}:${value === undefined ? blank : ` ${quoted(value, tree)}`}`;
  });
}

/** Thousands are separated by a comma, which would end a value in braces. */
const quotedFigure = (figure: string, tree: SyntaxTree) =>
  /^-?\d+(?:\.\d+)?$/.test(figure)
    ? figure
    : figure.includes(',')
      ? JSON.stringify(figure)
      : quoted(figure, tree);

function written(
  items: readonly (readonly string[])[],
  list: SequenceNode,
  last: MapNode,
  tree: SyntaxTree,
): string {
  const { start } = tree.rangeOf(last);
  const line = tree.text.slice(lineStart(tree.text, start), start);
  const indent = /^[ \t]*/.exec(line)![0];
  const eol = eolOf(tree);
  const form = formOf(last, tree);
  if (form === 'block') {
    return items.map((fields) => `- ${fields.join(`${eol}${indent}  `)}`).join(eol + indent);
  }
  const isOwnLine = /^[ \t]*(?:-[ ]*)?$/.test(line);
  const inner = last.entries[0] ? tree.rangeOf(last.entries[0]).start : start;
  const deeper = tree.text.slice(lineStart(tree.text, inner), inner);
  const braces = (fields: readonly string[]) =>
    form === 'lines' && /^[ \t]*$/.test(deeper)
      ? `{${eol}${deeper}${fields.join(`,${eol}${deeper}`)}${eol}${indent}}`
      : `{${fields.join(', ')}}`;
  const gap = list.style === 'flow' ? `,${isOwnLine ? eol + indent : ' '}` : `${eol}${indent}- `;
  return items.map(braces).join(gap);
}
