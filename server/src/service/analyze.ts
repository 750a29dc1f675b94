import { builtInCatalog } from '../catalog/catalog';
import { codeProblems } from '../catalog/checks';
import { withMeantCodes } from '../catalog/miswritten';
import { useCatalog } from '../catalog/inForce';
import type { Disclosure, Problem } from '../disclosure/model';
import { readDisclosure } from '../disclosure/read';
import { hasMarker, isDisclosureName, languageOf } from '../disclosure/recognize';
import { Network } from '../relations/network';
import { noOutcomes } from '../relations/evaluate';
import type { Pack } from '../relations/rule';
import { builtInRulebook } from '../relations/rulebook';
import type { Cause } from '../repair/cause';
import { withDoubledRows } from '../repair/doubledRows';
import { withExchangedCodes } from '../repair/exchangedCodes';
import { withExchangedSides } from '../repair/exchangedSides';
import { Localization } from '../repair/localization';
import { withLostBlocks } from '../repair/lostBlocks';
import { withLostRows, type WithRows } from '../repair/lostRows';
import { withMiscoded, type Recode } from '../repair/miscoded';
import { withMovedRows } from '../repair/movedRows';
import { withRearranged } from '../repair/rearranged';
import { withWrongColumns, type WithAmounts } from '../repair/wrongColumns';
import { parse } from '../syntax/parse';
import { Memo } from '../syntax/memo';
import { SyntaxDocument } from '../syntax/incremental/document';
import type { SyntaxTree } from '../syntax/tree';
import { Acceptances, type Accepted } from './acceptance';
import type { Analysis, Counts, Settings, Source } from './analysis';
import { editCell, textFor } from './edits';
import { figureProblems } from './figureProblems';
import { movedEdits } from './movedText';
import { withoutQuotes } from './places';
import { problemsIn } from './problems';
import { syntaxProblems } from './syntaxProblems';
import { newRow } from './newRow';
import { notFilledIn } from './notFilled';
import { removalIn } from './repeatedEntry';
import { apply, type TextChange } from './textChanges';

/** Reads and evaluates one version of a file. Pure: the same text and settings give the same result. */
export function analyze(source: Source, settings: Settings): Analysis {
  const language = source.language ?? languageOf(source.path);
  return analyzeDocument(source.path, new SyntaxDocument(source.text, language), settings);
}

/** The same for a document that is being edited. The analysis is good until the next edit. */
const analyzeDocument = (path: string, document: SyntaxDocument, settings: Settings) =>
  analyzeInParts(path, document, settings).analysis;

/** An analysis with what an edit can be followed by. */
export interface Parts {
  readonly analysis: Analysis;
  /** Of its problems those about keys and the like, and those about codes. */
  readonly written: readonly Problem[];
  readonly codes: readonly Problem[];
  /** Undefined for what is no disclosure. */
  readonly localization: Localization | undefined;
}

export function analyzeInParts(
  path: string,
  { tree, lines }: SyntaxDocument,
  settings: Settings,
): Parts {
  const { rulebook = builtInRulebook, catalog = builtInCatalog } = settings;
  if (!isDisclosureName(path) && !hasMarker(tree)) {
    const analysis: Analysis = {
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
      counts: noOutcomes(),
    };
    return { analysis, written: [], codes: [], localization: undefined };
  }
  // Of two sides of a conflict neither can be checked, nor both together.
  const conflict = isConflict(tree, settings);
  const { disclosure, acceptances, network } = evaluateTree(tree, settings);
  const localization = new Localization(network, disclosure);
  const causes = locateCauses(localization, network, disclosure, settings);
  const written = conflict ? [] : withMeantCodes(disclosure.problems, disclosure, catalog);
  const codes = conflict ? [] : codeProblems(disclosure, catalog);
  const problems = conflict
    ? syntaxProblems(tree)
    : acceptances.problems(
        problemsIn({
          written,
          codes,
          figures: figureProblems(disclosure, network),
          disclosure,
          network,
          causes,
        }),
        network,
        settings,
      );
  const { accepted } = acceptances;
  const analysis: Analysis = {
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
    counts: countsOf(network, accepted, notFilledIn(causes, { disclosure, tree }).size),
  };
  return { analysis, written, codes, localization };
}

