import { parseAmount } from '../disclosure/amount';
import { amountOf, isNonZero, type Disclosure, type Problem } from '../disclosure/model';
import { headKeys } from '../disclosure/ownKeys';
import { vocabulary } from '../disclosure/vocabulary';
import { rewrite } from '../disclosure/writing';
import { comparison } from '../relations/conditions';
import type { Cause } from '../repair/cause';
import { insertBefore, quoted } from '../syntax/insert';
import { unitOfTable } from './causeMessage';

/** Tables in another unit than the file says, with the entry that says which; or the whole file. */
export function unitProblems(disclosure: Disclosure, causes: readonly Cause[]): Problem[] {
  return [...unitOfFile(disclosure), ...unitsOfTables(disclosure, causes)];
}

/** The form that has the totals of a year. */
const TOTALS = 'T1';
/** No department gets along with less 元 a year. */
const LEAST = '100000';
/** Fewer figures are no year. */
const FEWEST = 3;

/** All of a file in 元, whose totals of a year would not pay anybody: then nothing in it contradicts another. */
function unitOfFile({ tree, unit, tables }: Disclosure): Problem[] {
  const table = tables.get(TOTALS);
  if (unit.exponent !== 0 || table?.unit !== unit || tree.root?.kind !== 'map') return [];
  const at = tree.root.entries.find(({ key }) => headKeys.get(key.text) === 'unit')?.value;
  if (at?.kind !== 'scalar' || at.text.trim() !== unit.name) return [];
  const cells = [...table.rows.values()].flatMap(({ id, values }) =>
    [...values.keys()].flatMap((column) => table.cell(id, column) ?? []),
  );
  const amounts = cells.filter(isNonZero).map(amountOf);
  const least = parseAmount(LEAST, unit.exponent)!;
  if (amounts.length < FEWEST) return [];
  if (amounts.some((amount) => comparison(amount, least) !== 'less')) return [];
  const meant = vocabulary.defaultUnit;
  const args = { unit: meant, declared: unit.name, part: 'file' };
  const fixes = [rewrite(at, meant, false)];
  return [{ code: 'input.wrong-unit', at, args, fixes }];
}

function unitsOfTables({ tree }: Disclosure, causes: readonly Cause[]): Problem[] {
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
