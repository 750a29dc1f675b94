import type { Rule } from '../relations/rule';
import type { Rulebook } from '../relations/rulebook';
import type { Locale } from '../service/messages';
import type { FileReport } from '../service/report';
import type { PackReport } from './packs';

export interface Unreadable {
  readonly path: string;
  readonly status: 'unreadable';
  readonly message: string;
}

export interface CheckedFile {
  readonly report: FileReport | Unreadable;
  /** The rules it was checked with: files of different folders may have different ones. */
  readonly rulebook: Rulebook;
}

/** What was printed to the error stream. */
export interface Told {
  /** `error`: something could not be checked as was asked, and the exit code is 2. */
  readonly level: 'error' | 'warning';
  readonly text: string;
}

/** Prints to the error stream, and keeps it for the report. */
export type Tell = (level: Told['level'], text: string) => void;

/** Everything that one run of `gouji check` found. */
export interface Outcome {
  readonly files: readonly CheckedFile[];
  readonly packs: readonly PackReport[];
  readonly told: readonly Told[];
  readonly exitCode: 0 | 1 | 2;
  readonly version: string;
  readonly locale: Locale;
}

/** A rule by its id, in the words of the first file that has it. */
export function ruleOf({ files }: Outcome, id: string): Rule | undefined {
  for (const { rulebook } of files) {
    const rule = rulebook.rule(id);
    if (rule) return rule;
  }
  return undefined;
}
