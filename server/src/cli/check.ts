import { readFile } from 'node:fs/promises';
import { analyze } from '../service/analyze';
import type { Analysis } from '../service/analysis';
import type { Locale } from '../service/messages';
import { REPORT_SCHEMA, reportOf, type FileReport } from '../service/report';
import { findFiles } from './files';
import type { Terminal } from './run';
import { textReport } from './text';

interface Options {
  readonly format: 'text' | 'json';
  readonly all: boolean;
  readonly locale: Locale;
  readonly version: string;
}

interface Unreadable {
  readonly path: string;
  readonly status: 'unreadable';
  readonly message: string;
}

/** Checks files and prints what was found; resolves to the exit code. */
export async function check(
  patterns: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<number> {
  const { files, unmatched } = await findFiles(patterns);
  for (const pattern of unmatched) terminal.error(`gouji: no such file: ${pattern}\n`);
  const reports: (FileReport | Unreadable)[] = [];
  for (const path of files) {
    const report = await checkFile(path, options);
    reports.push(report);
    if (report.status === 'unreadable') terminal.error(`gouji: ${path}: ${report.message}\n`);
    else if (options.format === 'text') terminal.out(textReport(report, options.locale));
  }
  if (options.format === 'json') {
    const tool = { name: 'gouji', version: options.version };
    terminal.out(`${JSON.stringify({ schema: REPORT_SCHEMA, tool, files: reports }, null, 2)}\n`);
  }
  if (unmatched.length > 0 || reports.some(({ status }) => status === 'unreadable')) return 2;
  return reports.some(hasError) ? 1 : 0;
}

function hasError(report: FileReport | Unreadable): boolean {
  return report.status !== 'unreadable' && report.causes.some((c) => c.severity === 'error');
}

async function checkFile(path: string, options: Options): Promise<FileReport | Unreadable> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { path, status: 'unreadable', message };
  }
  const analysis: Analysis = analyze({ path, text }, { severities: {} });
  return reportOf(path, analysis, options.locale, { all: options.all });
}
