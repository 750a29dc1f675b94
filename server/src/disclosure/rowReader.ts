import { leastOf } from '../syntax/arrays';
import type { Entry, MapNode } from '../syntax/tree';
import { brokenRow } from './brokenRow';
import { lostColonIn } from './lostColon';
import { halfWidth } from './mistyped';
import type { Problem, Row } from './model';
import { rowId, rowKeys, tableKeys } from './ownKeys';
import { indexOf } from './sectionIndex';
import { hasMoney, wholeRow } from './tableData';
import type { TableState } from './tableState';
import { isMerge, misspeltCode, unknownKey } from './unknown';
import {
  KeyIndex,
  normalizeKey,
  type ColumnSpec,
  type RowSpec,
  type SectionSpec,
} from './vocabulary';
import { asTotal, loneFigure, onlyKey } from './wholeFigure';
import { asColumns, rewrite } from './writing';

/** Reads the rows of a table, in every way in which they are written. */
export class RowReader {
  constructor(private readonly state: TableState) {}

  read(section: SectionSpec, entry: Entry): void {
    const { state } = this;
    const spec = indexOf(section).rows.get(entry.key.text);
    if (state.isBroken(entry)) return this.addBroken(section, spec, entry);
    if (!spec && !entry.value && state.context.damage?.reaches(entry)) return;
    if (spec?.parts && entry.value?.kind === 'map') return this.readParts(section, spec, entry);
    const code = spec ? undefined : this.codeOf(section, entry);
    if (spec) this.addRow(section, entry, rowId(section, spec.id), spec, undefined);
    else if (code) this.addRow(section, entry, rowId(section, code), undefined, code);
    else if (this.isColumnOfRows(section, entry)) this.readColumn(section, entry);
    else if (!isMerge(entry)) state.unknown.push(() => this.unknownRow(section, entry));
  }

  /** Of a row with a broken line it is told which one it is, and nothing else. */
  private addBroken(section: SectionSpec, spec: RowSpec | undefined, entry: Entry): void {
    const { state } = this;
    const row = brokenRow(section, spec, entry);
    if (!row || state.rows.has(row.id)) {
      state.isContained = false;
      return;
    }
    for (const column of row.values.keys()) state.usedColumns.add(column);
    state.written++;
    state.rows.set(row.id, row);
  }

  /** Some forms print a table of named rows turned over: `预算数: {合计: …, 公务接待费: …}`. */
  private isColumnOfRows(section: SectionSpec, { key, value }: Entry): boolean {
    return !section.codes && value?.kind === 'map' && !!indexOf(section).columns.get(key.text);
  }

  private readColumn(section: SectionSpec, entry: Entry): void {
    const { state } = this;
    const column = indexOf(section).columns.get(entry.key.text)!;
    state.usedColumns.add(column.id);
    const { rows } = indexOf(section);
    const pending = [{ body: entry.value as MapNode, total: undefined as RowSpec | undefined }];
    for (const { body, total } of pending) {
      for (const child of body.entries) {
        const isTotal = total && normalizeKey(child.key.text) === normalizeKey(total.totalKey!);
        const spec = isTotal ? total : rows.get(child.key.text);
        if (spec?.totalKey && child.value?.kind === 'map') {
          pending.push({ body: child.value, total: spec });
        } else if (spec) this.addFigure(section, spec, column, child);
        else if (!isMerge(child)) {
          state.unknown.push(() => {
            state.hide(section.id, child);
            const isTaken = ({ id }: RowSpec) =>
              state.rows.get(rowId(section, id))?.values.has(column.id) === true;
            return unknownKey('input.unknown-row', child, rows.names, isTaken, state.args).problem;
          });
        }
      }
    }
  }

  /** One figure of a row that is written column by column. */
  private addFigure(section: SectionSpec, spec: RowSpec, column: ColumnSpec, entry: Entry): void {
    const { state } = this;
    const id = rowId(section, spec.id);
    const row = state.rows.get(id);
    if (row?.broken) state.isContained = false;
    state.repeated(row?.values.get(column.id), entry);
    const values = new Map(row?.values).set(column.id, entry);
    const own = { id, section, spec, code: undefined, entry, name: undefined, printed: true };
    state.rows.set(id, { ...own, ...row, values });
    state.written++;
  }

  private unknownRow(section: SectionSpec, entry: Entry): Problem {
    const { state } = this;
    const isWritten = (id: string) => state.rows.get(rowId(section, id))?.entry !== undefined;
    const { codes } = section;
    const isKey = codes && !lostColonIn(entry);
    const code = isKey && misspeltCode(entry, codes.levels, isWritten, state.args);
    if (code) {
      this.addRow(section, entry, rowId(section, code.meant!), undefined, code.meant);
      return code.problem;
    }
    const own = section.id === '' ? tableKeys.names : [];
    const names = [...indexOf(section).rows.names, ...own];
    const isTaken = (found: RowSpec | string) =>
      typeof found === 'string' ? state.ownKeys.has(found) : isWritten(found.id);
    const { problem, meant } = unknownKey('input.unknown-row', entry, names, isTaken, state.args);
    if (meant === 'unit') state.readable = false;
    else if (typeof meant === 'object' && !meant.parts) {
      this.addRow(section, entry, rowId(section, meant.id), meant, undefined);
    } else state.hide(section.id, entry);
    return problem;
  }

