import { LineIndex } from '../syntax/lines';
import { readPackFile, type PackFile, type PackFinding, type ReadPack } from './packFile';
import { builtInPacks } from './packs';
import type { Pack, Rule, Severity, Text } from './rule';

/** Where a rule of a workspace stands. */
export interface RuleSource {
  readonly path: string;
  /** Line of its id, from 1. */
  readonly line: number;
}

/** The rules in force: those that come with the product, and those of a workspace. */
export class Rulebook {
  private readonly byId: ReadonlyMap<string, { readonly rule: Rule; readonly pack: Pack }>;

  constructor(
    readonly packs: readonly Pack[],
    private readonly sources: ReadonlyMap<string, RuleSource> = new Map(),
  ) {
    this.byId = new Map(
      packs.flatMap((pack) => pack.rules.map((rule) => [rule.id, { rule, pack }] as const)),
    );
  }

  rule(id: string): Rule | undefined {
    return this.byId.get(id)?.rule;
  }

  /** Why a rule must hold. */
  basis(id: string): Text | undefined {
    const found = this.byId.get(id);
    return found?.rule.basis ?? found?.pack.basis;
  }

  /** Of a rule that a workspace added. */
  source(id: string): RuleSource | undefined {
    return this.sources.get(id);
  }
}

export const builtInRulebook = new Rulebook(builtInPacks);

export interface ReadRulebook {
  readonly rulebook: Rulebook;
  /** By the path of each file, also of those that are well. */
  readonly findings: ReadonlyMap<string, readonly PackFinding[]>;
}

/**
 * Adds the packs of a workspace to the built-in rules. What is there first counts: a rule with an id that
 * is taken is left out, and a severity that another file has set stays; both are found.
 */
export function readRulebook(files: readonly PackFile[]): ReadRulebook {
  const findings = new Map<string, readonly PackFinding[]>();
  const sources = new Map<string, RuleSource>();
  const severities = new Map<string, { severity: Severity; path: string }>();
  const packs: Pack[] = [];
  const read = files.map(readPackFile);
  for (const file of read) {
    const { path, pack } = file;
    const { added, conflicts } = addRules(file, sources);
    packs.push({ ...pack, rules: added });
    findings.set(path, [...file.findings, ...conflicts]);
  }
  const known = new Set([...builtInPacks, ...packs].flatMap(({ rules }) => rules.map((r) => r.id)));
  for (const { path, overrides, rangeOf } of read) {
    const found: PackFinding[] = [];
    for (const [id, severity] of overrides) {
      const range = rangeOf({ override: id });
      const taken = severities.get(id);
      if (!known.has(id)) {
        found.push({ code: 'pack.unknown-rule', args: { id }, range, severity: 'warning' });
      } else if (taken && taken.severity !== severity) {
        const args = { id, severity: taken.severity, file: nameOf(taken.path) };
        found.push({ code: 'pack.overridden', args, range, severity: 'warning' });
      } else severities.set(id, { severity, path });
    }
    findings.set(path, [...findings.get(path)!, ...found].sort(inOrder));
  }
  const withSeverity = (rule: Rule): Rule => {
    const set = severities.get(rule.id);
    return set ? { ...rule, severity: set.severity } : rule;
  };
  const all = [...builtInPacks, ...packs].map((pack) => ({
    ...pack,
    rules: pack.rules.map(withSeverity),
  }));
  return { rulebook: new Rulebook(all, sources), findings };
}

/** The rules of a file whose ids are free, and what is to be said of the others. */
function addRules(
  { path, text, pack, rangeOf }: ReadPack,
  sources: Map<string, RuleSource>,
): { added: Rule[]; conflicts: PackFinding[] } {
  const conflicts: PackFinding[] = [];
  const lines = new LineIndex(text);
  const conflict = (code: string, { id, kind }: Rule, args: Record<string, string> = {}) => {
    const range = rangeOf({ rule: id });
    conflicts.push({ code, args: { id, value: kind, ...args }, range, severity: 'error' });
    return [];
  };
  const added = pack.rules.flatMap((rule) => {
    const taken = sources.get(rule.id);
    if (rule.kind === 'input') return conflict('pack.reserved-kind', rule);
    if (builtInRulebook.rule(rule.id)) return conflict('pack.built-in-id', rule);
    if (taken) return conflict('pack.conflicting-id', rule, { file: nameOf(taken.path) });
    const { line } = lines.position(rangeOf({ rule: rule.id }).start);
    sources.set(rule.id, { path, line: line + 1 });
    return [rule];
  });
  return { added, conflicts };
}

const inOrder = (a: PackFinding, b: PackFinding) => a.range.start - b.range.start;

/** The last part of a path or URI. */
function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
