/** Economic items that a table of expenditure seems to have lost. */
import { isInUse } from '../catalog/catalog';
import { catalogOf } from '../catalog/inForce';
import type { Table } from '../disclosure/model';
import type { Network } from '../relations/network';

/** Items that a list of a text names and that a table has no line for, under each of the names that it gives one. */
export function itemsNamed(table: Table, { facts }: Network): ReadonlySet<string> {
  return new Set(
    facts.flatMap(({ outcome, lacking }) => {
      const [only, ...more] = lacking?.table === table ? lacking.codes : [];
      return outcome === 'fails' && only !== undefined && more.length === 0 ? only : [];
    }),
  );
}

/** So many lines of a class tell that a table writes all of them, whether they have a figure or not. */
const FEWEST_LINES = 5;

/**
 * The items that are left out alone where a table writes every other one of their class, blank or not. Behind the last
 * line somebody may still be writing.
 */
export function itemsLeftOut(table: Table, year: number | undefined): ReadonlySet<string> {
  const isEconomic = table.spec.sections.some(
    ({ codes }) => codes?.classification === 'economic' && !codes.lines,
  );
  if (!isEconomic || table.spec.section !== undefined) return new Set();
  const written = [...table.rows.values()].flatMap(({ entry, code }) =>
    entry && code !== undefined ? code : [],
  );
  const known = new Set(written);
  const last = written.reduce((a, b) => (b > a ? b : a), '');
  const missing = new Map<string, string[]>();
  const counts = new Map<string, number>();
  for (const entry of catalogOf(table).entries('economic')) {
    const { code } = entry;
    if (code.length !== ITEM) continue;
    const above = code.slice(0, CLASS);
    if (known.has(code)) counts.set(above, (counts.get(above) ?? 0) + 1);
    else if (isInUse(entry, year)) missing.set(above, [...(missing.get(above) ?? []), code]);
  }
  return new Set(
    [...missing].flatMap(([above, [only, ...more]]) => {
      const isForm = (counts.get(above) ?? 0) >= FEWEST_LINES;
      return isForm && more.length === 0 && only! < last ? only! : [];
    }),
  );
}

/** Digits of the code of a class, and of an item of it. */
const [CLASS, ITEM] = [3, 5];