/** Reads a tree and evaluates the relations in it. */
export function evaluateTree(tree: SyntaxTree, settings: Settings) {
  const disclosure = readDisclosure(tree);
  useCatalog(disclosure, settings.catalog ?? builtInCatalog);
  const acceptances = new Acceptances(disclosure);
  const network = new Network(packsFor(tree, settings), disclosure, acceptances.accept);
  return { disclosure, acceptances, network };
}

/** What does not hold, by what it comes from: wrong figures, wrong codes, and rows that were lost. */
export function locateCauses(
  localization: Localization,
  network: Network,
  disclosure: Disclosure,
  settings: Settings,
): Cause[] {
  const { tree } = disclosure;
  const changed = (edits: readonly TextChange[]) =>
    evaluateTree(parse(apply(tree.text, edits), tree.language), settings);
  const recoded: Recode = (codes) =>
    changed(
      Array.from(codes, ([place, newText]) => ({
        range: withoutQuotes(tree.rangeOf(place), tree),
        newText,
      })),
    ).network;
  const exchanged = withExchangedCodes(localization.causes(), network, disclosure, recoded);
  const causes = withMiscoded(exchanged, network, disclosure, recoded);
  const rowsMore: WithRows = (rows) => {
    const edits = rows.flatMap(
      ({ table, row, figures }) => newRow(table, row, figures, tree) ?? [],
    );
    return edits.length === rows.length ? changed(edits) : undefined;
  };
  const withBlocks = withLostBlocks(causes, network, disclosure, rowsMore);
  const withRows = withLostRows(withBlocks, network, disclosure, rowsMore);
  const withMoved = withMovedRows(withRows, network, disclosure, (lost, from, row) => {
    const edit = newRow(lost.table, lost.row, lost.figures, tree);
    const removal = removalIn(from, row.entry!, tree);
    return edit && removal && changed([edit, removal]).network;
  });
  const withAmounts: WithAmounts = (amounts) => {
    const edits = Array.from(amounts, ([cell, amount]) =>
      editCell(cell, textFor(amount, cell), tree),
    );
    const written = edits.flatMap((edit) => edit ?? []);
    return written.length === edits.length ? changed(written).network : undefined;
  };
  const withColumns = withWrongColumns(withMoved, network, disclosure, withAmounts);
  const withDoubles = withDoubledRows(withColumns, network, disclosure, (table, row) => {
    const removal = removalIn(table, row.entry!, tree);
    return removal && changed([removal]).network;
  });
  const withSides = withExchangedSides(withDoubles, network, disclosure, withAmounts);
  return withRearranged(withSides, network, (group) => {
    const edits = movedEdits(group, tree);
    return edits ? changed(edits).network : withAmounts(group.changes);
  });
}

export function isConflict({ problems }: SyntaxTree, { severities }: Settings): boolean {
  return (
    severities['syntax.conflict'] !== 'off' &&
    problems.some(({ code }) => code === 'syntax.conflict')
  );
}

/**
 * Relations and facts by how they came out.
 * @param open how many fail only because a table is not filled in yet
 */
export function countsOf(network: Network, accepted: readonly Accepted[], open: number): Counts {
  const counts = network.outcomes;
  counts.fails -= open;
  counts.unchecked += open;
  counts.accepted += accepted.filter(({ found }) => 'code' in found).length;
  return counts;
}

/** The rules in force for a document: none where a conflict leaves open what it says. */
export function packsFor(tree: SyntaxTree, settings: Settings): readonly Pack[] {
  return isConflict(tree, settings) ? [] : enabled(settings);
}

const known = new Memo<Settings, readonly Pack[]>();

function enabled(settings: Settings): readonly Pack[] {
  let packs = known.get(settings);
  if (!packs) {
    const { severities, rulebook = builtInRulebook } = settings;
    packs = rulebook.packs.map(({ id, rules }) => ({
      id,
      rules: rules.filter((rule) => (severities[rule.id] ?? rule.severity) !== 'off'),
    }));
    known.set(settings, packs);
  }
  return packs;
}
