import { eastAsianWidth } from 'get-east-asian-width';

/** Marks that are drawn over the character before them, and characters that are not drawn. */
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * How many columns of a monospaced font a text takes: two for a Chinese character. What is ambiguous
 * by East Asian Width, such as “ and —, counts as one, as VS Code has it.
 */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (!WITHOUT_WIDTH.test(character)) width += eastAsianWidth(character.codePointAt(0)!);
  }
  return width;
}
