/** Classes of characters, looked up in a table: scanners look at every character of a text. */

/** In no token that is read without the general parser: controls, tabs, blanks that are none to YAML. */
export const ODD = 1;
/** Full-width punctuation that may be meant for the half-width one. */
export const FULL_WIDTH = 2;
/** Brackets and commas. */
export const FLOW = 4;
/** Cannot begin a plain scalar. */
export const INDICATOR = 8;
export const QUOTE = 16;

const table = new Uint8Array(65536);

function mark(characters: string, bits: number): void {
  for (let i = 0; i < characters.length; i++) table[characters.charCodeAt(i)]! |= bits;
}

for (let c = 0; c < 32; c++) table[c] = ODD;
mark('\u007F\u0085\u00A0\u2028\u2029\u202F\u205F\u3000\uFEFF', ODD);
for (let c = 0x2000; c <= 0x200a; c++) table[c] = ODD;
mark('：，｛｝', FULL_WIDTH);
mark(',[]{}', FLOW);
mark('-?:,[]{}#&*!|>\'"%@`', INDICATOR);
mark('\'"', QUOTE);

export const classAt = (text: string, at: number): number => table[text.charCodeAt(at)]!;

export const SPACE = 32;
export const HASH = 35;
export const COLON = 58;
export const COMMA = 44;
export const MINUS = 45;
export const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
export const BACKSLASH = 92;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;

export function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === SPACE) at++;
  return at;
}

/**
 * The offset of the quote that closes the one at `from`, or -1. Escapes and control characters are
 * left to the general parser.
 */
export function closingQuote(text: string, from: number, end: number): number {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < end; at++) {
    const c = text.charCodeAt(at);
    if (c === quote) {
      return quote === SINGLE_QUOTE && text.charCodeAt(at + 1) === SINGLE_QUOTE ? -1 : at;
    }
    if (c < SPACE || (c === BACKSLASH && quote === DOUBLE_QUOTE)) return -1;
  }
  return -1;
}
