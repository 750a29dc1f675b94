/** What a column of a block holds, whatever its table calls it. */
export type Kind = 'label' | 'name' | 'number' | 'figure' | undefined;

/**
 * The columns of each of the lists that stand side by side in a block: a form prints its rows in two or three
 * of them to save height, or its two sides beside each other. What names rows, behind figures, begins the next.
 */
export function bandsOf(kinds: readonly Kind[]): readonly (readonly number[])[] {
  const bands: number[][] = [[]];
  for (const [at, kind] of kinds.entries()) {
    const band = bands.at(-1)!;
    const has = (one: Kind) => band.some((index) => kinds[index] === one);
    const isNaming = kind === 'label' || kind === 'name';
    const isNamed = has('label') || has('name');
    if (isNaming && isNamed && has('figure') && (has(kind) || isBeforeFigures(kinds, at))) {
      bands.push([]);
    }
    bands.at(-1)!.push(at);
  }
  return bands;
}

/** Whether figures are the next that stands behind a column, but for numbers of lines. */
const isBeforeFigures = (kinds: readonly Kind[], at: number) =>
  kinds.slice(at + 1).find((kind) => kind !== undefined && kind !== 'number') === 'figure';
