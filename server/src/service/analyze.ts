import { builtInCatalog, type Catalog } from '../catalog/catalog';
import { codeProblems, withNearestCodes } from '../catalog/checks';
import { useCatalog } from '../catalog/inForce';
import type { Disclosure, Problem } from '../disclosure/model';
import { readDisclosure } from '../disclosure/read';
import { hasMarker, isDisclosureName, languageOf } from '../disclosure/recognize';
import { cellProblem } from '../disclosure/writing';
import { Network } from '../relations/network';
import type { Outcome } from '../relations/evaluate';
import type { Pack } from '../relations/rule';
import { builtInRulebook } from '../relations/rulebook';
import { findCauses } from '../repair/causes';
import { SyntaxDocument } from '../syntax/incremental/document';
import type { SyntaxTree } from '../syntax/tree';
import { Acceptances } from './acceptance';
import { noCounts, type Analysis, type Counts, type Settings, type Source } from './analysis';
import { unitProblems } from './unitProblems';

/** Reads and evaluates one version of a file. Pure: the same text and settings give the same result. */
export function analyze(source: Source, settings: Settings): Analysis {
  const language = source.language ?? languageOf(source.path);
  return analyzeDocument(source.path, new SyntaxDocument(source.text, language), settings);
}

/** The same for a document that is being edited. The analysis is good until the next edit. */
export function analyzeDocument(
  path: string,
  { tree, lines }: SyntaxDocument,
  settings: Settings,
): Analysis {
  const { rulebook = builtInRulebook, catalog = builtInCatalog } = settings;
  if (!isDisclosureName(path) && !hasMarker(tree)) {
    const counts = countOutcomes([]);
    return {
      tree,
      lines,
      settings,
      rulebook,
      catalog,
      disclosure: undefined,
      network: undefined,
      causes: [],
      problems: [],
      accepted: [],
      counts,
    };
  }
  const disclosure = readDisclosure(tree);
  useCatalog(disclosure, catalog);
  // Of two sides of a conflict neither can be checked, nor both together.
  const conflict =
    settings.severities['syntax.conflict'] !== 'off' &&
    tree.problems.some(({ code }) => code === 'syntax.conflict');
  const acceptances = new Acceptances(disclosure);
  const packs = conflict ? [] : enabled(rulebook.packs, settings);
  const network = new Network(packs, disclosure, acceptances.accept);
  const causes = findCauses(network, disclosure);
  const problems = conflict
    ? syntaxProblems(tree)
    : acceptances.problems(
        [...allProblems(disclosure, network, catalog), ...unitProblems(disclosure, causes)],
        network,
        settings,
      );
  const { accepted } = acceptances;
  return {
    tree,
    lines,
    settings,
    rulebook,
    catalog,
    disclosure,
    network,
    causes,
    problems,
    accepted,
    counts: countOutcomes([
      ...network.evaluations.map(({ outcome }) => outcome),
      ...network.facts.map(({ outcome }) => outcome),
      ...network.unchecked.map((): Outcome => 'unchecked'),
      ...accepted.filter(({ found }) => 'code' in found).map((): Outcome => 'accepted'),
    ]),
  };
}

function enabled(packs: readonly Pack[], { severities }: Settings): Pack[] {
  return packs.map(({ id, rules }) => ({
    id,
    rules: rules.filter((rule) => (severities[rule.id] ?? rule.severity) !== 'off'),
  }));
}

function allProblems(disclosure: Disclosure, { underived }: Network, catalog: Catalog): Problem[] {
  const { tree, problems } = disclosure;
  return [
    ...syntaxProblems(tree),
    ...withNearestCodes(problems, disclosure, catalog),
    ...codeProblems(disclosure, catalog),
    ...[...disclosure.cells()]
      .filter(({ state }) => state === 'invalid')
      .flatMap((cell) => cellProblem(cell, tree) ?? []),
    ...underived.map(({ cell, cycle }) => ({
      code: cycle.length > 0 ? 'input.derived-cycle' : 'input.derived-undefined',
      at: cell.node!,
      args: {},
      cell,
      cells: cycle,
    })),
  ];
}

function syntaxProblems({ problems }: SyntaxTree): Problem[] {
  return problems.map(({ code, range, args, related, fixes }): Problem => ({
    code,
    at: range,
    args,
    ...(related && { related }),
    ...(fixes && {
      fixes: fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map(({ range: at, newText }) => ({ at, newText })),
      })),
    }),
  }));
}

function countOutcomes(outcomes: readonly Outcome[]): Counts {
  const counts = noCounts();
  for (const outcome of outcomes) counts[outcome]++;
  return counts;
}
