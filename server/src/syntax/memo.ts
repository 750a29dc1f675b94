/**
 * What is worked out of an object once, kept with it for as long as it lives. A `WeakMap` of a module would do,
 * but for what the collector makes of it: the map is old, so each collection of what is young takes all that
 * it was given for alive, and with it the documents that it is about.
 */
export class Memo<K extends object, V> {
  private readonly key = Symbol();

  get(object: K): V | undefined {
    return (object as Readonly<Record<symbol, V | undefined>>)[this.key];
  }

  /** A copy of the object does not have it. */
  set(object: K, value: V | undefined): void {
    Object.defineProperty(object, this.key, { value, configurable: true });
  }
}
