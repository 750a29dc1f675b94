import type { Vocabulary } from '../src/disclosure/vocabulary';
import { compilePack } from '../src/relations/compile';
import type { Pack } from '../src/relations/rule';
import type { RuleExample, RuleExamples } from './rulePages';
import { folder, readYaml } from './sources';

/** The rule packs; unlike a workspace's, ours may not have a single problem. */
export function packData(vocabulary: Vocabulary): Pack[] {
  const packs = folder('rules').map((path) => compilePack(readYaml(path), vocabulary));
  const problems: unknown[] = packs.flatMap((compiled) => compiled.problems);
  for (const { pack } of packs) if (!pack.basis) problems.push(`${pack.id} has no basis`);
  if (problems.length > 0) throw new Error(`schemas/rules: ${JSON.stringify(problems, null, 2)}`);
  return packs.map(({ pack }) => pack);
}

/** The examples of every rule that has some. */
export function exampleData(): RuleExamples {
  const files = folder('rules/examples').map(
    (path) => readYaml(path) as Record<string, RuleExample[]>,
  );
  return new Map(files.flatMap((examples) => Object.entries(examples)));
}
