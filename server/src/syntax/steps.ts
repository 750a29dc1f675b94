/** Long work in steps: each `yield` is a place to stop at while nobody waits, and somebody types. */
export type Steps<T> = Generator<void, T>;

/** Does what is left of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
