import { type Resolver } from './resolve';
import { type Scope } from './scope';
import type { Rule } from './rule';

/** What the last name of a rule is bound to in one of its instances, and those before it. */
export interface Bound {
  readonly value: string;
  readonly before: Bound | undefined;
}

/** What the names of a rule are bound to in each of its instances; undefined where it has none. */
export function boundIn({ each }: Rule, resolver: Resolver): readonly (Bound | undefined)[] {
  let all: (Bound | undefined)[] = [undefined];
  for (const { sources } of each) {
    const values = [...new Set(sources.flatMap((source) => resolver.values(source)))];
    const longer: Bound[] = [];
    for (const before of all) for (const value of values) longer.push({ value, before });
    all = longer;
  }
  return all;
}

/** The same by name. */
export function bindingsOf({ each }: Rule, bound: Bound | undefined): Scope['bindings'] {
  const values: string[] = [];
  for (let one = bound; one; one = one.before) values.push(one.value);
  const bindings: Record<string, string> = {};
  for (const { name } of each) bindings[name] = values.pop()!;
  return bindings;
}
