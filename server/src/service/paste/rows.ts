import type { Catalog } from '../../catalog/catalog';
import { judgeName } from '../../catalog/judge';
import { KeyIndex, type RowSpec, type SectionSpec } from '../../disclosure/vocabulary';

/** What names a row in a block: cells with codes or names, and the names beside them. */
export interface Labels {
  readonly labels: readonly string[];
  readonly names: readonly string[];
}

/** 一、, （1） and 其中： are how forms print lines; some print several: 其中：（1）. */
const NUMBERED =
  /^\s*(?:[一二三四五六七八九十]+、|[（(]\s*(?:[一二三四五六七八九十]+|\d+)\s*[）)]|\d+[.．、]|[①-⑳])\s*/u;
const WITHIN = /^\s*其中[：:]\s*/u;

const plainOf = (label: string) =>
  label.replace(NUMBERED, '').replace(WITHIN, '').replace(NUMBERED, '');

/** Finds rows by codes and by the names that forms print. */
export class RowFinder {
  private readonly lines: KeyIndex<RowSpec>;
  /** The parts of a line, by its id. */
  private readonly parts: ReadonlyMap<string, KeyIndex<RowSpec>>;

  constructor(
    readonly section: SectionSpec,
    private readonly catalog: Catalog,
  ) {
    const index = (rows: readonly RowSpec[]) => new KeyIndex(rows.map((row) => [row, row]));
    this.lines = index(section.rows);
    this.parts = new Map(
      section.rows.flatMap(({ id, parts }) => (parts ? [[id, index(parts)]] : [])),
    );
  }

  /** Whether something may name a row. */
  isLabel(label: string): boolean {
    return this.row(label) !== undefined || this.partOf(label) !== undefined;
  }

  /** Whether something names a row, and is no figure that looks like a code. */
  isCertain(label: string): boolean {
    const code = this.row(label);
    const { codes } = this.section;
    if (code === undefined || !/^\d+$/.test(code) || !codes) return this.isLabel(label);
    return this.catalog.lookup(code, codes.classification) !== undefined;
  }

  /** Whether something names a line of the form, and no subject. */
  isLine = (label: string) => this.lines.get(plainOf(label)) !== undefined;

  /**
   * The ids of rows in their section, by how they follow each other: a name that a line and a part of a later
   * line have is the part below that line. Where neither its number nor what follows tells, it is none.
   */
  rows(list: readonly Labels[]): (string | undefined)[] {
    let line: string | undefined;
    const ids = list.map((labels) => {
      const part = line && this.first(labels, (label) => this.partIn(line!, label));
      const id = part ?? this.find(labels);
      if (id !== undefined && !part) line = id;
      return id;
    });
    return ids.map((id, at) => {
      const { labels, names } = list[at]!;
      const label = labels[0] ?? names[0] ?? '';
      const later = this.partOf(label);
      if (!later || id === undefined || this.lines.get(plainOf(label))?.id !== id) return id;
      if (NUMBERED.test(label)) return id;
      const order = (row: string | undefined) => this.section.rows.findIndex((r) => r.id === row);
      const isAbove = ids
        .slice(at + 1)
        .some(
          (next) =>
            order(next) > order(id) && order(next) <= order(later.line) && !this.isShared(next),
        );
      return isAbove ? id : undefined;
    });
  }

  /** The name beside a code where it is one of other subjects, with their codes: one of the two is wrong. */
  otherName(code: string, { names }: Labels): string | undefined {
    const { codes } = this.section;
    const name = names.at(-1);
    if (!codes || name === undefined || !/^\d+$/.test(code)) return undefined;
    const own = this.catalog.lookup(code, codes.classification);
    if (own && judgeName({ text: name }, own, undefined).kind !== 'other') return undefined;
    const bearers = this.catalog.named(name, codes.classification);
    return bearers.length === 0 ? undefined : `${name} (${bearers.map((b) => b.code).join('/')})`;
  }

  /** A code, or a line of the form. */
  private row(label: string): string | undefined {
    const plain = plainOf(label);
    const known = this.lines.get(plain);
    if (known) return known.id;
    const { codes } = this.section;
    if (!codes) return undefined;
    const code = plain.normalize('NFKC').replace(/\s/g, '');
    if (/^\d+$/.test(code)) return codes.levels.includes(code.length) ? code : undefined;
    const named = this.catalog
      .named(plain, codes.classification)
      .filter((entry) => codes.levels.includes(entry.code.length));
    // A name that several subjects have says nothing.
    return named.length === 1 ? named[0]!.code : undefined;
  }

  private find({ labels, names }: Labels): string | undefined {
    // 类, 款 and 项 in columns of their own: each its own digits, or all of them again.
    const joined = labels.length > 1 ? this.row(labels.join('')) : undefined;
    if (joined !== undefined) return joined;
    const ids = [...new Set(labels.flatMap((label) => this.row(label) ?? []))];
    const isNested = ids.every((id, at) => at === 0 || id.startsWith(ids[at - 1]!));
    if (ids.length > 0) return isNested ? ids.at(-1) : undefined;
    return this.first({ labels: [], names }, (name) => this.row(name));
  }

  private first({ labels, names }: Labels, find: (label: string) => string | undefined) {
    return [...labels, ...names].flatMap((label) => find(label) ?? [])[0];
  }

  private partIn = (line: string, label: string) => this.parts.get(line)?.get(plainOf(label))?.id;

  private partOf(label: string): { line: string } | undefined {
    const line = [...this.parts.keys()].find((id) => this.partIn(id, label) !== undefined);
    return line === undefined ? undefined : { line };
  }

  /** Whether a line has a name that parts have too. */
  private isShared(id: string | undefined): boolean {
    const key = this.section.rows.find((row) => row.id === id)?.key;
    return key !== undefined && this.partOf(key) !== undefined;
  }
}
