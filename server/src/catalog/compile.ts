import type { TextRange } from '../syntax/tree';
import { parseCsvRecords, type CsvRecord, type LocatedRecord } from './csv';
import {
  classificationOf,
  levelOf,
  type Alias,
  type AliasKind,
  type Budget,
  type CatalogClassification,
  type CatalogData,
  type Confidence,
  type Provenance,
  type Status,
  type Subject,
} from './data';

/** The text of the CSV files, by classification. */
export interface CatalogSource {
  readonly subjects: Readonly<Partial<Record<CatalogClassification, string>>>;
  readonly aliases?: string;
}

/**
 * What is wrong with a line of a catalog; `code` names its wording, `catalog.file.<code>`, or for `syntax` the
 * argument `problem` does, as for any other file.
 */
export interface CatalogProblem {
  readonly code:
    | 'code'
    | 'level'
    | 'name'
    | 'twice'
    | 'parent'
    | 'alias'
    | 'budget'
    | 'year'
    | 'word'
    | 'syntax'
    | 'encoding'
    | 'empty';
  readonly args: Readonly<Record<string, string>>;
  readonly range: TextRange;
}

const BUDGETS: Readonly<Record<string, Budget>> = {
  一般公共预算: 'general',
  政府性基金预算: 'fund',
  国有资本经营预算: 'capital',
};
const STATUSES: readonly Status[] = ['documented', 'recalled'];
const CONFIDENCES: readonly (Confidence | '')[] = ['', 'high', 'medium'];
const KINDS: readonly AliasKind[] = ['former', 'variant', 'shortened'];

export interface Compiled {
  readonly data: CatalogData;
  readonly problems: readonly CatalogProblem[];
}

/**
 * Turns the CSV files into the compact form, and says what is wrong with them. Bad lines are left
 * out, good ones survive.
 */
export function compileCatalog(source: CatalogSource): Compiled {
  const compiler = new Compiler(asSaid);
  const list = (classification: CatalogClassification) =>
    compiler.subjects(parseCsvRecords(source.subjects[classification] ?? ''), classification);
  const subjects = {
    functional: list('functional'),
    economic: list('economic'),
    'economic-government': list('economic-government'),
  };
  const known = new Set(Object.values(subjects).flatMap((all) => all.map(([code]) => code)));
  compiler.orphans((code) => known.has(code));
  const aliases = compiler.aliases(parseCsvRecords(source.aliases ?? ''), (code) =>
    known.has(code),
  );
  return { data: compiler.data(subjects, aliases), problems: compiler.problems };
}

/**
 * Turns the records of a workspace's file, all classifications and aliases together, into a catalog that
 * lies over another one. What does not say how it is known is documented by the file itself.
 * @param isKnown whether the catalog below has a code
 */
export function compileRecords(
  records: readonly LocatedRecord[],
  isKnown: (code: string) => boolean,
): Compiled {
  const compiler = new Compiler(documentedUnlessSaid);
  const subject = records.filter(({ fields }) => !fields['kind']);
  const list = (classification: CatalogClassification) =>
    compiler.subjects(
      subject.filter(({ fields }) => classOf(fields['code']) === classification),
      classification,
    );
  const subjects = {
    functional: list('functional'),
    economic: list('economic'),
    'economic-government': list('economic-government'),
  };
  const own = new Set(Object.values(subjects).flatMap((all) => all.map(([code]) => code)));
  const has = (code: string) => own.has(code) || isKnown(code);
  compiler.orphans(has);
  const aliases = compiler.aliases(
    records.filter(({ fields }) => fields['kind']),
    has,
  );
  return { data: compiler.data(subjects, aliases), problems: compiler.problems };
}

/** How a line says that its subject is known. */
interface Known {
  readonly status: string | undefined;
  readonly confidence: string | undefined;
}

const asSaid = ({ status, confidence }: CsvRecord): Known => ({ status, confidence });

function documentedUnlessSaid({ status: given = '', confidence: sure }: CsvRecord): Known {
  const status = given === '' ? 'documented' : given;
  return { status, confidence: !sure && status === 'recalled' ? 'medium' : sure };
}

/** What is no code of any classification is looked at among the functional ones, and refused there. */
const classOf = (code = ''): CatalogClassification => classificationOf(code) ?? 'functional';

class Compiler {
  readonly problems: CatalogProblem[] = [];
  private readonly provenance: Provenance[] = [];
  private readonly known = new Map<string, number>();
  /** By what the fields of a line say. */
  private readonly said = new Map<string, number>();
  private readonly places = new Map<string, TextRange>();

