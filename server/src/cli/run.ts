import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { version } from '../../../package.json';
import { nearest } from '../disclosure/nearest';
import { message, type Locale } from '../service/messages';
import { check } from './check';
import type { Options } from './checkFile';
import { formats, isFormat } from './formats';
import { solveFiles } from './solve';
import { usage } from './usage';

/** The world outside, so that tests can stand in for it. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** `LANG` and its kind. */
  readonly locale: string;
  /** Tells how many files are done. */
  readonly progress?: (done: number, count: number) => void;
  /** Starts a thread that checks files; without it they are checked one by one. */
  readonly startWorker?: (options: Options) => Worker;
}

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  all: { type: 'boolean', default: false },
  ledger: { type: 'boolean', default: false },
  fix: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  pack: { type: 'string', multiple: true },
  catalog: { type: 'string', multiple: true },
  shard: { type: 'string' },
  jobs: { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** What is wrong with options that cannot be parsed, whose name Node says in quotes. */
function misuseOf(error: unknown, locale: Locale): string {
  const { code, message: detail } = error as NodeJS.ErrnoException;
  const name = /'(-[^' ]*)/.exec(detail)?.[1];
  if (name === undefined) return detail;
  if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return message(locale, 'cli.option-value', { name });
  const options = Object.keys(OPTIONS).map((option) => `--${option}`);
  return unknown('cli.unknown-option', name, options, locale);
}

/** What is none of the known names, with the one that it is a slip away from. */
function unknown(
  key: 'cli.unknown-option' | 'cli.unknown-command',
  name: string,
  known: readonly string[],
  locale: Locale,
): string {
  const reason = message(locale, key, { name });
  const names = known.map((one) => [one, one] as const);
  const meant = nearest(name, names)?.value;
  return meant === undefined ? reason : message(locale, 'cli.meant', { reason, meant });
}

/** Runs one command; resolves to the exit code: 0 no errors, 1 errors (with `--strict` warnings too), 2 bad usage, unreadable input, a file that cannot be written or a pack with errors. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const misused = (reason: string, locale: Locale) => {
    terminal.error(`gouji: ${reason}\n${message(locale, 'cli.usage')}\n`);
    return 2;
  };
  const at = args.indexOf('--lang');
  const fallback = localeOf(at < 0 ? undefined : args[at + 1], terminal.locale);
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return misused(misuseOf(error, fallback), fallback);
  }
  const { values, positionals } = parsed;
  const locale = localeOf(values.lang, terminal.locale);
  if (values.version) {
    terminal.out(`gouji ${version}\n`);
    return 0;
  }
  if (values.help) {
    terminal.out(usage(locale));
    return 0;
  }
  const [command, ...patterns] = positionals;
  if (command === 'solve') {
    if (patterns.length === 0) return misused(message(locale, 'cli.no-solve-file'), locale);
    return solveFiles(patterns, locale, terminal);
  }
  if (command === undefined) return misused(message(locale, 'cli.no-command'), locale);
  if (command !== 'check') {
    return misused(unknown('cli.unknown-command', command, ['check', 'solve'], locale), locale);
  }
  if (patterns.length === 0) return misused(message(locale, 'cli.no-check-file'), locale);
  const { format } = values;
  if (format !== 'text' && !isFormat(format)) {
    const known = ['text', ...Object.keys(formats)].join(', ');
    return misused(message(locale, 'cli.unknown-format', { name: format, known }), locale);
  }
  const dry = values['dry-run'];
  if (dry && !values.fix) return misused(message(locale, 'cli.dry-run'), locale);
  const fix = values.fix ? (dry ? 'dry-run' : 'write') : undefined;
  const { all, ledger, strict, pack: packs = [], catalog: catalogs = [] } = values;
  const shard = values.shard === undefined ? undefined : shardFrom(values.shard);
  if (shard === null) return misused(message(locale, 'cli.shard'), locale);
  const jobs = values.jobs === undefined ? availableParallelism() : wholeNumber(values.jobs);
  if (jobs === undefined) return misused(message(locale, 'cli.jobs'), locale);
  return check(
    patterns,
    { format, all, ledger, fix, strict, packs, catalogs, shard, jobs, locale, version },
    terminal,
  );
}

/** `2/8`; null where it is no part of a whole. */
function shardFrom(text: string): { index: number; count: number } | null {
  const [index, count, ...more] = text.split('/').map(wholeNumber);
  if (!index || !count || more.length > 0 || index > count) return null;
  return { index, count };
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,5}$/.test(text) ? Number.parseInt(text, 10) : undefined;
}

function localeOf(option: string | undefined, environment: string): Locale {
  return /^en/i.test(option ?? environment) ? 'en' : 'zh-cn';
}
