import { normalizeKey } from '../disclosure/vocabulary';
import type { Catalog } from './catalog';
import type { CatalogClassification } from './data';
import { EXPENDITURE } from './names';

type Index = ReadonlyMap<string, readonly string[]>;

const indexes = new WeakMap<Catalog, Map<CatalogClassification, Index>>();

/**
 * The codes that a name may stand for: what the document itself calls so, else the subjects in force of
 * that name, else those that were once called so. Sentences say 办公设备购置支出, and 其他工资福利.
 * Empty for a name that no subject has.
 */
export function codesNamed(
  name: string,
  classification: CatalogClassification,
  printed: ReadonlyMap<string, string>,
  catalog: Catalog,
): readonly string[] {
  const plain = normalizeKey(name);
  const other = plain.endsWith(EXPENDITURE)
    ? plain.slice(0, -EXPENDITURE.length)
    : `${plain}${EXPENDITURE}`;
  for (const form of [plain, other]) {
    const own = printed.get(form);
    const found = own ? [own] : indexOf(classification, catalog).get(form);
    if (found) return found;
  }
  return [];
}

function indexOf(classification: CatalogClassification, catalog: Catalog): Index {
  const known = indexes.get(catalog) ?? new Map<CatalogClassification, Index>();
  indexes.set(catalog, known);
  let index = known.get(classification);
  if (!index) known.set(classification, (index = namesOf(classification, catalog)));
  return index;
}

/** Names in force come first: 医疗费 is 30114, though 30307 once had that name. */
function namesOf(classification: CatalogClassification, catalog: Catalog): Index {
  const index = new Map<string, string[]>();
  const add = (names: readonly string[], code: string, taken: ReadonlySet<string>) => {
    for (const name of names) {
      const known = index.get(name);
      if (!known) index.set(name, [code]);
      else if (!taken.has(name) && !known.includes(code)) known.push(code);
    }
  };
  const entries = [...catalog.entries(classification)];
  for (const { code, name } of entries) add(spellings(name), code, new Set());
  const inForce = new Set(index.keys());
  for (const { code, aliases } of entries) {
    for (const { name } of aliases) add(spellings(name), code, inForce);
  }
  return index;
}

/** 维修（护）费 is also written 维修费, 维修护费 and 维护费. */
function spellings(name: string): string[] {
  const plain = normalizeKey(name);
  const [, before, inside, after] = /^(.*?)\(([^)]+)\)(.*)$/u.exec(plain) ?? [];
  if (before === undefined || inside === undefined) return [plain];
  return [
    plain,
    `${before}${after}`,
    `${before}${inside}${after}`,
    `${before.slice(0, -inside.length)}${inside}${after}`,
  ];
}
