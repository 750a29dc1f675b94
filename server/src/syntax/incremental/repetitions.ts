import type { KeyIndex } from './keys';
import type { Place } from './levels';
import { KEYS, RowMap } from './nodes';

/** The indexes of the maps of a document that have repeated keys. */
export class Repetitions {
  readonly indexes = new Set<KeyIndex>();

  /**
   * Forgets those of maps that change, between two places, or are gone. Those that stay are kept by
   * {@link keep} when they are put together again.
   */
  forget(
    root: RowMap | undefined,
    left: readonly Place[] | undefined,
    right: readonly Place[] | undefined,
  ): void {
    if (!left && !right) {
      if (root) this.forgetMap(root, new Set());
      return;
    }
    // Their last entries stay.
    const open = new Set(right?.map(({ map }) => map));
    const kept = new Map(left?.map(({ map, index }) => [map, index]));
    for (const { map, index } of right ?? []) this.forgetPart(map, kept.get(map) ?? 0, index, open);
    for (const { map, index } of left ?? []) {
      if (!open.has(map)) this.forgetPart(map, index, map.entries.length, open);
    }
  }

  /** Takes in maps that are new or used again. */
  keep(maps: readonly RowMap[]): void {
    for (const { [KEYS]: keys } of maps) {
      if (keys?.hasRepetitions) this.indexes.add(keys);
      else if (keys) this.indexes.delete(keys);
    }
  }

  private forgetMap(map: RowMap, open: ReadonlySet<RowMap>): void {
    this.forgetPart(map, 0, map.entries.length, open);
  }

  private forgetPart(map: RowMap, from: number, to: number, open: ReadonlySet<RowMap>): void {
    if (map[KEYS]) this.indexes.delete(map[KEYS]);
    for (let i = from; i < to; i++) {
      const { value } = map.entries[i]!;
      if (value instanceof RowMap && !open.has(value)) this.forgetMap(value, open);
    }
  }
}
