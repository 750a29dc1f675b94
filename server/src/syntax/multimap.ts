/** Adds a value to those that a map has of a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** Items by a key, in their order. */
export function groupBy<K, V>(items: Iterable<V>, keyOf: (item: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) push(groups, keyOf(item), item);
  return groups;
}

/**
 * Frees what short lists have reserved: one that has grown by `push` has room for sixteen items more. For
 * lists of which a document has as many as it has figures.
 */
export function trim<K, V>(lists: Map<K, V[]>): void {
  for (const [key, list] of lists) if (list.length > 1) lists.set(key, list.slice());
}
