import { builtInCatalog } from '../catalog/catalog';
import { vocabulary } from '../disclosure/vocabulary';
import { SyntaxDocument } from '../syntax/incremental/document';
import type { Language } from '../syntax/tree';
import { diagnosticsOf } from './diagnostics';
import { LiveAnalysis } from './live';
import { statusOf } from './status';

/** Tables with a total and its two parts in each row, and how a row of it is laid out. */
const TABLES = [
  { id: 'T3', isFlow: true },
  { id: 'T5', isFlow: false },
] as const;

const COLUMNS = ['total', 'basic', 'project'] as const;
const ROWS = 30;
const KEYS = 24;

/**
 * Opens and edits a small document of each language, step by step: a machine runs code slowly until it has run
 * it a few times, and the first document of a user is not to pay for that. Tells after each step how
 * many relations fail.
 */
export function* rehearse(): Generator<number, void> {
  for (const language of ['yaml', 'json'] as const) {
    const text = textOf(language);
    const document = new SyntaxDocument(text, language);
    const live = new LiveAnalysis(`.disclosure.${language}`);
    const settings = { severities: {} };
    yield 0;
    const look = () => {
      const analysis = live.analyze(document, settings);
      diagnosticsOf(analysis, '', 'zh-cn');
      statusOf(analysis);
      return analysis.counts.fails;
    };
    yield look();
    while (live.prepare()) yield 0;
    const start = /\d\.\d\d/.exec(text)!.index;
    for (let key = 0; key < KEYS; key++) {
      if (key % 2 === 0) document.edit({ start, end: start }, '7');
      else document.edit({ start, end: start + 1 }, '');
      yield look();
    }
  }
}

/** A document in which everything holds. */
function textOf(language: Language): string {
  const isJson = language === 'json';
  const table = ({ id, isFlow }: (typeof TABLES)[number]) => {
    const { key, sections } = vocabulary.tables.find((spec) => spec.id === id)!;
    const [{ columns, rows }] = sections as [(typeof sections)[number]];
    const row = (name: string, figures: readonly number[]) => {
      const cells = COLUMNS.map((column, at) => {
        const { key: title } = columns.find((spec) => spec.id === column)!;
        return `"${title}": ${(figures[at]! / 100).toFixed(2)}`;
      });
      if (isFlow) return `    "${name}": {${cells.join(', ')}}`;
      const inside = cells.map((cell) => `      ${cell}`).join(isJson ? ',\n' : '\n');
      return isJson ? `    "${name}": {\n${inside}\n    }` : `    "${name}":\n${inside}`;
    };
    const total = [0, 0, 0];
    const written = codes().map((code, at) => {
      const [basic, project] = [(at * 371) % 9000, (at * 537) % 7000];
      const figures = [basic + project, basic, project];
      figures.forEach((figure, column) => (total[column]! += figure));
      return row(code, figures);
    });
    written.push(row(rows[0]!.key, total));
    return isJson
      ? `  "${key}": {\n${written.join(',\n')}\n  }`
      : `  "${key}":\n${written.join('\n')}`;
  };
  const { head, format } = vocabulary;
  const entries = [
    `  "${head['format']!.key}": "${format}"`,
    `  "${head['year']!.key}": 2024`,
    ...TABLES.map(table),
  ];
  return isJson ? `{\n${entries.join(',\n')}\n}\n` : `${entries.join('\n')}\n`;
}

/** The lowest subjects, in the order of their codes. */
function codes(): string[] {
  const found: string[] = [];
  for (const { code, level } of builtInCatalog.entries('functional')) {
    if (level === '项') found.push(code);
    if (found.length === ROWS) break;
  }
  return found;
}