  constructor(private readonly knownBy: (fields: CsvRecord) => Known) {}

  data(subjects: CatalogData['subjects'], aliases: readonly Alias[]): CatalogData {
    return { provenance: this.provenance, subjects, aliases };
  }

  subjects(records: readonly LocatedRecord[], classification: CatalogClassification): Subject[] {
    const byCode = new Map<string, Subject>();
    for (const { fields, range } of records) {
      const { code = '', name = '' } = fields;
      const before = this.problems.length;
      const level = levelOf(code);
      if (!/^\d+$/.test(code) || !level || classificationOf(code) !== classification) {
        this.problem('code', range, { code });
      } else if (fields['level'] && fields['level'] !== level) {
        this.problem('level', range, { code, level });
      }
      if (!name) this.problem('name', range, { code });
      if (byCode.has(code)) this.problem('twice', range, { code });
      const provenance = this.provenanceOf(fields, range);
      const until = this.year(fields['until'], range);
      if (this.problems.length > before) continue;
      this.places.set(code, range);
      const now = words(fields['now']);
      byCode.set(
        code,
        until === 0 ? [code, name, provenance] : [code, name, provenance, until, now],
      );
    }
    return [...byCode.values()].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Subjects whose 类 or 款 nobody has. */
  orphans(has: (code: string) => boolean): void {
    for (const [code, range] of this.places) {
      const parent = code.slice(0, -2);
      if (parent.length >= 3 && !has(parent)) this.problem('parent', range, { code, parent });
    }
  }

  aliases(records: readonly LocatedRecord[], has: (code: string) => boolean): Alias[] {
    return records.flatMap(({ fields, range }): Alias[] => {
      const { code = '', name = '', note = '' } = fields;
      const before = this.problems.length;
      if (!has(code)) this.problem('alias', range, { code });
      if (!name) this.problem('name', range, { code });
      const kind = this.oneOf(KINDS, fields['kind'], range);
      const status = this.oneOf(STATUSES, this.knownBy(fields).status, range);
      const until = this.year(fields['until'], range);
      return this.problems.length > before ? [] : [[code, name, kind, until, status, note]];
    });
  }

  /** The number of a provenance that is written once for all subjects that share it. */
  private provenanceOf(fields: CsvRecord, range: TextRange): number {
    const { status, confidence, budgets, years, note } = fields;
    const said = `${status}\0${confidence}\0${budgets}\0${years}\0${note}`;
    const before = this.said.get(said);
    if (before !== undefined) return before;
    const problems = this.problems.length;
    const number = this.readProvenance(fields, range);
    // What is wrong with one is to be told of each.
    if (this.problems.length === problems) this.said.set(said, number);
    return number;
  }

  private readProvenance(fields: CsvRecord, range: TextRange): number {
    const { status, confidence = '' } = this.knownBy(fields);
    const provenance: Provenance = [
      this.oneOf(STATUSES, status, range),
      this.oneOf(CONFIDENCES, confidence, range),
      words(fields['budgets']).flatMap((name) => {
        const budget = Object.hasOwn(BUDGETS, name) ? BUDGETS[name] : undefined;
        if (!budget)
          this.problem('budget', range, { name, known: Object.keys(BUDGETS).join('、') });
        return budget ?? [];
      }),
      fields['years'] ?? '',
      fields['note'] ?? '',
    ];
    const key = JSON.stringify(provenance);
    let index = this.known.get(key);
    if (index === undefined) {
      index = this.provenance.push(provenance) - 1;
      this.known.set(key, index);
    }
    return index;
  }

  private year(text = '', range: TextRange): number {
    if (text !== '' && !/^\d{4}$/.test(text)) this.problem('year', range, { found: text });
    return /^\d{4}$/.test(text) ? Number(text) : 0;
  }

  private oneOf<T extends string>(
    all: readonly T[],
    text: string | undefined,
    range: TextRange,
  ): T {
    const found = all.find((item) => item === text);
    if (found === undefined) {
      this.problem('word', range, { found: text ?? '', known: all.filter(Boolean).join('、') });
    }
    return found ?? all[0]!;
  }

  private problem(
    code: CatalogProblem['code'],
    range: TextRange,
    args: Readonly<Record<string, string>>,
  ): void {
    this.problems.push({ code, args, range });
  }
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter(Boolean);
}
