import { readFile } from 'node:fs/promises';
import { analyze } from '../service/analyze';
import type { Analysis, Settings } from '../service/analysis';
import { message, type Locale } from '../service/messages';
import { REPORT_SCHEMA, reportOf, type FileReport } from '../service/report';
import { cellChanges } from '../service/changes';
import { fixAll } from '../service/fixAll';
import { readCatalogs } from './catalogs';
import { findFiles } from './files';
import { Packs } from './packs';
import { ledgerText } from './ledgerText';
import type { Terminal } from './run';
import { changeList, severityWord, textReport } from './text';
import { writeAtomically } from './write';

interface Options {
  readonly format: 'text' | 'json';
  readonly all: boolean;
  /** In text, what was checked table by table; JSON always has it. */
  readonly ledger: boolean;
  /** Writes what is certain, or only says so. */
  readonly fix: 'write' | 'dry-run' | undefined;
  /** Packs to use instead of those of the folder. */
  readonly packs: readonly string[];
  /** Files of subject codes, the later ones over the earlier. */
  readonly catalogs: readonly string[];
  readonly locale: Locale;
  readonly version: string;
}

interface Unreadable {
  readonly path: string;
  readonly status: 'unreadable';
  readonly message: string;
}

interface Checked {
  readonly report: FileReport | Unreadable;
  /** What was changed, for people. */
  readonly changes?: string;
  /** Why it could not be written; the report is of the file as it is then. */
  readonly unwritten?: string;
}

/** Checks files and prints what was found; resolves to the exit code. */
export async function check(
  patterns: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<number> {
  const { catalog, unread } = await readCatalogs(options.catalogs, options.locale, terminal);
  const { files, unmatched } = await findFiles(patterns);
  for (const pattern of unmatched) terminal.error(`gouji: no such file: ${pattern}\n`);
  const packs = new Packs(options.packs, options.locale);
  const all: Checked[] = [];
  for (const path of files) {
    const checked = await checkFile(
      path,
      { severities: {}, catalog, rulebook: await packs.of(path) },
      options,
    );
    all.push(checked);
    const { report, changes = '', unwritten } = checked;
    if (unwritten !== undefined) terminal.error(`gouji: ${path}: ${unwritten}\n`);
    if (report.status === 'unreadable') terminal.error(`gouji: ${path}: ${report.message}\n`);
    else if (options.format === 'text') {
      const ledger = options.ledger ? ledgerText(report.ledger, options.locale) : '';
      terminal.out(changes + textReport(report, options.locale) + ledger);
    }
  }
  const packsFailed = tellOfPacks(packs, options.locale, terminal);
  const reports = all.map(({ report }) => report);
  if (options.format === 'json') {
    const tool = { name: 'gouji', version: options.version };
    const report = { schema: REPORT_SCHEMA, tool, packs: packs.reports, files: reports };
    terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  }
  const failed = all.some(({ report, unwritten }) => report.status === 'unreadable' || unwritten);
  if (unmatched.length > 0 || failed || packsFailed || unread) return 2;
  return reports.some(hasError) ? 1 : 0;
}

/** Says what is wrong with packs; answers whether rules could not be used. */
function tellOfPacks(packs: Packs, locale: Locale, terminal: Terminal): boolean {
  for (const { path, message: reason } of packs.unreadable) {
    terminal.error(`gouji: ${path}: ${reason}\n`);
  }
  const findings = packs.reports.flatMap(({ path, findings: list }) =>
    list.map((finding) => ({ path, ...finding })),
  );
  for (const { path, range, severity, message: text, code } of findings) {
    const at = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
    terminal.error(`${at}: ${severityWord(severity, locale)}: ${text} [${code}]\n`);
  }
  return packs.unreadable.length > 0 || findings.some(({ severity }) => severity === 'error');
}

function hasError(report: FileReport | Unreadable): boolean {
  return report.status !== 'unreadable' && report.causes.some((c) => c.severity === 'error');
}

async function checkFile(path: string, settings: Settings, options: Options): Promise<Checked> {
  const unreadable = (why: string): Checked => ({
    report: { path, status: 'unreadable', message: why },
  });
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return unreadable(reasonOf(error));
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return unreadable(message(options.locale, 'cli.not-utf8'));
  }
  const analysis = analyze({ path, text }, settings);
  if (options.fix) return fixFile(path, analysis, options);
  return { report: reportOf(path, analysis, options.locale, { all: options.all }) };
}

async function fixFile(path: string, before: Analysis, options: Options): Promise<Checked> {
  const { locale, all, fix } = options;
  const { after, changes } = fixAll(before);
  if (fix === 'write' && changes.length > 0) {
    try {
      await writeAtomically(path, after.tree.text);
    } catch (error) {
      const report = reportOf(path, before, locale, { all, fixed: [] });
      return { report, unwritten: reasonOf(error) };
    }
  }
  const fixed = changes.map(({ range, newText }) => ({
    range: before.lines.range(range),
    newText,
  }));
  return {
    report: reportOf(path, after, locale, { all, fixed }),
    changes: changeList(path, cellChanges(before, after, locale)),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
