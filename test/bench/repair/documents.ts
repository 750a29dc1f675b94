/** Documents to spoil: synthetic ones and the real examples, behind one interface. */
import type { Disclosure } from '../../../server/src/disclosure/model';
import { isNonZero } from '../../../server/src/disclosure/model';
import { editCell } from '../../../server/src/service/edits';
import { analyzeText, applyEdits, EXAMPLES, exampleText } from '../../support/examples';
import { pick } from '../../support/random';
import { slip, STRUCTURAL, type Site, type SlipName, type StructuralName } from './errors';
import { department, type Random } from './model';
import { printed, write, type Layout, type Mode, type PrintedDocument } from './print';

/** What was spoiled: wrong cells with what they should print, and the text. */
export interface Spoiled {
  readonly text: string;
  readonly path: string;
  readonly truth: ReadonlyMap<string, string>;
}

export interface Subject {
  readonly text: string;
  readonly path: string;
  readonly sites: readonly Site[];
  /** The text with some cells printing something else. */
  with(changes: ReadonlyMap<string, string>): string;
  /** A mistake that touches many cells; undefined where it cannot happen here. */
  structural(name: StructuralName, random: Random): Spoiled | undefined;
}

/** Some cells printing something else, each by a slip of its own kind. */
export function spoil(
  subject: Subject,
  count: number,
  among: (site: Site) => boolean,
  kinds: readonly SlipName[],
  random: Random,
): Spoiled | undefined {
  const sites = subject.sites.filter(among);
  if (sites.length < count) return undefined;
  const changes = new Map<string, string>();
  const truth = new Map<string, string>();
  for (let tries = 0; changes.size < count && tries < 200; tries++) {
    const site = pick(sites, random);
    if (changes.has(site.id)) continue;
    const wrong = slip(pick(kinds, random), site, random);
    if (wrong === undefined) continue;
    changes.set(site.id, wrong);
    truth.set(site.id, site.printed);
  }
  if (changes.size < count) return undefined;
  return { text: subject.with(changes), path: subject.path, truth };
}

/** Of as many lines as departments have. */
export function synthetic(layout: Layout, mode: Mode, random: Random): Subject {
  const [least, more] = layout === 'national' ? [8, 60] : [5, 30];
  return made(least + Math.floor(random() ** 2 * more), layout, mode, random);
}

/** Of as many lines as it takes to print at least so many cells. */
export function syntheticOf(cells: number, layout: Layout, mode: Mode, random: Random): Subject {
  let subject = made(1, layout, mode, random);
  for (let items = 2; subject.cells < cells; items++) subject = made(items, layout, mode, random);
  return subject;
}

function made(items: number, layout: Layout, mode: Mode, random: Random): Printed {
  const shape = { items, generalOnly: random() < 0.5, grain: mode === 'exact' ? 10_000n : 1n };
  const accounts = department(shape, random);
  return new Printed(printed(accounts, { layout, mode, zero: random() < 0.5 ? '' : '0.00' }));
}

class Printed implements Subject {
  readonly path = 'synthetic.disclosure.yaml';
  readonly cells: number;
  readonly text: string;
  readonly sites: readonly Site[];
  private readonly figures = new Map<string, string>();

  constructor(private readonly document: PrintedDocument) {
    this.text = write(document);
    for (const { id, rows } of document.tables) {
      for (const row of rows) {
        for (const [column, figure] of row.cells)
          this.figures.set(`${id}/${row.id}/${column}`, figure);
      }
    }
    this.cells = this.figures.size;
    this.sites = sitesOf(this.figures);
  }

  with(changes: ReadonlyMap<string, string>): string {
    return write(this.changed(changes));
  }

  structural(name: StructuralName, random: Random): Spoiled | undefined {
    const truth = new Map<string, string>();
    const changes = new Map<string, string>();
    const set = (id: string, wrong: string) => {
      const right = this.figures.get(id);
      if (right === undefined || right === wrong) return;
      truth.set(id, right);
      changes.set(id, wrong);
    };
    const figure = (id: string) => this.figures.get(id) ?? '';
    const tables = this.document.tables.filter(({ rows }) => rows.length > 3);
    const table = pick(tables, random);
    const rows = table.rows.filter(({ cells }) => [...cells.values()].some(isFigure));
    const at = Math.floor(random() * (rows.length - 1));
    const [row, next] = [rows[at], rows[at + 1]];
    if (!row || !next) return undefined;
    const id = (r: typeof row, column: string) => `${table.id}/${r.id}/${column}`;
    switch (name) {
      case 'swapped-rows':
        for (const column of row.cells.keys()) {
          if (!next.cells.has(column)) continue;
          set(id(row, column), figure(id(next, column)));
          set(id(next, column), figure(id(row, column)));
          if (random() < 0.5) break;
        }
        break;
      case 'swapped-columns': {
        const columns = [...row.cells.keys()];
        if (columns.length < 2) return undefined;
        const [a, b] = [columns[columns.length - 2]!, columns[columns.length - 1]!];
        set(id(row, a), figure(id(row, b)));
        set(id(row, b), figure(id(row, a)));
        break;
      }
      case 'lost-row': {
        if (row.id.includes('total') || row.id.includes('year')) return undefined;
        const kept = { ...table, rows: table.rows.filter((r) => r !== row) };
        const tables = this.document.tables.map((t) => (t === table ? kept : t));
        for (const column of row.cells.keys()) {
          if (isFigure(figure(id(row, column))))
            truth.set(id(row, column), figure(id(row, column)));
        }
        return { text: write({ ...this.document, tables }), path: this.path, truth };
      }
      case 'shifted': {
        const length = 3 + Math.floor(random() * 4);
        const block = rows.slice(at, at + length).filter((r) => r.columns === row.columns);
        if (block.length < 3) return undefined;
        block.forEach((r, index) => {
          const from = block[(index + 1) % block.length]!;
          for (const column of r.cells.keys()) set(id(r, column), figure(id(from, column)));
        });
        break;
      }
      case 'signs':
        for (const column of row.cells.keys()) {
          const right = figure(id(row, column));
          if (isFigure(right)) set(id(row, column), `-${right}`);
        }
        break;
      case 'repeated': {
        const site = pick(this.sites, random);
        const same = this.sites.filter(({ printed }) => printed === site.printed);
        const wrong = slip('digit', site, random);
        if (!wrong || same.length < 3) return undefined;
        const count = 2 + Math.floor(random() * (same.length - 1));
        for (const { id: other } of same.slice(0, count)) set(other, wrong);
        break;
      }
      case 'unit-of-table':
        for (const r of rows) {
          for (const [column, right] of r.cells) {
            if (isFigure(right))
              set(id(r, column), `${right.replace('.', '')}00.00`.replace(/^0+/, ''));
          }
        }
        break;
    }
    return truth.size > 0 ? { text: this.with(changes), path: this.path, truth } : undefined;
  }

