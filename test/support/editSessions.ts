import { SyntaxDocument } from '../../server/src/syntax/incremental/document';
import { LineIndex } from '../../server/src/syntax/lines';
import type { Language, SyntaxTree } from '../../server/src/syntax/tree';
import { untrap } from '../../server/src/syntax/traps/find';
import { parseWhole } from '../../server/src/syntax/whole';
import { pick, seeded } from './random';
import { firstError, isRejected, problemLines, treeLines } from './trees';

/** What people and slips of the hand put into a file, and what means something to a parser. */
const FRAGMENTS = [
  ...['\n', '\n  ', '\n    ', '\n\n', '\r\n', '\r', ' ', '  ', '\t', '\u3000', '\uFEFF', '\\'],
  ...['：', '，', '｛', '“', '”', '合计：100', '１００', '—'],
  ...['"', "'", '{', '}', '[', ']', ':', ': ', ',', '#', ' # 注', '- ', '\n- a', '? ', '-', '0'],
  ...['&a', '*a', '!t ', '|', '|\n', '>', '---\n', '...\n', '%', '<<', '<<<<<<< a\n', '~', 'null'],
  ...['1.00', '1,234.50', '自动', '\n合计: 1', 'k: ', 'k:\n', '\n  k: v', '\n  "k": v'],
  ...['\n  "k": 1,', '},', '\n  },', '{a: 1, b: [x, y]}', '{"a": 1, "b": [null, true]}'],
];

/** Longer texts are cut to some lines, so that a session costs little. */
const LONGEST_LINES = 40;

export interface Tally {
  edits: number;
  accepted: number;
  rejected: number;
  /** Texts that had to be read as a whole. */
  whole: number;
}

/**
 * Edits texts at random and compares the tree after each edit with one made from nothing and with
 * what the general parser makes of the text. Throws with the edit that shows a difference.
 */
export function editSessions(
  texts: readonly string[],
  language: Language,
  count: number,
  seed: number,
): Tally {
  const random = seeded(seed);
  const tally: Tally = { edits: 0, accepted: 0, rejected: 0, whole: 0 };
  while (tally.edits < count) {
    const session = new Session(cut(pick(texts, random), random), language, random, tally);
    for (let i = 0; i < 12 && tally.edits < count; i++) {
      const before = session.text;
      try {
        session.edit();
        session.check();
      } catch (error) {
        const edit = `${JSON.stringify(before)}\n → ${JSON.stringify(session.text)}`;
        throw new Error(`edit ${tally.edits} with seed ${seed}:\n   ${edit}`, { cause: error });
      }
      tally.edits++;
    }
  }
  return tally;
}

function cut(text: string, random: () => number): string {
  const lines = text.split(/(?<=\n)/);
  if (lines.length <= LONGEST_LINES || random() < 0.02) return text;
  const from = Math.floor(random() * (lines.length - LONGEST_LINES));
  return [...lines.slice(0, 8), ...lines.slice(from, from + LONGEST_LINES - 8)].join('');
}

class Session {
  private readonly document: SyntaxDocument;
  private readonly done: { at: number; length: number; before: string }[] = [];

  constructor(
    public text: string,
    private readonly language: Language,
    private readonly random: () => number,
    private readonly tally: Tally,
  ) {
    this.document = new SyntaxDocument(text, language);
  }

  edit(): void {
    const { random } = this;
    const last = random() < 0.3 ? this.done.pop() : undefined;
    if (last) {
      // Taken back: what was broken is mended.
      this.replace(last.at, last.length, last.before);
      return;
    }
    if (random() < 0.35) {
      this.slip();
      return;
    }
    const at = Math.floor(random() * (this.text.length + 1));
    const most = random() < 0.2 ? 60 : 4;
    const length = Math.min(
      random() < 0.5 ? 0 : Math.floor(random() * most),
      this.text.length - at,
    );
    const newText = random() < 0.35 ? '' : pick(FRAGMENTS, random);
    this.change(at, length, newText);
  }

