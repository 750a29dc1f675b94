import { isDeepStrictEqual } from 'node:util';
import type { Analysis } from '../../server/src/service/analysis';
import { analyze } from '../../server/src/service/analyze';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { LiveAnalysis } from '../../server/src/service/live';
import { SyntaxDocument } from '../../server/src/syntax/incremental/document';
import { languageOf } from '../../server/src/disclosure/recognize';
import { pick, seeded } from './random';

const FIGURES = ['0', '0.00', '1.005', '12,345.67', '', '无', '1.', 'x', '—', '-3.20', '7', '自动'];
const WORDS = ['增', '无', '，', '等', 'XX', '持平', '减少'];
const FRAGMENTS = ['"', '{', '}', ' ', '\n', '#', ':', '{名称: 甲, ', '2010101', '- '];

export interface LiveTally {
  edits: number;
  /** Edits that did not make everything be done anew. */
  followed: number;
}

/**
 * Edits a text at random, as one types: mostly figures, sometimes anything, sometimes what was done is
 * taken back. After each edit the analysis has to say what one made from nothing says.
 */
export function sessions(path: string, text: string, count: number, seed: number): LiveTally {
  const random = seeded(seed);
  const document = new SyntaxDocument(text, languageOf(path));
  const live = new LiveAnalysis(path);
  const settings = { severities: {} };
  const tally: LiveTally = { edits: 0, followed: 0 };
  const done: { at: number; length: number; before: string }[] = [];
  let last = live.analyze(document, settings);
  let isSlip = false;
  while (tally.edits < count) {
    // What broke a line is mended soon.
    const back: (typeof done)[number] | undefined =
      random() < (isSlip ? 0.7 : 0.4) ? done.pop() : undefined;
    isSlip = !back && random() < 0.2;
    const { at, length, newText } = back
      ? { at: back.at, length: back.length, newText: back.before }
      : (isSlip ? slipOf : editOf)(document.text, random);
    if (!back)
      done.push({ at, length: newText.length, before: document.text.slice(at, at + length) });
    document.edit({ start: at, end: at + length }, newText);
    if (tally.edits % 5 === 0) live.prepare();
    const now = live.analyze(document, settings);
    tally.edits++;
    if (now.network !== undefined && now.network === last.network) tally.followed++;
    last = now;
    const fresh = analyze({ path, text: document.text }, settings);
    const [found, expected] = [said(now), said(fresh)];
    if (!isDeepStrictEqual(found, expected)) {
      const index = expected.diagnostics.findIndex(
        (diagnostic, i) => !isDeepStrictEqual(diagnostic, found.diagnostics[i]),
      );
      const pair = [found.diagnostics[index], expected.diagnostics[index]];
      const what = `edit ${tally.edits} with seed ${seed}: ${JSON.stringify({ at, length, newText })}`;
      throw new Error(
        `${what}\n${JSON.stringify([...pair, found.counts, expected.counts], null, 1)}`,
      );
    }
  }
  return tally;
}

const said = (analysis: Analysis) => ({
  diagnostics: diagnosticsOf(analysis, 'file:///a', 'zh-cn'),
  counts: analysis.counts,
  exact: analysis.network?.looksExact,
});

/** Characters that break a line where they are missing. */
const MARKS = /["{}[\]:,]/g;

/** A slip that may break a line: a quote, a bracket, a colon or a comma too many or too few, a wrong indent. */
function slipOf(text: string, random: () => number) {
  const from = text.lastIndexOf('\n', Math.floor(random() * text.length)) + 1;
  const end = text.indexOf('\n', from);
  const line = text.slice(from, end < 0 ? text.length : end);
  const kind = random();
  if (kind < 0.3) {
    const isLess = line.startsWith(' ') && random() < 0.5;
    return { at: from, length: isLess ? 1 : 0, newText: isLess ? '' : pick([' ', '  '], random) };
  }
  const marks = [...line.matchAll(MARKS)];
  if (kind < 0.65 && marks.length > 0) {
    return { at: from + pick(marks, random).index, length: 1, newText: '' };
  }
  const values = [...line.matchAll(/(?<=: *)[^\s:]/g)];
  const at = from + (values.length > 0 ? pick(values, random).index : line.length);
  return { at, length: 0, newText: pick(['"', '{', '[', '}', ']', "'"], random) };
}

function editOf(text: string, random: () => number) {
  const from = Math.floor(random() * text.length);
  if (random() < 0.1) {
    const word = /\p{Script=Han}/gu;
    word.lastIndex = from;
    const at = word.exec(text)?.index ?? from;
    return { at, length: random() < 0.5 ? 0 : 1, newText: pick(WORDS, random) };
  }
  const figure = /-?\d[\d,]*\.\d+/g;
  figure.lastIndex = from;
  const found = figure.exec(text);
  if (random() < 0.06 || !found) {
    return { at: from, length: random() < 0.5 ? 0 : 1, newText: pick(FRAGMENTS, random) };
  }
  const [written] = found;
  const at = found.index + Math.floor(random() * written.length);
  const kind = random();
  if (kind < 0.4) return { at, length: 1, newText: String(Math.floor(random() * 10)) };
  if (kind < 0.55) return { at, length: 0, newText: String(Math.floor(random() * 10)) };
  if (kind < 0.7) return { at, length: 1, newText: '' };
  return { at: found.index, length: written.length, newText: pick(FIGURES, random) };
}
