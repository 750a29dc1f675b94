import type { Problem, ProblemFix, Table } from '../disclosure/model';
import type { Fact } from '../relations/fact';
import type { Cause, CellGroup } from '../repair/cause';

/** What is said of codes, but of those that the figures have shown to be wrong: there that is told. */
export function withoutMiscoded(problems: readonly Problem[], causes: readonly Cause[]): Problem[] {
  const groups = causes.flatMap((cause) => cause.groups.filter(({ kind }) => isOfCodes(kind)));
  if (groups.length === 0) return [...problems];
  const places = new Set<unknown>(groups.flatMap(({ places }) => [...(places?.keys() ?? [])]));
  const codes = new Set(groups.map(({ row }) => row));
  // Its place is right as soon as the subject above it has its code.
  const isBelow = ({ at, args }: Problem) =>
    groups.some(({ table, code }) => {
      return args['code']?.startsWith(code!) === true && isRowOf(table, at);
    });
  const names = new Set(groups.flatMap(namesBeside));
  const isOut = (problem: Problem) =>
    names.has(problem.at) ||
    (OF_CODES.has(problem.code) &&
      (places.has(problem.at) ||
        (problem.code === ORDER && Object.values(problem.args).some((arg) => codes.has(arg))) ||
        (problem.code === ORPHAN && isBelow(problem))));
  return problems.filter((problem) => !isOut(problem));
}

/** What stands in rows whose codes are exchanged: their names are those of the other codes, or go with them. */
const namesBeside = ({ kind, table, places }: CellGroup): readonly unknown[] =>
  kind !== 'exchanged-codes'
    ? []
    : [...table!.rows.values()].flatMap(({ entry }) =>
        entry?.value?.kind === 'map' && places!.has(entry.key)
          ? entry.value.entries.map(({ value }) => value)
          : [],
      );

const isOfCodes = (kind: CellGroup['kind']) => kind === 'miscoded' || kind === 'exchanged-codes';

/**
 * A code of no subject beside which a text lists the one subject a slip away from it that its table lacks: that
 * is no doubt of the catalog any more.
 */
export function withListed(problems: readonly Problem[], facts: readonly Fact[]): Problem[] {
  const lacking = facts.filter((fact) => fact.lacking && fact.outcome === 'fails');
  if (lacking.length === 0) return [...problems];
  const told = problems.map((problem): Problem => {
    if (problem.code !== 'code.unknown') return problem;
    const [only, ...more] = (problem.fixes ?? []).filter((fix) =>
      lacking.some((fact) => isMissedFor(fact, problem, fix)),
    );
    if (!only || more.length > 0) return problem;
    const value = `${only.args!['code']!} ${only.args!['name']!}`;
    return { ...problem, code: MEANT, args: { ...problem.args, value }, fixes: [only] };
  });
  const codes = new Set(
    told.flatMap((problem, at) => (problem === problems[at] ? [] : [problem.args['code']])),
  );
  // Where it belongs shows when it is mended.
  return told.filter(
    ({ code, args }) => code !== ORDER || !Object.values(args).some((arg) => codes.has(arg)),
  );
}

/** Whether a list fails only because the code of a line is miswritten where that is told: its name is missed, or it is. */
export function isMiswritten(fact: Fact, problems: readonly Problem[]): boolean {
  if (fact.rule.kind !== 'list') return false;
  const lines = fact.cells.map(({ row }) => row.entry?.key);
  return problems.some(({ code, at, fixes = [], ...problem }) => {
    if (code !== MEANT) return false;
    const isLine = lines.some((line) => line === at);
    return isLine || fixes.some((fix) => isMissedFor(fact, { code, at, ...problem }, fix));
  });
}

const isRowOf = (table: Table | undefined, at: Problem['at']) =>
  [...(table?.rows.values() ?? [])].some(({ entry }) => entry?.key === at);

const isMissedFor = ({ lacking }: Fact, { at }: Problem, { args }: ProblemFix): boolean =>
  lacking !== undefined &&
  lacking.codes.includes(args?.['code'] ?? '') &&
  isRowOf(lacking.table, at);

const MEANT = 'code.meant';
const ORDER = 'code.order';
const ORPHAN = 'code.orphan';

const OF_CODES: ReadonlySet<string> = new Set([
  ORPHAN,
  ORDER,
  'code.unknown',
  'code.meant',
  'code.alone',
  'code.budget',
  'code.classification',
]);
