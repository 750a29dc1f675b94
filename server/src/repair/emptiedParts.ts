/** Sums that are printed over lines, or beside columns, none of which is filled in: told once for their table. */
import { isNonZero, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { tableWithin } from '../relations/relation';
import { isStructural } from '../relations/rounding';
import { groupBy } from '../syntax/multimap';
import type { CandidateSet, Cause } from './cause';

/** Of one line alone its sum says what it is, and one sum is told by itself. */
const FEWEST = 2;

/** The same with one cause for a table of which several sums stand alone, unless it is told what each is made of. */
export function withEmptiedParts(causes: readonly Cause[]): Cause[] {
  const told = new Map<Cause, Cause>();
  for (const [table, emptied] of groupBy(causes.filter(isOfEmptied), ({ cell }) => cell.table)) {
    const own = hasSeveralFigures(emptied[0]!) ? emptied.filter(isUndecided) : emptied;
    if (own.length < FEWEST || !own.some(isUndecided)) continue;
    const one = ofTable(table, own);
    for (const cause of own) told.set(cause, one);
  }
  return [...new Set(causes.map((cause) => told.get(cause) ?? cause))];
}

const isUndecided = ({ verdict }: Cause) => verdict === 'undecided';

/** Whether the parts stand beside their sum, in the same row: what is told of one row says nothing of the others. */
const hasSeveralFigures = ({ cell: { table, row } }: Cause) =>
  table.columnsOf(row.section).length > 1;

const isOfEmptied = ({ members, at, cell }: Cause): boolean =>
  at === undefined && members.every((member) => tableOver(member) === cell.table);

/** The table in which a sum is printed over blank lines and nothing else. */
function tableOver({ relation, outcome }: Evaluation): Table | undefined {
  const { rule, left, right, base } = relation;
  const [total, ...more] = left;
  if (outcome !== 'fails' || base || !total || more.length > 0 || !isStructural(rule.kind))
    return undefined;
  const { cell } = total;
  if (cell.state !== 'amount' || !isNonZero(cell) || cell.table.spec.section !== undefined)
    return undefined;
  const isBlank = right.every((part) => part.cell.state === 'blank' && part.cell.row.entry);
  return isBlank && right.length >= FEWEST ? tableWithin(relation) : undefined;
}

function ofTable(table: Table, causes: readonly Cause[]): Cause {
  const [first] = causes;
  const members = causes.flatMap((cause) => cause.members);
  const total = members[0]!.relation.left[0]!.cell;
  // What is told of one line is still worth writing.
  const sets = causes.flatMap(({ verdict, candidates }): CandidateSet[] =>
    verdict === 'undecided' ? [] : [{ candidates, probability: 1 }],
  );
  const group = { kind: 'unfinished', probability: 1, changes: new Map<never, never>() } as const;
  return {
    ...first!,
    id: `emptied:${table.id}`,
    verdict: 'undecided',
    cell: total,
    members,
    candidates: [],
    sets,
    groups: [{ ...group, table, total, isEmptied: true }],
  };
}
