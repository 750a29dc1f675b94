import type { Rulebook } from '../relations/rulebook';

/** Where a rule is explained: the page of a built-in one, the pack of one that the workspace adds. */
export class RulePages {
  /** @param template a URI in which `{rule}` stands for the id; without one, pages are nowhere to be had */
  constructor(private readonly template: string | undefined) {}

  of(rule: string, rulebook: Rulebook): string | undefined {
    const source = rulebook.source(rule);
    // Editors open a file at the line that the fragment names.
    if (source) return `${source.path}#L${source.line}`;
    if (!rulebook.rule(rule)) return undefined;
    return this.template?.replaceAll('{rule}', encodeURIComponent(rule));
  }
}
