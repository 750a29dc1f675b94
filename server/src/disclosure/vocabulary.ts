import data from './vocabulary.generated.json';

/**
 * The vocabulary of disclosure files, compiled from `schemas/tables.yaml` and `schemas/layouts/`:
 * which tables, rows and columns there are, how people write them, and what a layout supplies.
 */

export interface Named {
  /** Canonical Chinese key of the data file. */
  readonly key: string;
  /** Other spellings, accepted and left as they are. */
  readonly alias?: readonly string[];
  readonly en: string;
}

/**
 * What a column prints.
 * - `money`: an amount in the unit in force, or in one it names itself
 * - `percent`: a ratio in per cent
 * - `number`: something counted, exact
 * - `figure`: any of these, or words (定性)
 * - `word`: one of a list; `list`: names; `text`: anything
 */
export type ColumnKind = 'money' | 'percent' | 'number' | 'figure' | 'word' | 'list' | 'text';

export interface ColumnSpec extends Named {
  readonly id: string;
  /** `money` where it is not given. */
  readonly kind?: ColumnKind;
  /** Written inside a group of this id: 比上年. */
  readonly group?: string;
  /** Under this key the figure counts as negative: 减少 for 增加. */
  readonly opposite?: { readonly key: string; readonly alias?: readonly string[] };
  /** The list of words of a `word` column. */
  readonly words?: string;
  /** No other words are known to be used there. */
  readonly closed?: boolean;
  /** The column that a figure with a percent sign is of: 增加 33% is a growth. */
  readonly asPercent?: string;
  /** Its words are the unit of the row's other figures. */
  readonly counts?: boolean;
  /** A value to check: not implied when its row does not write it. */
  readonly total?: boolean;
  readonly sets?: readonly string[];
  /** A blank is still to be filled in, rather than nothing. */
  readonly open?: boolean;
}

export interface RowSpec extends Named {
  readonly id: string;
  readonly total?: boolean;
  readonly sets?: readonly string[];
  /** Rows written inside this one, beside its own amount under `totalKey`. */
  readonly parts?: readonly RowSpec[];
  readonly totalKey?: string;
  /** On the other side of its table the cell, `row/column`, that its figure may be taken for. */
  readonly opposite?: string;
  /** The row that it is a part of, where a text tells both. */
  readonly of?: string;
}

export type Classification = 'functional' | 'economic';

/** Which of a department's budgets pays; the ids are those of the fund columns. */
export type Budget = 'general' | 'fund' | 'capital';

export interface SectionSpec extends Partial<Named> {
  /** `''` for a table without sides; rows of a side are addressed as `side.row`. */
  readonly id: string;
  readonly columns: readonly ColumnSpec[];
  readonly rows: readonly RowSpec[];
  /** Columns of forms that leave out others: what stands in as many columns may be such a form. */
  readonly short?: readonly (readonly string[])[];
  /** The map of the section is itself this row. */
  readonly flat?: string;
  /** Rows are written as a list and told apart by a subject code, a project or an indicator. */
  readonly items?: 'subject' | 'project' | 'indicator';
  /** Rows are keyed by names that the file chooses: indicators. */
  readonly names?: boolean;
  /** Written by columns that hold rows, not the other way round. */
  readonly transposed?: boolean;
  /** A row may hold others under 其中. */
  readonly nested?: boolean;
  readonly codes?: {
    readonly classification: Classification;
    /** Lengths a code of this section may have. */
    readonly levels: readonly number[];
    /** The one budget whose expenditure the table prints, where it is of one. */
    readonly budget?: Budget;
    /** The list of lines that the layout supplies where the file does not write them. */
    readonly lines?: string;
  };
}

export interface TableSpec extends Named {
  readonly id: string;
  /** Of a statement: the section of the file that holds it, or that it is where their keys are one. */
  readonly section?: string;
  /** Keys of text that is kept as it is. */
  readonly texts?: readonly string[];
  /** Written as a list, once for each project: 绩效自评表. */
  readonly repeated?: boolean;
  /** Words of a note that speak of this table's money, and of no other's. */
  readonly subject?: readonly string[];
  readonly sections: readonly SectionSpec[];
}

export interface Layout {
  readonly id: string;
  readonly key: string;
  readonly alias?: readonly string[];
  readonly en: string;
  /** Tables in printed order; `columns` where the form has fewer than the table can have. */
  readonly tables: readonly {
    readonly id: string;
    readonly title: string;
    readonly number?: string;
    readonly columns?: readonly string[];
  }[];
  readonly zero: string;
  /** Sections of the narrative in printed order. */
  readonly narrative: readonly ({ readonly id: string } & (
    Printed | { readonly sections: Readonly<Record<string, Printed>> }
  ))[];
}

/** What a text gives of the rows of a section, by ids; of rows that a file chooses nothing is said. */
export interface Printed {
  readonly columns?: readonly string[];
  /** Of the row that the others come to, where it is not the same. */
  readonly total?: readonly string[];
  /** Where not all. */
  readonly rows?: readonly string[];
}

/** Columns that stand together under a key of their own. */
export interface GroupSpec extends Named {
  /** Words that say a column of the group is zero. */
  readonly level: { readonly column: string; readonly words: readonly string[] };
  /** Words that say it is near zero, or that nothing can be said. */
  readonly about: readonly string[];
  /** The list of words that say which way, and no more: 比上年: 减少. */
  readonly words: string;
  /** The column that a word for the group is; keys inside it then mean nothing outside. */
  readonly column?: string;
}

