import { describe, expect, it } from 'vitest';
import type { Range, TextEdit } from 'vscode-languageserver-types';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { amountOf } from '../../server/src/disclosure/model';
import { writeAmount } from '../../server/src/disclosure/amount';
import { operandsOf } from '../../server/src/relations/relation';
import { acceptFix } from '../../server/src/service/accept';
import type { Analysis } from '../../server/src/service/analysis';
import { causesOf, type CauseView } from '../../server/src/service/findings';
import { reportOf } from '../../server/src/service/report';
import { editCell } from '../../server/src/service/edits';
import { problemFixesOf } from '../../server/src/service/problemFixes';
import { analyze } from '../../server/src/service/analyze';
import { analyzeText, applyEdits, EXAMPLES, HUNAN, wholeText } from '../support/examples';

const URI = 'file:///a';

const views = (analysis: Analysis) => causesOf(analysis, 'zh-cn');
const isAbout = ({ rule }: CauseView) => rule.startsWith('accept.');

/** What is found, each finding by rule, place and figures; without what is said of 审核说明. */
const found = (analysis: Analysis) =>
  views(analysis)
    .filter((view) => !isAbout(view))
    .flatMap(({ findings }) => findings.map((one) => `${one.id} ${one.fingerprint}`))
    .sort();

function accepting(text: string, path: string, view: CauseView): string {
  const analysis = analyzeText(text, path);
  const fix = acceptFix(analysis, view, 'zh-cn');
  if (!fix) throw new Error(`${view.id} cannot be accepted`);
  return applyEdits(text, fix.edits);
}

/** Accepts whatever can be, one cause after the other. */
function acceptAll(source: string, path: string): string {
  let text = source;
  for (let round = 0; round < 500; round++) {
    const analysis = analyzeText(text, path);
    const next = views(analysis).find((view) => !isAbout(view) && acceptFix(analysis, view, 'en'));
    if (!next) return text;
    text = accepting(text, path, next);
  }
  throw new Error('there is no end of it');
}

/** One cause of each rule: what is true of one is true of its like. */
function oneOfEach(all: readonly CauseView[]): CauseView[] {
  const seen = new Set<string>();
  return all.filter(({ rule }) => !seen.has(rule) && seen.add(rule));
}

const SMALL = `格式: gouji/1
支出决算表:
  208: {本年支出合计: 335.80, 基本支出: 235.80, 项目支出: 90.00}
`;

describe.each(EXAMPLES)('every kind of cause of %s', (name) => {
  const text = wholeText(name);
  const before = analyzeText(text, name);

  it('disappears when it is accepted, and nothing else does', { timeout: 120_000 }, () => {
    const causes = oneOfEach(views(before));
    expect(causes.length).toBeGreaterThan(0);
    for (const view of causes) {
      const after = analyzeText(accepting(text, name, view), name);
      const mine = new Set(view.findings.map((one) => `${one.id} ${one.fingerprint}`));
      expect(found(after), view.id).toEqual(found(before).filter((one) => !mine.has(one)));
      // The reason is still to be written, and nothing else is to be said of the entry.
      expect(
        views(after)
          .filter(isAbout)
          .map((one) => one.rule),
      ).toEqual(['accept.pending']);
      expect(after.counts.accepted).toBe(view.findings.length);
    }
  });

  it('returns when one of its figures changes by 0.01', { timeout: 120_000 }, () => {
    let tried = 0;
    for (const view of oneOfEach(views(before))) {
      const [member] = view.cause?.members ?? [];
      if (!member) continue;
      const printed = operandsOf(member.relation).find(
        ({ cell }) => cell.state === 'amount' && cell.unit.measure !== 'count',
      )?.cell;
      if (!printed) continue;
      const accepted = analyzeText(accepting(text, name, view), name);
      const cell = [...accepted.disclosure!.cells()].find(({ id }) => id === printed.id)!;
      const { units, place } = amountOf(cell);
      // The last place, or the second decimal.
      const fine = Math.min(place, cell.unit.exponent - 2);
      const scaled = units * 10n ** BigInt(place - fine) + 1n;
      const figure = writeAmount(
        { ...amountOf(cell), units: scaled * BigInt(cell.sign), place: fine },
        cell.unit.exponent,
      );
      const { before: head = '', after: tail = '' } = cell.around ?? {};
      const edit = editCell(cell, `${head}${figure}${tail}`, accepted.tree)!;
      const after = analyzeText(applyEdits(accepted.tree.text, [edit]), name);
      tried++;
      const changed = after.network!.evaluations.find(
        (one) => one.relation.id === member.relation.id,
      )!;
      expect(changed.outcome, `${view.id} with ${cell.id}`).not.toBe('accepted');
      const entry = views(after).filter((one) =>
        ['accept.stale', 'accept.unmatched'].includes(one.rule),
      );
      expect(entry.length, view.id).toBe(1);
      expect(
        after.tree.text
          .slice(entry[0]!.textRange.start, entry[0]!.textRange.end)
          .replaceAll('"', ''),
      ).toBe(
        view.findings.find(
          ({ rule, severity }) => rule === view.rule && severity === view.severity,
        )!.path,
      );
    }
    expect(tried).toBeGreaterThan(5);
  });
});

