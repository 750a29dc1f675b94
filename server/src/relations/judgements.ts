import type { Cell, Disclosure, Row } from '../disclosure/model';
import { noOutcomes, type Outcome } from './evaluate';
import type { Fact } from './fact';
import { judge, type FactGroup } from './facts';
import type { Unchecked } from './relation';
import type { Pack } from './rule';

/** What the factual rules say of a document, as its figures change. */
export class Judgements {
  private readonly groups: FactGroup[];
  /** The groups that looked at a cell, by their number. */
  private readonly byCell = new Map<Cell, Set<number>>();
  /** Those that hang on more than cells. */
  private readonly names: number[] = [];
  private readonly notes: number[] = [];
  private readonly counted = noOutcomes();
  private told: readonly Fact[] | undefined;
  private notJudged: readonly Unchecked[] | undefined;

  constructor(packs: readonly Pack[], disclosure: Disclosure) {
    this.groups = judge(packs, disclosure);
    for (const [number, group] of this.groups.entries()) {
      const { kind } = group.rule;
      if (kind === 'name') this.names.push(number);
      else if (kind === 'note') this.notes.push(number);
      this.enter(number, group);
    }
  }

  get facts(): readonly Fact[] {
    return (this.told ??= this.groups.flatMap(({ facts }) => facts));
  }

  /** What could not be judged, and why. */
  get unchecked(): readonly Unchecked[] {
    return (this.notJudged ??= this.groups.flatMap(({ unchecked }) => unchecked));
  }

  /** How many facts came out how. */
  get counts(): Readonly<Record<Outcome, number>> {
    return this.counted;
  }

  /** Judges again what hangs on cells that print something else, and on the rows they are in. */
  follow(changed: ReadonlySet<Cell>, rows: readonly Row[]): void {
    const concerned = new Set([...changed].flatMap((cell) => [...(this.byCell.get(cell) ?? [])]));
    if (rows.some(({ name, printedAs }) => name ?? printedAs)) {
      for (const number of this.names) concerned.add(number);
    }
    // A note that there are no figures.
    const tables = new Set([...changed].map(({ table }) => table.id));
    for (const number of this.notes) {
      const { facts } = this.groups[number]!;
      if (facts.some(({ id }) => tables.has(id.split(/[@/]/)[1]!))) concerned.add(number);
    }
    for (const number of concerned) this.judge(number);
  }

  /** Judges everything again: what is said in words may be another. */
  again(): void {
    for (const number of this.groups.keys()) this.judge(number);
  }

  private judge(number: number): void {
    const before = this.groups[number]!;
    for (const cell of before.seen) this.byCell.get(cell)?.delete(number);
    for (const { outcome } of before.facts) this.counted[outcome]--;
    this.enter(number, (this.groups[number] = before.again()));
    this.told = undefined;
    this.notJudged = undefined;
  }

  private enter(number: number, { seen, facts }: FactGroup): void {
    for (const cell of seen) {
      const known = this.byCell.get(cell);
      if (known) known.add(number);
      else this.byCell.set(cell, new Set([number]));
    }
    for (const { outcome } of facts) this.counted[outcome]++;
  }
}
