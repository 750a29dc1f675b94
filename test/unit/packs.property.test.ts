import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAddress } from '../../server/src/relations/address';
import { KINDS } from '../../server/src/relations/compile';
import { builtInPacks } from '../../server/src/relations/packs';
import type { Address, BindingSource, Conditions } from '../../server/src/relations/rule';
import { readRulebook } from '../../server/src/relations/rulebook';
import { analyze } from '../../server/src/service/analyze';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { reportOf } from '../../server/src/service/report';
import { exampleText, HUNAN } from '../support/examples';

const built = builtInPacks.flatMap(({ rules }) => rules.map(({ id }) => id));

/** The built-in rules take their time, and are tested elsewhere. */
const severities = Object.fromEntries(built.map((id) => [id, 'off'] as const));

const rules = builtInPacks.flatMap((pack) => pack.rules).filter(({ target }) => target);
const text = (addresses: readonly Address[]) => addresses.map(formatAddress);
const side = (of: string, name: string) => (of === '' ? `@${name}` : `@${of}.${name}`);

function sourceText(source: BindingSource): string {
  if ('literal' in source) return source.literal;
  const { table, set } = source;
  return set === 'columns'
    ? `${table}/${source.side === '' ? '' : `${source.side}.`}*`
    : `${table}/${side(source.side, set)}`;
}

/** Parts of the built-in rules, put together as nobody would: each is well by itself. */
const any = fc.constantFrom(...rules);
const rule = fc
  .record({
    kind: fc.constantFrom(...KINDS.filter((kind) => kind !== 'input')),
    comparator: fc.constantFrom('eq', 'ge'),
    scope: any,
    target: fc.option(any, { freq: 3 }),
    terms: fc.option(fc.array(any, { minLength: 1, maxLength: 3 }), { freq: 2 }),
    base: any,
    conditions: fc.option(any, { freq: 2 }),
    turned: fc.boolean(),
    whole: fc.boolean(),
    bounded: fc.boolean(),
  })
  .map(({ kind, comparator, scope, conditions, turned, whole, bounded, ...parts }) => {
    const { when = {}, unless = {} } = conditions ?? {};
    const names = scope.each.map(({ name }) => name);
    // A name of another rule stands for one of this, or for a row that every table might have.
    const bound = (list: readonly Address[]) =>
      text(list)
        .filter((address) => scope.at !== undefined || !/\{at|@of/.test(address))
        .map((address) =>
          address.replace(/\{(\w+)\}/g, (whole, name: string) =>
            names.includes(name) || name === 'at' ? whole : names[0] ? `{${names[0]}}` : 'total',
          ),
        );
    const written = (given: Conditions) =>
      Object.fromEntries(
        Object.entries(given).map(([name, list]: [string, readonly Address[]]) => [
          name,
          bound(list),
        ]),
      );
    const target = bound([(parts.target ?? scope).target!])[0] ?? formatAddress(scope.target!);
    const terms = (parts.terms ?? [scope]).flatMap((one) => [...one.terms, one.target!]);
    return {
      ...{ kind, comparator, whole, bounded, target },
      terms: bound(terms.slice(0, 4)),
      ...(kind === 'ratio' && { base: bound([parts.base.target!]) }),
      each: Object.fromEntries(
        scope.each.map(({ name, sources }) => [name, sources.map(sourceText)]),
      ),
      ...(scope.at && {
        at: scope.at.map((at) => `${at.table}/${at.row === '' ? side(at.side, 'rows') : at.row}`),
      }),
      [turned ? 'unless' : 'when']: written(when),
      [turned ? 'when' : 'unless']: written(unless),
    };
  });

test('whatever compiles can be evaluated, found and reported', () => {
  const document = exampleText(HUNAN);
  let compiled = 0;
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 40 }), (list) => {
      const made = list.map((one, index) => ({
        id: `local.r${index}`,
        title: { zh: '试' },
        ...one,
      }));
      const { rulebook } = readRulebook([
        { path: 'a.json', text: JSON.stringify({ pack: '试', rules: made }) },
      ]);
      compiled += rulebook.packs.at(-1)!.rules.length;
      const analysis = analyze({ path: HUNAN, text: document }, { severities, rulebook });
      diagnosticsOf(analysis, 'file:///a', 'zh-cn');
      reportOf('a', analysis, 'en', { all: true });
    }),
    { numRuns: 30, seed: 4 },
  );
  // The rules have to be meaningful often enough to prove something.
  expect(compiled).toBeGreaterThan(100);
}, 300_000);

test('any text is a pack with findings, never a throw', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('yaml', 'json'),
      (written, ending) => {
        const { findings } = readRulebook([{ path: `a.${ending}`, text: written }]);
        expect(findings.get(`a.${ending}`)!.length).toBeGreaterThan(0);
        for (const { range } of findings.get(`a.${ending}`)!) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeLessThanOrEqual(written.length);
        }
      },
    ),
    { numRuns: 300, seed: 4 },
  );
});
