import { inLocale, message } from '../service/messages';
import type { FileReport, ReportCause, ReportFinding } from '../service/report';
import { ruleOf, type Outcome, type Unreadable } from './outcome';
import { notDisclosure, severityWord } from './text';
import { xmlDocument, type XmlElement } from './xml';

interface Result {
  readonly kind: 'failure' | 'error' | 'skipped';
  readonly message: string;
  readonly details?: string;
}

interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly result?: Result;
  /** What is to be said without failing. */
  readonly output?: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

/**
 * The outcome as JUnit XML: a suite is a file, a test is a rule of it, so that a test keeps its name from
 * run to run. It fails where the rule has a finding at error level, and is skipped where nothing of it
 * could be checked; what is less than an error stands in its output.
 */
export function junit(outcome: Outcome): string {
  const suites = outcome.files.map(({ report }) => suiteOf(report, outcome));
  const run = runSuite(outcome);
  const all = run ? [...suites, run] : suites;
  return xmlDocument({
    name: 'testsuites',
    attributes: { name: 'gouji', ...countsOf(all.flatMap(({ cases }) => cases)) },
    content: all.map(suiteElement),
  });
}

function suiteOf(report: FileReport | Unreadable, outcome: Outcome): Suite {
  const { path } = report;
  const whole = (result: Result | undefined) => ({
    name: path,
    cases: [{ name: path, classname: path, ...(result && { result }) }],
  });
  if (report.status === 'unreadable') return whole({ kind: 'error', message: report.message });
  if (report.status === 'ignored') {
    return whole({ kind: 'skipped', message: notDisclosure(outcome.locale) });
  }
  const ids = new Set([
    ...Object.keys(report.byRule),
    ...report.findings.map(({ rule }) => rule),
    ...report.unchecked.map(({ rule }) => rule),
  ]);
  // A file in which there is nothing to check is a test that passed all the same.
  if (ids.size === 0) return whole(undefined);
  return { name: path, cases: [...ids].sort().map((id) => caseOf(id, report, outcome)) };
}

function caseOf(id: string, report: FileReport, outcome: Outcome): TestCase {
  const { locale } = outcome;
  const rule = ruleOf(outcome, id);
  const findings = report.findings.filter((finding) => finding.rule === id);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const reasons = report.unchecked.filter((unchecked) => unchecked.rule === id);
  const accepted = report.accepted.filter((entry) => entry.rule === id);
  const why = unique(reasons.map((reason) => reason.message));
  const said = [
    ...linesOf(report, without(findings, errors), outcome),
    ...accepted.map(
      ({ path, reason }) => `${message(locale, 'outcome.accepted')}: ${path}: ${reason}`,
    ),
  ];
  const notChecked = why.map((text) => `${message(locale, 'outcome.unchecked')}: ${text}`);
  const base = {
    name: rule ? `${id} ${inLocale(rule.title, locale)}` : id,
    classname: report.path,
  };
  if (errors.length > 0) {
    const lines = linesOf(report, errors, outcome);
    const first = causeOf(report, errors[0]!).message;
    return {
      ...base,
      result: { kind: 'failure', message: first, details: lines.join('\n') },
      ...outputOf([...said, ...notChecked]),
    };
  }
  const counts = report.byRule[id];
  const evaluated = counts && Object.entries(counts).some(([key, n]) => key !== 'unchecked' && n);
  if (!evaluated && findings.length === 0 && why.length > 0) {
    return { ...base, result: { kind: 'skipped', message: why.join('\n') } };
  }
  return { ...base, ...outputOf([...said, ...notChecked]) };
}

/** Where the causes of findings are and what they are, as in text. */
function linesOf(
  report: FileReport,
  findings: readonly ReportFinding[],
  { locale }: Outcome,
): string[] {
  return unique(findings.map((finding) => finding.cause)).map((id) => {
    const { range, severity, message: text } = report.causes.find((cause) => cause.id === id)!;
    const at = `${report.path}:${range.start.line + 1}:${range.start.character + 1}`;
    return `${at}: ${severityWord(severity, locale)}: ${text}`;
  });
}

const causeOf = (report: FileReport, { cause }: ReportFinding): ReportCause =>
  report.causes.find(({ id }) => id === cause)!;

/** What went wrong with the run itself: names without a file, packs and catalogs. */
function runSuite({ told }: Outcome): Suite | undefined {
  if (told.length === 0) return undefined;
  const lines = told.map(({ text }) => text).join('\n');
  const error = told.find(({ level }) => level === 'error');
  const result = error && { kind: 'error' as const, message: error.text, details: lines };
  const test = { name: 'gouji check', classname: 'gouji' };
  return { name: 'gouji', cases: [{ ...test, ...(result ? { result } : { output: lines }) }] };
}

const outputOf = (lines: readonly string[]) =>
  lines.length === 0 ? {} : { output: lines.join('\n') };

const unique = (texts: readonly string[]) => [...new Set(texts)];

const without = <T>(all: readonly T[], some: readonly T[]) =>
  all.filter((item) => !some.includes(item));

function suiteElement({ name, cases }: Suite): XmlElement {
  const skipped = count(cases, 'skipped');
  return {
    name: 'testsuite',
    attributes: { name, ...countsOf(cases), skipped },
    content: cases.map(caseElement),
  };
}

function caseElement({ name, classname, result, output }: TestCase): XmlElement {
  return {
    name: 'testcase',
    attributes: { name, classname },
    content: [
      ...(result ? [resultElement(result)] : []),
      ...(output === undefined ? [] : [{ name: 'system-out', content: output }]),
    ],
  };
}

function resultElement({ kind, message: text, details }: Result): XmlElement {
  // The schema allows a skipped test no attribute; readers take its text as well.
  if (kind === 'skipped') return { name: kind, content: text };
  return { name: kind, attributes: { message: text }, content: details ?? text };
}

const countsOf = (cases: readonly TestCase[]) => ({
  tests: cases.length,
  failures: count(cases, 'failure'),
  errors: count(cases, 'error'),
});

const count = (cases: readonly TestCase[], kind: Result['kind']) =>
  cases.filter(({ result }) => result?.kind === kind).length;