  private changed(changes: ReadonlyMap<string, string>): PrintedDocument {
    const tables = this.document.tables.map((table) => ({
      ...table,
      rows: table.rows.map((row) => ({
        ...row,
        cells: new Map(
          [...row.cells].map(([column, figure]) => [
            column,
            changes.get(`${table.id}/${row.id}/${column}`) ?? figure,
          ]),
        ),
      })),
    }));
    return { ...this.document, tables };
  }
}

const isFigure = (text: string) => /[1-9]/.test(text);

/** Sites of all figures, from cells by their ids alone: rows next to each other, rows of one name. */
function sitesOf(figures: ReadonlyMap<string, string>): Site[] {
  const columns = new Map<string, string[]>();
  const names = new Map<string, string[]>();
  const split = (id: string) => {
    const [table = '', row = '', column = ''] = id.split('/');
    const [side = '', name = ''] = row.includes('.') ? row.split('.') : ['', row];
    return { column: `${table}/${side}/${column}`, name };
  };
  for (const [id, figure] of figures) {
    if (!isFigure(figure)) continue;
    const { column, name } = split(id);
    columns.set(column, [...(columns.get(column) ?? []), id]);
    names.set(name, [...(names.get(name) ?? []), id]);
  }
  const sites: Site[] = [];
  for (const [id, printedFigure] of figures) {
    if (!isFigure(printedFigure)) continue;
    const { column, name } = split(id);
    const around = columns.get(column)!;
    const at = around.indexOf(id);
    const near = [around[at - 1], around[at + 1]].flatMap((other) =>
      other ? [figures.get(other)!] : [],
    );
    const same = names
      .get(name)!
      .filter((other) => other !== id)
      .map((other) => figures.get(other)!);
    const units = (text: string) => BigInt(text.replace('.', ''));
    const difference = near.map((text) => units(printedFigure) - units(text)).filter((n) => n > 0n);
    const totals = difference.map((n) => {
      const digits = n.toString().padStart(3, '0');
      return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
    });
    sites.push({ id, printed: printedFigure, neighbours: near, namesakes: same, totals });
  }
  return sites;
}

/** The real documents, with the tails they were published with. */
export function examples(): Subject[] {
  return EXAMPLES.map((name) => {
    const text = exampleText(name);
    const analysis = analyzeText(text, name);
    const disclosure: Disclosure = analysis.disclosure!;
    const cells = new Map([...disclosure.cells()].map((cell) => [cell.id, cell]));
    const figures = new Map(
      [...cells].filter(([, cell]) => isNonZero(cell)).map(([id, cell]) => [id, cell.printed]),
    );
    const sites = sitesOf(figures);
    const changed = (changes: ReadonlyMap<string, string>) =>
      applyEdits(
        text,
        [...changes].map(([id, figure]) => {
          const edit = editCell(cells.get(id)!, figure, analysis.tree);
          if (!edit) throw new Error(`${id} of ${name} cannot be written`);
          return edit;
        }),
      );
    const swap = (random: Random): Spoiled | undefined => {
      const site = pick(sites, random);
      const other = sites.find(
        ({ id, printed }) => id !== site.id && printed !== site.printed && sameColumn(id, site.id),
      );
      if (!other) return undefined;
      const changes = new Map([
        [site.id, other.printed],
        [other.id, site.printed],
      ]);
      const truth = new Map([
        [site.id, site.printed],
        [other.id, other.printed],
      ]);
      return { text: changed(changes), path: name, truth };
    };
    return {
      text,
      path: name,
      sites,
      with: changed,
      structural: (kind: StructuralName, random: Random) =>
        kind === STRUCTURAL[0] ? swap(random) : undefined,
    };
  });
}

function sameColumn(a: string, b: string): boolean {
  const [x, y] = [a.split('/'), b.split('/')];
  return x[0] === y[0] && x[2] === y[2];
}
