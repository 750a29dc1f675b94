import { codesNamed } from '../catalog/byName';
import { catalogOf } from '../catalog/inForce';
import { isSlip } from '../catalog/slips';
import { wordsOf } from '../catalog/unparted';
import { isNonZero, type Cell, type Table } from '../disclosure/model';
import { normalizeKey, vocabulary } from '../disclosure/vocabulary';
import type { ScalarNode, SyntaxNode } from '../syntax/tree';

/** The lines of a table of economic items, by code. */
export type Lines = ReadonlyMap<string, Cell>;

/** A name in a list, and what it stands for. */
export interface Listed {
  readonly item: ScalarNode;
  readonly name: string;
  /** The codes that are called so; of them those that the table has, and those with an amount. */
  readonly codes: readonly string[];
  readonly known: readonly string[];
  readonly paid: readonly string[];
}

/** The names that a list writes as items, or a text one behind the other: 办公费、印刷费等. */
export function namesListed(
  value: SyntaxNode | undefined,
  source: Table,
): { item: ScalarNode; name: string }[] {
  const isName = (name: string) => codesCalled(name, source).length > 0;
  const items = value?.kind === 'sequence' ? value.items : [value];
  return items.flatMap((item) => {
    if (item?.kind !== 'scalar') return [];
    const names = item.text.split(/[、，,；;\n]/u).map((name) => name.trim().replace(/等$/u, ''));
    return names.flatMap((name) =>
      name === ''
        ? []
        : [...wordsOf(name, isName)]
            .flatMap((word) => joined(word, isName))
            .map((word) => ({ item, name: word })),
    );
  });
}

const CONJUNCTION = new RegExp(vocabulary.conjunctions.join('|'), 'gu');

/** 培训费和公务接待费: two names, where they are no one name and each of them is one. */
function joined(text: string, isName: (name: string) => boolean): readonly string[] {
  if (isName(text)) return [text];
  for (const { 0: word, index } of text.matchAll(CONJUNCTION)) {
    const names = [text.slice(0, index), text.slice(index + word.length)];
    if (names.every((name) => name !== '' && isName(name))) return names;
  }
  return [text];
}

const codesCalled = (name: string, source: Table) =>
  codesNamed(name, 'economic', namesIn(source), catalogOf(source));

/** What a name in a list stands for. */
export function listedIn(
  { item, name }: { item: ScalarNode; name: string },
  source: Table,
  lines: Lines,
): Listed {
  const codes = codesCalled(name, source);
  const known = codes.filter((code) => lines.has(code));
  const paid = known.filter((code) => isNonZero(lines.get(code)!));
  return { item, name, codes, known, paid };
}

/** Whether a line has none below it. */
export const isLeaf = (code: string, lines: Lines) =>
  ![...lines.keys()].some((other) => other !== code && other.startsWith(code));

/**
 * The only line that has an amount and is not listed, if it is of the same class; of several the one just above or
 * below, or else, of what has no line, the only such one whose code is a slip away: probably the one that was meant.
 * @param codes what the listed name stands for
 * @param before what is listed before it: a list that is in order has nothing left out in between
 */
export function besides(
  codes: readonly string[],
  lines: Lines,
  listed: ReadonlySet<string>,
  before: readonly string[],
): Cell | undefined {
  const left = [...lines].filter(
    ([code, cell]) => isNonZero(cell) && !listed.has(code) && isLeaf(code, lines),
  );
  const [only, ...others] = left;
  const isAkin = (other: string) => codes.some((code) => other.startsWith(code.slice(0, 3)));
  if (only && others.length === 0 && isAkin(only[0])) return only[1];
  const isPassedOver = (code: string, next: string) =>
    left.some(([other]) => other !== next && before.some((one) => one < other && other < code));
  for (const code of codes) {
    const all = [...new Set([...lines.keys(), code])].filter(
      (other) => other.length === code.length && other.startsWith(code.slice(0, 3)),
    );
    all.sort();
    const at = all.indexOf(code);
    for (const next of [all[at + 1], all[at - 1]]) {
      const cell = next === undefined ? undefined : lines.get(next);
      if (cell && isNonZero(cell) && !listed.has(next!) && !isPassedOver(code, next!)) return cell;
    }
  }
  // What has a line of its own was not mistyped.
  const lost = codes.filter((code) => !lines.has(code));
  const [slip, ...more] = lost.flatMap((code) =>
    [...lines].filter(([other, cell]) => {
      return isSlip(other, code) && isNonZero(cell) && !listed.has(other) && isLeaf(other, lines);
    }),
  );
  return more.length === 0 ? slip?.[1] : undefined;
}

/** What a message says of a line. */
export function figureOf(cell: Cell): Record<'code' | 'name' | 'printed' | 'unit', string> {
  const code = cell.row.code ?? '';
  return {
    code,
    name:
      cell.row.name?.text.trim() ?? catalogOf(cell.table).lookup(code, 'economic')?.name ?? code,
    printed: cell.printed,
    unit: cell.unit.name,
  };
}

/** Names that a table prints beside its codes. */
function namesIn(table: Table): ReadonlyMap<string, string> {
  return new Map(
    [...table.rows.values()].flatMap(({ name, code }): [string, string][] =>
      name && code ? [[normalizeKey(name.text), code]] : [],
    ),
  );
}
