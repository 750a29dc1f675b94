import { readFileSync } from 'node:fs';
import type { Catalog } from '../catalog/catalog';
import type { Rulebook } from '../relations/rulebook';
import { analyze } from '../service/analyze';
import type { Analysis, Settings } from '../service/analysis';
import { message, type Locale } from '../service/messages';
import { reportOf, type FileReport, type Report } from '../service/report';
import { cellChanges } from '../service/changes';
import { fixAll } from '../service/fixAll';
import type { Format } from './formats';
import { ledgerText } from './ledgerText';
import type { CheckedFile, Unreadable } from './outcome';
import type { Packs } from './packs';
import { changeList, textReport } from './text';
import { writeAtomically } from './write';

/** What is asked for; plain data, which a worker can be given. */
export interface Options {
  readonly format: 'text' | Format;
  readonly all: boolean;
  /** In text, what was checked table by table; JSON always has it. */
  readonly ledger: boolean;
  /** Writes what is certain, or only says so. */
  readonly fix: 'write' | 'dry-run' | undefined;
  /** Warnings fail as errors do. */
  readonly strict: boolean;
  /** Packs to use instead of those of the folder. */
  readonly packs: readonly string[];
  /** Files of subject codes, the later ones over the earlier. */
  readonly catalogs: readonly string[];
  /** The part of the files to check: of `count` parts the one with this number, from 1. */
  readonly shard: { readonly index: number; readonly count: number } | undefined;
  /** Files checked at a time. */
  readonly jobs: number;
  readonly locale: Locale;
  readonly version: string;
}

interface Checked {
  readonly report: Report | Unreadable;
  /** What was changed, for people. */
  readonly changes?: string;
  /** Why it could not be written; the report is of the file as it is then. */
  readonly unwritten?: string;
}

/** What checking a file came to; plain data. */
export interface Answer {
  /** What is printed for people; empty in other formats. */
  readonly text: string;
  /** What the other formats are made of; not kept for text, which is printed as it comes. */
  readonly report: CheckedFile['report'] | undefined;
  /** Why it could not be read or written. */
  readonly wrong: readonly string[];
  /** Whether it makes the exit code 1. */
  readonly fails: boolean;
  /** It is no disclosure, and was not checked. */
  readonly ignored: boolean;
}

/** Checks files, one at a time, with the same packs and catalogs. */
export class FileChecker {
  private settings: Settings | undefined;

  constructor(
    private readonly options: Options,
    private readonly packs: Packs,
    private readonly catalog: Catalog,
  ) {}

  /** The same for all files with the same rules: what follows from settings is worked out once. */
  private settingsFor(rulebook: Rulebook): Settings {
    if (this.settings?.rulebook !== rulebook) {
      this.settings = { severities: {}, catalog: this.catalog, rulebook };
    }
    return this.settings;
  }

  async check(path: string): Promise<Answer> {
    const { options, packs } = this;
    const rulebook = await packs.of(path);
    const checked = await checkFile(path, this.settingsFor(rulebook), options);
    const { report, changes = '', unwritten } = checked;
    const isText = options.format === 'text';
    const isRead = report.status !== 'unreadable';
    return {
      text: isText && isRead ? changes + textOf(report, options) : '',
      report: isText ? undefined : isRead ? report.toJSON() : report,
      wrong: [...(unwritten === undefined ? [] : [unwritten]), ...(isRead ? [] : [report.message])],
      fails: fails(report, options),
      ignored: report.status === 'ignored',
    };
  }
}

function textOf(report: FileReport, { ledger, locale }: Options): string {
  return textReport(report, locale) + (ledger ? ledgerText(report.ledger, locale) : '');
}

function fails(report: CheckedFile['report'], { strict }: Options): boolean {
  const isGrave = ({ severity }: { severity: string }) =>
    severity === 'error' || (strict && severity === 'warning');
  return report.status !== 'unreadable' && report.causes.some(isGrave);
}

async function checkFile(path: string, settings: Settings, options: Options): Promise<Checked> {
  const unreadable = (why: string): Checked => {
    const report: Unreadable = { path, status: 'unreadable', message: why };
    return { report };
  };
  let bytes: Uint8Array;
  try {
    // Nothing else is to be done meanwhile.
    bytes = readFileSync(path);
  } catch (error) {
    return unreadable(reasonOf(error));
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return unreadable(message(options.locale, isUtf16(bytes) ? 'cli.utf16' : 'cli.not-utf8'));
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

/** Its two bytes of the order come first. */
const isUtf16 = ([first, second]: Uint8Array) =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
