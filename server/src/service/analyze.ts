import type { Cell, Disclosure, Problem } from '../disclosure/model';
import { readDisclosure } from '../disclosure/read';
import { hasMarker, isDisclosureName, languageOf } from '../disclosure/recognize';
import { Network } from '../relations/network';
import { builtInPacks } from '../relations/packs';
import type { Outcome } from '../relations/evaluate';
import type { Pack } from '../relations/rule';
import { findCauses } from '../repair/causes';
import { LineIndex } from '../syntax/lines';
import { parse } from '../syntax/parse';
import type { Analysis, Counts, Settings, Source } from './analysis';

/** Reads and evaluates one version of a file. Pure: the same text and settings give the same result. */
export function analyze(source: Source, settings: Settings): Analysis {
  const tree = parse(source.text, source.language ?? languageOf(source.path));
  const lines = new LineIndex(source.text);
  if (!isDisclosureName(source.path) && !hasMarker(tree)) {
    const counts = countOutcomes([]);
    return {
      tree,
      lines,
      settings,
      disclosure: undefined,
      network: undefined,
      causes: [],
      problems: [],
      counts,
    };
  }
  const disclosure = readDisclosure(tree);
  const network = new Network(enabled(builtInPacks, settings), disclosure);
  return {
    tree,
    lines,
    settings,
    disclosure,
    network,
    causes: findCauses(network),
    problems: allProblems(disclosure, network),
    counts: countOutcomes([
      ...network.evaluations.map(({ outcome }) => outcome),
      ...network.unchecked.map((): Outcome => 'unchecked'),
    ]),
  };
}

function enabled(packs: readonly Pack[], { severities }: Settings): Pack[] {
  return packs.map(({ id, rules }) => ({
    id,
    rules: rules.filter((rule) => (severities[rule.id] ?? rule.severity) !== 'off'),
  }));
}

function allProblems(disclosure: Disclosure, { underived }: Network): Problem[] {
  const { tree, problems } = disclosure;
  const syntax = tree.problems.map(({ code, range, args, related }): Problem => ({
    code,
    at: range,
    args,
    ...(related && { related }),
  }));
  return [
    ...syntax,
    ...problems,
    ...[...disclosure.cells()].filter(({ state }) => state === 'invalid').map(notAnAmount),
    ...underived.map(({ cell, cycle }) => ({
      code: cycle.length > 0 ? 'input.derived-cycle' : 'input.derived-undefined',
      at: cell.node!,
      args: {},
      cell,
      cells: cycle,
    })),
  ];
}

function notAnAmount(cell: Cell): Problem {
  const at = cell.node ?? cell.entry!.key;
  return { code: 'input.not-an-amount', at, args: { printed: cell.printed }, cell };
}

function countOutcomes(outcomes: readonly Outcome[]): Counts {
  const counts = { holds: 0, rounding: 0, fails: 0, empty: 0, unchecked: 0, accepted: 0 };
  for (const outcome of outcomes) counts[outcome]++;
  return counts;
}
