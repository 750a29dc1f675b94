/** The subjects for which one of two rows with one code may have been meant. */
import { catalogOf } from '../catalog/inForce';
import { codePlaces } from '../catalog/places';
import type { Disclosure } from '../disclosure/model';
import { rowId } from '../disclosure/ownKeys';
import type { Fact } from '../relations/fact';
import { figuresAt, figuresIn, type DoubledCode, type WrittenRow } from './doubledCode';
import { inTurn, ofRow, type Renaming } from './renaming';

/** The one that a text lists and the table has no line for; else those of the row that was to have another code first. */
export function meantCodes(
  doubled: DoubledCode,
  disclosure: Disclosure,
  facts: readonly Fact[],
): Renaming[] {
  const { pair, stray, meant } = doubled;
  const listed = listedFor(doubled, facts);
  if (listed.length === 1) return [{ ...listed[0]!, isInOrder: true }];
  const inOrder = stray ? meant(stray).map((code) => renaming(stray, code, doubled)) : [];
  // The second row is more often the one to be renamed.
  const rows = stray === pair[0] ? pair : [...pair].reverse();
  const known = inTurn(
    rows.map((row) =>
      knownFor(row, doubled, disclosure).map((code) => renaming(row, code, doubled)),
    ),
  );
  const isSame = (one: Renaming, other: Renaming) => one.at === other.at && one.key === other.key;
  const [only, ...more] = inOrder;
  const told = known.map((one) =>
    only && more.length === 0 && isSame(one, only) ? { ...one, isInOrder: true } : one,
  );
  const others = inOrder.filter((one) => !known.some((other) => isSame(one, other)));
  return [
    ...told,
    ...others.map((one) => ({ ...one, isInOrder: more.length === 0, isGuess: true })),
  ];
}

/** Subjects that lists of a text name, that have no line, and that would stand in order in the place of a row. */
function listedFor(doubled: DoubledCode, facts: readonly Fact[]): Renaming[] {
  const { place, pair, free } = doubled;
  const named = facts.flatMap(({ outcome, lacking }) => {
    const [code, ...more] = lacking?.table === place.table ? lacking!.codes : [];
    return outcome !== 'holds' && code !== undefined && more.length === 0 ? code : [];
  });
  return pair.flatMap((row) =>
    free(row)
      .filter((code) => named.includes(code))
      .map((code) => renaming(row, code, doubled)),
  );
}

/** Subjects that other places know, with one of the figures of a row, and this list does not. */
function knownFor(
  { value }: WrittenRow,
  { place }: DoubledCode,
  disclosure: Disclosure,
): readonly string[] {
  const { classification, levels } = place;
  const { section } = place.row!;
  const figures = new Set(figuresIn(value));
  const codes = new Set<string>();
  for (const other of codePlaces(disclosure)) {
    // Its subject above, where the list is of those.
    const code = other.code.slice(0, place.code.length);
    if (other.classification !== classification || !levels.includes(code.length)) continue;
    if (other.row === place.row || place.table!.rows.get(rowId(section, code))?.entry) continue;
    if (figuresAt(other).some((figure) => figures.has(figure))) codes.add(code);
  }
  // Who copies a row seldom means a subject of another level.
  const alike = [...codes].filter((code) => code.length === place.code.length);
  return alike.length > 0 ? alike : [...codes];
}

function renaming(row: WrittenRow, code: string, { place }: DoubledCode): Renaming {
  const { classification } = place;
  const table = place.table!;
  const name = catalogOf(table).lookup(code, classification)?.name;
  return {
    at: row.node,
    key: code,
    subject: name === undefined ? code : `${code} ${name}`,
    cells: ofRow(table, rowId(place.row!.section, code)),
    others: ofRow(table, place.row!.id),
  };
}