export interface BoundWords {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface Vocabulary {
  readonly format: string;
  readonly head: Readonly<Record<string, Named>>;
  readonly sections: Readonly<Record<string, Named>>;
  readonly kinds: readonly string[];
  readonly units: Readonly<Record<string, number>>;
  readonly defaultUnit: string;
  /** What forms print above columns that hold no figures. */
  readonly headings: {
    /** Above what names the rows; the first where there is no code. */
    readonly labels: readonly string[];
    readonly subject: string;
    readonly codes: readonly string[];
    readonly names: readonly string[];
    /** Above what counts lines or columns. */
    readonly numbers: readonly string[];
  };
  /** No earlier final accounts are disclosed. */
  readonly firstYear: number;
  readonly markers: readonly string[];
  /** Said instead of a figure of a text, or before one that is not exact. */
  readonly incomparable: readonly string[];
  /** 和, 以及: between the last two names that a sentence lists. */
  readonly conjunctions: readonly string[];
  readonly approximate: readonly string[];
  readonly approximateBehind: readonly string[];
  /** Printed in a cell, it leaves the cell to the server. */
  readonly derived: string;
  /** What is typed for it by mistake. */
  readonly derivedMeant: readonly string[];
  /** Printed by programs that have no number. */
  readonly noNumber: readonly string[];
  /** Ways of rounding: what a file writes, and the mode it declares. */
  readonly rounding: readonly (Named & { readonly id: string })[];
  readonly lines: Readonly<Record<string, readonly { until?: number; codes: string[] }[]>>;
  readonly tableKeys: Readonly<Record<string, Named>>;
  readonly rowKeys: Readonly<Record<string, Named>>;
  readonly itemKeys: Readonly<Record<string, Named>>;
  /** Keys of an accepted finding, and the word for a reason that is still to be written. */
  readonly acceptanceKeys: Readonly<Record<'rule' | 'path' | 'reason' | 'fingerprint', Named>>;
  readonly pendingReason: string;
  readonly tables: readonly TableSpec[];
  /** Tables that list the same subjects, by id. */
  readonly sisters: readonly string[];
  /** Tables of which something is asked that is asked of no other, by id. */
  readonly roles: Readonly<Record<'totals' | 'received' | 'spent' | 'explained', string>>;
  /** In 元: no department gets along with less a year. */
  readonly leastOfYear: number;
  /** What the narrative and the annexes print, read as tables. */
  readonly statements: readonly TableSpec[];
  readonly groups: Readonly<Record<string, GroupSpec>>;
  /** Words by what they mean, by the list that a `word` column names. */
  readonly words: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Alternatives of a template between which nobody chose. */
  readonly templates: readonly string[];
  /** Characters that say the opposite, or another year, wherever they stand in a key. */
  readonly telling: string;
  /** Pairs of characters that are taken for each other. */
  readonly confused: readonly string[];
  /** What a note says of a table that has no figures. */
  readonly noData: readonly string[];
  /** In brackets behind an organisation's name: which of its budgets is meant. */
  readonly organisationScopes: readonly string[];
  readonly organisationSelf: readonly string[];
  readonly ratioUnits: Readonly<Record<string, number>>;
  readonly countUnits: Readonly<Record<string, number>>;
  readonly bounds: Readonly<Record<'atLeast' | 'atMost', BoundWords>>;
  readonly layouts: readonly Layout[];
}

export const vocabulary = data as unknown as Vocabulary;

/** Keys are compared without spaces, invisible characters, quotation marks and full-width forms (NFKC). */
export function normalizeKey(key: string): string {
  if (isPlain(key)) return key;
  return key.normalize('NFKC').replace(/[\s\p{Cf}"'“”‘’「」『』]/gu, '');
}

/** Whether a key consists of letters, digits and characters that are the same in every form, as most keys do. */
function isPlain(key: string): boolean {
  for (let i = 0; i < key.length; i++) {
    const c = key.charCodeAt(i);
    if (c >= 0x4e00 ? c > 0x9fff : c > 0x7f || !IS_WORD[c]) return false;
  }
  return true;
}

const IS_WORD = Array.from({ length: 0x80 }, (_, c) => /\w/.test(String.fromCharCode(c)));

/** Finds a named thing by its key or an alias. */
export class KeyIndex<T> {
  private readonly byKey = new Map<string, T>();
  /** Every spelling as it is written, with what it names. */
  readonly names: readonly (readonly [name: string, value: T])[];

  constructor(items: Iterable<readonly [{ key?: string; alias?: readonly string[] }, T]>) {
    const all = [...items];
    // Canonical keys win over aliases.
    for (const [{ alias = [] }, value] of all) {
      for (const name of alias) this.byKey.set(normalizeKey(name), value);
    }
    for (const [{ key }, value] of all) if (key) this.byKey.set(normalizeKey(key), value);
    this.names = all.flatMap(([{ key, alias = [] }, value]) =>
      [...(key ? [key] : []), ...alias].map((name) => [name, value] as const),
    );
  }

  get(key: string): T | undefined {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const normal = normalizeKey(key);
    return normal === key ? undefined : this.byKey.get(normal);
  }
}

/** The codes of a list of lines in the form of a year; without a year, the longest list. */
export function linesOf(list: string, year: number | undefined): readonly string[] {
  const variants = vocabulary.lines[list] ?? [];
  const fitting =
    year === undefined
      ? [...variants].sort((a, b) => b.codes.length - a.codes.length)[0]
      : variants.find(({ until }) => until === undefined || year <= until);
  return fitting?.codes ?? [];
}
