import { codeProblems } from '../catalog/checks';
import { problemsIn } from './problems';
import { withMeantCodes } from '../catalog/miswritten';
import { forgetPlaces } from '../catalog/places';
import { BrokenLines, linesInDoubt } from '../disclosure/damage';
import type { Cell, Problem, Row } from '../disclosure/model';
import { tablesByKey } from '../disclosure/ownKeys';
import { DisclosureData } from '../disclosure/disclosureData';
import { rereadRow, rereadSection, type RowPlace } from '../disclosure/reread';
import { cellProblem } from '../disclosure/writing';
import type { Localization } from '../repair/localization';
import type { SyntaxDocument } from '../syntax/incremental/document';
import { groupBy } from '../syntax/multimap';
import type { SyntaxTree, TextRange } from '../syntax/tree';
import type { Analysis, Settings } from './analysis';
import { analyzeInParts, locateCauses, countsOf, isConflict, type Parts } from './analyze';
import { carried, isPlaced, isSpokenOf } from './carried';
import { notFilledIn } from './notFilled';
import { RowList, type ChangedRow } from './rowList';

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
  /** Rows that a broken line keeps from being read, and where they are. */
  readonly broken: Map<Row, RowPlace>;
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

  /**
   * A part of what the next edit would have to do first, if there is time for it now. Tells whether there is
   * more: of a huge document each part takes its time.
   */
  prepare(): boolean {
    if (!this.kept) return false;
    return this.kept.analysis.network?.prepare() === true || this.kept.localization.prepare();
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
  if (!canFollow(tree, settings) || hasTableTwice(tree)) return undefined;
  if (disclosure.acceptances.length > 0 || network.underived.length > 0) return undefined;
  if (written.some(isPlaced)) return undefined;
  const invalid = new Set<Cell>();
  for (const cell of disclosure.unusual()) {
    // A computed figure may hang on any other.
    if (cell.state === 'derived') return undefined;
    if (cell.state === 'invalid') invalid.add(cell);
  }
  const rows = new RowList(disclosure);
  const broken = new Map<Row, RowPlace>();
  for (const range of linesInDoubt(tree)!) {
    const inLines = rows.at(range, tree);
    // A key that is just being typed belongs to no row yet.
    if (!inLines || inLines.length === 0) return undefined;
    for (const { before, place } of inLines) {
      const found = [...place.table.rows.values()].find(({ entry }) => entry === before);
      // More than its lines is damaged.
      if (!found?.broken) return undefined;
      broken.set(found, place);
    }
  }
  for (const table of disclosure.tables.values()) {
    if (table.spec.sections.some(({ id }) => table.isIncomplete(id))) return undefined;
  }
  const kept = { document, settings, disclosure, analysis, localization, rows, written, codes };
  return { ...kept, invalid, broken, bySection: bySection(disclosure) };
}

/** Which of two tables of one name counts, hangs on what both say. */
function hasTableTwice({ root }: SyntaxTree): boolean {
  const ids = (root?.kind === 'map' ? root.entries : []).flatMap(
    ({ key }) => tablesByKey.get(key.text)?.id ?? [],
  );
  return new Set(ids).size < ids.length;
}

/** What is said of the writing of each section of the narrative, and of everything else. */
function bySection({ problems, sections, tree }: DisclosureData): Map<string, readonly Problem[]> {
  const places = [...sections].map(([id, entry]) => ({ id, ...tree.rangeOf(entry) }));
  return groupBy(problems, ({ at }) => {
    const { start } = 'kind' in at ? tree.rangeOf(at) : at;
    return places.find((place) => start >= place.start && start <= place.end)?.id ?? '';
  });
}

/** Whether a tree can be followed, of which the broken lines are known. */
const canFollow = (tree: SyntaxTree, settings: Settings) =>
  linesInDoubt(tree) !== undefined && !isConflict(tree, settings);

/** The rows to be read anew, by their entries: those that changed, that are broken, or that were. */
function staleRows(
  { rows, broken }: Kept,
  changed: readonly ChangedRow[],
  tree: SyntaxTree,
  lines: readonly TextRange[],
) {
  const stale = new Map(changed.map((row) => [row.before, row]));
  const known = new Set(changed.map(({ after }) => after));
  for (const range of lines) {
    const inLines = rows.at(range, tree);
    if (!inLines || inLines.length === 0) return undefined;
    for (const row of inLines) if (!known.has(row.after)) stale.set(row.before, row);
  }
  for (const [{ entry }, known] of broken) {
    const place = rows.again(known);
    if (!entry || !place) return undefined;
    if (!stale.has(entry)) stale.set(entry, { before: entry, after: entry, place });
  }
  return [...stale.values()];
}

function follow(kept: Kept, tree: SyntaxTree): Analysis | undefined {
  const { disclosure, settings, analysis } = kept;
  const { network, catalog } = analysis;
  const lines = linesInDoubt(tree);
  if (!network || !lines || isConflict(tree, settings)) return undefined;
  const change = kept.rows.follow(tree.root);
  const stale = change && staleRows(kept, change.rows, tree, lines);
  if (!stale) return undefined;
  while (network.prepare());
  const { section } = change;
  const changed = new Map<Cell, Cell>();
  const touched: Row[] = [];
  let isRenamed = false;
  kept.broken.clear();
  const broken = lines.length > 0 ? new BrokenLines(tree, lines) : undefined;
  for (const { before, after, place } of stale) {
    if (isSpokenOf(before, kept.written)) return undefined;
    const fresh = rereadRow(before, after, place, disclosure, tree, broken);
    const row = fresh && place.table.rows.get(fresh.id);
    if (!row) return undefined;
    if (row.name?.text !== fresh.name?.text) {
      isRenamed = true;
      touched.push({ ...row });
    }
    for (const [cell, old] of place.table.rewrite(fresh, place.entry)) changed.set(cell, old);
    touched.push(row);
    if (row.broken) kept.broken.set(row, place);
  }
  if (section) {
    const { id, entry } = section;
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
  const again = network.follow(changed, section ? 'told' : touched);
  if (!again) return undefined;
  kept.localization.follow(changed, again);
  forgetPlaces(disclosure);
  if (section) kept.written = withMeantCodes(disclosure.problems, disclosure, catalog);
  const isKept = !section && !isRenamed;
  kept.codes =
    (isKept ? carriedAll(kept.codes, stale) : undefined) ?? codeProblems(disclosure, catalog);
  const causes = locateCauses(kept.localization, network, disclosure, settings);
  return (kept.analysis = {
    ...analysis,
    tree,
    lines: kept.document.lines,
    causes,
    problems: problemsIn({
      written: kept.written,
      codes: kept.codes,
      figures: [...kept.invalid].flatMap((cell) => cellProblem(cell, tree) ?? []),
      disclosure,
      network,
      causes,
    }),
    counts: countsOf(network, [], notFilledIn(causes, { disclosure, tree }).size),
  });
}

/** What was said of codes, when rows are written anew; undefined where it has to be said anew. */
function carriedAll(
  problems: readonly Problem[],
  rows: readonly ChangedRow[],
): readonly Problem[] | undefined {
  if (problems.some(isPlaced)) return undefined;
  let all: readonly Problem[] | undefined = problems;
  for (const { before, after } of rows) {
    if (before !== after) all = all && carried(all, before, after);
  }
  return all;
}
