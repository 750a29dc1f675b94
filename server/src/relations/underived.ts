import type { Cell } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { push } from '../syntax/multimap';
import { reasonOf, type Operand, type Reason, type Unchecked } from './relation';
import { isStructural } from './rounding';
import type { Address, BindingSource, Rule } from './rule';

/**
 * A derived cell that got no value.
 * - `undefined`: no relation computes it
 * - `cycle`: what computes it leads back to it
 * - `waiting`: it is computed as soon as what is not there yet is written
 * - `stuck`: it is computed from a cell that is said to be one of the first two
 */
export interface Underived {
  readonly cell: Cell;
  readonly state: 'undefined' | 'cycle' | 'waiting' | 'stuck';
  /** The cells that depend on each other in a circle. */
  readonly cycle: readonly Cell[];
  /** What is not there of what it is computed from, leaving out what other derived cells wait for. */
  readonly reasons: readonly Reason[];
}

/** One way to compute a cell: the figures that are needed for it. */
interface Way {
  readonly terms: readonly Operand[];
}

/** Why cells got no value; `ways` are those to compute a cell, best first. */
export function underivedOf(
  open: readonly Cell[],
  ways: ReadonlyMap<Cell, readonly Way[]>,
  unchecked: readonly Unchecked[],
): Underived[] {
  const unmade = new Unmade(unchecked);
  const reasons = new Map(open.map((cell) => [cell, reasonsOf(cell, ways, unmade)]));
  const waiting = computableOnce(open, ways, unmade);
  return open.map((cell): Underived => {
    const known = reasons.get(cell)!;
    if (waiting.has(cell)) return { cell, state: 'waiting', cycle: [], reasons: known };
    const cycle = cycleFrom(cell, ways);
    const state = cycle.length > 0 ? 'cycle' : ways.has(cell) ? 'stuck' : 'undefined';
    return { cell, state, cycle, reasons: known };
  });
}

function reasonsOf(
  cell: Cell,
  ways: ReadonlyMap<Cell, readonly Way[]>,
  unmade: Unmade,
): readonly Reason[] {
  const lacking = (ways.get(cell) ?? []).flatMap(({ terms }) =>
    terms.flatMap((term) => (isOpen(term.cell) ? [] : (reasonOf(term.cell) ?? []))),
  );
  return [...unmade.reasonsOf(cell), ...lacking];
}

/** The cells that have a value once everything that is not there, and not left to the server, is written. */
function computableOnce(
  open: readonly Cell[],
  ways: ReadonlyMap<Cell, readonly Way[]>,
  unmade: Unmade,
): ReadonlySet<Cell> {
  const users = new Map<Cell, Way[]>();
  const targets = new Map<Way, Cell>();
  const left = new Map<Way, number>();
  const ready: Cell[] = [];
  for (const cell of open) {
    if (unmade.reasonsOf(cell).length > 0) ready.push(cell);
    for (const way of ways.get(cell) ?? []) {
      const terms = way.terms.filter((term) => isOpen(term.cell));
      targets.set(way, cell);
      left.set(way, terms.length);
      if (terms.length === 0) ready.push(cell);
      for (const term of terms) push(users, term.cell, way);
    }
  }
  const computable = new Set<Cell>();
  for (let cell = ready.pop(); cell; cell = ready.pop()) {
    if (computable.has(cell)) continue;
    computable.add(cell);
    for (const way of users.get(cell) ?? []) {
      const count = left.get(way)! - 1;
      left.set(way, count);
      if (count === 0) ready.push(targets.get(way)!);
    }
  }
  return computable;
}

/** Follows the best way to compute a cell until it comes back to a cell it has been at. */
function cycleFrom(cell: Cell, ways: ReadonlyMap<Cell, readonly Way[]>): readonly Cell[] {
  const way: Cell[] = [];
  let here: Cell | undefined = cell;
  while (here && !way.includes(here)) {
    way.push(here);
    here = ways.get(here)?.[0]?.terms.find((term) => isOpen(term.cell))?.cell;
  }
  return here ? way.slice(way.indexOf(here)) : [];
}

/** Whether a cell is left to the server and has no value yet. */
export const isOpen = (cell: Cell): boolean =>
  cell.state === 'derived' && cell.amount === undefined;

/** Relations that could not be made, by the cells that they would compute. */
class Unmade {
  /** Whole rules: a table that they speak of is not there. */
  private readonly rules: readonly Unchecked[];
  /** Single instances, by the id of their target. */
  private readonly byTarget = new Map<string, Reason[]>();
  private readonly known = new Map<Cell, readonly Reason[]>();

  constructor(unchecked: readonly Unchecked[]) {
    const computing = unchecked.filter(({ rule }) => isComputing(rule));
    this.rules = computing.filter(({ id, rule }) => id === rule.id);
    for (const { id, rule, reason } of computing) {
      if (id !== rule.id) push(this.byTarget, id.slice(rule.id.length + 1), reason);
    }
  }

  reasonsOf(cell: Cell): readonly Reason[] {
    let reasons = this.known.get(cell);
    if (!reasons) {
      const whole = this.rules.filter(({ rule }) => wouldCompute(rule, cell));
      reasons = [...whole.map(({ reason }) => reason), ...(this.byTarget.get(cell.id) ?? [])];
      this.known.set(cell, reasons);
    }
    return reasons;
  }
}

const isComputing = ({ kind, base, constant }: Rule) =>
  (isStructural(kind) || kind === 'equal') && !base && constant === undefined;

/** Whether a rule says of a cell alone, on either of its sides, what it is equal to. */
function wouldCompute(rule: Rule, cell: Cell): boolean {
  const { kind, target, terms } = rule;
  if (target && isMeant(target, rule, cell)) return true;
  const [only, ...more] = terms;
  return kind === 'equal' && only !== undefined && more.length === 0 && isMeant(only, rule, cell);
}

function isMeant({ coefficient, table, row, column }: Address, rule: Rule, cell: Cell): boolean {
  if (coefficient !== 1 || column.by !== 'id' || !fits(column.name, rule, cell.column.id))
    return false;
  if (row.by === 'place') return row.name === '' && isPlace(rule, cell);
  if (table !== cell.table.spec.id || (row.by !== 'id' && row.by !== 'rolled')) return false;
  return fits(row.side ? `${row.side}.${row.name}` : row.name, rule, cell.row.id);
}

const isPlace = ({ at = [] }: Rule, { table, row }: Cell) =>
  at.some(
    (place) =>
      place.table === table.spec.id &&
      (place.row === '' ? place.side === row.section.id : place.row === row.id),
  );

/** Whether a name with `{binding}`s in it may stand for an id. */
function fits(name: string, { each }: Rule, id: string): boolean {
  if (!name.includes('{')) return name === id;
  const parts = name.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return escaped(part);
    const sources = each.find((bound) => bound.name === part)?.sources ?? [];
    return `(?:${sources.map(patternOf).join('|')})`;
  });
  return new RegExp(`^${parts.join('')}$`).test(id);
}

/** What a name may be bound to, whatever a table that is not there would have. */
function patternOf(source: BindingSource): string {
  if ('literal' in source) return escaped(source.literal);
  const { table, side, set } = source;
  const spec = vocabulary.tables.find(({ id }) => id === table);
  const levels = spec?.sections.find(({ id }) => id === side)?.codes?.levels ?? [];
  if (set !== 'codes' && set !== 'leaves' && set !== 'classes') return '[^.]+';
  const lengths = set === 'classes' ? levels.slice(0, 1) : levels;
  return `(?:${lengths.map((length) => `\\d{${length}}`).join('|')})`;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
