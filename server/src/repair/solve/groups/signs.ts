import { group, type Group, type Scene } from './group';

const FEWEST = 2;

/**
 * A row or a column all of whose figures have the wrong sign. One relation alone says too little for that,
 * and a limit says nothing: whatever is negative keeps it.
 */
export function* signs(scene: Scene): Iterable<Group> {
  const { state, model, failing } = scene;
  const equalities = failing.filter((index) => {
    const relation = model.relation(index);
    return relation.kind === 'ratio' || relation.comparator === 'eq';
  });
  if (equalities.length < FEWEST) return;
  const tried = new Set<string>();
  for (const x of scene.suspects) {
    const spot = scene.layouts.spotOf(x);
    if (!spot || state.value[x] === 0n) continue;
    const { layout, row, column } = spot;
    const lines = [
      [`${layout.id} row ${row}`, layout.cellsIn(row)],
      [`${layout.id} column ${column}`, layout.cellsBelow(column)],
    ] as const;
    for (const [key, cells] of lines) {
      if (tried.has(key)) continue;
      tried.add(key);
      if (!scene.afford(1)) return;
      const figures = cells.filter((v) => v >= 0 && state.value[v] !== 0n);
      // Of a mixture nobody turned all the signs.
      if (new Set(figures.map((v) => state.value[v]! < 0n)).size > 1) continue;
      const found = group(
        scene,
        'signs',
        figures.map((v) => [v, -state.value[v]!] as const),
      );
      if (found) yield found;
    }
  }
}
