import { append } from '../../../syntax/arrays';
import { push } from '../../../syntax/multimap';
import { wantedValues } from '../options';
import { supposing } from '../suppose';
import { isOneFigure } from './field';
import type { Group, Scene } from './group';
import { copiesOf } from './repeated';

/** A figure that stands in fewer places, or breaks fewer relations, is searched for among all the others. */
const FEWEST = 3;

/** So many values that a failing relation would accept are tried. */
const MOST_VALUES = 4;

/**
 * A wrong figure that was carried to table after table: correcting it everywhere breaks nothing, and lets all hold
 * that it stands in but for the little where another figure is wrong besides. Of each such mistake, the figures
 * that may be the wrong one, those first that leave the fewest tails.
 */
export function carried(scene: Scene): Group[][] {
  const found: Trial[] = [];
  for (const places of figures(scene)) {
    for (const value of wantedBy(scene, places)) {
      const copies = new Map<string, readonly number[]>();
      for (const { variable } of places) {
        const same = copiesOf(scene.state, variable, value, false);
        copies.set(same.join(), same);
      }
      // What nothing binds together may still hang on both.
      const everywhere = changed(scene, [...new Set([...copies.values()].flat())], value);
      const apart = copies.size > 1 ? [...copies.values()] : [];
      const trials = everywhere ? [everywhere] : apart.map((same) => changed(scene, same, value));
      append(
        found,
        trials.filter((trial) => trial !== undefined),
      );
    }
  }
  found.sort((a, b) => b.plain - a.plain);
  return rivals(found.map(({ group }) => group));
}

/** A variable and a failing relation that it stands in. */
interface Place {
  readonly variable: number;
  readonly index: number;
}

/** Where each figure stands that fails in many places. */
function figures({ model, state, failing }: Scene): Place[][] {
  const byFigure = new Map<string, Place[]>();
  for (const index of failing) {
    const relation = model.relation(index);
    if (relation.kind === 'ratio') continue;
    for (const variable of relation.variables) {
      if (!state.isNonZero(variable) || !model.isFree(variable)) continue;
      push(byFigure, `${state.value[variable]} ${model.scale[variable]}`, { variable, index });
    }
  }
  const isMany = (all: readonly number[]) => new Set(all).size >= FEWEST;
  return [...byFigure.values()].filter(
    (places) =>
      isMany(places.map(({ variable }) => variable)) && isMany(places.map(({ index }) => index)),
  );
}

/** What the failing relations would accept instead. */
function wantedBy(scene: Scene, places: readonly Place[]): ReadonlySet<bigint> {
  const values = new Set<bigint>();
  for (const { variable, index } of places) {
    if (!scene.afford(4)) break;
    const own = wantedValues(scene.state, variable, new Set(), new Set([index]));
    for (const value of own.slice(0, MOST_VALUES)) values.add(value);
  }
  return values;
}

interface Trial {
  readonly group: Group;
  /** How many relations it lets hold without a tail. */
  readonly plain: number;
}

/** What a figure of its own may still fail beside all that is mended: a small part of it. */
const LARGEST_REST = 0.25;

function changed(scene: Scene, figures: readonly number[], value: bigint): Trial | undefined {
  const { model, state, verifier } = scene;
  if (figures.length < FEWEST || !figures.every((variable) => model.isFree(variable))) {
    return undefined;
  }
  const touched = verifier.relationsOf(figures);
  const failing = new Set(scene.failing.filter((index) => touched.includes(index)));
  if (failing.size < FEWEST || !scene.afford(2 * figures.length)) return undefined;
  const changes = new Map([...figures].sort((a, b) => a - b).map((variable) => [variable, value]));
  const standings = supposing(state, changes, () => touched.map((index) => state.judge(index)));
  const left = touched.filter((_, at) => standings[at] === 'fails');
  const explains = [...failing].filter((index) => !left.includes(index));
  if (!left.every((index) => failing.has(index))) return undefined;
  if (explains.length < FEWEST || left.length > LARGEST_REST * explains.length) return undefined;
  if (isOneFigure(scene, explains)) return undefined;
  const plain = standings.filter((standing) => standing === 'holds').length;
  return { group: { kind: 'repeated', changes, explains }, plain };
}

/** Of groups that have failing relations in common, those that explain the most; none where they contradict. */
function rivals(found: readonly Group[]): Group[][] {
  let left = [...found].sort((a, b) => b.explains.length - a.explains.length);
  const told: Group[][] = [];
  for (let first = left[0]; first; first = left[0]) {
    const own = new Set(first.explains);
    const shares = ({ explains }: Group) => explains.some((index) => own.has(index));
    const isWithin = ({ explains }: Group) => explains.every((index) => own.has(index));
    const rival = left.filter(shares);
    if (rival.every(isWithin)) {
      told.push(rival.filter(({ explains }) => explains.length === own.size));
    }
    left = left.filter((group) => !rival.includes(group));
  }
  return told;
}
