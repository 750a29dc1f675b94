/** Deeper than any document: the parsers recurse, and the stack is not theirs to fill. */
export const DEEPEST = 200;

/**
 * Whether a text may nest deeper than the parsers can be trusted with. Cheap and generous: brackets are
 * counted wherever they stand, and so are the indicators and blanks at the beginning of a line.
 */
export function isTooDeep(text: string): boolean {
  let open = 0;
  let leading = 0;
  let atStart = true;
  for (const c of text) {
    if (c === '\n' || c === '\r') {
      leading = 0;
      atStart = true;
    } else if (atStart && (c === ' ' || c === '-' || c === '?' || c === ':' || c === '\t')) {
      if (c !== ' ') leading++;
    } else {
      atStart = false;
      if (c === '[' || c === '{') open++;
      else if ((c === ']' || c === '}') && open > 0) open--;
    }
    if (open > DEEPEST || leading > DEEPEST) return true;
  }
  return hasDeepIndentation(text);
}

/** Block maps nest by indentation: each level needs a line that is indented further than the last. */
function hasDeepIndentation(text: string): boolean {
  const levels: number[] = [];
  for (const [, blanks] of text.matchAll(/^( *)[^\s#]/gm)) {
    const indent = blanks!.length;
    while (levels.length > 0 && levels.at(-1)! >= indent) levels.pop();
    levels.push(indent);
    if (levels.length > DEEPEST) return true;
  }
  return false;
}
