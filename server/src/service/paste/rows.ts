import type { Catalog } from '../../catalog/catalog';
import { KeyIndex, type SectionSpec } from '../../disclosure/vocabulary';

/** Finds rows by codes and by the names that forms print. */
export class RowFinder {
  private readonly names: KeyIndex<string>;

  constructor(
    private readonly section: SectionSpec,
    private readonly catalog: Catalog,
  ) {
    const parts = section.rows.flatMap((row) => [row, ...(row.parts ?? [])]);
    this.names = new KeyIndex(parts.map((row) => [row, row.id]));
  }

  /** The id of a row in its section: a code, or a line of the form. */
  row(label: string): string | undefined {
    // 一、 and 其中： are how forms print lines.
    const plain = label.replace(
      /^\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|其中[：:]|\d+[.．、])\s*/u,
      '',
    );
    const known = this.names.get(plain);
    if (known) return known;
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
}
