import type { Disclosure, Problem } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Cause } from '../repair/cause';
import { insertBefore, quoted } from '../syntax/insert';
import { unitOfTable } from './causeMessage';

/** Tables in another unit than the file says, with the entry that says which. */
export function unitProblems({ tree }: Disclosure, causes: readonly Cause[]): Problem[] {
  const groups = causes.flatMap((cause) => cause.groups.filter(({ kind }) => kind === 'unit'));
  return groups.flatMap((group) => {
    const { table } = group;
    const unit = unitOfTable(group);
    if (!table || unit === undefined) return [];
    const { key } = vocabulary.tableKeys['unit']!;
    const names = [key, ...(vocabulary.tableKeys['unit']!.alias ?? [])];
    const { value } = table.entry;
    const own =
      value?.kind === 'map' && value.entries.find((entry) => names.includes(entry.key.text));
    const written = `${quoted(key, tree)}: ${tree.language === 'json' ? `"${unit}"` : unit}`;
    const first = value?.kind === 'map' ? value.entries[0] : undefined;
    const edit =
      value?.kind === 'map' && first && !own
        ? insertBefore(first, value, written, tree)
        : undefined;
    const edits = own
      ? own.value?.kind === 'scalar'
        ? [{ at: own.value, newText: unit }]
        : []
      : edit
        ? [{ at: edit.range, newText: edit.newText }]
        : [];
    const args = { table: table.title, unit, declared: table.unit.name };
    return {
      code: 'input.wrong-unit',
      at: table.entry.key,
      args,
      ...(edits.length > 0 && { fixes: [{ title: 'unit', args, edits, certain: true }] }),
    };
  });
}
