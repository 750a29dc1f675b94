/** What stands behind a cause, as the report writes it (docs/cli.md). */
import { formatHalves } from '../disclosure/amount';
import type { Candidate, Cause, CellGroup } from '../repair/cause';
import { unitOfTable } from './groupMessage';
import { figureOf, pathOf, valueText } from './places';

export interface ReportExplanation {
  /** The cells located, or those that could be wrong, the likeliest first. */
  readonly candidates: readonly ReportCandidate[];
  /** The smallest sets of cells whose change lets every relation hold, the likeliest first. */
  readonly sets: readonly {
    readonly probability: number;
    readonly cells: readonly ReportCandidate[];
  }[];
  /** Single mistakes of several cells that explain it too. */
  readonly groups: readonly {
    readonly kind: CellGroup['kind'];
    readonly probability: number;
    readonly changes: readonly { readonly path: string; readonly value: string }[];
    readonly table: string | null;
    readonly unit: string | null;
    readonly row: string | null;
    readonly code: string | null;
  }[];
  /** False where the search ended early: there may be more. */
  readonly complete: boolean;
}

export interface ReportCandidate {
  readonly path: string;
  readonly printed: string;
  /** Between these the exact amount lies, by all relations; null where a side is open. */
  readonly interval: { readonly lo: string | null; readonly hi: string | null };
  /** Every value with which all relations hold, the likeliest first, and the slip that makes it what is printed. */
  readonly values: readonly { readonly value: string; readonly slip: string }[];
}

export function explanationOf({ candidates, sets, groups, complete }: Cause): ReportExplanation {
  return {
    candidates: candidates.map(candidateOf),
    sets: sets.map((set) => ({
      probability: rounded(set.probability),
      cells: set.candidates.map(candidateOf),
    })),
    groups: groups.map((group) => ({
      kind: group.kind,
      probability: rounded(group.probability),
      changes: [...group.changes].map(([cell, amount]) => ({
        path: pathOf(cell),
        value: valueText(amount, cell),
      })),
      table: group.table?.spec.key ?? null,
      unit: unitOfTable(group) ?? null,
      row: group.row ?? null,
      code: group.code ?? null,
    })),
    complete,
  };
}

function candidateOf({ cell, interval, values }: Candidate): ReportCandidate {
  const { lo, hi, place } = interval;
  const end = (value: bigint | undefined) =>
    value === undefined ? null : formatHalves(value, place, cell.unit.exponent);
  const [from, to] =
    cell.sign === 1
      ? [lo, hi]
      : [hi === undefined ? undefined : -hi, lo === undefined ? undefined : -lo];
  return {
    path: pathOf(cell),
    printed: figureOf(cell),
    interval: { lo: end(from), hi: end(to) },
    values: values.map((amount) => ({ value: valueText(amount, cell), slip: amount.slip.kind })),
  };
}

const rounded = (probability: number) => Math.round(probability * 1000) / 1000;
