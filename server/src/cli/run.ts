import { parseArgs } from 'node:util';
import { version } from '../../../package.json';
import type { Locale } from '../service/messages';
import { check } from './check';
import { isFormat } from './formats';
import { solveFiles } from './solve';
import { usage } from './usage';

/** The world outside, so that tests can stand in for it. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** `LANG` and its kind. */
  readonly locale: string;
}

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  all: { type: 'boolean', default: false },
  ledger: { type: 'boolean', default: false },
  fix: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  pack: { type: 'string', multiple: true },
  catalog: { type: 'string', multiple: true },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** Runs one command; resolves to the exit code: 0 no errors, 1 errors, 2 bad usage, unreadable input, a file that cannot be written or a pack with errors. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const misused = (reason: string, locale: Locale) => {
    terminal.error(`gouji: ${reason}\n\n${usage(locale)}`);
    return 2;
  };
  const fallback = localeOf(undefined, terminal.locale);
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error), fallback);
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
    if (patterns.length === 0) return misused('no FILE', locale);
    return solveFiles(patterns, terminal);
  }
  if (command !== 'check')
    return misused(command ? `unknown command ${command}` : 'no command', locale);
  if (patterns.length === 0) return misused('no FILE or GLOB', locale);
  const { format } = values;
  if (format !== 'text' && !isFormat(format)) return misused(`unknown format ${format}`, locale);
  const dry = values['dry-run'];
  if (dry && !values.fix) return misused('--dry-run goes with --fix', locale);
  const fix = values.fix ? (dry ? 'dry-run' : 'write') : undefined;
  const { all, ledger, pack: packs = [], catalog: catalogs = [] } = values;
  return check(patterns, { format, all, ledger, fix, packs, catalogs, locale, version }, terminal);
}

function localeOf(option: string | undefined, environment: string): Locale {
  return /^en/i.test(option ?? environment) ? 'en' : 'zh-cn';
}
