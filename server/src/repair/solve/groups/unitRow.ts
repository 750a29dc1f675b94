import { group, type Group, type Scene } from './group';

const FEWEST = 2;

/** 元 where 万元 are printed. */
const TIMES = 10_000n;

/**
 * A row all of whose figures are in another unit than its table, as one that was copied from a book of accounts.
 * One figure alone is a slip of its own.
 */
export function* unitRow(scene: Scene): Iterable<Group> {
  const { state, model } = scene;
  const tried = new Set<string>();
  for (const x of scene.suspects) {
    const spot = scene.layouts.spotOf(x);
    if (!spot || state.value[x] === 0n) continue;
    const { layout, row } = spot;
    const key = `${layout.id} ${row}`;
    if (tried.has(key)) continue;
    tried.add(key);
    if (!scene.afford(1)) return;
    const figures = layout.cellsIn(row).filter((v) => v >= 0 && state.value[v] !== 0n);
    if (figures.length < FEWEST) continue;
    const changes = figures.map((v) => [v, inUnit(state.value[v]!, model.printStep[v]!)] as const);
    if (changes.some(([, value]) => value === 0n)) continue;
    if (changes.every(([v, value]) => isFaint(value, model.printStep[v]!))) continue;
    const found = group(scene, 'unit-row', changes);
    if (found) yield found;
  }
}

/** So few last places may as well be a tail: whatever is too large in a sum would come to that. */
const isFaint = (value: bigint, step: bigint) => value < 10n * step && -value < 10n * step;

/** A ten-thousandth of an amount, rounded to a place. */
function inUnit(value: bigint, step: bigint): bigint {
  const size = TIMES * step;
  const magnitude = value < 0n ? -value : value;
  const rounded = ((2n * magnitude + size) / (2n * size)) * step;
  return value < 0n ? -rounded : rounded;
}
