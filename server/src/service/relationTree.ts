import type { Cell } from '../disclosure/model';
import type { Outcome } from '../relations/evaluate';
import type { Reason } from '../relations/relation';
import type { LineRange } from '../syntax/lines';
import type { Analysis } from './analysis';
import { arithmeticOf, itemsOf } from './arithmetic';
import { rangeOf } from './figureNavigation';
import { factMessage, inLocale, message, problemMessage, type Locale } from './messages';
import { countsLabel, worstOf } from './outcomes';
import { innerLabelOf, pathTo, printedOf, tableLastLabelOf } from './places';
import { reasonMessage } from './reasons';
import { relationIndex, type RelationItem, type RuleGroup, type TableGroup } from './relationIndex';

/** One line of the tree of relations: a table, a rule, a relation, a cell of it. */
export interface RelationNode {
  /** The ids of the lines above it and its own: the same in every version of the file. */
  readonly path: readonly string[];
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** All of it in words, for whoever is read to. */
  readonly spoken: string;
  /** How it came out; of a table or a rule, what needs most attention. None of a cell. */
  readonly outcome: Outcome | null;
  /** Where it leads; null where nothing is written. */
  readonly range: LineRange | null;
  readonly hasChildren: boolean;
}

/** The lines below one; below none, the tables and statements of the file that relations speak of. */
export function relationsBelow(
  analysis: Analysis,
  path: readonly string[],
  locale: Locale,
): RelationNode[] {
  const index = relationIndex(analysis, locale);
  const print = new Printer(analysis, locale);
  const [tableId, ruleId, itemId] = path;
  if (tableId === undefined) return index.map((table) => print.table(table));
  const rules = index.find(({ head }) => head.id === tableId)?.rules ?? [];
  if (ruleId === undefined) return rules.map((rule) => print.rule(rule, path));
  const items = rules.find(({ id }) => id === ruleId)?.items ?? [];
  if (itemId === undefined && items.length > 1) return items.map((item) => print.item(item, path));
  // A rule with a single relation stands for that relation.
  const item = itemId === undefined ? items[0] : items.find(({ id }) => id === itemId);
  return item ? print.cells(item, path) : [];
}

/** What is said and shown beside it follows from label and description, unless it is given. */
type Line = Omit<RelationNode, 'spoken' | 'tooltip'> & Partial<RelationNode>;

class Printer {
  constructor(
    private readonly analysis: Analysis,
    private readonly locale: Locale,
  ) {}

  table({ head: { id, title, range }, counts }: TableGroup): RelationNode {
    return this.line({
      path: [id],
      label: title,
      description: countsLabel(counts, this.locale),
      outcome: worstOf(counts) ?? null,
      range,
      hasChildren: true,
    });
  }

  rule(rule: RuleGroup, above: readonly string[]): RelationNode {
    const { id, title, counts, items } = rule;
    const path = [...above, id];
    const [only, ...more] = items;
    const basis = this.analysis.rulebook.basis(id);
    const tooltip = [title, ...(basis ? [inLocale(basis, this.locale)] : []), id].join('\n');
    if (only && more.length === 0) return { ...this.item(only, above, title), path, tooltip };
    return this.line({
      path,
      label: title,
      description: countsLabel(counts, this.locale),
      tooltip,
      outcome: worstOf(counts) ?? null,
      range: this.placeOf(only!),
      hasChildren: true,
    });
  }

  item(item: RelationItem, above: readonly string[], title?: string): RelationNode {
    const { id, outcome } = item;
    const label = title ?? this.nameOf(item, above[0]);
    const detail = this.detailOf(item);
    // What could not be applied at all is called by the reason.
    const description = detail === label ? '' : detail;
    return this.line({
      path: [...above, id],
      label,
      description,
      outcome,
      spoken: this.spoken(label, message(this.locale, `outcome.${outcome}`), description),
      range: this.placeOf(item),
      hasChildren: 'relation' in item.found,
    });
  }

  /** The figures of a relation, each once, the printed one first. */
  cells({ found }: RelationItem, above: readonly string[]): RelationNode[] {
    if (!('relation' in found)) return [];
    const items = new Map(itemsOf(found).map((item) => [item.cell, item]));
    return [...items.values()].map(({ cell, sign }) => {
      const figure = `${sign}${printedOf(cell, this.locale)}`;
      const place = this.placeIn(above[0], cell);
      return this.line({
        path: [...above, cell.id],
        // First, so that it is seen where there is little room.
        label: figure,
        description: place,
        spoken: this.spoken(place, figure),
        outcome: null,
        range: rangeOf(this.analysis, cell),
        hasChildren: false,
      });
    });
  }

  private line(line: Line): RelationNode {
    const { label, description } = line;
    const tooltip = [label, description].filter((part) => part !== '').join('\n');
    return { tooltip, spoken: this.spoken(label, description), ...line };
  }

  private spoken(...parts: string[]): string {
    return parts.filter((part) => part !== '').join(message(this.locale, 'spoken'));
  }

  /** Which of the relations of a rule it is. */
  private nameOf({ found }: RelationItem, tableId: string | undefined): string {
    if ('relation' in found) return this.placeIn(tableId, found.relation.left[0]!.cell);
    if (!('at' in found)) return this.reason(found.reason);
    const path = 'path' in found ? found.path : pathTo(found.at, this.analysis.tree);
    const table = this.analysis.disclosure?.tables.get(tableId ?? '');
    const inner = table ? path.slice(path.indexOf(table.spec.key) + 1) : path;
    return (inner.length > 0 ? inner : path).join('/');
  }

  /** A cell in words; its table only where that is another one. */
  private placeIn(tableId: string | undefined, cell: Cell): string {
    const inner = cell.table.id === tableId ? innerLabelOf(cell, this.locale) : '';
    return inner || tableLastLabelOf(cell, this.locale);
  }

  /** Its arithmetic, or what is to be said of it. */
  private detailOf({ found, reason, outcome }: RelationItem): string {
    if (reason !== undefined) return reason;
    if ('code' in found) return problemMessage(this.locale, found.code, found.args);
    if (found.reason) return this.reason(found.reason);
    if ('relation' in found) return found.measure ? arithmeticOf(found) : '';
    return outcome === 'fails' && 'at' in found ? factMessage(this.locale, found) : '';
  }

  private reason(reason: Reason): string {
    return reasonMessage(reason, this.analysis.disclosure, this.locale);
  }

  private placeOf({ found }: RelationItem): LineRange | null {
    const { tree, lines } = this.analysis;
    if ('relation' in found) return rangeOf(this.analysis, found.relation.left[0]!.cell);
    if (!('at' in found))
      return found.reason.cell ? rangeOf(this.analysis, found.reason.cell) : null;
    return lines.range('kind' in found.at ? tree.rangeOf(found.at) : found.at);
  }
}
