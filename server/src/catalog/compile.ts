import { parseCsvRecords, type CsvRecord } from './csv';
import {
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

/** What is wrong with a catalog; `where` is its file and code. */
export interface CatalogProblem {
  readonly where: string;
  readonly message: string;
}

const BUDGETS: Readonly<Record<string, Budget>> = {
  一般公共预算: 'general',
  政府性基金预算: 'fund',
  国有资本经营预算: 'capital',
};
const STATUSES: readonly Status[] = ['documented', 'recalled'];
const CONFIDENCES: readonly (Confidence | '')[] = ['', 'high', 'medium'];
const KINDS: readonly AliasKind[] = ['former', 'variant', 'shortened'];

/**
 * Turns the CSV files into the compact form, and says what is wrong with them. Bad lines are left
 * out, good ones survive: the files may come from a workspace.
 */
export function compileCatalog(source: CatalogSource): {
  data: CatalogData;
  problems: CatalogProblem[];
} {
  const compiler = new Compiler();
  const list = (classification: CatalogClassification) =>
    compiler.subjects(classification, source.subjects[classification] ?? '');
  const subjects = {
    functional: list('functional'),
    economic: list('economic'),
    'economic-government': list('economic-government'),
  };
  const aliases = compiler.aliases(source.aliases ?? '', Object.values(subjects).flat());
  return {
    data: { provenance: compiler.provenance, subjects, aliases },
    problems: compiler.problems,
  };
}

class Compiler {
  readonly problems: CatalogProblem[] = [];
  readonly provenance: Provenance[] = [];
  private readonly known = new Map<string, number>();

  subjects(file: string, text: string): Subject[] {
    const byCode = new Map<string, Subject>();
    for (const record of parseCsvRecords(text)) {
      const { code = '', name = '' } = record;
      const where = `${file}/${code}`;
      const before = this.problems.length;
      const level = levelOf(code);
      if (!/^\d+$/.test(code) || !level) this.problem(where, 'a code has 3, 5 or 7 digits');
      else if (record['level'] && record['level'] !== level) this.problem(where, `is a ${level}`);
      if (!name) this.problem(where, 'no name');
      if (byCode.has(code)) this.problem(where, 'stands twice');
      const provenance = this.provenanceOf(record, where);
      const until = this.year(record['until'], where);
      const now = words(record['now']);
      if (this.problems.length > before) continue;
      byCode.set(
        code,
        until === 0 ? [code, name, provenance] : [code, name, provenance, until, now],
      );
    }
    for (const code of byCode.keys()) {
      const parent = code.slice(0, -2);
      if (parent.length >= 3 && !byCode.has(parent)) this.problem(`${file}/${code}`, 'no parent');
    }
    return [...byCode.values()].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  aliases(text: string, subjects: readonly Subject[]): Alias[] {
    const codes = new Set(subjects.map(([code]) => code));
    return parseCsvRecords(text).flatMap((record): Alias[] => {
      const { code = '', name = '', note = '' } = record;
      const where = `aliases/${code}`;
      const before = this.problems.length;
      if (!codes.has(code)) this.problem(where, 'an alias of no subject');
      if (!name) this.problem(where, 'no name');
      const kind = this.oneOf(KINDS, record['kind'], where);
      const status = this.oneOf(STATUSES, record['status'], where);
      const until = this.year(record['until'], where);
      return this.problems.length > before ? [] : [[code, name, kind, until, status, note]];
    });
  }

  /** The number of a provenance that is written once for all subjects that share it. */
  private provenanceOf(record: CsvRecord, where: string): number {
    const provenance: Provenance = [
      this.oneOf(STATUSES, record['status'], where),
      this.oneOf(CONFIDENCES, record['confidence'] ?? '', where),
      words(record['budgets']).map((name) => {
        if (!BUDGETS[name]) this.problem(where, `no budget ${name}`);
        return BUDGETS[name] ?? 'general';
      }),
      record['years'] ?? '',
      record['note'] ?? '',
    ];
    const key = JSON.stringify(provenance);
    let index = this.known.get(key);
    if (index === undefined) {
      index = this.provenance.push(provenance) - 1;
      this.known.set(key, index);
    }
    return index;
  }

  private year(text = '', where: string): number {
    if (text !== '' && !/^\d{4}$/.test(text)) this.problem(where, `${text} is not a year`);
    return text === '' ? 0 : Number(text);
  }

  private oneOf<T extends string>(all: readonly T[], text: string | undefined, where: string): T {
    const found = all.find((item) => item === text);
    if (found === undefined) this.problem(where, `${text} is none of ${all.join(', ')}`);
    return found ?? all[0]!;
  }

  private problem(where: string, message: string): void {
    this.problems.push({ where, message });
  }
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter(Boolean);
}
