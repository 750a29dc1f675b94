import { message, type Locale } from '../service/messages';
import { readCatalogs } from './catalogs';
import { FileChecker, type Answer, type Options } from './checkFile';
import { findFiles } from './files';
import { formats } from './formats';
import type { CheckedFile, Outcome, Tell, Told } from './outcome';
import { Packs } from './packs';
import { pooled } from './pool';
import type { Terminal } from './run';
import { severityWord } from './text';

/** Checks files and prints what was found, in their order; resolves to the exit code. */
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
  const found = await findFiles(patterns);
  for (const pattern of found.unmatched) {
    tell('error', `gouji: ${message(locale, 'cli.unmatched', { name: pattern })}`);
  }
  for (const name of found.emptyFolders) {
    tell('error', `gouji: ${message(locale, 'cli.folder-empty', { name })}`);
  }
  const paths = shardOf(found.files, options.shard);
  if (options.shard && paths.length === 0 && found.files.length > 0) {
    const shard = `${options.shard.index}/${options.shard.count}`;
    terminal.error(`gouji: ${message(locale, 'cli.shard-empty', { shard })}\n`);
  }
  const packs = new Packs(options.packs, locale);
  const answers = answersOf(paths, options, new FileChecker(options, packs, catalog), terminal);
  const files: CheckedFile[] = [];
  let hasFailed = false;
  let ignored = 0;
  let done = 0;
  for await (const { text, report, wrong, fails, ...answer } of answers) {
    const path = paths[done++]!;
    const rulebook = await packs.of(path);
    if (report) files.push({ report, rulebook });
    for (const line of wrong) tell('error', `gouji: ${path}: ${line}`);
    terminal.out(text);
    terminal.progress?.(done, paths.length);
    hasFailed ||= fails;
    if (answer.ignored) ignored++;
  }
  // Who asks for a check and gets none must not take it for passed. A part of the files may have none.
  if (ignored > 0 && ignored === paths.length && !options.shard) {
    tell('error', `gouji: ${message(locale, 'cli.none-checked')}`);
  }
  tellOfPacks(packs, locale, tell);
  const failed = told.some(({ level }) => level === 'error');
  const exitCode = failed ? 2 : hasFailed ? 1 : 0;
  if (format !== 'text') {
    terminal.out(formats[format]({ files, packs: packs.reports, told, exitCode, version, locale }));
  }
  return exitCode;
}

/** Every nth file, so that parts are alike whatever folders the files lie in. */
function shardOf(files: readonly string[], shard: Options['shard']): readonly string[] {
  if (!shard) return files;
  return files.filter((_, index) => index % shard.count === shard.index - 1);
}

/** Fewer files are checked sooner than workers are started. */
const FEW_FILES = 16;

function answersOf(
  paths: readonly string[],
  options: Options,
  checker: FileChecker,
  { startWorker }: Terminal,
): AsyncIterable<Answer> {
  if (!startWorker || paths.length <= FEW_FILES) return oneByOne(paths, checker);
  // Even one at a time: a worker is given the memory that many files need.
  const jobs = Math.min(options.jobs, Math.ceil(paths.length / FEW_FILES));
  return pooled(paths, jobs, () => startWorker(options));
}

async function* oneByOne(paths: readonly string[], checker: FileChecker): AsyncIterable<Answer> {
  for (const path of paths) yield await checker.check(path);
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
