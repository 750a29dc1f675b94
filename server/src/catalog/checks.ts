import type { Disclosure, Problem, ProblemFix } from '../disclosure/model';
import { push } from '../syntax/multimap';
import type { MapNode } from '../syntax/tree';
import type { Catalog, CatalogEntry } from './catalog';
import { classificationOf } from './data';
import { labelOf, nameProblems } from './nameChecks';
import { codeFix, codeFixes, nearestCodes, type Around } from './nearestCodes';
import { orderProblem } from './order';
import { nestedProblem, orphanProblems } from './orphans';
import { codePlaces, hasRow, type CodePlace } from './places';
import { withNearest } from './miswritten';

/**
 * What is to be said of the subject codes of a document, and of the names printed beside them. Doubts of
 * the catalog are never more than hints: what it knows from memory may be wrong.
 */
export function codeProblems(disclosure: Disclosure, catalog: Catalog): Problem[] {
  const places = codePlaces(disclosure);
  const used = new Map<string, CodePlace[]>();
  for (const place of places) push(used, place.code, place);
  // In one of the nine tables.
  const isListed = (code: string) =>
    used.get(code)?.some(({ table }) => table && table.spec.section === undefined) === true;
  return [...byList(places)].flatMap(([list, neighbours]) => {
    const taken = new Set(neighbours.map(({ code }) => code));
    const around: Around = {
      catalog,
      isTaken: (code) => taken.has(code) || hasRow(neighbours[0]!, code),
      isUsed: (code) => used.has(code),
      isElsewhere: (code) => used.get(code)?.some((place) => place.list !== list) === true,
      bySlip: !isStrange(neighbours, catalog),
    };
    const problems = neighbours.flatMap((place) => placeProblems(place, around, disclosure.year));
    if (!list) return problems;
    const told = problems.map((problem) => meantProblem(problem, used, isListed));
    const orphans = orphanProblems(neighbours, around, disclosure.tree);
    // Where it belongs shows when it is mended.
    const meant = new Set(
      [...told.filter(({ code }) => code === 'code.meant'), ...orphans].map(({ at }) => at),
    );
    return [
      ...told,
      ...orphans,
      ...orderProblem(
        list,
        neighbours.filter(({ node, row }) => !meant.has(node) && !row?.doubled),
        disclosure.tree,
      ),
    ];
  });
}

/**
 * A code of no subject that stands nowhere else, where other tables list the one subject a slip away from it
 * and this one does not: that is no doubt of the catalog any more.
 */
function meantProblem(
  problem: Problem,
  used: ReadonlyMap<string, readonly CodePlace[]>,
  isListed: (code: string) => boolean,
): Problem {
  const { code, args, fixes = [] } = problem;
  if (code !== 'code.unknown' || used.get(args['code']!)!.length > 1) return problem;
  const [only, ...more] = fixes.filter((fix) => isListed(fix.args!['code']!));
  if (!only || more.length > 0) return problem;
  const value = `${only.args!['code']!} ${only.args!['name']!}`;
  return { ...problem, code: 'code.meant', args: { ...args, value }, fixes: [only] };
}

/** So many unknown codes in one list are no slips: they are of another catalog. */
const MOST_SLIPS = 100;

function isStrange(places: readonly CodePlace[], catalog: Catalog): boolean {
  let unknown = 0;
  for (const { code, classification } of places) {
    if (!catalog.lookup(code, classification) && ++unknown > MOST_SLIPS) return true;
  }
  return false;
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
  return [
    ...nestedProblem(place, around),
    ...(entry
      ? [...abolishedProblem(place, entry, around, year), ...budgetProblem(place, entry)]
      : [unknownProblem(place, around)]),
    ...nameProblems(place, entry, around, year),
  ];
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
