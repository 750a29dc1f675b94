import type { Cell, Problem } from '../disclosure/model';
import type { Fact } from '../relations/fact';
import type { Severity } from '../relations/rule';
import type { TextRange } from '../syntax/tree';
import type { Analysis, Settings } from './analysis';
import { isSaid } from './acceptance';
import { isLast } from './draft';
import { fingerprintOf, problemFingerprint } from './fingerprint';
import type { Finding } from './finding';
import { severityOf, type CauseView } from './findings';
import { factMessage, message, problemMessage, type Locale, type MessageKey } from './messages';
import { idsOf, labelOf, pathOf, pathTo } from './places';

/** What a finding about the writing, or about what is said, has beside its place. */
interface Written {
  readonly id: string;
  readonly rule: string;
  readonly kind: Finding['kind'];
  readonly class: Finding['class'];
  readonly severity: Exclude<Severity, 'off'>;
  readonly message: string;
  readonly path: string | null;
  readonly cell: Cell | undefined;
  readonly textRange: TextRange;
  readonly fingerprint: string;
}

export function problemSeverity({ code, cell, unread }: Problem, analysis: Analysis): Severity {
  const { rulebook, settings, network } = analysis;
  const rule = rulebook.rule(code);
  const severity = rule ? severityOf(rule, settings) : 'warning';
  // That a figure is not checked is more than a matter of style, unless the settings say otherwise.
  if (unread && severity === 'hint' && !settings.severities[code]) return 'information';
  // Somebody is still writing the table.
  const isDraft = cell && network?.leftBlank.has(cell) && isLast(cell.table, analysis);
  return isDraft && severity === 'error' ? 'warning' : severity;
}

/** A finding about how the file is written. */
export function problemView(
  analysis: Analysis,
  problem: Problem,
  severity: CauseView['severity'],
  locale: Locale,
): CauseView {
  const { tree, lines } = analysis;
  const { code, cell } = problem;
  const textRange = 'kind' in problem.at ? tree.rangeOf(problem.at) : problem.at;
  const { start } = lines.range(textRange);
  const cells = problem.cells?.map((other) => labelOf(other, locale)).join(' → ') ?? '';
  const words = Object.entries(problem.words ?? {}).map(([name, key]): [string, string] => [
    name,
    message(locale, key as MessageKey),
  ]);
  const args: Record<string, string> = {
    ...problem.args,
    ...Object.fromEntries(words),
    ...(cell && { cell: labelOf(cell, locale), cells }),
  };
  const view = viewOf(analysis, {
    id: `${code}@${cell?.id ?? `${start.line}:${start.character}`}`,
    rule: code,
    kind: 'input',
    class: 'input',
    severity,
    message: problemMessage(locale, code, args),
    path: cell ? pathOf(cell) : isSaid(problem) ? pathTo(problem.at, tree).join('/') : null,
    cell,
    textRange,
    fingerprint: problemFingerprint(problem, tree),
  });
  return { ...view, verdict: 'input', problem };
}

export function factSeverity({ rule, variant }: Fact, settings: Settings): CauseView['severity'] {
  const severity = severityOf(rule, settings) as CauseView['severity'];
  // What is left out of a list that need not be complete is worth knowing, and no more.
  if (variant === 'left-out' && severity !== 'hint') return 'information';
  // Texts that call things by names of their own may mean another thing by the name of a subject.
  return variant === 'elsewhere' && severity === 'error' ? 'warning' : severity;
}

/** A fact that does not hold. */
export function factView(
  analysis: Analysis,
  fact: Fact,
  severity: CauseView['severity'],
  locale: Locale,
): CauseView {
  const view = viewOf(analysis, {
    id: fact.id,
    rule: fact.rule.id,
    kind: fact.rule.kind,
    class: 'text',
    severity,
    message: factMessage(locale, fact),
    path: fact.path.join('/'),
    cell: undefined,
    textRange: analysis.tree.rangeOf(fact.at),
    fingerprint: fingerprintOf(fact),
  });
  return { ...view, verdict: 'text', fact };
}

function viewOf({ lines }: Analysis, written: Written): Omit<CauseView, 'verdict'> {
  const { id, rule, severity, message, path, cell, textRange } = written;
  const range = lines.range(textRange);
  const finding: Finding = {
    id,
    rule,
    kind: written.kind,
    class: written.class,
    outcome: 'fails',
    severity,
    message,
    path,
    cell: cell ? idsOf(cell) : null,
    range,
    printed: cell?.printed ?? null,
    computed: null,
    difference: null,
    allowed: null,
    unit: null,
    related: [],
    fingerprint: written.fingerprint,
  };
  const base = { id, severity, message, path, textRange, range, rule };
  return { ...base, findings: [finding], cause: undefined };
}
