/** Which relations of a document the solver takes, and as what. */
import type { Cell, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { push } from '../syntax/multimap';
import { isBinding } from './binding';
import { formOf, plainRelation } from './plainRelation';
import type { Relation } from './solve/problem';

/**
 * Relations that bind nothing (see {@link isBinding}) are left out: they would say something else there. With computed
 * cells read as what they are computed from, relations that say the same are one: one thing said twice is no second
 * witness.
 */
export class Taken {
  /** The network's number of each; and the other way round, -1 for one that is not among them. */
  readonly numbers: Int32Array;
  readonly positions: Int32Array;
  /** Further ones that say the same as one of them, by its number. */
  private readonly repeated = new Map<number, Evaluation[]>();
  /** The relations themselves where they are no longer those of the document, by the network's numbers. */
  private readonly expanded = new Map<number, Relation<Cell>>();

  /** @param open failing relations that prove nothing yet */
  constructor(
    private readonly network: Network,
    private readonly open: ReadonlyMap<Evaluation, Table>,
  ) {
    this.positions = new Int32Array(network.evaluations.length).fill(-1);
    this.numbers = Int32Array.from(this.areExpanded ? this.expand() : this.take());
  }

  /** Whether computed cells are read as what they are computed from. */
  get areExpanded(): boolean {
    return !this.network.expansion.isEmpty;
  }

  private isTaken(evaluation: Evaluation): boolean {
    return isBinding(evaluation) && !this.open.has(evaluation);
  }

  private take(): number[] {
    const taken: number[] = [];
    this.network.evaluations.forEach((evaluation, number) => {
      if (this.isTaken(evaluation)) this.positions[number] = taken.push(number) - 1;
    });
    return taken;
  }

  private expand(): number[] {
    const { network } = this;
    const forms = new Map<string, number>();
    const taken: number[] = [];
    network.evaluations.forEach((evaluation, number) => {
      const relation = this.isTaken(evaluation) ? plainRelation(evaluation, network) : undefined;
      if (!relation) return;
      const form = formOf(evaluation.relation, network.expansion);
      const known = forms.get(form);
      if (known === undefined) {
        this.expanded.set(number, relation);
        forms.set(form, taken.push(number) - 1);
      } else {
        this.replaceBySum(taken[known]!, relation);
        push(this.repeated, known, evaluation);
      }
      this.positions[number] = forms.get(form)!;
    });
    return taken;
  }

  /** One relation more that says what another one says: that a total is one of parts is worth knowing. */
  private replaceBySum(number: number, relation: Relation<Cell>): void {
    if (isSum(relation) && !isSum(this.expanded.get(number)!)) this.expanded.set(number, relation);
  }

  /** One of them, by the network's number, as it is said of printed cells. */
  relation(number: number): Relation<Cell> {
    return (
      this.expanded.get(number) ?? plainRelation(this.network.evaluations[number]!, this.network)!
    );
  }

  /** The relations of the document that one of them says. */
  evaluationsOf(index: number): readonly Evaluation[] {
    const first = this.network.evaluations[this.numbers[index]!]!;
    return [first, ...(this.repeated.get(index) ?? [])];
  }
}

const isSum = ({ kind }: Relation<Cell>) => kind === 'sum' || kind === 'added';
