const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

/**
 * A short name for a relation with its printed figures: equal exactly as long as none of them
 * changes. FNV-1a, 64 bits, over UTF-16 units; a change detector, not a secret.
 */
export function fingerprint(id: string, figures: readonly string[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of [id, ...figures].join('\u0000')) {
    hash = ((hash ^ BigInt(character.codePointAt(0)!)) * PRIME) & MASK;
  }
  return hash.toString(16).padStart(16, '0');
}
