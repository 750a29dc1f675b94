/** What one mistake of several figures explains is told once, whichever relations it was found by. */
import { firstValues } from './proposal';
import type { Situation } from './situation';
import type { Finding, RankedGroup } from './finding';
import { supposing } from './suppose';

/** From this share of probability on, a group stands for its finding. */
const LEADING = 0.49;

/**
 * Findings that a group of another one explains as well become part of that one, and so do those that tell of
 * the same wrong figure in other places. What is certain stays, unless a group says otherwise.
 */
export function toldOnce(situation: Situation, found: readonly Finding[]): Finding[] {
  const findings = found.map((finding) => contested(finding, found));
  const open = new Set(findings);
  const told = new Map<Finding, Finding>();
  for (const finding of findings) {
    let own = finding;
    const group = leadingGroup(finding);
    if (!group || !open.has(finding) || finding.certain.length > 0) continue;
    for (const other of open) {
      if (other === finding || other.certain.length > 0) continue;
      const joined = absorbed(own, other) ?? joinedCopies(situation, own, other);
      if (!joined) continue;
      own = joined;
      open.delete(other);
    }
    told.set(finding, own);
  }
  return [...open].map((finding) => told.get(finding) ?? finding);
}

/** What a mistake of several figures in another finding explains too, and by another figure, is open. */
function contested(finding: Finding, all: readonly Finding[]): Finding {
  const isOther = ({ changes, explains }: RankedGroup) =>
    finding.certain.some(({ variable, values }) => {
      const value = changes.get(variable);
      return value !== undefined && value !== values[0]!.value;
    }) && finding.failing.every((index) => explains.includes(index));
  const isContested = all.some((other) => other !== finding && other.groups.some(isOther));
  return isContested ? { ...finding, certain: [], verdict: 'undecided' } : finding;
}

function leadingGroup({ sets, groups: [group] }: Finding): RankedGroup | undefined {
  return group && (sets.length === 0 || group.probability >= LEADING) ? group : undefined;
}

function absorbed(own: Finding, other: Finding): Finding | undefined {
  const explains = new Set(leadingGroup(own)!.explains);
  if (!other.failing.every((index) => explains.has(index))) return undefined;
  return { ...own, failing: [...own.failing, ...other.failing] };
}

/** One wrong figure was copied to the places of both, where that explains both. */
function joinedCopies(situation: Situation, own: Finding, other: Finding): Finding | undefined {
  const group = leadingGroup(own)!;
  if (group.kind !== 'repeated') return undefined;
  const change = changeOf(situation, [...group.changes][0]!);
  const isSame = (changes: ReadonlyMap<number, bigint>) =>
    changes.size > 0 && [...changes].every((entry) => changeOf(situation, entry) === change);
  // Of a figure of which nothing is told it is not known what it was to be.
  const told = other.sets.filter(({ proposals }) => proposals.every(({ values }) => values[0]));
  const same = [
    ...other.groups.map(({ changes }) => changes),
    ...told.map(({ proposals }) => firstValues(proposals)),
  ].find(isSame);
  if (!same) return undefined;
  const changes = new Map([...group.changes, ...same].sort(([a], [b]) => a - b));
  const failing = [...own.failing, ...other.failing];
  if (!explains(situation, changes, failing)) return undefined;
  const joined = { ...group, changes, explains: [...new Set([...group.explains, ...failing])] };
  return { ...own, failing, groups: [joined, ...own.groups.slice(1)] };
}

/** In halves of one place: the same figure may be printed in several units. */
function changeOf({ model, state }: Situation, [variable, value]: readonly [number, bigint]) {
  const power = model.scale[variable]!;
  return `${state.value[variable]} → ${value} e${power}`;
}

function explains(
  { model, state }: Situation,
  changes: ReadonlyMap<number, bigint>,
  failing: readonly number[],
): boolean {
  const touched = [...changes.keys()].flatMap((variable) =>
    model.incident(variable).map(({ relation }) => relation),
  );
  const holds = (index: number) => state.judge(index) !== 'fails';
  return supposing(state, changes, () => [...failing, ...touched].every(holds));
}
