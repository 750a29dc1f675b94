import type { Cell, Disclosure } from '../disclosure/model';
import type { Network } from '../relations/network';
import type { Cause } from './cause';
import { causesFrom } from './causes';
import { findMistakes } from './mistakes';
import { Plain } from './plain';
import { Model } from './solve/model';
import { Situation } from './solve/situation';

/**
 * Finds out what is wrong with a document; while that is being edited, what the solver knows of its
 * figures is kept, so that an edit costs what it touches.
 */
export class Localization {
  private kept: { readonly plain: Plain; readonly situation: Situation } | undefined;

  constructor(
    private readonly network: Network,
    private readonly disclosure: Disclosure,
  ) {}

  /** Everything that does not plainly hold, by what it comes from. */
  causes(): Cause[] {
    const { network, disclosure } = this;
    if (network.counts.fails === 0 && network.counts.rounding === 0) return [];
    const { plain, situation } = (this.kept ??= this.read());
    return causesFrom(network, findMistakes(plain, situation, disclosure));
  }

  /** Takes the whole document in, so that the first figure that goes wrong need not wait for that. */
  prepare(): void {
    this.kept ??= this.read();
    this.kept.situation.layouts.prepare();
  }

  /**
   * After cells print something else, given with what they were before, and the network has evaluated
   * relations again, given by their numbers.
   */
  follow(cells: ReadonlyMap<Cell, Cell>, again: Iterable<number>): void {
    if (!this.kept) return;
    const { plain, situation } = this.kept;
    this.kept = undefined;
    const changed = plain.follow(cells, again);
    if (!changed) return;
    const { numbers } = situation.model;
    const variables = new Map([...changed].map(([id, variable]) => [numbers.get(id)!, variable]));
    if (situation.reprint(variables)) this.kept = { plain, situation };
  }

  private read() {
    const plain = new Plain(this.network, this.disclosure);
    return { plain, situation: new Situation(new Model(plain.problem)) };
  }
}
