import { readFile } from 'node:fs/promises';
import { analyze } from '../service/analyze';
import type { Analysis, Settings } from '../service/analysis';
import { message, type Locale } from '../service/messages';
import { reportOf } from '../service/report';
import { cellChanges } from '../service/changes';
import { fixAll } from '../service/fixAll';
import { readCatalogs } from './catalogs';
import { findFiles } from './files';
import { formats, type Format } from './formats';
import type { CheckedFile, Outcome, Tell, Told, Unreadable } from './outcome';
import { Packs } from './packs';
import { ledgerText } from './ledgerText';
import type { Terminal } from './run';
import { changeList, severityWord, textReport } from './text';
import { writeAtomically } from './write';

interface Options {
  readonly format: 'text' | Format;
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

interface Checked extends Pick<CheckedFile, 'report'> {
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
): Promise<Outcome['exitCode']> {
  const { format, locale, version } = options;
  const told: Told[] = [];
  const tell: Tell = (level, text) => {
    told.push({ level, text });
    terminal.error(`${text}\n`);
  };
  const catalog = await readCatalogs(options.catalogs, locale, tell);
  const { files: paths, unmatched } = await findFiles(patterns);
  for (const pattern of unmatched) tell('error', `gouji: no such file: ${pattern}`);
  const packs = new Packs(options.packs, locale);
  const files: CheckedFile[] = [];
  for (const path of paths) {
    const rulebook = await packs.of(path);
    const checked = await checkFile(path, { severities: {}, catalog, rulebook }, options);
    const { report, changes = '', unwritten } = checked;
    files.push({ report, rulebook });
    if (unwritten !== undefined) tell('error', `gouji: ${path}: ${unwritten}`);
    if (report.status === 'unreadable') tell('error', `gouji: ${path}: ${report.message}`);
    else if (format === 'text') {
      const ledger = options.ledger ? ledgerText(report.ledger, locale) : '';
      terminal.out(changes + textReport(report, locale) + ledger);
    }
  }
  tellOfPacks(packs, locale, tell);
  const failed = told.some(({ level }) => level === 'error');
  const exitCode = failed ? 2 : files.some(({ report }) => hasError(report)) ? 1 : 0;
  if (format !== 'text') {
    terminal.out(formats[format]({ files, packs: packs.reports, told, exitCode, version, locale }));
  }
  return exitCode;
}

/** Says what is wrong with packs: an error where rules could not be used. */
function tellOfPacks(packs: Packs, locale: Locale, tell: Tell): void {
  for (const { path, message: reason } of packs.unreadable) {
    tell('error', `gouji: ${path}: ${reason}`);
  }
  for (const { path, findings } of packs.reports) {
    for (const { range, severity, message: text, code } of findings) {
      const at = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
      tell(severity, `${at}: ${severityWord(severity, locale)}: ${text} [${code}]`);
    }
  }
}

function hasError(report: CheckedFile['report']): boolean {
  return report.status !== 'unreadable' && report.causes.some((c) => c.severity === 'error');
}

async function checkFile(path: string, settings: Settings, options: Options): Promise<Checked> {
  const unreadable = (why: string): Checked => {
    const report: Unreadable = { path, status: 'unreadable', message: why };
    return { report };
  };
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
