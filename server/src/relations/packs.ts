import data from './packs.generated.json';
import type { Pack, Rule } from './rule';

/** The packs that come with the product, compiled from `schemas/rules/`. */
export const builtInPacks = data as unknown as readonly Pack[];

const byId = new Map<string, Rule>(
  builtInPacks.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule])),
);

export function builtInRule(id: string): Rule | undefined {
  return byId.get(id);
}
