import { codeProblems } from '../catalog/checks';
import { withMeantCodes } from '../catalog/miswritten';
import { forgetPlaces } from '../catalog/places';
import { isGuess } from '../disclosure/damage';
import type { Cell, Problem, Row } from '../disclosure/model';
import { DisclosureData } from '../disclosure/read';
import { rereadRow, rereadSection } from '../disclosure/reread';
import { cellProblem } from '../disclosure/writing';
import type { Localization } from '../repair/localization';
import type { SyntaxDocument } from '../syntax/incremental/document';
import { groupBy } from '../syntax/multimap';
import type { SyntaxTree } from '../syntax/tree';
import type { Analysis, Settings } from './analysis';
import {
  analyzeInParts,
  causesOf,
  countsOf,
  isConflict,
  syntaxProblems,
  type Parts,
} from './analyze';
import { carried, isPlaced, isSpokenOf } from './carried';
import { withoutMiscoded } from './miscodedCodes';
import { RowList } from './rowList';
import { unitProblems } from './unitProblems';

/** What is kept of an analysis to follow an edit with. */
interface Kept {
  readonly document: SyntaxDocument;
  readonly settings: Settings;
  readonly disclosure: DisclosureData;
  analysis: Analysis;
  readonly localization: Localization;
  readonly rows: RowList;
  /** Said of how the document is written: of its keys, of codes, of figures. */
  written: readonly Problem[];
  codes: readonly Problem[];
  /** Of what is said of the writing: what is said of a section of the narrative, by its id. */
  readonly bySection: Map<string, readonly Problem[]>;
  readonly invalid: Set<Cell>;
}

/**
 * Analyses a document that is being edited. Where an edit changed figures in one row of a table, all that
 * does not hang on them is kept: the result is the one that {@link analyzeInParts} would give. An
 * analysis is good until the next one: what it consists of is taken over.
 */
export class LiveAnalysis {
  private kept: Kept | undefined;

  constructor(private readonly path: string) {}

  analyze(document: SyntaxDocument, settings: Settings): Analysis {
    const { kept } = this;
    this.kept = undefined;
    const isKnown = kept?.document === document && areSame(kept.settings, settings);
    const followed = isKnown ? follow(kept, document.tree) : undefined;
    if (followed) {
      this.kept = kept;
      return followed;
    }
    const parts = analyzeInParts(this.path, document, settings);
    this.kept = keep(document, settings, parts);
    return parts.analysis;
  }

  /** What the next edit would have to do first, if there is time for it now. */
  prepare(): void {
    this.kept?.analysis.network?.prepare();
    this.kept?.localization.prepare();
  }
}

const areSame = (a: Settings, b: Settings) =>
  a.severities === b.severities && a.rulebook === b.rulebook && a.catalog === b.catalog;

/** Undefined where an edit has to be followed by doing everything anew. */
function keep(
  document: SyntaxDocument,
  settings: Settings,
  { analysis, written, codes, localization }: Parts,
): Kept | undefined {
  const { disclosure, network, tree } = analysis;
  if (!(disclosure instanceof DisclosureData) || !network || !localization) return undefined;
  if (!canFollow(tree, settings)) return undefined;
  if (disclosure.acceptances.length > 0 || network.underived.length > 0) return undefined;
  if (written.some(isPlaced)) return undefined;
  const invalid = new Set<Cell>();
  for (const cell of disclosure.cells()) {
    // A computed figure may hang on any other.
    if (cell.state === 'derived') return undefined;
    if (cell.state === 'invalid') invalid.add(cell);
  }
  const rows = new RowList(disclosure);
  return {
    ...{ document, settings, disclosure, analysis, localization, rows },
    ...{ written, codes, invalid, bySection: bySection(disclosure) },
  };
}

/** What is said of the writing of each section of the narrative, and of everything else. */
function bySection({ problems, sections, tree }: DisclosureData): Map<string, readonly Problem[]> {
  const places = [...sections].map(([id, entry]) => ({ id, ...tree.rangeOf(entry) }));
  return groupBy(problems, ({ at }) => {
    const { start } = 'kind' in at ? tree.rangeOf(at) : at;
    return places.find((place) => start >= place.start && start <= place.end)?.id ?? '';
  });
}

/** Of a tree that is a guess, or whose halves contradict each other, tables are not read by rows. */
const canFollow = (tree: SyntaxTree, settings: Settings) =>
  !tree.problems.some(isGuess) && !isConflict(tree, settings);

function follow(kept: Kept, tree: SyntaxTree): Analysis | undefined {
  const { disclosure, settings, analysis, rows } = kept;
  const { network, catalog } = analysis;
  if (!network || !canFollow(tree, settings)) return undefined;
  const change = rows.changed(tree.root);
  if (!change) return undefined;
  const changed = new Map<Cell, Cell>();
  const touched: Row[] = [];
  if (change.row) {
    const { before, after, place } = change.row;
    if (isSpokenOf(before, kept.written)) return undefined;
    const row = rereadRow(before, after, place, disclosure, tree);
    if (!row) return undefined;
    for (const [cell, old] of place.table.rewrite(row, place.entry)) changed.set(cell, old);
    touched.push(row);
  }
  change.accept();
  if (change.section) {
    const { id, entry } = change.section;
    const found = id === 'accepted' ? undefined : rereadSection(id, entry, disclosure, tree);
    if (!found || found.problems.some(isPlaced)) return undefined;
    for (const [cell, old] of found.changed) changed.set(cell, old);
    kept.bySection.set(id, found.problems);
    const problems = [...kept.bySection.values()].flat();
    disclosure.follow(tree, { id, entry, problems });
  } else disclosure.follow(tree);
  for (const cell of changed.keys()) {
    if (cell.state === 'derived') return undefined;
    if (cell.state === 'invalid') kept.invalid.add(cell);
    else kept.invalid.delete(cell);
  }
  const again = network.follow(changed, change.section ? 'told' : touched);
  if (!again) return undefined;
  kept.localization.follow(changed, again);
  forgetPlaces(disclosure);
  if (change.section) kept.written = withMeantCodes(disclosure.problems, disclosure, catalog);
  if (change.row) {
    const { before, after } = change.row;
    kept.codes = carried(kept.codes, before, after) ?? codeProblems(disclosure, catalog);
  } else if (change.section || kept.codes.some(isPlaced))
    kept.codes = codeProblems(disclosure, catalog);
  const causes = causesOf(kept.localization, network, disclosure, settings);
  return (kept.analysis = {
    ...analysis,
    tree,
    lines: kept.document.lines,
    causes,
    problems: [
      ...syntaxProblems(tree),
      ...kept.written,
      ...withoutMiscoded(kept.codes, causes),
      ...[...kept.invalid].flatMap((cell) => cellProblem(cell, tree) ?? []),
      ...unitProblems(disclosure, causes),
    ],
    counts: countsOf(network, []),
  });
}
