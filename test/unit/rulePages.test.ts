import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress } from '../../server/src/relations/address';
import { builtInPacks } from '../../server/src/relations/packs';
import { conditionAddresses } from '../../server/src/relations/rule';
import { builtInRulebook } from '../../server/src/relations/rulebook';
import { problemMessage } from '../../server/src/service/messages';

const folder = join(__dirname, '../../docs/rules');
const rules = builtInPacks.flatMap((pack) => pack.rules);
const pageOf = (id: string) => readFileSync(join(folder, `${id}.md`), 'utf8');

describe('rules, their pages and their messages agree', () => {
  test('every rule has a page, and every page a rule', () => {
    const pages = readdirSync(folder).filter((name) => name !== 'README.md');
    expect(pages.sort()).toEqual(rules.map(({ id }) => `${id}.md`).sort());
  });

  test('the index leads to every page, and to nothing else', () => {
    const links = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/\]\(([^)]+)\)/g)];
    const targets = links.map(([, target = '']) => target);
    expect(targets.filter((target) => !target.startsWith('..')).sort()).toEqual(
      rules.map(({ id }) => `${id}.md`).sort(),
    );
    for (const target of targets) expect(existsSync(join(folder, target)), target).toBe(true);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, { title, kind }) => {
    const page = pageOf(id);
    const basis = builtInRulebook.basis(id)!;
    for (const text of [title.zh, title.en, basis.zh, basis.en]) expect(page).toContain(text);
    expect(page).toContain(`"gouji.rules.severity": {"${id}": "off"}`);
    // What is not calculated is no formula; everything else has one, and nothing in it is nameless.
    expect(page.includes('## 公式')).toBe(kind !== 'input');
    expect(page).not.toMatch(/（）|《》|\[object|[·=] undefined/);
  });

  test('what the reader finds has words in both languages', () => {
    const written = rules.filter(({ kind }) => kind === 'input');
    for (const { id } of written) {
      for (const locale of ['zh-cn', 'en'] as const)
        expect(problemMessage(locale, id, {})).not.toBe(id);
    }
  });
});

test('an address is written as it is read', () => {
  const addresses = rules.flatMap(({ target, terms, base = [], when, unless }) => [
    ...(target ? [target] : []),
    ...terms,
    ...base,
    ...[when, unless].flatMap(conditionAddresses),
  ]);
  expect(addresses.length).toBeGreaterThan(500);
  for (const address of addresses) {
    expect(parseAddress(formatAddress(address))).toEqual(address);
  }
});