describe('all causes can be accepted', () => {
  it.each(EXAMPLES.filter((name) => name !== HUNAN))(
    'of %s at once',
    { timeout: 120_000 },
    (name) => {
      const text = wholeText(name);
      const before = analyzeText(text, name);
      const after = analyzeText(acceptAll(text, name), name);
      const { fails, rounding, accepted, ...others } = after.counts;
      const { holds, empty, unchecked } = before.counts;
      expect({ fails, rounding }).toEqual({ fails: 0, rounding: 0 });
      expect(others).toEqual({ holds, empty, unchecked });
      expect(found(after)).toEqual([]);
      const report = reportOf(name, after, 'zh-cn', { all: true });
      expect(report.accepted).toHaveLength(accepted);
      expect(report.accepted.every(({ reason }) => reason === '待填写')).toBe(true);
      expect(report.relations!.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(
        accepted,
      );
    },
  );
});

describe('an entry of 审核说明', () => {
  const PRINT = '573c05ef97b44981';
  const entry = (fields: string) => `${SMALL}审核说明:\n  - {${fields}}\n`;
  const WHERE = '规则: t3.row-sum, 位置: 支出决算表/208/本年支出合计';
  const rules = (text: string) => views(analyzeText(text)).map(({ rule }) => rule);
  const severities = { 't3.row-sum': 'off' } as const;

  it('says what is wrong only as long as the rule is judged', () => {
    const text = entry(`${WHERE}, 说明: 原件如此, 指纹: 0000000000000000`);
    expect(rules(text)).toEqual(['t3.row-sum', 'accept.stale']);
    const off = analyze({ path: 'a.disclosure.yaml', text }, { severities });
    expect(views(off)).toEqual([]);
  });

  it('accepts nothing under another rule or place than its fingerprint is of', () => {
    const other = WHERE.replace('208', '209');
    expect(rules(entry(`${other}, 说明: 原件如此, 指纹: ${PRINT}`))).toEqual([
      't3.row-sum',
      'accept.unmatched',
    ]);
  });

  it('is made to fit again, and keeps its reason', () => {
    const text = entry(`${WHERE}, 说明: 原件如此`);
    const view = views(analyzeText(text)).find(({ rule }) => rule === 't3.row-sum')!;
    const fix = acceptFix(analyzeText(text), view, 'zh-cn')!;
    expect(fix.title).toBe('按现在的数字再次接受');
    const after = applyEdits(text, fix.edits);
    expect(after).toBe(text.replace('本年支出合计, 说明', `本年支出合计, 指纹: ${PRINT}, 说明`));
    expect(rules(after)).toEqual([]);
    const changed = after.replace('项目支出: 90.00', '项目支出: 90.01');
    const stale = analyzeText(changed);
    const again = acceptFix(stale, views(stale)[0]!, 'zh-cn')!;
    expect(rules(applyEdits(changed, again.edits))).toEqual([]);
    expect(applyEdits(changed, again.edits)).toContain('说明: 原件如此');
  });

  it('with several fingerprints keeps those that still stand for something', () => {
    const text = `格式: gouji/1
支出决算表:
  合计: {本年支出合计: 500.00, 基本支出: 400.00, 项目支出: 90.00}
  208:  {本年支出合计: 435.80, 基本支出: 335.80, 项目支出: 100.00}
  221:  {本年支出合计: 64.20, 基本支出: 64.20}
`;
    const [cause, ...more] = views(analyzeText(text));
    expect(more).toEqual([]);
    expect(cause!.findings).toHaveLength(2);
    const accepted = accepting(text, EXAMPLES[0], cause!);
    // Only the column is of this figure, not the row of the total.
    const changed = accepted
      .replace('项目支出: 100.00', '项目支出: 101.00')
      .replace('本年支出合计: 435.80', '本年支出合计: 436.80');
    const analysis = analyzeText(changed);
    const stale = views(analysis).find(({ rule }) => rule === 'accept.stale')!;
    expect(stale.message).toContain('1 条');
    const [prune] = problemFixesOf(stale.problem!, analysis.tree, 'zh-cn');
    const after = applyEdits(changed, prune!.edits);
    expect(rules(after)).not.toContain('accept.stale');
    expect(analyzeText(after).counts.accepted).toBe(1);
  });

  it.each([
    ['at the end', '', ''],
    ['before another section', '概况:\n  主要职能: 略\n', '\n概况:\n  主要职能: 略\n'],
  ])('leaves no second blank line when it is taken out, %s', (_, section, rest) => {
    const title = '审核说明:\n';
    const text = entry(`${WHERE.replace('208', '209')}, 说明: 原件如此, 指纹: ${PRINT}`)
      .replace(title, `\n${title}`)
      .concat(section && `\n${section}`);
    for (const eol of ['\n', '\r\n']) {
      const written = text.replaceAll('\n', eol);
      const analysis = analyzeText(written);
      const unmatched = views(analysis).find(({ rule }) => rule === 'accept.unmatched')!;
      const [removal] = problemFixesOf(unmatched.problem!, analysis.tree, 'zh-cn');
      expect(applyEdits(written, removal!.edits)).toBe((SMALL + rest).replaceAll('\n', eol));
    }
  });

  it('binds no cell: others are located without it', () => {
    // 合计 of 项目支出 is 100.00 by its row and 105.00 by its column, which has 5.00 too much in row 221.
    const text = `格式: gouji/1
支出决算表:
  合计: {本年支出合计: 500.00, 基本支出: 400.00, 项目支出: 90.00}
  208:  {本年支出合计: 435.80, 基本支出: 335.80, 项目支出: 100.00}
  221:  {本年支出合计: 64.20, 基本支出: 64.20, 项目支出: 5.00}
`;
    const findings = views(analyzeText(text)).flatMap((view) => view.findings);
    const entries = ['t3.row-sum@T3/221/total', 't3.column-total@T3/total/project'].map((id) => {
      const { rule, path, fingerprint } = findings.find((one) => one.id === id)!;
      return `  - {规则: ${rule}, 位置: ${path!}, 说明: 原件如此, 指纹: ${fingerprint}}\n`;
    });
    const after = analyzeText(`${text}审核说明:\n${entries.join('')}`);
    const [cause, ...more] = after.causes;
    expect(more).toEqual([]);
    // By its row alone it is 100.00, within rounding.
    expect(cause!.candidates.map(({ cell }) => cell.id)).toEqual(['T3/total/project']);
    const values = cause!.candidates[0]!.values.map(({ units, place }) => `${units}e${place}`);
    expect(values).toContain('10000e2');
    expect(cause!.members.map(({ relation }) => relation.id)).toEqual([
      't3.row-sum@T3/total/total',
    ]);
  });
});

describe('the quick fix', () => {
  const ENTRY = [
    '规则: t3.row-sum',
    '位置: 支出决算表/208/本年支出合计',
    '说明: 待填写',
    '指纹: 573c05ef97b44981',
  ];
  const BLOCK = `  - ${ENTRY.join('\n    ')}\n`;
  const FLOW = `{${ENTRY.join(', ')}}`;
  const JSON_ENTRY = `{${ENTRY.map((field) =>
    field
      .split(': ')
      .map((word) => `"${word}"`)
      .join(': '),
  ).join(', ')}}`;
  const OTHER = '{规则: t3.row-sum, 位置: 支出决算表/210/本年支出合计, 说明: 原件如此, 指纹: 0000}';

  it.each([
    ['behind everything', SMALL, `${SMALL}\n审核说明:\n${BLOCK}`],
    ['without a last line end', SMALL.trimEnd(), `${SMALL}\n审核说明:\n${BLOCK.trimEnd()}`],
    ['behind comments at the end', `${SMALL}\n# 完\n`, `${SMALL}\n# 完\n\n审核说明:\n${BLOCK}`],
    ['before the end of the document', `${SMALL}...\n`, `${SMALL}审核说明:\n${BLOCK}...\n`],
    ['under its key', `${SMALL}审核说明: # 无\n`, `${SMALL}审核说明: # 无\n${BLOCK}`],
    [
      'behind a block',
      `${SMALL}审核说明:\n- 规则: t3.row-sum\n  位置: 甲\n  说明: 乙 # 丙\n`,
      `${SMALL}审核说明:\n- 规则: t3.row-sum\n  位置: 甲\n  说明: 乙 # 丙\n- ${ENTRY.join('\n  ')}\n`,
    ],
    [
      'behind braces',
      `${SMALL}审核说明:\n  - ${OTHER}\n`,
      `${SMALL}审核说明:\n  - ${OTHER}\n  - ${FLOW}\n`,
    ],
    ['in brackets', `${SMALL}审核说明: [${OTHER}]\n`, `${SMALL}审核说明: [${OTHER}, ${FLOW}]\n`],
    ['in empty brackets', `${SMALL}审核说明: []\n`, `${SMALL}审核说明: [${FLOW}]\n`],
  ])('writes %s', (_, before, after) => {
    const written = (text: string) => {
      const view = views(analyzeText(text)).find(({ rule }) => rule === 't3.row-sum')!;
      return accepting(text, EXAMPLES[0], view);
    };
    expect(written(before)).toBe(after);
    expect(views(analyzeText(after)).map(({ rule }) => rule)).not.toContain('t3.row-sum');
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    expect(written(crlf(before))).toBe(crlf(after));
  });

  const row =
    '"支出决算表": {"208": {"本年支出合计": 335.80, "基本支出": 235.80, "项目支出": 90.00}}';
  it.each([
    [
      'on lines of its own',
      `{\n  "格式": "gouji/1",\n  ${row}\n}\n`,
      `{\n  "格式": "gouji/1",\n  ${row},\n  "审核说明": [\n    ${JSON_ENTRY}\n  ]\n}\n`,
    ],
    [
      'in a line',
      `{"格式": "gouji/1", ${row}}`,
      `{"格式": "gouji/1", ${row}, "审核说明": [${JSON_ENTRY}]}`,
    ],
    [
      'in an empty list',
      `{"格式": "gouji/1", ${row}, "审核说明": []}`,
      `{"格式": "gouji/1", ${row}, "审核说明": [${JSON_ENTRY}]}`,
    ],
  ])('writes JSON %s', (_, before, after) => {
    const path = 'a.disclosure.json';
    const view = views(analyzeText(before, path)).find(({ rule }) => rule === 't3.row-sum')!;
    expect(accepting(before, path, view)).toBe(after);
    expect(views(analyzeText(after, path)).map(({ rule }) => rule)).toEqual(['accept.pending']);
  });

  it('is offered on the finding, not where it would write, and never as the preferred one', () => {
    const analysis = analyzeText(SMALL);
    const at = (offset: number) => {
      const position = analysis.lines.position(offset);
      return codeActionsAt(analysis, 'file:///a', { start: position, end: position }, 'zh-cn');
    };
    const accept = at(SMALL.indexOf('335.80')).filter(({ title }) => title === '接受并说明原因…');
    expect(accept).toHaveLength(1);
    expect(accept[0]!.isPreferred).toBe(false);
    expect(at(SMALL.length)).toEqual([]);
  });

  it.each([
    ['a section of its own', SMALL],
    ['a list', `${SMALL}审核说明:\r\n  - ${OTHER}\r\n`],
    ['a list in brackets', `${SMALL}审核说明: [${OTHER}]\n`],
  ])('has the reason selected that is to be written, in %s', (_name, text) => {
    const analysis = analyzeText(text);
    const position = analysis.lines.position(text.indexOf('335.80'));
    const at = { start: position, end: position };
    const accept = (...command: string[]) =>
      codeActionsAt(analysis, URI, at, 'zh-cn', ...command).find(({ title }) =>
        title.startsWith('接受'),
      )!;
    expect(accept().command).toBeUndefined();
    const { command, edit } = accept('select');
    expect(command).toMatchObject({ command: 'select', arguments: [URI, {}] });
    const [{ range, newText }] = edit!.changes![URI]! as [TextEdit];
    const written = analyzeText(
      applyEdits(text, [
        {
          range: {
            start: analysis.lines.offset(range.start),
            end: analysis.lines.offset(range.end),
          },
          newText,
        },
      ]),
    );
    const place = command!.arguments![1] as Range;
    const [start, end] = [place.start, place.end].map((one) => written.lines.offset(one));
    expect(written.tree.text.slice(start, end)).toBe('待填写');
  });

  it('is not offered for how the file is written, nor where the file is broken', () => {
    const amount = analyzeText(SMALL.replace('90.00', '九十'));
    expect(views(amount).map((view) => acceptFix(amount, view, 'en'))).toEqual([undefined]);
    const broken = analyzeText(`${SMALL}甲: [`);
    expect(views(broken).every((view) => !acceptFix(broken, view, 'en'))).toBe(true);
  });

  it.each([
    [
      'the only one, with its section',
      `${SMALL}审核说明:\n  - ${OTHER}\n`,
      SMALL,
      'a.disclosure.yaml',
    ],
    [
      'one of several',
      `${SMALL}审核说明:\n  - ${OTHER}\n  - ${FLOW}\n`,
      `${SMALL}审核说明:\n  - ${FLOW}\n`,
      'a.disclosure.yaml',
    ],
    [
      'the last of a list in brackets',
      `${SMALL}审核说明: [${FLOW}, ${OTHER}]\n`,
      `${SMALL}审核说明: [${FLOW}]\n`,
      'a.disclosure.yaml',
    ],
    [
      'the section of a JSON file',
      `{"格式": "gouji/1", ${row}, "审核说明": [${JSON_ENTRY.replace('208', '210')}]}`,
      `{"格式": "gouji/1", ${row}}`,
      'a.disclosure.json',
    ],
  ])('takes out an entry that matches nothing: %s', (_, before, after, path) => {
    const analysis = analyzeText(before, path);
    const { problem } = views(analysis).find(({ rule }) => rule === 'accept.unmatched')!;
    const [fix] = problemFixesOf(problem!, analysis.tree, 'zh-cn');
    expect(applyEdits(before, fix!.edits)).toBe(after);
  });
});
