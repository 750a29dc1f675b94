/** How the solver does on spoiled documents. */
import { Model } from '../../../server/src/repair/solve/model';
import { Situation } from '../../../server/src/repair/solve/situation';
import type { RankedSet } from '../../../server/src/repair/solve/proposal';
import type { Group } from '../../../server/src/repair/solve/groups/group';
import type { Finding } from '../../../server/src/repair/solve/finding';
import { writeAs } from '../../../server/src/repair/solve/likelihood';
import { Solver } from '../../../server/src/repair/solve/solver';
import { analyzeText } from '../../support/examples';
import { plainOf } from '../../support/situation';
import type { Spoiled } from './documents';
import { sameNumber } from './errors';

export interface Measured {
  readonly model: Model;
  readonly cells: number;
  /** Whether any relation fails at all. */
  readonly detected: boolean;
  /** The first set of every finding together is what was spoiled. */
  readonly exact: boolean;
  /** Every spoiled cell is in some set, or in what one mistake of several would change. */
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

export function measure({ text, path, truth }: Spoiled): Measured {
  const analysis = analyzeText(text, path);
  const plain = plainOf(analysis);
  const cells = [...analysis.disclosure!.cells()].length;
  let [search, total] = [Infinity, Infinity];
  for (let run = 0; ; run++) {
    const start = performance.now();
    const model = Model.of(plain);
    const read = performance.now();
    const solver = new Solver(new Situation(model));
    const findings = solver.findings();
    const end = performance.now();
    search = Math.min(search, end - read);
    total = Math.min(total, end - start);
    if (run < RUNS - 1) continue;
    return { model, cells, search, total, ...rate(solver, findings, truth) };
  }
}

/** The best of so many runs counts: the others tell of the machine. */
const RUNS = 5;

function rate(solver: Solver, findings: readonly Finding[], truth: ReadonlyMap<string, string>) {
  const { model } = solver;
  const first = findings.flatMap(({ sets: [set], groups: [group] }) =>
    set || !group ? changesOf(set) : groupChanges(solver, group),
  );
  const all = findings.flatMap(({ sets, groups }) => [
    ...sets.flatMap(changesOf),
    ...groups.flatMap((group) => groupChanges(solver, group)),
  ]);
  const named = new Set(all.map(([variable]) => model.id(variable)));
  const right = (variable: number, printed: string | undefined) => {
    const should = truth.get(model.id(variable));
    return should !== undefined && printed !== undefined && sameNumber(should, printed);
  };
  const exact =
    new Set(first.map(([variable]) => variable)).size === truth.size &&
    first.every(([variable]) => truth.has(model.id(variable)));
  const certain = findings.flatMap(({ certain: proposals }) => proposals);
  const likely = findings
    .filter(({ verdict }) => verdict === 'likely')
    .map((finding) => leading(solver, finding))
    .filter((changes) => changes.length > 0);
  return {
    detected: findings.length > 0,
    exact,
    among: [...truth.keys()].every((id) => named.has(id)),
    values: exact && first.every((change) => right(...change)),
    certain: certain.length,
    wrong: certain
      .filter(({ variable, values }) => !right(variable, values[0]!.printed))
      .map(({ variable, values }) => `${model.id(variable)} → ${values[0]!.printed}`),
    likely: likely.length,
    likelyRight: likely.filter((changes) => changes.every((change) => right(...change))).length,
  };
}

type Change = readonly [variable: number, printed: string | undefined];

/** What the likeliest explanation changes: a set of figures, or one mistake of several. */
function leading(solver: Solver, { sets: [set], groups: [group] }: Finding): readonly Change[] {
  return group && group.probability > (set?.probability ?? 0)
    ? groupChanges(solver, group)
    : changesOf(set);
}

const changesOf = (set: RankedSet | undefined): readonly Change[] =>
  (set?.proposals ?? []).map(({ variable, values }) => [variable, values[0]?.printed]);

/** A table in another unit has to change in every figure. */
function groupChanges(solver: Solver, { kind, changes, table, exponent }: Group): Change[] {
  if (kind !== 'unit')
    return [...changes].map(([v, value]) => [v, writeAs(solver.model, v, value)]);
  const { model } = solver;
  const cells = model.layouts.filter((layout) => layout.table === table).flatMap((one) => [...one]);
  const printed = cells.filter((v) => model.value[v] !== 0n);
  return printed.map((v) => [v, writeAs(solver.model, v, scaled(model.value[v]!, -exponent!))]);
}

const scaled = (value: bigint, exponent: number) =>
  exponent < 0 ? value / 10n ** BigInt(-exponent) : value * 10n ** BigInt(exponent);
