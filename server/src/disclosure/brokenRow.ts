import type { Entry } from '../syntax/tree';
import type { Row } from './model';
import { rowId, rowKeys } from './ownKeys';
import { indexOf } from './sectionIndex';
import type { RowSpec, SectionSpec } from './vocabulary';

/**
 * A row in whose lines there is a syntax error: which one it is, and nothing of what it prints. Undefined
 * where it is not certain which one, or whether that is all the lines hold.
 */
export function brokenRow(
  section: SectionSpec,
  spec: RowSpec | undefined,
  entry: Entry,
): Row | undefined {
  const { key, value } = entry;
  const code = spec ? undefined : plainCode(section, key.text);
  const children = value?.kind === 'map' ? value.entries : [];
  const { rows, columns } = indexOf(section);
  // A row may have slipped in among the columns of another.
  const isRow = ({ key: { text } }: Entry) =>
    !columns.get(text) && (/^\d{3,}$/.test(text.trim()) || rows.get(text) !== undefined);
  if ((!spec && !code) || spec?.parts || children.some(isRow)) return undefined;
  const values = new Map<string, Entry>();
  let name: Row['name'];
  for (const child of children) {
    const column = columns.get(child.key.text);
    if (column) values.set(column.id, child);
    else if (rowKeys.get(child.key.text) === 'name' && child.value?.kind === 'scalar') {
      name = child.value;
    }
  }
  const id = rowId(section, spec?.id ?? code ?? '');
  return { id, section, spec, code, entry, values, name, printed: true, broken: true };
}

/** A code that is written as such, of a length that there is. */
function plainCode({ codes }: SectionSpec, key: string): string | undefined {
  const text = key.trim();
  return codes && /^\d+$/.test(text) && codes.levels.includes(text.length) ? text : undefined;
}
