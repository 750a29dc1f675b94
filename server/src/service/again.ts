import type { Analysis } from './analysis';
import { analyze } from './analyze';

/** The analysis of another text of the same file: what an edit would make of it. */
export function analyzeAgain({ tree, settings }: Analysis, text: string): Analysis {
  const { language } = tree;
  // Edits do not change what a file is: whoever asks has seen that it is a disclosure.
  return analyze({ path: `.disclosure.${language}`, text, language }, settings);
}
