import type { Disclosure, Problem, ProblemFix } from '../disclosure/model';
import { append } from '../syntax/arrays';
import type { MapNode } from '../syntax/tree';
import type { Catalog, CatalogEntry } from './catalog';
import { classificationOf } from './data';
import { labelOf, nameProblems } from './nameChecks';
import { codeFix, codeFixes, nearestCodes, type Around } from './nearestCodes';
import { Neighbours, Uses } from './neighbours';
import { orderProblem } from './order';
import { nestedProblem, orphanProblems } from './orphans';
import { codePlaces, type CodePlace } from './places';
import { withNearest } from './miswritten';

/**
 * What is to be said of the subject codes of a document, and of the names printed beside them. Doubts of
 * the catalog are never more than hints: what it knows from memory may be wrong.
 */
export function codeProblems(disclosure: Disclosure, catalog: Catalog): Problem[] {
  const places = codePlaces(disclosure);
  const uses = new Uses(places);
  const problems: Problem[] = [];
  for (const [list, members] of byList(places)) {
    const neighbours = new Neighbours(list, members, catalog, uses);
    append(problems, problemsIn(list, neighbours, uses, disclosure));
  }
  return problems;
}

function problemsIn(
  list: List,
  neighbours: Neighbours,
  uses: Uses,
  { year, tree }: Disclosure,
): Problem[] {
  const { places } = neighbours;
  const problems: Problem[] = [];
  for (const place of places) append(problems, placeProblems(place, neighbours, year));
  if (!list) return problems;
  const told = problems.map((problem) => meantProblem(problem, uses));
  const orphans = orphanProblems(places, neighbours, tree);
  // Where it belongs shows when it is mended.
  const meant = new Set(
    [...told.filter(({ code }) => code === 'code.meant'), ...orphans].map(({ at }) => at),
  );
  append(told, orphans);
  const inOrder = places.filter(({ node, row }) => !row?.doubled && !meant.has(node));
  append(told, orderProblem(list, inOrder, tree));
  return told;
}

/**
 * A code of no subject that stands nowhere else, where other tables list the one subject a slip away from it
 * and this one does not: that is no doubt of the catalog any more.
 */
function meantProblem(problem: Problem, uses: Uses): Problem {
  const { code, args, fixes = [] } = problem;
  if (code !== 'code.unknown' || uses.of(args['code']!).length > 1) return problem;
  const [only, ...more] = fixes.filter((fix) => uses.isListed(fix.args!['code']!));
  if (!only || more.length > 0) return problem;
  const value = `${only.args!['code']!} ${only.args!['name']!}`;
  return { ...problem, code: 'code.meant', args: { ...args, value }, fixes: [only] };
}

type List = MapNode | undefined;

/** Places that stand together; those that stand alone are their own company. */
function byList(places: readonly CodePlace[]): Iterable<[List, CodePlace[]]> {
  const lists = new Map<MapNode | CodePlace, [List, CodePlace[]]>();
  for (const place of places) {
    const known = lists.get(place.list ?? place);
    if (known) known[1].push(place);
    else lists.set(place.list ?? place, [place.list, [place]]);
  }
  return lists.values();
}

function placeProblems(place: CodePlace, around: Around, year: number | undefined): Problem[] {
  const { code, classification, levels, node, section } = place;
  if (!levels.includes(code.length)) {
    // Reading the table has said so.
    if (!section || place.table) return [];
    const args = { table: section.key.text, code, lengths: levels.join('、') };
    return [withNearest({ code: 'input.code-length', at: node, args }, place, around)];
  }
  const entry = around.catalog.lookup(code, classification);
  const strange = entry ? undefined : classificationProblem(place, around);
  if (strange) return [strange];
  const problems = nestedProblem(place, around);
  if (entry) {
    append(problems, abolishedProblem(place, entry, around, year));
    append(problems, budgetProblem(place, entry));
  } else problems.push(unknownProblem(place, around));
  append(problems, nameProblems(place, entry, around, year));
  return problems;
}

function unknownProblem(place: CodePlace, around: Around): Problem {
  const { code, node } = place;
  const near = nearestCodes(place, around);
  const [first, ...more] = near;
  const value = first && more.length === 0 ? labelOf(first) : '';
  return {
    code: 'code.unknown',
    at: node,
    args: { code, value },
    fixes: codeFixes(place, around, near),
  };
}

/** `30201` among functional subjects: no code belongs to two classifications. */
function classificationProblem(place: CodePlace, around: Around): Problem | undefined {
  const { code, classification, node } = place;
  const other = classificationOf(code);
  if (!other || other === classification) return undefined;
  const entry = around.catalog.lookup(code, other);
  const fixes = nearestCodes(place, around)
    // Of what other places do not list nothing tells that it was meant.
    .filter(({ code: near }) => near.length === code.length && around.isUsed(near))
    .map((near) => codeFix(place, near, false));
  return {
    code: 'code.classification',
    at: node,
    args: { code, name: entry?.name ?? '' },
    words: { kind: `catalog.${other}`, own: `catalog.${classification}` },
    fixes,
  };
}

function abolishedProblem(
  place: CodePlace,
  { until, now = [], name, classification }: CatalogEntry,
  around: Around,
  year: number | undefined,
): Problem[] {
  if (until === undefined || year === undefined || year <= until) return [];
  const { code, node } = place;
  const next = now.flatMap((successor) => around.catalog.lookup(successor, classification) ?? []);
  const fixes: ProblemFix[] = next
    .filter((successor) => !around.isTaken(successor.code))
    .map((successor) => codeFix(place, successor, false));
  const args = { code, name, until: until.toString(), value: next.map(labelOf).join('、') };
  return [{ code: 'code.abolished', at: node, args, fixes }];
}

/**
 * A subject that another budget pays for. Which budgets a 类 has subjects of is not known for certain,
 * unless it is of a single one that is not the general budget.
 */
function budgetProblem({ budget, code, node }: CodePlace, entry: CatalogEntry): Problem[] {
  const { budgets = [], level, status, name } = entry;
  const [own] = budgets;
  if (!budget || !own || budgets.includes(budget)) return [];
  if (level === '类' && (budgets.length > 1 || own === 'general')) return [];
  return [
    {
      code: status === 'documented' ? 'code.budget' : 'code.budget-recalled',
      at: node,
      args: { code, name },
      words: { kind: `budget.${own}`, own: `budget.${budget}` },
    },
  ];
}
