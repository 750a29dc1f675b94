import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { builtInPacks } from '../../server/src/relations/packs';
import { HUNAN, rightTables } from '../support/examples';
import type { Client, ClientOptions } from './support/client';
import { startClient, useServer } from './support/server';
import { find, textOf } from './support/text';

useServer();

const uri = `file:///work/${HUNAN}`;
const example = rightTables();
/** Expenditure on subject 208, as table 1 prints it, with two digits exchanged. */
const right = '1357.84';
const wrong = '1357.48';
const broken = example.replace(`208: ${right}`, `208: ${wrong}`);
const wrongCell = () => find(broken, '208: ', wrong);

const alarming = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ severity }) => severity! <= DiagnosticSeverity.Warning);

let client: Client;
async function start(options: ClientOptions = {}): Promise<void> {
  client = await startClient(options);
}
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
});

function expectTheWrongCell(diagnostics: readonly Diagnostic[]): Diagnostic {
  const found = alarming(diagnostics);
  expect(found).toHaveLength(1);
  const [diagnostic] = found as [Diagnostic];
  expect(diagnostic).toMatchObject({
    severity: DiagnosticSeverity.Error,
    source: 'gouji',
    range: wrongCell(),
  });
  expect(diagnostic.code).toMatch(/^[a-z0-9]+\.[a-z-]+$/);
  expect(diagnostic.message).toContain(wrong);
  expect(diagnostic.message).toContain(right);
  return diagnostic;
}

