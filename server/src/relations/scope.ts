import type { Reason } from './relation';

/** Where one instance of a rule is: what its names are bound to, and the row it is at. */
export interface Scope {
  readonly bindings: Readonly<Record<string, string>>;
  readonly place?: Place;
}

export interface Place {
  /** Table and row by their ids. */
  readonly table: string;
  readonly row: string;
}

/** Thrown where rules are applied, and caught there: an address that cannot be resolved, and why. */
export class Unresolved extends Error {
  constructor(readonly reason: Reason) {
    super(reason.code);
  }
}

/** A text with the names in it replaced by what they are bound to. */
export function fill(template: string, { bindings }: Scope): string {
  // Most names are bound to nothing.
  if (!template.includes('{')) return template;
  let parts = templates.get(template);
  if (!parts) templates.set(template, (parts = template.split(/\{(\w+)\}/)));
  let filled = parts[0]!;
  for (let i = 1; i < parts.length; i += 2) filled += (bindings[parts[i]!] ?? '') + parts[i + 1]!;
  return filled;
}

/** Templates stand in rules, so there are few: text and names in turn. */
const templates = new Map<string, readonly string[]>();
