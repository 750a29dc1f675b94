import type { Disclosure, Problem } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Evaluation } from '../relations/evaluate';
import type { Cause } from '../repair/causes';
import type { UnitSlip } from '../repair/units';
import { insertFirst } from './insert';

/** Tables in another unit than the file says, with the entry that says which. */
export function unitProblems({ tree }: Disclosure, slips: readonly UnitSlip[]): Problem[] {
  return slips.map(({ table, unit }) => {
    const { key } = vocabulary.tableKeys['unit']!;
    const written = [key, ...(vocabulary.tableKeys['unit']!.alias ?? [])];
    const { value } = table.entry;
    const own =
      value?.kind === 'map' && value.entries.find((entry) => written.includes(entry.key.text));
    const edit = own ? undefined : insertFirst(table.entry, key, unit, tree);
    const edits = own
      ? own.value?.kind === 'scalar'
        ? [{ at: own.value, newText: unit }]
        : []
      : edit
        ? [{ at: edit.range, newText: edit.newText }]
        : [];
    const args = { table: table.spec.key, unit, declared: table.unit.name };
    return {
      code: 'input.wrong-unit',
      at: table.entry.key,
      args,
      ...(edits.length > 0 && { fixes: [{ title: 'unit', args, edits, certain: true }] }),
    };
  });
}

/** No figure of a table in another unit is to be mended: its unit is. */
export function withoutValues(
  causes: readonly Cause[],
  slips: readonly UnitSlip[],
): readonly Cause[] {
  if (slips.length === 0) return causes;
  const tables = new Set(slips.map(({ table }) => table));
  const isBetween = ({ relation: { left, right } }: Evaluation) => {
    const inside = [...left, ...right].map(({ cell }) => tables.has(cell.table));
    return inside.includes(true) && inside.includes(false);
  };
  return causes.map((cause) =>
    cause.verdict !== 'tail' && cause.members.some(isBetween)
      ? { ...cause, verdict: 'undecided', candidates: [] }
      : cause,
  );
}
