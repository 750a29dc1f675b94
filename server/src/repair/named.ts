/** Of several blanks the one of which another place says that it is none. */
import { isSameAmount, type Amount } from '../disclosure/amount';
import {
  isBlankLine,
  isLeftToWrite,
  isNonZero,
  type Cell,
  type Disclosure,
} from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import type { Network } from '../relations/network';
import { isOverNothing } from '../relations/ratio';
import { valueOfAlike } from './alikeNames';
import type { Candidate } from './cause';
import { UNTOLD } from './incomplete';

export interface Named {
  readonly candidate: Candidate;
  /** What is said of it, which is right as soon as it is filled in. */
  readonly facts: ReadonlySet<Fact>;
}

/**
 * The one figure that a sentence leaves blank; else the one blank among candidates that a list of a text names; else
 * the one that would print what another place prints which it must not exceed; over which a ratio is printed; which is
 * what another table prints of the same subject, or of one of another classification by the same name; that is written
 * with its key, where others of its column are left out. Undefined where there is none, or more than one.
 */
export function namedBlank(
  network: Network,
  disclosure: Disclosure,
  candidates: readonly Candidate[],
): Named | undefined {
  const blanks = candidates.filter(({ cell, values }) => isUnsaid(cell) && areAmounts(values));
  const part = openPart(candidates);
  if (part) return { candidate: part, facts: new Set() };
  if (blanks.length === 0) return undefined;
  const lines = blanks.filter(({ cell }) => isBlankLine(cell));
  const lists = network.facts.filter(
    ({ outcome, rule }) => outcome === 'fails' && rule.kind === 'list',
  );
  const saying = ({ cell }: Candidate) => lists.filter(({ cells }) => cells.includes(cell));
  const candidate =
    only(lines.filter((blank) => saying(blank).length > 0)) ??
    only(lines.flatMap((blank) => withReached(network, blank) ?? [])) ??
    only(lines.filter((blank) => isDividing(network, blank, lines))) ??
    repeated(candidates, disclosure) ??
    alike(lines, disclosure) ??
    keptKey(candidates, lines);
  return candidate && { candidate, facts: new Set(saying(candidate)) };
}

const only = <T>(found: readonly T[]) => (found.length === 1 ? found[0] : undefined);

/** Whether a written row of a table prints nothing in a cell, be its key written or not. */
export const isUnsaid = (cell: Cell) =>
  isBlankLine(cell) ||
  (cell.state === 'blank' && isOfSubject(cell) && cell.table.spec.section === undefined);

/** Whether it is a cell of a subject that a table lists, rather than of a line of its form. */
export const isOfSubject = ({ row: { code, entry, spec } }: Cell) =>
  code !== undefined && entry !== undefined && spec === undefined;

const areAmounts = (values: Candidate['values']) =>
  values.length > 0 && values.every(({ units }) => units > 0n);

/** Whether a ratio is printed although it is over this blank, of all blanks, and nothing else. */
function isDividing(network: Network, { cell }: Candidate, blanks: readonly Candidate[]): boolean {
  return network.opened('fails').some((member) => {
    const sources = sourcesOfNothing(member, network);
    const open = blanks.filter((blank) => sources.has(blank.cell));
    return sources.has(cell) && open.length === 1;
  });
}

/** What the base of a ratio is computed from, if it comes to nothing. */
export function sourcesOfNothing(
  { relation }: Evaluation,
  { expansion }: Network,
): ReadonlySet<Cell> {
  const { base } = relation;
  if (!base || !isOverNothing(relation)) return new Set();
  return new Set([...base.map(({ cell }) => cell), ...expansion.sourcesOf(base)]);
}

/** The blank that would print what another table prints of its subject, with that value first. */
function repeated(candidates: readonly Candidate[], disclosure: Disclosure): Candidate | undefined {
  const found = printedOfSubject(candidates, disclosure);
  return found?.cell.state === 'blank' ? found : undefined;
}

/** The only figure that would print what another table prints of its subject, with that value first. */
function printedOfSubject(
  candidates: readonly Candidate[],
  disclosure: Disclosure,
): Candidate | undefined {
  return only(
    candidates.flatMap((candidate) => {
      const value = repeatedValue(candidate, disclosure);
      return value ? [withFirst(candidate, [value])] : [];
    }),
  );
}

function repeatedValue({ cell, values }: Candidate, { tables }: Disclosure) {
  if (!isOfSubject(cell)) return undefined;
  const elsewhere = [...tables.values()].flatMap((table) => {
    const row = table === cell.table ? undefined : table.rows.get(cell.row.id);
    if (!row || table.spec.section !== undefined) return [];
    return [...row.values.keys()].flatMap((column) => table.cell(row.id, column)?.amount ?? []);
  });
  return values.find(
    (value) => value.units !== 0n && elsewhere.some((amount) => isSameAmount(value, amount)),
  );
}

/** The blank that would print what another table prints under the same name, with that value first. */
function alike(lines: readonly Candidate[], disclosure: Disclosure): Candidate | undefined {
  return only(
    lines.flatMap((line) => {
      const value = valueOfAlike(line, disclosure);
      return value ? withFirst(line, [value]) : [];
    }),
  );
}

/** The same of a figure that is printed, or what another table prints of its subject. */
export function printedAlike(
  candidates: readonly Candidate[],
  disclosure: Disclosure,
): Candidate | undefined {
  const printed = candidates.filter(({ cell }) => cell.state === 'amount');
  return alike(printed, disclosure) ?? printedOfSubject(printed, disclosure);
}

/** The only blank whose key is written, where other rows leave it out, and where no digits tell of a figure. */
function keptKey(
  candidates: readonly Candidate[],
  lines: readonly Candidate[],
): Candidate | undefined {
  const kept = only(lines.filter(({ cell }) => isOfSubject(cell)));
  return kept && !candidates.some(isTold) ? kept : undefined;
}

const isTold = ({ cell, values: [value] }: Candidate) =>
  cell.state !== 'blank' && value !== undefined && !UNTOLD.has(value.slip.kind);

/** The only figure that a sentence leaves blank, where no digits tell of one that is written. */
function openPart(candidates: readonly Candidate[]): Candidate | undefined {
  const open = only(candidates.filter(({ cell }) => isLeftToWrite(cell)));
  return open && open.values.length > 0 && !candidates.some(isTold) ? open : undefined;
}

function withFirst(candidate: Candidate, first: Candidate['values']): Candidate {
  const rest = candidate.values.filter((value) => !first.includes(value));
  return { ...candidate, values: [...first, ...rest] };
}

/** With the value first that a figure prints which limits a blank; undefined where it would be none. */
function withReached(network: Network, candidate: Candidate): Candidate | undefined {
  const { cell, values } = candidate;
  const limits = network.of(cell).flatMap(({ outcome, relation }) => {
    const { comparator, left, right, base } = relation;
    if (
      outcome === 'fails' ||
      comparator === 'eq' ||
      base ||
      left.length !== 1 ||
      right.length !== 1
    )
      return [];
    const [limit] = [left[0]!.cell, right[0]!.cell].filter((one) => one !== cell);
    return limit?.amount && isNonZero(limit) ? limit.amount : [];
  });
  const isLimit = (value: Amount) => limits.some((limit) => isSameAmount(value, limit));
  const reached = values.filter(isLimit);
  if (reached.length === 0) return undefined;
  return withFirst(candidate, reached);
}
