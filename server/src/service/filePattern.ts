/** A path of a setting; in its last part `*` stands for any characters. */
export interface FilePattern {
  /** Without the `/` at its end; empty where there is none. */
  readonly folder: string;
  readonly name: string;
  readonly isPattern: boolean;
}

/** Where packs are looked for unless said otherwise; relative to the folder of the workspace. */
export const DEFAULT_PACKS: readonly string[] = ['.gouji/*.yaml'];

export function patternOf(path: string): FilePattern {
  const normal = path.replaceAll('\\', '/');
  const slash = normal.lastIndexOf('/');
  const name = normal.slice(slash + 1);
  return { folder: normal.slice(0, Math.max(slash, 0)), name, isPattern: name.includes('*') };
}

/** The names that a pattern matches, in the order of their characters: everywhere the same. */
export function namesMatching(pattern: string, names: readonly string[]): string[] {
  const parts = pattern.split('*');
  return names.filter((name) => matches(name, parts)).sort();
}

/** Takes each part where it comes first: no pattern makes this slow. */
function matches(name: string, parts: readonly string[]): boolean {
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (!name.startsWith(first) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
