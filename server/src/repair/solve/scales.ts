/** The place in whose halves figures are kept that are added to or compared with each other. */
import type { Figure } from './reader';

type Places = Pick<Figure, 'units' | 'place' | 'printPlace'>;

/** Sets of figures bound to each other, and the finest place that one of each set is, or would be, printed to. */
export class Scales {
  private readonly parent: Int32Array;
  /** By set: how many of its figures are printed to a place. */
  private readonly places = new Map<number, Map<number, number>>();
  private readonly finest = new Map<number, number>();

  constructor(count: number) {
    this.parent = Int32Array.from({ length: count }, (_, number) => number);
  }

  bind(figures: ArrayLike<number>): void {
    if (figures.length === 0) return;
    const root = this.root(figures[0]!);
    for (let at = 1; at < figures.length; at++) this.parent[this.root(figures[at]!)] = root;
  }

  /** Takes a figure in, when all are bound. */
  enter(number: number, figure: Places): void {
    this.count(this.root(number), figure, 1);
  }

  /** All have been taken in. */
  settle(): void {
    for (const [root, places] of this.places) this.finest.set(root, finestOf(places));
  }

  of(number: number, place: number): number {
    return this.finest.get(this.root(number)) ?? place;
  }

  /** False where all that is bound to a figure has another scale by that: it has to be read anew. */
  replace(number: number, before: Places, after: Places): boolean {
    const root = this.root(number);
    this.count(root, before, -1);
    this.count(root, after, 1);
    return finestOf(this.places.get(root)) === (this.finest.get(root) ?? Infinity);
  }

  private count(root: number, { units, place, printPlace }: Places, times: number): void {
    // A zero carries no digit: its place is no finer than what it is added to.
    for (const each of [units === 0n ? undefined : place, printPlace]) {
      if (each === undefined) continue;
      let places = this.places.get(root);
      if (!places) this.places.set(root, (places = new Map<number, number>()));
      places.set(each, (places.get(each) ?? 0) + times);
    }
  }

  private root(number: number): number {
    let root = number;
    while (this.parent[root] !== root) root = this.parent[root]!;
    // A long sum makes long ways.
    for (let at = number; at !== root;) {
      const next = this.parent[at]!;
      this.parent[at] = root;
      at = next;
    }
    return root;
  }
}

function finestOf(places: ReadonlyMap<number, number> = new Map()): number {
  let finest = Infinity;
  for (const [place, count] of places) if (count > 0 && place < finest) finest = place;
  return finest;
}
