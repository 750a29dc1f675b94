/**
 * Which relations speak of which figures, all by their numbers. A document has several relations for each of its
 * figures: as objects they would take ten times the room.
 */
export class Incidence {
  /** By figure, where its relations begin among those of all. */
  private readonly ofFigures: Int32Array;
  private readonly relations: Int32Array;
  private readonly places: Places;

  constructor(relations: PlaceList, count: number) {
    this.places = relations.places;
    const ends = new Int32Array(count + 1);
    this.eachOnce(count, (figure) => ends[figure + 1]!++);
    for (let figure = 0; figure < count; figure++) ends[figure + 1]! += ends[figure]!;
    this.relations = new Int32Array(ends[count]!);
    const next = ends.slice();
    this.eachOnce(count, (figure, relation) => (this.relations[next[figure]!++] = relation));
    this.ofFigures = ends;
  }

  /** How many relations there are. */
  get count(): number {
    return this.places.starts.length - 1;
  }

  /** How many figures there are. */
  get figures(): number {
    return this.ofFigures.length - 1;
  }

  /** The relations that speak of a figure, in their order. */
  of(figure: number): Int32Array {
    // One that has been met only since then stands in none.
    return this.relations.subarray(this.ofFigures[figure], this.ofFigures[figure + 1] ?? 0);
  }

  /** The figures of a relation, as often as they stand in it. */
  figuresOf(relation: number): Int32Array {
    const { starts, figures } = this.places;
    return figures.subarray(starts[relation], starts[relation + 1]);
  }

  /** How often each of these counts on the left less on the right; in a ratio 0. */
  coefficientsOf(relation: number): Int8Array {
    const { starts, coefficients } = this.places;
    return coefficients.subarray(starts[relation], starts[relation + 1]);
  }

  /** A figure may stand in a relation more than once. */
  private eachOnce(count: number, take: (figure: number, relation: number) => void): void {
    const { starts, figures } = this.places;
    const last = new Int32Array(count).fill(-1);
    for (let relation = 0; relation + 1 < starts.length; relation++) {
      for (let at = starts[relation]!; at < starts[relation + 1]!; at++) {
        const figure = figures[at]!;
        if (last[figure] === relation) continue;
        last[figure] = relation;
        take(figure, relation);
      }
    }
  }
}

interface Places {
  /** By relation, where its figures begin. */
  readonly starts: Int32Array;
  readonly figures: Int32Array;
  readonly coefficients: Int8Array;
}

/** The figures of one relation after the other. */
export class PlaceList {
  private readonly starts: Int32Array;
  private figures = new Int32Array(1 << 10);
  private coefficients = new Int8Array(1 << 10);
  private length = 0;
  private relation = 0;

  /** @param count of how many relations */
  constructor(count: number) {
    this.starts = new Int32Array(count + 1);
  }

  add(figure: number, coefficient: number): void {
    if (this.length === this.figures.length) {
      this.figures = grown(this.figures, Int32Array);
      this.coefficients = grown(this.coefficients, Int8Array);
    }
    this.figures[this.length] = figure;
    this.coefficients[this.length++] = coefficient;
  }

  /** What is added from now on is of the next relation. */
  end(): void {
    this.starts[++this.relation] = this.length;
  }

  get places(): Places {
    return {
      starts: this.starts.slice(0, this.relation + 1),
      figures: this.figures.slice(0, this.length),
      coefficients: this.coefficients.slice(0, this.length),
    };
  }
}

function grown<T extends Int32Array | Int8Array>(list: T, Kind: new (length: number) => T): T {
  const longer = new Kind(2 * list.length);
  longer.set(list);
  return longer;
}