  /** What goes wrong, or is moved about, within a line that was right. */
  private slip(): void {
    const { text, random } = this;
    const from = text.lastIndexOf('\n', Math.floor(random() * text.length) - 1) + 1;
    const line = /.*(?:\r?\n)?/.exec(text.slice(from))![0];
    const blanks = /^[ \t\u3000]*/.exec(line)![0];
    const slips: readonly (() => string)[] = [
      () => line.replace(blanks, blanks.replaceAll('  ', '\u3000')),
      () => line.replace(blanks, blanks.replaceAll('  ', '\t')),
      () => ` ${line}`,
      () => `  ${line}`,
      () => line.slice(1),
      () => line.slice(2),
      () => line.replace(/:\s?/, pick(['：', ':', '', ': |\n', ': "', ': {'], random)),
      () => line.replace(/,\s?/, pick(['，', '', ',,', ',\n'], random)),
      () => line + line,
      () => '',
      () => `${blanks}# ${line.slice(blanks.length)}`,
      () => `${blanks}- ${line.slice(blanks.length)}`,
      () => line.replace(/\s*$/, pick(['}\n', ',\n', '\n}\n', ' x\n', '\r'], random)),
    ];
    this.change(from, line.length, pick(slips, random)());
  }

  private change(at: number, length: number, newText: string): void {
    this.done.push({ at, length: newText.length, before: this.text.slice(at, at + length) });
    this.replace(at, length, newText);
  }

  private replace(at: number, length: number, newText: string): void {
    this.text = this.text.slice(0, at) + newText + this.text.slice(at + length);
    this.document.edit({ start: at, end: at + length }, newText);
  }

  check(): void {
    const { text, language, document, tally } = this;
    if (document.text !== text) throw new Error('the text is another one');
    const fresh = new SyntaxDocument(text, language);
    const whole = parseWhole(text, language);
    const nodes = treeLines(document.tree);
    const problems = problemLines(document.tree.problems);
    same('nodes after an edit and from nothing', nodes, treeLines(fresh.tree));
    same('problems after an edit and from nothing', problems, problemLines(fresh.tree.problems));
    if (isRejected(document.tree) !== isRejected(whole)) {
      throw new Error(`${isRejected(whole) ? 'accepted' : 'rejected'}, unlike by the parser`);
    }
    if (isRejected(whole)) {
      tally.rejected++;
      sameLine(text, document.tree, whole);
    } else {
      tally.accepted++;
      same('nodes and those of the parser', nodes, treeLines(whole));
      same('problems and those of the parser', problems, problemLines(whole.problems));
    }
    if (document.isWhole) tally.whole++;
  }
}

function same(what: string, found: readonly string[], expected: readonly string[]): void {
  for (let i = 0; i < Math.max(found.length, expected.length); i++) {
    if (found[i] !== expected[i]) {
      throw new Error(`${what} differ: ${found[i] ?? 'nothing'} — ${expected[i] ?? 'nothing'}`);
    }
  }
}

/**
 * Where JSON lacks a bracket no line is the right one: a parser misses it where the text ends, by the
 * indentation it is missed at any line that contradicts it.
 */
function sameLine(text: string, tree: SyntaxTree, whole: SyntaxTree): void {
  const lines = new LineIndex(text);
  const [found, expected] = [firstError(tree)!, firstError(whole)!].map((at) => lines.position(at));
  if (found!.line === expected!.line) return;
  if (tree.language === 'json' && !isBalanced(text)) return;
  throw new Error(`first error in line ${found!.line}, of the parser in ${expected!.line}`);
}

/** Whether no bracket lacks another one, as the text is meant: a lost quote makes brackets of text. */
function isBalanced(json: string): boolean {
  const bare = untrap(json, 'json').reading.text.replace(/"(?:[^"\\\r\n]|\\.)*"?/g, '');
  const count = (brackets: RegExp) => bare.match(brackets)?.length ?? 0;
  return count(/[{[]/g) === count(/[}\]]/g);
}
