/**
 * Which figures are wrong, and what they should be: from a {@link Problem} to a {@link Solution}, both
 * plain data. See docs/solve.md.
 */
import { formatHalves } from '../../disclosure/amount';
import { writeAs } from './likelihood';
import { Model } from './model';
import { ProblemReader } from './problemReader';
import { ProblemError, type Problem } from './problem';
import { Situation } from './situation';
import type { Proposal } from './proposal';
import type { Finding, Verdict } from './finding';
import { solved } from './solved';
import type { Limits } from './solver';
import type { SlipKind } from './slips';
import type { Standing } from './state';
import type { GroupKind } from './groups/group';

export interface Solution {
  /** How every relation stands with the figures as printed. */
  readonly relations: readonly { readonly id: string; readonly standing: Standing }[];
  readonly findings: readonly WrittenFinding[];
  readonly conflicts: readonly WrittenConflict[];
}

export interface WrittenFinding {
  readonly verdict: Verdict;
  /** Failing relations that have one origin. */
  readonly relations: readonly string[];
  /** Figures that are wrong for certain, with their right values. */
  readonly certain: readonly { readonly variable: string; readonly value: string }[];
  /** The smallest sets whose change lets every relation hold, the likeliest first. */
  readonly sets: readonly {
    readonly weight: number;
    readonly probability: number;
    readonly variables: readonly WrittenProposal[];
  }[];
  /** One mistake that touched several figures and explains the same. */
  readonly groups: readonly {
    readonly kind: GroupKind;
    readonly probability: number;
    readonly table?: string;
    readonly exponent?: number;
    readonly row?: string;
    readonly changes: readonly { readonly variable: string; readonly value: string }[];
  }[];
  /** False where the search ended early: there may be more, so nothing is certain. */
  readonly complete: boolean;
}

export interface WrittenProposal {
  readonly variable: string;
  readonly printed: string;
  /** Between these the exact amount lies, by all relations; `null` where a side is open. */
  readonly interval: { readonly lo: string | null; readonly hi: string | null };
  /** Values that let everything hold, the likeliest first. */
  readonly values: readonly { readonly value: string; readonly slip: SlipKind }[];
  /** There are too many others: these are what slips make what is printed of. */
  readonly open?: true;
}

export interface WrittenConflict {
  /** Together they have no solution; without any one of them there is one. */
  readonly relations: readonly string[];
  readonly variable: string;
  /** False where it is explained by totals that were added up from rounded parts. */
  readonly proven: boolean;
}

/** @throws ProblemError where the problem cannot be read. */
export function solve(problem: Problem, limits: Limits = {}): Solution {
  // What is found is told by their names; those of variables the model tells apart itself.
  const ids = new Set<string>();
  for (const { id } of problem.relations) {
    if (ids.has(id)) throw new ProblemError('relation-twice', { id });
    ids.add(id);
  }
  return solutionOf(new Situation(Model.of(new ProblemReader(problem))), limits);
}

/** What there is to say of a situation. */
export function solutionOf(situation: Situation, limits: Limits = {}): Solution {
  const { model } = situation;
  const { findings, conflicts } = solved(situation, limits);
  const named = (relations: readonly number[]) =>
    relations.map((index) => model.relation(index).id);
  return {
    relations: Array.from({ length: model.count }, (_, index) => ({
      id: model.relation(index).id,
      standing: situation.standingOf(index),
    })),
    findings: findings.map((finding) => written(model, finding, named)),
    conflicts: conflicts.map(({ relations, variable, proven }) => ({
      relations: named(relations),
      variable: model.id(variable),
      proven,
    })),
  };
}

function written(
  model: Model,
  { verdict, failing, certain, sets, groups, complete }: Finding,
  named: (relations: readonly number[]) => string[],
): WrittenFinding {
  return {
    verdict,
    relations: named(failing),
    certain: certain.map(({ variable, values }) => ({
      variable: model.id(variable),
      value: values[0]!.printed,
    })),
    sets: sets.map(({ weight, probability, proposals }) => ({
      weight,
      probability: rounded(probability),
      variables: proposals.map((proposal) => writtenProposal(model, proposal)),
    })),
    groups: groups.map(({ kind, probability, table, exponent, row, changes }) => ({
      kind,
      probability: rounded(probability),
      ...(table !== undefined && { table }),
      ...(exponent !== undefined && { exponent }),
      ...(row !== undefined && { row }),
      changes: [...changes].map(([variable, value]) => ({
        variable: model.id(variable),
        value: writeAs(model, variable, value),
      })),
    })),
    complete,
  };
}

const rounded = (probability: number) => Math.round(probability * 1000) / 1000;

function writtenProposal(
  model: Model,
  { variable, interval, values, open }: Proposal,
): WrittenProposal {
  const [printed, unit] = [model.printed(variable), model.unitOf(variable)];
  const end = (value: bigint | undefined) =>
    value === undefined ? null : formatHalves(value, model.scale[variable]!, unit);
  return {
    variable: model.id(variable),
    printed,
    interval: { lo: end(interval.lo), hi: end(interval.hi) },
    values: values.map(({ printed: value, slip }) => ({ value, slip: slip.kind })),
    ...(open && { open }),
  };
}
