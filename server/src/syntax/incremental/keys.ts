import type { ScalarNode } from '../tree';
import { LINE, START, type LineEntry, type LineScalar } from './nodes';

/** Maps so small that comparing their keys pairwise costs less than an index. */
const SMALL = 8;

/** A repeated key, and the first of its like. */
export interface Repetition<K extends ScalarNode = ScalarNode> {
  readonly key: K;
  readonly first: K;
}

/** The keys of a map by their text, kept from one version of the map to the next. */
export class KeyIndex {
  private readonly keys = new Map<string, LineScalar | Set<LineScalar>>();
  private readonly repeated = new Set<string>();

  constructor(entries: readonly LineEntry[]) {
    for (const { key } of entries) this.add(key);
  }

  get hasRepetitions(): boolean {
    return this.repeated.size > 0;
  }

  add(key: LineScalar): void {
    const known = this.keys.get(key.text);
    if (known === undefined) this.keys.set(key.text, key);
    else if (known instanceof Set) known.add(key);
    else if (known !== key) {
      this.keys.set(key.text, new Set([known, key]));
      this.repeated.add(key.text);
    }
  }

  remove(key: LineScalar): void {
    const known = this.keys.get(key.text);
    if (known === key) this.keys.delete(key.text);
    else if (known instanceof Set && known.delete(key) && known.size === 1) {
      const [only] = known;
      this.keys.set(key.text, only!);
      this.repeated.delete(key.text);
    }
  }

  /** In the order of the text. */
  *repetitions(): Generator<Repetition<LineScalar>> {
    for (const text of this.repeated) {
      const keys = [...(this.keys.get(text) as Set<LineScalar>)].sort((a, b) => at(a) - at(b));
      const [first] = keys;
      for (const key of keys.slice(1)) yield { key, first: first! };
    }
  }
}

const at = (key: LineScalar) => key[LINE].start + key[START];

/** An index where one is needed: for a large map, or for one with repeated keys. */
export function indexed(entries: readonly LineEntry[]): KeyIndex | undefined {
  if (entries.length > SMALL || hasRepetitions(entries)) return new KeyIndex(entries);
  return undefined;
}

export function hasRepetitions(entries: readonly { readonly key: ScalarNode }[]): boolean {
  if (entries.length > SMALL) {
    return new Set(entries.map(({ key }) => key.text)).size < entries.length;
  }
  for (let i = 1; i < entries.length; i++) {
    const { text } = entries[i]!.key;
    for (let j = 0; j < i; j++) if (entries[j]!.key.text === text) return true;
  }
  return false;
}
