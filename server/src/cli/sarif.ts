import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inLocale, type Locale } from '../service/messages';
import type { FileReport, ReportCause, ReportFinding } from '../service/report';
import type { LineRange } from '../syntax/lines';
import { ruleOf, type Outcome } from './outcome';
import { notDisclosure } from './text';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** SARIF has no level below a note. */
const LEVELS = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
  off: 'none',
} as const;

/**
 * The outcome as a SARIF 2.1.0 log with one run. A result is a cause, as in the editor; what the file
 * accepts is a result that is suppressed in source. What was not checked, and why, is a notification:
 * a result would be taken for a finding.
 */
export function sarif(outcome: Outcome): object {
  const rules = new Rules(outcome);
  const reports = outcome.files.map(({ report }) => report);
  const read = reports.filter((report) => report.status !== 'unreadable');
  const results = read.flatMap((report) => {
    const findings = new Map(report.findings.map((finding) => [finding.id, finding]));
    return [
      ...report.causes.map((cause) => {
        const members = cause.members.map((id) => findings.get(id)!);
        return resultOf(cause, members, report.path, rules);
      }),
      ...report.accepted.map((accepted) => acceptedOf(accepted, report.path, rules)),
    ];
  });
  const notifications = read.flatMap((report) => notCheckedOf(report, rules, outcome.locale));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'gouji',
            version: outcome.version,
            semanticVersion: outcome.version,
            rules: rules.descriptors,
          },
        },
        language: outcome.locale === 'en' ? 'en' : 'zh-CN',
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { uri: `${pathToFileURL(process.cwd()).toString()}/` } },
        invocations: [
          {
            executionSuccessful: outcome.exitCode !== 2,
            exitCode: outcome.exitCode,
            toolExecutionNotifications: notifications,
            toolConfigurationNotifications: outcome.told.map(({ level, text }) => ({
              level,
              message: { text },
            })),
          },
        ],
        artifacts: reports.map(({ path }) => ({
          location: locationOf(path),
          roles: ['analysisTarget'],
        })),
        results,
      },
    ],
  };
}

/** The rules that are spoken of, each once. */
class Rules {
  readonly descriptors: object[] = [];
  private readonly indexes = new Map<string, number>();

  constructor(private readonly outcome: Outcome) {}

  /** Its place among the descriptors; undefined for what is no rule, such as a section. */
  indexOf(id: string): number | undefined {
    const known = this.indexes.get(id);
    if (known !== undefined) return known;
    const rule = ruleOf(this.outcome, id);
    if (!rule) return undefined;
    const index = this.descriptors.length;
    this.descriptors.push({
      id,
      shortDescription: { text: inLocale(rule.title, this.outcome.locale) },
      defaultConfiguration: { enabled: rule.severity !== 'off', level: LEVELS[rule.severity] },
    });
    this.indexes.set(id, index);
    return index;
  }

  titleOf(id: string): string {
    const rule = ruleOf(this.outcome, id);
    return rule ? inLocale(rule.title, this.outcome.locale) : id;
  }
}

function resultOf(
  cause: ReportCause,
  findings: readonly ReportFinding[],
  path: string,
  rules: Rules,
): object {
  const related = uniqueOf(findings.flatMap((finding) => finding.related)).filter(
    ({ range }) => !isSame(range, cause.range),
  );
  return {
    ...ruleReference(cause.rule, rules),
    level: LEVELS[cause.severity as keyof typeof LEVELS],
    message: { text: cause.message },
    locations: [placeOf(path, cause.range, cause.path)],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ range, path: cell, printed }, id) => ({
        id,
        ...placeOf(path, range, cell),
        message: { text: printed === '' ? cell : `${cell}: ${printed}` },
      })),
    }),
    partialFingerprints: { 'goujiFindings/v1': findings.map(identityOf).sort().join(' ') },
    ...fixesOf(findings, path),
    properties: { verdict: cause.verdict },
  };
}

function acceptedOf(
  { rule, path: cell, range, reason, entry }: FileReport['accepted'][number],
  path: string,
  rules: Rules,
): object {
  return {
    ...ruleReference(rule, rules),
    level: 'note',
    message: { text: rules.titleOf(rule) },
    locations: [placeOf(path, range, cell)],
    suppressions: [
      {
        kind: 'inSource',
        status: 'accepted',
        justification: reason,
        location: placeOf(path, entry, null),
      },
    ],
  };
}

/** What was not checked of a file: relations, sections and keys with the reason, or the file itself. */
function notCheckedOf(
  { path, status, unchecked }: FileReport,
  rules: Rules,
  locale: Locale,
): object[] {
  const location = { physicalLocation: { artifactLocation: locationOf(path) } };
  if (status === 'ignored') {
    const message = { text: `${path}: ${notDisclosure(locale)}` };
    return [{ level: 'note', message, locations: [location] }];
  }
  return unchecked.map(({ rule, path: cell, reason, message }) => ({
    level: 'note',
    descriptor: { id: reason },
    ...associated(rule, rules),
    message: { text: message },
    locations: [{ ...location, ...logical(cell) }],
  }));
}

/** The same wherever the finding moves to in the file, so that an old one is known again. */
const identityOf = ({ id, rule, cell, fingerprint }: ReportFinding) =>
  cell === null ? `${rule}@${fingerprint}` : id;

const associated = (id: string, rules: Rules) => {
  const index = rules.indexOf(id);
  return index === undefined ? {} : { associatedRule: { id, index } };
};

const ruleReference = (ruleId: string, rules: Rules) => {
  const ruleIndex = rules.indexOf(ruleId);
  return ruleIndex === undefined ? { ruleId } : { ruleId, ruleIndex };
};

/** The findings of a cause have their fixes in common. */
function fixesOf(findings: readonly ReportFinding[], path: string): object {
  const fixes = (findings[0]?.fixes ?? []).filter(({ edits }) => edits.length > 0);
  if (fixes.length === 0) return {};
  return {
    fixes: fixes.map(({ title, edits }) => ({
      description: { text: title },
      artifactChanges: [
        {
          artifactLocation: locationOf(path),
          replacements: edits.map(({ range, newText }) => ({
            deletedRegion: regionOf(range),
            insertedContent: { text: newText },
          })),
        },
      ],
    })),
  };
}

function placeOf(path: string, range: LineRange, cell: string | null): object {
  return {
    physicalLocation: { artifactLocation: locationOf(path), region: regionOf(range) },
    ...logical(cell),
  };
}

const logical = (cell: string | null) =>
  cell === null ? {} : { logicalLocations: [{ fullyQualifiedName: cell }] };

/** Lines and columns from 1; the end is behind the last character. */
const regionOf = ({ start, end }: LineRange) => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

const ROOT = 'ROOT';

/** Relative to the folder of the run, where it lies below it: reports are read on other machines. */
function locationOf(path: string): object {
  const inside = relative(process.cwd(), resolve(path));
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    return { uri: pathToFileURL(resolve(path)).toString() };
  }
  return { uri: inside.split(sep).map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

function uniqueOf(related: readonly ReportFinding['related'][number][]) {
  const seen = new Set<string>();
  return related.filter(({ path, range }) => {
    const key = `${path} ${range.start.line}:${range.start.character}`;
    return !seen.has(key) && seen.add(key);
  });
}

const isSame = (a: LineRange, b: LineRange) =>
  a.start.line === b.start.line &&
  a.start.character === b.start.character &&
  a.end.line === b.end.line &&
  a.end.character === b.end.character;
