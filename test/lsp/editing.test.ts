import {
  DiagnosticSeverity,
  LSPErrorCodes,
  TextDocumentEdit,
  type Diagnostic,
  type Range,
  type ResponseError,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { afterEach, describe, expect, it } from 'vitest';
import { exampleText, HUNAN } from '../support/examples';
import { pick, seeded } from '../support/random';
import type { Client, ClientOptions } from './support/client';
import { startClient, useServer } from './support/server';
import { edited, find, positionAt, textOf } from './support/text';

useServer();

const uri = `file:///work/${HUNAN}`;
const example = exampleText(HUNAN);
const broken = example.replace('208: 1357.84', '208: 1357.48');
const wrongCell = find(broken, '208: ', '1357.48');
const errors = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error);

let client: Client;
async function start(options: ClientOptions = { pull: true }): Promise<void> {
  client = await startClient(options);
}
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
});

describe('hover', () => {
  it('names a subject by its code', async () => {
    await start();
    client.open(uri, example);
    const code = find(example, '支出决算表:', '2080101');
    const hover = await client.hover(uri, code.start);
    expect(hover?.range).toEqual(code);
    const contents = hover!.contents as { kind: string; value: string };
    expect(contents.kind).toBe('markdown');
    // 类, 款 and 项 of 2080101 in the functional classification.
    for (const name of ['社会保障和就业支出', '人力资源和社会保障管理事务', '行政运行']) {
      expect(contents.value).toContain(name);
    }
  });

  it('says of an amount what it should be, and why', async () => {
    await start();
    client.open(uri, broken);
    const hover = await client.hover(uri, wrongCell.start);
    expect(hover?.range).toEqual(wrongCell);
    const { value } = hover!.contents as { value: string };
    for (const figure of ['1357.48', '1357.84', '1429.68', '32.15'])
      expect(value).toContain(figure);
  });

  it('is plain text for who wants that', async () => {
    await start({ pull: true, plain: true });
    client.open(uri, broken);
    const code = find(broken, '支出决算表:', '2080101');
    for (const [{ start }, words] of [
      [wrongCell, ['1357.48', '1357.84', '1429.68']],
      [code, ['2080101', '行政运行', '250.04']],
    ] as const) {
      const contents = (await client.hover(uri, start))!.contents as {
        kind: string;
        value: string;
      };
      expect(contents.kind).toBe('plaintext');
      for (const word of words) expect(contents.value).toContain(word);
      // No emphasis, code span, table or list of Markdown.
      expect(contents.value).not.toMatch(/\*|`|^\||^- | {2}$/m);
    }
  });

  it('says nothing about comments and the end of the file', async () => {
    await start();
    client.open(uri, example);
    expect(await client.hover(uri, { line: 0, character: 4 })).toBeNull();
    expect(await client.hover(uri, positionAt(example, example.length))).toBeNull();
  });
});

describe('quick fix', () => {
  it('applied leaves a clean document that differs in that cell alone', async () => {
    await start();
    client.open(uri, broken);
    const [error] = errors(await client.pulled(uri));
    const actions = await client.codeActions(uri, error!.range, [error!]);
    const preferred = actions.filter(({ isPreferred }) => isPreferred);
    expect(preferred).toHaveLength(1);
    const [action] = preferred;
    expect(action?.kind).toBe('quickfix');
    expect(action?.diagnostics).toEqual([error]);
    expect(action?.command).toBeUndefined();

    // Versioned: refused by the client when the document has moved on.
    expect(action?.edit?.changes).toBeUndefined();
    const [change, ...others] = action!.edit!.documentChanges!;
    expect(others).toEqual([]);
    expect(TextDocumentEdit.is(change)).toBe(true);
    const { textDocument, edits } = change as TextDocumentEdit;
    expect(textDocument).toEqual({ uri, version: 1 });

    const fixed = edited(broken, edits as { range: Diagnostic['range']; newText: string }[]);
    expect(fixed).toBe(example);
    client.change(uri, ...edits.map(asChange));
    expect(errors(await client.pulled(uri))).toEqual([]);
  });

  it('is found from anywhere in the cell, and not from the next', async () => {
    await start();
    client.open(uri, broken);
    const { start: first, end } = wrongCell;
    const middle = { line: first.line, character: first.character + 3 };
    const fixes = (range: Range) => client.codeActions(uri, range, [], ['quickfix']);
    for (const at of [first, middle, end]) {
      expect(await fixes({ start: at, end: at })).not.toEqual([]);
    }
    const elsewhere = find(broken, '221: ', '25.71');
    expect(await fixes(elsewhere)).toEqual([]);
  });

  it('is not offered to who asks for something else', async () => {
    await start();
    client.open(uri, broken);
    const kinds = async (only: string[]) =>
      (await client.codeActions(uri, wrongCell, [], only)).map(({ kind }) => kind);
    expect(await kinds(['refactor'])).not.toContain('quickfix');
    expect(await kinds(['quick'])).toEqual([]);
    expect(await kinds(['quickfix'])).not.toEqual([]);
    expect(await kinds([''])).toContain('quickfix');
  });
});

const asChange = (edit: unknown): TextDocumentContentChangeEvent => {
  const { range, newText } = edit as { range: Diagnostic['range']; newText: string };
  return { range, text: newText };
};

/** Characters that columns are got wrong with. */
const ASTRAL = '𠮷𬺓😀';
const disturbed = broken
  .replace('# 株洲市', `# ${ASTRAL}é 株洲市`)
  .replace('单位名称: ', `单位名称: ${ASTRAL}`)
  .replace('208: 1357.48', '208: 1357.48   # 𠮷 合计');

describe('incremental changes', () => {
  for (const [name, eol] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    it(`keep columns right with ${name} and characters beyond the BMP`, async () => {
      await start();
      const text = disturbed.replaceAll('\n', eol);
      client.open(uri, text);
      const [error] = errors(await client.pulled(uri));
      expect(textOf(text, error!.range)).toBe('1357.48');
      expect(error!.range).toEqual(find(text, '208: ', '1357.48'));
    });

    it(`leave the same text behind as opening it, with ${name}`, async () => {
      await start();
      const random = seeded(20240801);
      let text = disturbed.replaceAll('\n', eol);
      client.open(uri, text);
      const snippets = [
        '',
        '1',
        '.',
        ' ',
        eol,
        `${eol}  `,
        '𠮷',
        '😀',
        '合计',
        '208: 1357.84',
        '#',
        '{',
        '}',
        '"',
      ];
      const other = 'file:///work/again.disclosure.yaml';
      for (let round = 0; round < 12; round++) {
        // Several changes in one notification: each speaks of the text after the one before.
        const changes: TextDocumentContentChangeEvent[] = [];
        for (let i = 0; i < 1 + Math.floor(random() * 4); i++) {
          const start = boundary(text, Math.floor(random() * text.length));
          const end = boundary(text, Math.min(text.length, start + Math.floor(random() * 12)));
          const insert = pick(snippets, random);
          changes.push({
            range: { start: positionAt(text, start), end: positionAt(text, end) },
            text: insert,
          });
          text = text.slice(0, start) + insert + text.slice(end);
        }
        client.change(uri, ...changes);
        client.open(other, text, 'yaml', round + 1);
        const incremental = await client.pulled(uri);
        const whole = await client.pulled(other);
        expect(JSON.parse(JSON.stringify(incremental).replaceAll(uri, other))).toEqual(whole);
        client.close(other);
      }
    });
  }

  it('may replace the whole text', async () => {
    await start();
    client.open(uri, broken);
    client.change(uri, { text: example });
    expect(errors(await client.pulled(uri))).toEqual([]);
  });
});

/** An offset that a client can name: not inside a line end, and not inside a surrogate pair. */
function boundary(text: string, offset: number): number {
  const inside = (pair: RegExp) => pair.test(text.slice(offset - 1, offset + 1));
  return offset > 0 && (inside(/^\r\n$/) || inside(/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/))
    ? offset - 1
    : offset;
}

describe('a client that sends nonsense', () => {
  const nonsense = [
    { line: -1, character: -1 },
    { line: 1e9, character: 1e9 },
    { line: Number.MAX_SAFE_INTEGER, character: 0 },
    { line: 2.5, character: 1.5 },
    { line: '3', character: null },
    {},
    null,
    [],
  ] as never[];

  it('gets answers to positions that do not exist, and the server lives', async () => {
    await start();
    client.open(uri, broken);
    for (const position of nonsense) {
      await client.hover(uri, position);
      await client.codeActions(uri, { start: position, end: position });
      await client.codeActions(uri, position);
    }
    expect(errors(await client.pulled(uri))).toHaveLength(1);
  });

  it('has changes behind the end taken for changes at the end', async () => {
    await start();
    client.open(uri, broken);
    const lines = broken.split('\n').length;
    const behind = (line: number) => ({ line: lines + line, character: 7 });
    // Such ranges, with as many lines removed as added, leave holes in an index of lines.
    client.change(uri, { range: { start: behind(5), end: behind(6) }, text: '# 𠮷\n#' });
    client.change(uri, { range: { start: behind(900), end: behind(902) }, text: '\n甲: 1\n' });
    const text = `${broken}# 𠮷\n#\n甲: 1\n`;
    client.change(uri, { range: find(text, '甲'), text: '乙' });
    client.change(uri, { range: wrongCell, text: '1357.88' });

    const other = 'file:///work/again.disclosure.yaml';
    const expected = text.replace('甲', '乙').replace('208: 1357.48', '208: 1357.88');
    client.open(other, expected);
    const whole = await client.pulled(other);
    expect(errors(whole)).toHaveLength(1);
    expect(whole.map(({ range }) => textOf(expected, range))).toContain('乙');
    const incremental = await client.pulled(uri);
    expect(JSON.parse(JSON.stringify(incremental).replaceAll(uri, other))).toEqual(whole);
  });

  it('may open a document that it never closed', async () => {
    await start();
    client.open(uri, example);
    expect(errors(await client.pulled(uri))).toEqual([]);
    client.open(uri, broken);
    expect(errors(await client.pulled(uri))).toHaveLength(1);
  });

  it('gets nothing for documents that are not open', async () => {
    await start();
    for (const unknown of ['file:///no.disclosure.yaml', '', 'not a uri', 'file:///%']) {
      expect(await client.hover(unknown, { line: 0, character: 0 })).toBeNull();
      expect(await client.codeActions(unknown, wrongCell)).toEqual([]);
    }
  });

  it('may name documents as it likes', async () => {
    await start();
    for (const odd of ['not a uri', 'file:///%E5%', 'file:///%FF.disclosure.yaml', ':::']) {
      client.open(odd, broken, 'disclosure-yaml');
      expect(errors(await client.pulled(odd))).toHaveLength(1);
    }
  });
});

describe('cancellation', () => {
  it('of a request that waits is answered as such', async () => {
    await start();
    const source = new CancellationTokenSource();
    // The server is busy with the document while the request and its cancellation arrive.
    client.open(uri, broken);
    const answer = client.connection.sendRequest(
      'textDocument/hover',
      { textDocument: { uri }, position: wrongCell.start },
      source.token,
    );
    source.cancel();
    await expect(answer).rejects.toMatchObject({
      code: LSPErrorCodes.RequestCancelled,
    } satisfies Partial<ResponseError>);
    expect(errors(await client.pulled(uri))).toHaveLength(1);
  });
});
