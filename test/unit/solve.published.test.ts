import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProblem } from '../../server/src/repair/solve/read';
import { solve } from '../../server/src/repair/solve/solve';

/**
 * Other people's published cases: what they found, in data. Where we find something else on purpose the
 * case's note says why. Every member of `expected` is a check of its own; none is implied by another.
 */
interface Case {
  readonly name: string;
  readonly note?: string;
  readonly problem: unknown;
  readonly expected: {
    /** Relations that fail, all of them; and some that hold only within rounding. */
    readonly fails?: readonly string[];
    readonly rounding?: readonly string[];
    /** Everything that is certain, by variable. */
    readonly certain?: Readonly<Record<string, string>>;
    readonly slips?: Readonly<Record<string, string>>;
    /** All sets of a case with one finding. */
    readonly sets?: readonly (readonly string[])[];
    /** Those of the least weight. */
    readonly lightest?: readonly (readonly string[])[];
    /** All sets without what is certain. */
    readonly open?: readonly (readonly string[])[];
    /** The first proposal of the first set. */
    readonly first?: Readonly<Record<string, string>>;
    readonly groups?: readonly (readonly string[])[];
    readonly conflicts?: number;
  };
}

const folder = join(__dirname, '../fixtures/solve');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

const names = (sets: readonly { readonly variables: readonly { readonly variable: string }[] }[]) =>
  sets
    .map(({ variables }) =>
      variables
        .map(({ variable }) => variable)
        .sort()
        .join(' '),
    )
    .sort();

const wanted = (sets: readonly (readonly string[])[]) =>
  sets.map((set) => [...set].sort().join(' ')).sort();

it('there are published cases', () => {
  expect(files.length).toBeGreaterThan(4);
});

describe.each(files)('%s', (file) => {
  const { source, cases } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    source: string;
    cases: Case[];
  };

  it('names its source', () => {
    expect(source).not.toBe('');
  });

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, { problem, expected }) => {
    const { relations, findings, conflicts } = solve(readProblem(problem));
    const standing = (wantedStanding: string) =>
      relations.filter((r) => r.standing === wantedStanding).map(({ id }) => id);
    if (expected.fails) expect(standing('fails').sort()).toEqual([...expected.fails].sort());
    if (expected.rounding)
      expect(standing('rounding')).toEqual(expect.arrayContaining([...expected.rounding]));
    const certain = findings.flatMap((finding) => finding.certain);
    if (expected.certain) {
      expect(Object.fromEntries(certain.map(({ variable, value }) => [variable, value]))).toEqual(
        expected.certain,
      );
    }
    const proposals = findings.flatMap(({ sets }) => sets[0]?.variables ?? []);
    for (const [variable, slip] of Object.entries(expected.slips ?? {})) {
      expect(proposals.find((p) => p.variable === variable)?.values[0]?.slip, variable).toBe(slip);
    }
    const all = findings.flatMap(({ sets }) => sets);
    if (expected.sets) expect(names(all)).toEqual(wanted(expected.sets));
    if (expected.lightest) {
      const least = Math.min(...all.map(({ weight }) => weight));
      expect(names(all.filter(({ weight }) => weight === least))).toEqual(
        wanted(expected.lightest),
      );
    }
    if (expected.open) {
      const known = new Set(certain.map(({ variable }) => variable));
      const open = all.map(({ variables }) => ({
        variables: variables.filter(({ variable }) => !known.has(variable)),
      }));
      expect(names(open.filter(({ variables }) => variables.length > 0))).toEqual(
        wanted(expected.open),
      );
    }
    for (const [variable, value] of Object.entries(expected.first ?? {})) {
      expect(proposals[0]?.variable).toBe(variable);
      expect(proposals[0]?.values[0]?.value).toBe(value);
    }
    if (expected.groups) {
      const groups = findings.flatMap((finding) => finding.groups);
      expect(
        groups.map(({ changes }) =>
          changes
            .map(({ variable }) => variable)
            .sort()
            .join(' '),
        ),
      ).toEqual(wanted(expected.groups));
    }
    if (expected.conflicts !== undefined) expect(conflicts.length).toBe(expected.conflicts);
  });
});
