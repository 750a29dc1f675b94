/** How the solver does on spoiled documents. */
import { Plain } from '../../../server/src/repair/plain';
import type { Problem } from '../../../server/src/repair/solve/problem';
import { Model } from '../../../server/src/repair/solve/model';
import { Situation } from '../../../server/src/repair/solve/situation';
import { Solver, type Finding } from '../../../server/src/repair/solve/solver';
import { analyzeText } from '../../support/examples';
import type { Spoiled } from './documents';
import { sameNumber } from './errors';

export interface Measured {
  readonly problem: Problem;
  readonly cells: number;
  /** Whether any relation fails at all. */
  readonly detected: boolean;
  /** The first set of every finding together is what was spoiled. */
  readonly exact: boolean;
  /** Every spoiled cell is in some set. */
  readonly among: boolean;
  /** … and the first value of each is the right one. */
  readonly values: boolean;
  readonly certain: number;
  readonly wrong: readonly string[];
  readonly likely: number;
  readonly likelyRight: number;
  /** Search alone, and with reading the problem, in ms. */
  readonly search: number;
  readonly total: number;
}

export function problemOf(text: string, path: string): { problem: Problem; cells: number } {
  const analysis = analyzeText(text, path);
  const { problem } = new Plain(analysis.network!, analysis.disclosure!);
  return { problem, cells: [...analysis.disclosure!.cells()].length };
}

export function measure({ text, path, truth }: Spoiled): Measured {
  const { problem, cells } = problemOf(text, path);
  let [search, total] = [Infinity, Infinity];
  for (let run = 0; ; run++) {
    const start = performance.now();
    const model = new Model(problem);
    const read = performance.now();
    const solver = new Solver(new Situation(model));
    const findings = solver.findings();
    const end = performance.now();
    search = Math.min(search, end - read);
    total = Math.min(total, end - start);
    if (run < RUNS - 1) continue;
    return { problem, cells, search, total, ...rate(solver, findings, truth) };
  }
}

/** The best of so many runs counts: the others tell of the machine. */
const RUNS = 3;

function rate(solver: Solver, findings: readonly Finding[], truth: ReadonlyMap<string, string>) {
  const { model } = solver;
  const first = findings.flatMap(({ sets }) => sets[0]?.proposals ?? []);
  const named = new Set(
    findings.flatMap(({ sets }) =>
      sets.flatMap(({ proposals }) => proposals.map((p) => model.id(p.variable))),
    ),
  );
  const right = (variable: number, printed: string | undefined) => {
    const should = truth.get(model.id(variable));
    return should !== undefined && printed !== undefined && sameNumber(should, printed);
  };
  const exact =
    new Set(first.map(({ variable }) => model.id(variable))).size === truth.size &&
    first.every(({ variable }) => truth.has(model.id(variable)));
  const certain = findings.flatMap(({ certain: proposals }) => proposals);
  const likely = findings
    .filter(({ verdict }) => verdict === 'likely')
    .map((finding) => leading(solver, finding))
    .filter((changes) => changes.length > 0);
  return {
    detected: findings.length > 0,
    exact,
    among: [...truth.keys()].every((id) => named.has(id)),
    values: exact && first.every(({ variable, values }) => right(variable, values[0]?.printed)),
    certain: certain.length,
    wrong: certain
      .filter(({ variable, values }) => !right(variable, values[0]!.printed))
      .map(({ variable, values }) => `${model.id(variable)} → ${values[0]!.printed}`),
    likely: likely.length,
    likelyRight: likely.filter((changes) => changes.every((change) => right(...change))).length,
  };
}

/** What the likeliest explanation changes: a set of figures, or one mistake of several. */
function leading(
  solver: Solver,
  { sets: [set], groups: [group] }: Finding,
): (readonly [number, string | undefined])[] {
  return group && group.probability > (set?.probability ?? 0)
    ? [...group.changes].map(([variable, value]) => [variable, solver.write(variable, value)])
    : (set?.proposals ?? []).map(({ variable, values }) => [variable, values[0]?.printed]);
}