  /** A subject code of this section; digits of a wrong length are reported and still kept as a row. */
  private codeOf(section: SectionSpec, entry: Entry): string | undefined {
    const { state } = this;
    const { key } = entry;
    const written = key.text.trim();
    const text = halfWidth(written);
    if (!section.codes || !/^\d+$/.test(text)) return undefined;
    if (text !== written) {
      const fixes = [rewrite(key, text, true)];
      const args = { ...state.args, key: written, code: text };
      state.context.problems.push({ code: 'input.code-width', at: key, args, fixes });
    }
    if (section.codes.levels.includes(text.length)) return text;
    state.problem('input.code-length', key, {
      code: text,
      lengths: section.codes.levels.join('、'),
    });
    // Of which other row it is a part, nobody knows.
    state.hide(section.id, entry);
    return text.length > leastOf(section.codes.levels) ? text : undefined;
  }

  /** `年初财政拨款结转和结余: {合计: …, 一般公共预算财政拨款: …}` */
  private readParts(section: SectionSpec, spec: RowSpec, entry: Entry): void {
    const { state } = this;
    const parts = new KeyIndex(spec.parts!.map((part) => [part, part]));
    const totalKey = normalizeKey(spec.totalKey ?? '');
    let total: Entry | undefined;
    for (const child of (entry.value as MapNode).entries) {
      const part = parts.get(child.key.text);
      if (part) this.addRow(section, child, rowId(section, part.id), part, undefined);
      else if (normalizeKey(child.key.text) === totalKey) total = child;
      else {
        const isTaken = ({ id }: RowSpec) =>
          state.rows.get(rowId(section, id))?.entry !== undefined;
        state.unknown.push(() => {
          state.hide(section.id, child);
          return unknownKey('input.unknown-row', child, parts.names, isTaken, state.args).problem;
        });
      }
    }
    if (total) this.addRow(section, total, rowId(section, spec.id), spec, undefined);
  }

  private addRow(
    section: SectionSpec,
    entry: Entry,
    id: string,
    spec: RowSpec | undefined,
    code: string | undefined,
  ): void {
    const { state } = this;
    const values = new Map<string, Entry>();
    let name: Row['name'];
    const { value } = entry;
    const only = section.columns.length === 1 ? section.columns[0] : undefined;
    const alone = value?.kind === 'map' ? onlyKey(value) : undefined;
    const lone =
      alone && loneFigure(entry, value as MapNode, alone, this.placeIn(section), state.args);
    if (lone) {
      state.context.problems.push(lone);
      state.hiddenColumns.add(entry);
    } else if (value?.kind === 'map') {
      const { columns } = indexOf(section);
      for (const child of value.entries) {
        const column = columns.get(child.key.text);
        if (column) {
          state.repeated(values.get(column.id), child);
          values.set(column.id, child);
          state.usedColumns.add(column.id);
          continue;
        }
        const rowKey = rowKeys.get(child.key.text);
        if (rowKey === 'name') {
          if (child.value?.kind === 'scalar') name = child.value;
        } else if (!rowKey && !isMerge(child)) {
          state.unknown.push(() => this.unknownColumn(section, entry, child, values));
        }
      }
    } else if (only) {
      values.set(only.id, entry);
    } else if (value && !(value.kind === 'scalar' && wholeRow(value.text))) {
      state.context.problems.push({
        code: 'input.row-not-a-map',
        at: value,
        args: { ...state.args, row: entry.key.text },
        ...(value.kind === 'scalar' && { fixes: asTotal(value, this.placeIn(section)) }),
        ...(value.kind === 'sequence' && { fixes: asColumns(value, state.context.tree) }),
      });
    }
    if (state.doubting) for (const written of values.values()) state.doubtful.add(written);
    state.written++;
    const row: Row = { id, section, spec, code, entry, values, name, printed: true };
    const before = state.rows.get(id);
    if (before?.broken) state.isContained = false;
    const first = before?.entry;
    if (first) {
      state.repeated(first, entry);
      for (const one of [first, entry]) state.hide(section.id, one);
    }
    state.rows.set(id, first ? { ...row, doubled: true } : row);
  }

  private placeIn(section: SectionSpec) {
    return { section, tree: this.state.context.tree, unit: this.state.unit };
  }

  private unknownColumn(
    section: SectionSpec,
    row: Entry,
    entry: Entry,
    values: Map<string, Entry>,
  ): Problem {
    const { state } = this;
    const names = [...indexOf(section).columns.names, ...rowKeys.names];
    const isTaken = (found: ColumnSpec | string) =>
      typeof found !== 'string' && values.has(found.id);
    const { problem, meant } = unknownKey(
      'input.unknown-column',
      entry,
      names,
      isTaken,
      state.args,
    );
    if (typeof meant === 'object') {
      values.set(meant.id, entry);
      state.usedColumns.add(meant.id);
      state.doubtful.add(entry);
    } else if (hasMoney(entry)) {
      state.hiddenColumns.add(row);
      // It is rather a row, indented as if it were of the one above.
      if (isRow(entry, section)) state.hide(section.id, entry);
    }
    return problem;
  }
}

const isRow = ({ key }: Entry, section: SectionSpec): boolean =>
  indexOf(section).rows.get(key.text) !== undefined ||
  (section.codes !== undefined && /^\d{3,7}$/.test(halfWidth(key.text.trim())));
