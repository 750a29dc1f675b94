import { Reading } from '../reading';
import type { Language, SyntaxProblem } from '../tree';
import { findYamlTraps } from './block';
import { findConflicts } from './conflicts';
import { findJsonTraps } from './json';
import { findLoneCrs } from './loneCrs';

/** A text with its traps taken out of the way. */
export interface Untrapped {
  readonly problems: SyntaxProblem[];
  /** What the parser reads. */
  readonly reading: Reading;
  /** Offsets, in the text as written, of scalars that are no amounts. */
  readonly doubtful: ReadonlySet<number>;
}

/** Finds the traps of a text, in time linear in its length. */
export function untrap(text: string, language: Language): Untrapped {
  const lines = [...findConflicts(text), ...(language === 'yaml' ? findLoneCrs(text) : [])];
  const lineEdits = lines.flatMap(({ reading }) => reading);
  // Conflicts and line ends are exchanged in place, so that offsets stay the same.
  const inLines = lines.length > 0 ? new Reading(text, lineEdits).text : text;
  const within = language === 'yaml' ? findYamlTraps(inLines) : findJsonTraps(inLines);
  const edits = within.flatMap(({ reading }) => reading);
  return {
    problems: [...lines, ...within].map(({ problem }) => problem),
    reading: new Reading(inLines, edits),
    doubtful: new Set(within.flatMap(({ doubtful }) => doubtful ?? [])),
  };
}
