import { parseAmount } from '../disclosure/amount';
import {
  amountOf,
  isNonZero,
  type Disclosure,
  type Problem,
  type ProblemFix,
  type Table,
} from '../disclosure/model';
import { headKeys } from '../disclosure/ownKeys';
import { vocabulary } from '../disclosure/vocabulary';
import { rewrite } from '../disclosure/writing';
import { comparison } from '../relations/conditions';
import type { Cause, CellGroup } from '../repair/cause';
import { insertBefore, quoted } from '../syntax/insert';
import type { SyntaxTree } from '../syntax/tree';
import { unitOfTable } from './groupMessage';
import type { Fix } from './fixes';
import type { Locale } from './messages';
import { anchorOf } from './places';
import { problemFixesOf } from './problemFixes';

/** Tables in another unit than the file says, with the entry that says which; or the whole file. */
export function unitProblems(disclosure: Disclosure, causes: readonly Cause[]): Problem[] {
  return [...unitOfFile(disclosure), ...unitsOfTables(disclosure, causes)];
}

/** Fewer figures are no year. */
const FEWEST = 3;

/** All of a file in 元, whose totals of a year would not pay anybody: then nothing in it contradicts another. */
function unitOfFile({ tree, unit, tables }: Disclosure): Problem[] {
  const table = tables.get(vocabulary.roles.totals);
  if (unit.exponent !== 0 || table?.unit !== unit || tree.root?.kind !== 'map') return [];
  const at = tree.root.entries.find(({ key }) => headKeys.get(key.text) === 'unit')?.value;
  if (at?.kind !== 'scalar' || at.text.trim() !== unit.name) return [];
  const cells = [...table.rows.values()].flatMap(({ id, values }) =>
    [...values.keys()].flatMap((column) => table.cell(id, column) ?? []),
  );
  const amounts = cells.filter(isNonZero).map(amountOf);
  const least = parseAmount(String(vocabulary.leastOfYear), unit.exponent)!;
  if (amounts.length < FEWEST) return [];
  if (amounts.some((amount) => comparison(amount, least) !== 'less')) return [];
  const meant = vocabulary.defaultUnit;
  const args = { unit: meant, declared: unit.name, part: 'file' };
  const fixes = [rewrite(at, meant, false)];
  return [{ code: 'input.wrong-unit', at, args, fixes }];
}

function unitsOfTables({ tree }: Disclosure, causes: readonly Cause[]): Problem[] {
  return causes.flatMap((cause) =>
    cause.groups.flatMap((group) => {
      const { table } = group;
      const unit = unitOfGroup(group);
      if (!table || unit === undefined || isToldAtKey(cause, tree)) return [];
      const args = { table: table.title, unit, declared: table.unit.name };
      const fixes = fixesOf(table, unit, tree);
      return [
        {
          code: 'input.wrong-unit',
          at: table.entry.key,
          args,
          ...(fixes.length > 0 && { fixes }),
        },
      ];
    }),
  );
}

/** The entry that says in which unit a table is, of a cause that tells nothing else. */
export function unitFix(cause: Cause, tree: SyntaxTree, locale: Locale): Fix[] {
  const [group] = cause.groups;
  const unit = group && unitOfGroup(group);
  if (!group?.table || unit === undefined || !isToldAtKey(cause, tree)) return [];
  const fixes = fixesOf(group.table, unit, tree);
  return problemFixesOf(
    { code: cause.id, at: group.table.entry.key, args: {}, fixes },
    tree,
    locale,
  );
}

const unitOfGroup = (group: CellGroup) => (group.kind === 'unit' ? unitOfTable(group) : undefined);

/** Whether a cause is told at the key of the table that is in another unit, and as that. */
function isToldAtKey({ groups: [group], candidates, cell, at }: Cause, tree: SyntaxTree): boolean {
  if (group?.kind !== 'unit' || !group.table || candidates.length > 0) return false;
  const { start } = at ? tree.rangeOf(at) : anchorOf(cell, tree);
  return start === tree.rangeOf(group.table.entry.key).start;
}

function fixesOf({ entry }: Table, unit: string, tree: SyntaxTree): ProblemFix[] {
  const { key, alias = [] } = vocabulary.tableKeys['unit']!;
  const { value } = entry;
  if (value?.kind !== 'map') return [];
  const own = value.entries.find((one) => [key, ...alias].includes(one.key.text));
  const [first] = value.entries;
  const edits = [];
  if (own) {
    if (own.value?.kind === 'scalar') edits.push({ at: own.value, newText: unit });
  } else if (first) {
    const written = `${quoted(key, tree)}: ${tree.language === 'json' ? `"${unit}"` : unit}`;
    const { range, newText } = insertBefore(first, value, written, tree);
    edits.push({ at: range, newText });
  }
  return edits.length > 0 ? [{ title: 'unit', args: { unit }, edits, certain: true }] : [];
}
