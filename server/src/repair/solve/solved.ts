/** All that the solver says of a situation. */
import { uncertain, type Finding } from './finding';
import { conflictsIn, type Conflict } from './joint';
import type { Model } from './model';
import type { Situation } from './situation';
import { Solver, type Limits } from './solver';

/** In numbers: it holds for as long as no figure is another. */
export interface Solved {
  readonly findings: readonly Finding[];
  readonly conflicts: readonly Conflict[];
}

export function solved(situation: Situation, limits?: Limits): Solved {
  const { model } = situation;
  const findings = new Solver(situation, limits).findings();
  const conflicts = conflictsIn(situation, suspectedIn(model, findings));
  return { findings: besideConflicts(model, findings, conflicts), conflicts };
}

/** Variables of which some finding already says that they may be wrong. */
function suspectedIn(model: Model, findings: readonly Finding[]): Set<number> {
  const suspected = new Set<number>();
  for (const { sets, groups, failing } of findings) {
    for (const { proposals } of sets) for (const { variable } of proposals) suspected.add(variable);
    for (const { changes } of groups)
      for (const variable of changes.keys()) suspected.add(variable);
    if (sets.length > 0) continue;
    for (const index of failing) {
      for (const variable of model.relation(index).variables) suspected.add(variable);
    }
  }
  return suspected;
}

/** What shares a relation with figures that are impossible together may be wrong through those: nothing of it is certain. */
function besideConflicts(
  model: Model,
  findings: readonly Finding[],
  conflicts: readonly Conflict[],
): readonly Finding[] {
  const proven = conflicts.filter((conflict) => conflict.proven);
  if (proven.length === 0) return findings;
  const variablesOf = (index: number) => model.relation(index).variables;
  const known = new Set(proven.flatMap(({ relations }) => relations).flatMap(variablesOf));
  return findings.map((finding) => {
    const own = finding.certain.flatMap(({ variable }) => model.incident(variable));
    const isTouched = own.some(({ relation }) => variablesOf(relation).some((v) => known.has(v)));
    return isTouched ? { ...finding, ...uncertain(finding) } : finding;
  });
}
