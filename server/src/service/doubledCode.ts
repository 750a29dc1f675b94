/** Two rows that have one subject code, of which one was to have another: which one, by figures and by order. */
import { catalogOf } from '../catalog/inForce';
import { codePlaceAt, codePlaces, type CodePlace } from '../catalog/places';
import { freeFor, meantAt, strayOf, type CodeList, type Pair } from '../catalog/strays';
import { classificationOf } from '../catalog/data';
import { isNonZero, type Cell, type Disclosure, type Problem } from '../disclosure/model';
import { halfWidth } from '../disclosure/mistyped';
import { subjectIn } from '../disclosure/statementItems';
import { linesOf } from '../disclosure/vocabulary';
import type { ScalarNode, SyntaxNode, SyntaxTree } from '../syntax/tree';

/** A row as it is written: where its code stands, and what it says. */
export interface WrittenRow {
  readonly node: ScalarNode;
  readonly value: SyntaxNode | undefined;
}

export interface DoubledCode {
  /** The row that counts, which is the last one. */
  readonly place: CodePlace;
  readonly pair: readonly [WrittenRow, WrittenRow];
  /** The one that was to have another code, where that can be told. */
  readonly stray: WrittenRow | undefined;
  /** All codes that would be in order in the place of one of them, and those it may have been meant for. */
  readonly free: (row: WrittenRow) => readonly string[];
  readonly meant: (row: WrittenRow) => readonly string[];
}

const OF_CODES: ReadonlySet<string> = new Set(['syntax.duplicate-key', 'input.duplicate-item']);

/** The rows that a finding of a repeated code is about. */
export function doubledCodeOf(
  { code, at }: Problem,
  disclosure: Disclosure,
): DoubledCode | undefined {
  if (!OF_CODES.has(code)) return undefined;
  const { tree, year } = disclosure;
  const { start } = 'kind' in at ? tree.rangeOf(at) : at;
  const list = rowsAround(start, code === 'input.duplicate-item', tree);
  const own = list.find(({ node }) => tree.rangeOf(node).start === start);
  const written = own && codeAt(own);
  const last = list.findLast((row) => codeAt(row) === written);
  const place = last && codePlaceAt(disclosure, last.node);
  if (!place?.table) return undefined;
  const { classification, levels } = place;
  const rows = list.filter((row) => {
    const code = codeAt(row);
    return levels.includes(code.length) && classificationOf(code) === classification;
  });
  const pair = rows.flatMap((row, index) => (codeAt(row) === written ? index : []));
  if (!isPair(pair)) return undefined;
  const lines = place.row?.section.codes?.lines;
  const codes: CodeList = {
    ...{ codes: rows.map(codeAt), classification, catalog: catalogOf(place.table), year },
    ...(lines !== undefined && { lines: linesOf(lines, year) }),
  };
  const [first, second] = [rows[pair[0]]!, rows[pair[1]]!];
  const stray =
    strayByFigures([first, second], place, disclosure) ?? rows[strayOf(pair, codes) ?? -1];
  return {
    place,
    pair: [first, second],
    stray,
    free: (row) => freeFor(rows.indexOf(row), pair, codes),
    meant: (row) => meantAt(rows.indexOf(row), pair, codes),
  };
}

const isPair = (numbers: readonly number[]): numbers is Pair => numbers.length === 2;

const codeAt = ({ node }: WrittenRow) => halfWidth(node.text.trim());

/** The rows among which one stands: the items of a list, or the entries of a map. */
function rowsAround(offset: number, areItems: boolean, tree: SyntaxTree): WrittenRow[] {
  const around = tree
    .pathAt(offset)
    .findLast(({ kind }) => kind === (areItems ? 'sequence' : 'map'));
  if (around?.kind === 'map') return around.entries.map(({ key, value }) => ({ node: key, value }));
  if (around?.kind !== 'sequence') return [];
  return around.items.flatMap((value) => {
    const node = value && subjectIn(value)?.node;
    return node ? [{ node, value }] : [];
  });
}

/** Of one whose figures other places print for the code, the other one. */
function strayByFigures(
  pair: readonly [WrittenRow, WrittenRow],
  { code, classification, table }: CodePlace,
  disclosure: Disclosure,
): WrittenRow | undefined {
  const others = codePlaces(disclosure).filter((place) => {
    return place.code === code && place.classification === classification && place.table !== table;
  });
  const printed = new Set(others.flatMap(figuresAt));
  const [right, ...more] = pair.filter(({ value }) => {
    return figuresIn(value).some((figure) => printed.has(figure));
  });
  if (!right || more.length > 0) return undefined;
  return pair.find((row) => row !== right);
}

/** The figures of the row in which a code stands, as they are printed. */
export function figuresAt({ table, row }: CodePlace): string[] {
  if (!table || !row) return [];
  const cells = [...row.values.keys()].flatMap((column) => table.cell(row.id, column) ?? []);
  const isPrinted = (cell: Cell) => cell.state === 'amount' && isNonZero(cell);
  return cells.filter(isPrinted).map(({ printed }) => digitsOf(printed));
}

/** What is printed below a node. */
export function figuresIn(node: SyntaxNode | undefined): string[] {
  if (node?.kind === 'scalar') return [digitsOf(node.text)];
  return node?.kind === 'map' ? node.entries.flatMap(({ value }) => figuresIn(value)) : [];
}

const digitsOf = (text: string) => text.replace(/[,\s]/g, '');

/** Of more repetitions each is told where it stands: a table that was pasted twice has no code that is wrong. */
const MOST_DOUBLED = 10;

/** The same, a repeated code told at the row that was to have another one. */
export function atStrays(problems: readonly Problem[], disclosure: Disclosure): Problem[] {
  const doubled = problems.filter(({ code }) => OF_CODES.has(code));
  if (doubled.length === 0 || doubled.length > MOST_DOUBLED) return [...problems];
  const { tree } = disclosure;
  return problems.map((problem): Problem => {
    const { pair = [], stray } = doubledCodeOf(problem, disclosure) ?? {};
    const other = pair.find((row) => row !== stray);
    if (!stray || !other) return problem;
    const at = 'kind' in problem.at ? stray.node : tree.rangeOf(stray.node);
    const args = { ...problem.args, part: 'stray' };
    return { ...problem, at, args, related: tree.rangeOf(other.node) };
  });
}
