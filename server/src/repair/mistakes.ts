/** The solver's findings in terms of the document. */
import type { Amount } from '../disclosure/amount';
import { amountIn, type Cell, type Disclosure } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Candidate, CellGroup, Origin } from './cause';
import type { Plain } from './plain';
import type { Situation } from './solve/situation';
import type { Solved } from './solve/solved';
import type { Proposal } from './solve/proposal';
import { isWitnessed } from './witnesses';
import type { Finding, RankedGroup, Verdict as SolverVerdict } from './solve/finding';

/** Failing relations of one origin. */
export interface Mistake extends Origin {
  readonly verdict: SolverVerdict;
  readonly members: readonly Evaluation[];
  /** The same, those together that say the same of printed cells. */
  readonly alike: readonly (readonly Evaluation[])[];
  /** Cells that are wrong for certain, each with its one value. */
  readonly certain: readonly Candidate[];
}

/** Relations that have no solution together; without any one of them there is one. */
export interface Conflict {
  readonly members: readonly Evaluation[];
  /** The cell for which no amount is left. */
  readonly cell: Cell;
}

export interface Mistakes {
  readonly mistakes: readonly Mistake[];
  readonly conflicts: readonly Conflict[];
}

/** What explains the failing relations, and what is impossible only together. */
export function mistakesOf(
  { findings, conflicts }: Solved,
  plain: Plain,
  situation: Situation,
  disclosure: Disclosure,
): Mistakes {
  return new Translation(plain, situation, disclosure).run(findings, conflicts);
}

class Translation {
  private readonly known = new Map<Proposal, Candidate>();

  constructor(
    private readonly plain: Plain,
    private readonly situation: Situation,
    private readonly disclosure: Disclosure,
  ) {}

  run(findings: Solved['findings'], conflicts: Solved['conflicts']): Mistakes {
    return {
      mistakes: findings.map((finding) => this.mistake(finding)),
      // Else it is a tail, which is told of by itself.
      conflicts: conflicts
        .filter(({ proven }) => proven)
        .map(({ relations, variable }) => ({
          members: this.evaluations(relations),
          cell: this.cell(variable),
        })),
    };
  }

  private mistake(finding: Finding): Mistake {
    const { failing, sets, groups, complete } = finding;
    const alike = failing
      .map((index) => this.plain.evaluationsOf(index).filter(({ outcome }) => outcome === 'fails'))
      .filter((members) => members.length > 0);
    const { model } = this.situation;
    const certain = finding.certain.filter((proposal) =>
      isWitnessed(proposal, finding, this.plain, model),
    );
    const isLess = certain.length < finding.certain.length;
    return {
      verdict: isLess && finding.verdict === 'certain' ? 'likely' : finding.verdict,
      members: alike.flat(),
      alike,
      sets: sets.map(({ proposals, probability }) => ({
        candidates: proposals.map((proposal) => this.candidate(proposal)),
        probability,
      })),
      certain: certain.map((proposal) => this.candidate(proposal)),
      groups: groups.map((group) => this.group(group)),
      complete,
    };
  }

  private candidate(proposal: Proposal): Candidate {
    const known = this.known.get(proposal);
    if (known) return known;
    const { variable, interval, values, open, twin } = proposal;
    const cell = this.cell(variable);
    // Of what is bounded on one side alone a slip tells next to nothing.
    const isGuess = open && (interval.lo === undefined || interval.hi === undefined);
    const candidate: Candidate = {
      cell,
      values: (isGuess ? [] : values).map(({ value, slip }) => ({
        ...this.amount(variable, value),
        slip,
      })),
      ...(open && { open }),
      twin,
      interval: { ...interval, place: this.situation.model.scale[variable]! },
    };
    this.known.set(proposal, candidate);
    return candidate;
  }

  private group({
    kind,
    probability,
    changes,
    moved,
    table,
    exponent,
    row,
  }: RankedGroup): CellGroup {
    const named = table === undefined ? undefined : this.disclosure.tables.get(table);
    return {
      kind,
      probability,
      changes: new Map(
        [...changes].map(([variable, value]) => [
          this.cell(variable),
          this.amount(variable, value),
        ]),
      ),
      ...(moved && {
        moved: { cells: moved.variables.map((variable) => this.cell(variable)), by: moved.by },
      }),
      ...(named && { table: named }),
      ...(exponent !== undefined && { exponent }),
      ...(row !== undefined && { row }),
    };
  }

  private amount(variable: number, value: bigint): Amount {
    const { printStep, printPlace } = this.situation.model;
    return amountIn(this.cell(variable), value / printStep[variable]!, printPlace[variable]!);
  }

  private cell(variable: number): Cell {
    return this.plain.cell(variable);
  }

  private evaluations(relations: readonly number[]): Evaluation[] {
    return relations.flatMap((index) => this.plain.evaluationsOf(index));
  }
}