describe('a client that is sent diagnostics', () => {
  it('gets no alarm for a published document that is right', async () => {
    await start();
    client.open(uri, example);
    expect(alarming(await client.pushed(uri))).toEqual([]);
    expect(await client.status(uri)).toMatchObject({
      recognised: true,
      year: 2024,
      unit: '万元',
      layout: '全国',
      failed: false,
      causes: { error: 0, warning: 0 },
    });
  });

  it('gets one error on the cell that is wrong, with every figure it was found by', async () => {
    await start();
    client.open(uri, broken);
    const diagnostic = expectTheWrongCell(await client.pushed(uri));
    const related = diagnostic.relatedInformation ?? [];
    const cells = related.map(({ location }) => textOf(broken, location.range));
    // Total and the other class lines of its own table, the subjects of table 3, its twin in table 4.
    expect(cells).toEqual(expect.arrayContaining(['1429.68', '32.15', '1076.73', right]));
    for (const { location, message } of related) {
      expect(location.uri).toBe(uri);
      expect(message).toContain(textOf(broken, location.range));
    }
    const told = related.map((one) => JSON.stringify(one));
    expect(new Set(told).size, 'each figure is told once').toBe(told.length);
    expect(told.join('\n')).toContain('is cleared: this relation holds');
  });

  it('sees the error come and go with the text', async () => {
    await start();
    client.open(uri, example);
    await client.pushed(uri);
    client.change(uri, { range: find(example, '208: ', right), text: wrong });
    expectTheWrongCell(await client.pushed(uri));
    expect((await client.status(uri)).causes?.error).toBe(1);
    client.change(uri, { range: wrongCell(), text: right });
    expect(alarming(await client.pushed(uri))).toEqual([]);
    expect((await client.status(uri)).causes?.error).toBe(0);
  });

  it('is not sent what is out of date when edits queue up', async () => {
    await start();
    client.open(uri, example);
    await client.pushed(uri);
    const before = client.published.length;
    const edits = 60;
    for (let i = 0; i < edits; i++) {
      const [from, to] = i % 2 === 0 ? [right, wrong] : [wrong, right];
      const text = i % 2 === 0 ? example : broken;
      client.change(uri, { range: find(text, '208: ', from), text: to });
    }
    expect(alarming(await client.pushed(uri))).toEqual([]);
    expect(client.published.length - before).toBeLessThan(edits / 2);
    const versions = client.published.map(({ version }) => version!);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('has nothing left of a closed document', async () => {
    await start();
    client.open(uri, broken);
    await client.pushed(uri);
    client.close(uri);
    await client.until(() => client.published.at(-1)?.diagnostics.length === 0, 'an empty list');
    expect(client.published.at(-1)).toEqual({ uri, diagnostics: [] });
  });

  it('is spared related information that it cannot show', async () => {
    await start({ plain: true });
    client.open(uri, broken);
    const diagnostic = expectTheWrongCell(await client.pushed(uri));
    expect(diagnostic.relatedInformation).toBeUndefined();
  });

  it('keeps documents apart', async () => {
    await start();
    const other = 'file:///work/other.disclosure.yaml';
    client.open(uri, broken);
    client.open(other, example);
    expectTheWrongCell(await client.pushed(uri));
    expect(alarming(await client.pushed(other))).toEqual([]);
  });
});

describe('a client that asks for diagnostics', () => {
  it('gets the same as one that is sent them', async () => {
    await start();
    client.open(uri, broken);
    const pushed = await client.pushed(uri);
    expect(await client.stop()).toBe(0);
    await start({ pull: true });
    client.open(uri, broken);
    expect(await client.pulled(uri)).toEqual(pushed);
  });

  it('is never sent any', async () => {
    await start({ pull: true });
    client.open(uri, broken);
    expectTheWrongCell(await client.pulled(uri));
    client.change(uri, { range: wrongCell(), text: right });
    expect(alarming(await client.pulled(uri))).toEqual([]);
    await client.status(uri);
    client.close(uri);
    client.open(uri, example);
    await client.status(uri);
    expect(client.published).toEqual([]);
  });

  it('is told "unchanged" exactly as long as nothing changed', async () => {
    await start({ pull: true });
    client.open(uri, broken);
    const first = await client.pull(uri);
    const again = await client.pull(uri, first.resultId);
    expect(again).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.change(uri, { range: wrongCell(), text: right });
    const changed = await client.pull(uri, first.resultId);
    expect(changed.kind).toBe('full');
    // Versions start again with every opening.
    client.close(uri);
    client.open(uri, broken);
    const reopened = await client.pull(uri, first.resultId);
    expect(reopened.kind).toBe('full');
  });

  it('gets an empty answer for what is not open', async () => {
    await start({ pull: true });
    expect(await client.pulled('file:///nowhere.disclosure.yaml')).toEqual([]);
  });
});

describe('settings', () => {
  const severity = (value: string, rule: unknown) => ({
    rules: { severity: { [String(rule)]: value } },
  });

  it('change severities while the document is open', async () => {
    await start({ configuration: {} });
    client.open(uri, broken);
    expectTheWrongCell(await client.pushed(uri));
    const before = client.published.length;
    // One wrong cell breaks several rules, so all of them have to be milder.
    const rules = builtInPacks.flatMap((pack) => pack.rules.map(({ id }) => [id, 'hint']));
    client.configure({ rules: { severity: Object.fromEntries(rules) as unknown } });
    await client.until(() => client.published.length > before, 'new diagnostics');
    const now = client.published.at(-1)!.diagnostics;
    const { line } = wrongCell().start;
    expect(now.find(({ range }) => range.start.line === line)).toMatchObject({
      severity: DiagnosticSeverity.Hint,
    });
    expect(alarming(now)).toEqual([]);
  });

  it('make a client that asks, ask again', async () => {
    await start({ pull: true, configuration: {} });
    client.open(uri, broken);
    const first = await client.pull(uri);
    const off = Object.fromEntries(
      (first.kind === 'full' ? first.items : []).map(({ code }) => [String(code), 'off']),
    );
    client.configure({ rules: { severity: off } });
    await client.until(() => client.refreshes > 0, 'a refresh');
    const second = await client.pull(uri, first.resultId);
    expect(second.kind).toBe('full');
    const codes = second.kind === 'full' ? second.items.map(({ code }) => String(code)) : [];
    expect(codes.filter((code) => code in off)).toEqual([]);
    expect(client.published).toEqual([]);
  });

  it('are there before the first word is said', async () => {
    await start({ configuration: {} });
    client.open(uri, broken);
    const { code } = expectTheWrongCell(await client.pushed(uri));
    const off = severity('off', code);
    expect(await client.stop()).toBe(0);
    for (const pull of [false, true]) {
      await start({ pull, configuration: off });
      client.open(uri, broken);
      const shown = pull ? await client.pulled(uri) : await client.pushed(uri);
      expect(shown.map((diagnostic) => diagnostic.code)).not.toContain(code);
      if (!pull) {
        expect(client.published).toHaveLength(1);
        expect(await client.stop()).toBe(0);
      }
    }
  });

  it('reach a server that cannot ask for them', async () => {
    await start();
    client.open(uri, broken);
    const { code } = expectTheWrongCell(await client.pushed(uri));
    const before = client.published.length;
    client.configure(severity('off', code));
    await client.until(() => client.published.length > before, 'new diagnostics');
    expect(client.published.at(-1)!.diagnostics.map((d) => d.code)).not.toContain(code);
  });

  it('that say nothing new change nothing', async () => {
    await start({ pull: true, configuration: {} });
    client.open(uri, broken);
    const first = await client.pull(uri);
    client.configure({ rules: { severity: {} } });
    client.configure({ rules: { severity: { 'x.y': 'loud' }, nonsense: 1 }, language: 7 });
    client.configure('nonsense');
    client.configure(null);
    await client.hover(uri, { line: 0, character: 0 });
    expect(await client.pull(uri, first.resultId)).toMatchObject({ kind: 'unchanged' });
    expect(client.refreshes).toBe(0);
  });
});

describe('language', () => {
  const han = /\p{Script=Han}/u;
  const first = async (): Promise<string> => {
    client.open(uri, broken);
    const [diagnostic] = alarming(await client.pushed(uri));
    const [action] = await client.codeActions(uri, diagnostic!.range);
    return action!.title;
  };

  const cases: [string, ClientOptions, boolean][] = [
    ['zh-cn of the editor', { locale: 'zh-cn' }, true],
    ['zh_CN.UTF-8 of a terminal', { locale: 'zh_CN.UTF-8' }, true],
    ['English', { locale: 'en' }, false],
    ['a third language', { locale: 'de' }, false],
    ['nothing said', {}, false],
    ['initialization options', { initializationOptions: { locale: 'zh-cn' } }, true],
    ['setting over editor', { locale: 'zh-cn', configuration: { language: 'en' } }, false],
    ['setting over editor, Chinese', { locale: 'en', configuration: { language: 'zh-cn' } }, true],
    ['setting "auto"', { locale: 'zh-cn', configuration: { language: 'auto' } }, true],
  ];
  for (const [what, options, chinese] of cases) {
    it(`${what}: ${chinese ? 'Chinese' : 'English'}`, async () => {
      await start(options);
      expect(han.test(await first())).toBe(chinese);
    });
  }

  it('changes with the setting', async () => {
    await start({ locale: 'en', configuration: {} });
    client.open(uri, broken);
    const english = alarming(await client.pushed(uri))[0]!.message;
    const before = client.published.length;
    client.configure({ language: 'zh-cn' });
    await client.until(() => client.published.length > before, 'new diagnostics');
    expect(alarming(client.published.at(-1)!.diagnostics)[0]!.message).not.toBe(english);
  });
});
