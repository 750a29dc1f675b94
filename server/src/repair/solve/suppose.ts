import type { State } from './state';

/** Asks something while some figures are supposed to be others; they are as before afterwards. */
export function supposing<T>(state: State, changes: ReadonlyMap<number, bigint>, ask: () => T): T {
  const before = [...changes.keys()].map(
    (v) => [v, state.value[v]!, state.half[v]!, state.place[v]!] as const,
  );
  for (const [variable, value] of changes) state.suppose(variable, value);
  try {
    return ask();
  } finally {
    for (const [variable, value, half, place] of before) state.put(variable, value, half, place);
  }
}
