import { halfWidth } from '../disclosure/mistyped';
import type { Disclosure, Problem, Table } from '../disclosure/model';
import { sidesOf } from '../disclosure/ownKeys';
import { subjectIn } from '../disclosure/statementItems';
import { normalizeKey, vocabulary, type SectionSpec } from '../disclosure/vocabulary';
import type { Entry, ScalarNode, SyntaxNode, SyntaxTree } from '../syntax/tree';
import type { Catalog, CatalogEntry } from './catalog';
import { labelOf } from './nameChecks';
import { codeFix, codeFixes, MOST, nearestCodes, type Around } from './nearestCodes';
import { codePlaces, hasRow, type CodePlace } from './places';
import { subjectLike } from './subjectLike';
import { unpartedProblems } from './unparted';

/**
 * What reading has found of codes that cannot be taken, with what only the catalog knows of them: which
 * code one of a wrong length may stand for, and that a name stands where a code should.
 */
export function withMeantCodes(
  written: readonly Problem[],
  disclosure: Disclosure,
  catalog: Catalog,
): readonly Problem[] {
  const unparted = unpartedProblems(disclosure, catalog);
  const problems = unparted.length === 0 ? written : [...written, ...unparted];
  const isOurs = ({ code }: Problem) => OURS.has(code);
  if (!problems.some(isOurs)) return problems;
  const all = codePlaces(disclosure);
  const places = new Map<unknown, CodePlace>(all.map((place) => [place.node, place]));
  const used = new Set(all.map(({ code }) => code));
  // An item whose code has a wrong length does say what it is about.
  const items = new Set<unknown>(all.map(({ item }) => item));
  return problems.flatMap((problem): Problem | [] => {
    const { code, at } = problem;
    if (code === 'input.item-unnamed' && items.has(at)) return [];
    const place = code === 'input.code-length' ? places.get(at) : undefined;
    if (place && !problem.fixes) {
      const isTaken = (other: string) => hasRow(place, other);
      const isUsed = (other: string) => used.has(other);
      const isElsewhere = isUsed;
      return withNearest(problem, place, { catalog, isTaken, isUsed, isElsewhere, bySlip: true });
    }
    const written = 'kind' in at ? subjectWritten(problem, at) : undefined;
    const printed = written?.text.trim() ?? '';
    if (!written || printed === '') return problem;
    const table = tableOf(problem, disclosure);
    const found = table && nameProblem(written, table, disclosure.tree, catalog, used);
    if (found || code !== 'input.item-unnamed') return found ?? problem;
    const args = { ...problem.args, printed };
    if (isOfOtherColumn(printed)) return { code: 'input.not-a-subject', at: written, args };
    return { ...problem, args: { ...args, part: 'written' } };
  });
}

const OURS: ReadonlySet<string> = new Set([
  'input.code-length',
  'input.item-unnamed',
  'input.unknown-row',
]);

/** A word that says which way a figure changed, or a figure: what other columns of an item have. */
const isOfOtherColumn = (text: string) =>
  COLUMN_WORDS.has(normalizeKey(text)) || /^[-+]?\d[\d.,]*[.%]\d*%?$/.test(halfWidth(text));

const COLUMN_WORDS = new Set(
  Object.values(vocabulary.words).flatMap((ways) => Object.values(ways).flat().map(normalizeKey)),
);

/** The same with the codes that it may stand for. */
export function withNearest(problem: Problem, place: CodePlace, around: Around): Problem {
  const near = nearestCodes(place, around);
  const value = near.map(labelOf).join('、');
  const args = { ...problem.args, ...(value !== '' && { value }) };
  return { ...problem, args, fixes: codeFixes(place, around, near) };
}

/** The scalar in which a code was expected: 科目 of an item, or the key of a row. */
function subjectWritten(
  { code }: Problem,
  at: SyntaxNode | { kind: 'entry' },
): ScalarNode | undefined {
  if (code === 'input.unknown-row') return at.kind === 'scalar' ? at : undefined;
  if (code !== 'input.item-unnamed' || at.kind !== 'map') return undefined;
  return subjectIn(at)?.node;
}

function tableOf({ args }: Problem, { tables }: Disclosure): Table | undefined {
  return [...tables.values()].find(({ entry }) => entry.key.text === args['table']);
}

/** The section of a table in which a node stands: of 结构 and 各项 each has subjects of its own. */
function sectionAround(
  node: SyntaxNode,
  { spec, entry }: Table,
  tree: SyntaxTree,
): SectionSpec | undefined {
  // Inside it: where it begins, what stands before it may end.
  const path = tree.pathAt(tree.rangeOf(node).start + 1);
  const child = path.slice(path.indexOf(entry) + 1).find(({ kind }) => kind === 'entry') as Entry;
  return sidesOf(spec).get(child.key.text) ?? spec.sections.find(({ id }) => id === '');
}

/** A name where a code should stand, or a code with its name. */
function nameProblem(
  node: ScalarNode,
  table: Table,
  tree: SyntaxTree,
  catalog: Catalog,
  used: ReadonlySet<string>,
): Problem | undefined {
  const section = sectionAround(node, table, tree);
  const codes = section?.codes;
  if (!codes) return undefined;
  const printed = node.text.trim();
  const [, digits, name = printed] = /^(\d{3,})[\s、:-]*(\D.*)$/u.exec(halfWidth(printed)) ?? [];
  const own = digits === undefined ? undefined : catalog.lookup(digits, codes.classification);
  const found = own ? [own] : catalog.named(name, codes.classification);
  const fitting = found.filter(({ code }) => codes.levels.includes(code.length));
  const rows = [...table.rows.values()].filter((row) => row.section === section);
  // Lines that only the form has are free.
  const taken = new Set(rows.flatMap(({ code, entry }) => (entry && code) ?? []));
  if (fitting.length === 0) {
    const isLikely = (code: string) => codes.levels.includes(code.length) && !taken.has(code);
    const near =
      digits === undefined
        ? subjectLike(name, [...used].filter(isLikely), codes, catalog)
        : undefined;
    return near && likeName(node, near);
  }
  const free = fitting.filter(({ code }) => !taken.has(code));
  const known = free.filter(({ code }) => used.has(code));
  const meant = known.length > 0 ? known : free;
  const isTold = meant.length <= MOST;
  if (free.length === 0) {
    const value = fitting.slice(0, MOST).map(labelOf).join('、');
    return { code: 'code.name-only', at: node, args: { printed, part: 'taken', code: value } };
  }
  const value = isTold ? { value: meant.map(labelOf).join('、') } : {};
  const args = { printed, ...(own ? { part: 'both', code: own.code } : value) };
  const fixes = isTold ? meant.map((entry) => codeFix({ node }, entry, meant.length === 1)) : [];
  return { code: 'code.name-only', at: node, args, fixes };
}

/** A name that is a little off: 社会保障与就业 for 社会保障和就业支出. */
function likeName(node: ScalarNode, near: CatalogEntry): Problem {
  const args = { printed: node.text.trim(), part: 'near', code: labelOf(near) };
  return { code: 'code.name-only', at: node, args, fixes: [codeFix({ node }, near, false)] };
}
