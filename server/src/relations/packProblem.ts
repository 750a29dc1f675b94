/** What can be wrong with a pack; the wording of each is in the message bundles, `pack.<code>`. */
export const PACK_PROBLEMS = [
  ...(['not-a-map', 'not-a-list', 'no-text', 'not-one-of', 'missing', 'unknown-field'] as const),
  ...(['bad-id', 'duplicate-id', 'conflicting-id', 'built-in-id', 'reserved-kind'] as const),
  ...(['no-address', 'no-table', 'no-side', 'which-side', 'no-row', 'no-column'] as const),
  ...(['no-set', 'no-binding', 'no-place', 'condition-size'] as const),
  ...(['too-many', 'too-many-instances', 'unknown-rule', 'overridden', 'unreadable'] as const),
] as const;

export type PackProblemCode = (typeof PACK_PROBLEMS)[number];

/** What is wrong with a pack; `where` leads to it: `rules/3/target`. */
export interface PackProblem {
  readonly where: string;
  readonly code: PackProblemCode;
  /** Values for the placeholders of the message. */
  readonly args: Readonly<Record<string, string>>;
}
