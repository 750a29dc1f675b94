import type { Disclosure, Problem, ProblemFix } from '../disclosure/model';
import type { MapNode } from '../syntax/tree';
import type { Catalog, CatalogEntry } from './catalog';
import { classificationOf } from './data';
import { labelOf, nameProblems } from './nameChecks';
import { codeFix, codeFixes, nearestCodes, type Around } from './nearestCodes';
import { orderProblem } from './order';
import { codePlaces, type CodePlace } from './places';

/**
 * What is to be said of the subject codes of a document, and of the names printed beside them. Doubts of
 * the catalog are never more than hints: what it knows from memory may be wrong.
 */
export function codeProblems(disclosure: Disclosure, catalog: Catalog): Problem[] {
  const places = codePlaces(disclosure);
  const used = new Set(places.map(({ code }) => code));
  return [...byList(places)].flatMap(([list, neighbours]) => {
    const taken = new Set(neighbours.map(({ code }) => code));
    const around: Around = {
      catalog,
      isTaken: (code) => taken.has(code) || hasRow(neighbours[0]!, code),
      isUsed: (code) => used.has(code),
      bySlip: !isStrange(neighbours, catalog),
    };
    return [
      ...neighbours.flatMap((place) => placeProblems(place, around, disclosure.year)),
      ...(list
        ? [
            ...orphanProblems(neighbours, around),
            ...orderProblem(list, neighbours, disclosure.tree),
          ]
        : []),
    ];
  });
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

/** Codes of a wrong length are found when a table is read; what they may stand for is known only here. */
export function withNearestCodes(
  problems: readonly Problem[],
  disclosure: Disclosure,
  catalog: Catalog,
): readonly Problem[] {
  const isOurs = ({ code }: Problem) =>
    code === 'input.code-length' || code === 'input.item-unnamed';
  if (!problems.some(isOurs)) return problems;
  const places = new Map<unknown, CodePlace>(
    codePlaces(disclosure).map((place) => [place.node, place]),
  );
  const used = new Set(codePlaces(disclosure).map(({ code }) => code));
  // An item whose code has a wrong length does say what it is about.
  const items = new Set<unknown>(codePlaces(disclosure).map(({ item }) => item));
  const isNamed = ({ code, at }: Problem) => code === 'input.item-unnamed' && items.has(at);
  const kept = problems.filter((problem) => !isNamed(problem));
  return kept.map((problem) => {
    const place = problem.code === 'input.code-length' ? places.get(problem.at) : undefined;
    if (!place || problem.fixes) return problem;
    const isTaken = (code: string) => hasRow(place, code);
    const isUsed = (code: string) => used.has(code);
    const around = { catalog, isTaken, isUsed, bySlip: true };
    return { ...problem, fixes: codeFixes(place, around) };
  });
}

/** Whether the rows among which a code stands have another code already. */
export function hasRow({ table, row }: CodePlace, code: string): boolean {
  const id = row?.section.id ? `${row.section.id}.${code}` : code;
  return table?.rows.get(id)?.entry !== undefined;
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
    return [{ code: 'input.code-length', at: node, args, fixes: codeFixes(place, around) }];
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
    .filter(({ code: near }) => near.length === code.length)
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

/** A subject under 其中 of another one than its own. */
function nestedProblem(place: CodePlace, around: Around): Problem[] {
  const { code, within, classification, node } = place;
  if (within === undefined || (code.startsWith(within) && code !== within)) return [];
  const { catalog, isTaken } = around;
  const meant = catalog.lookup(within + code.slice(within.length), classification);
  const parent = labelIn(catalog, code.slice(0, Math.max(3, within.length)), classification);
  return [
    {
      code: 'code.orphan',
      at: node,
      args: { code, under: labelIn(catalog, within, classification), parent, part: 'nested' },
      fixes: meant && !isTaken(meant.code) ? [codeFix(place, meant, false)] : [],
    },
  ];
}

function labelIn(
  catalog: Catalog,
  code: string,
  classification: CodePlace['classification'],
): string {
  const entry = catalog.lookup(code, classification);
  return entry ? labelOf(entry) : code;
}

/**
 * Rows below a subject that is not theirs, in a table that prints the subject above of every other row:
 * mostly a digit of the code is wrong.
 */
function orphanProblems(places: readonly CodePlace[], around: Around): Problem[] {
  const { isTaken } = around;
  const above = (code: string) => (code.length > 3 ? code.slice(0, -2) : undefined);
  const fitting = places.filter(({ code, levels }) => levels.includes(code.length));
  const orphans = fitting.filter(({ code }) => above(code) && !isTaken(above(code)!));
  const [orphan] = orphans;
  if (!orphan || orphans.length > 1) return [];
  const peers = fitting.filter(({ code }) => code.length === orphan.code.length);
  const previous = fitting[fitting.indexOf(orphan) - 1];
  if (peers.length < FEWEST_PEERS || !previous) return [];
  // Where rows stand in any order, it says nothing below which one stands.
  const ordered = fitting.filter((place) => place !== orphan).map((place) => place.code);
  if (ordered.some((code, index) => index > 0 && code < ordered[index - 1]!)) return [];
  const { code, classification, node } = orphan;
  const under = previous.code.length === code.length ? above(previous.code)! : previous.code;
  if (under.length !== code.length - 2) return [];
  const name = (of: string) => labelIn(around.catalog, of, classification);
  const meant = around.catalog.lookup(under + code.slice(-2), classification);
  return [
    {
      code: 'code.orphan',
      at: node,
      args: { code, under: name(under), parent: name(above(code)!) },
      fixes: meant && !isTaken(meant.code) ? [codeFix(orphan, meant, false)] : [],
    },
  ];
}

/** So many rows have to show that a table prints the levels above. */
const FEWEST_PEERS = 3;
