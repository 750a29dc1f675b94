import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../server/src/cli/run';
import type { Locale } from '../../server/src/service/messages';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-solve-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function solving(name: string, content: string, locale: Locale = 'en') {
  const path = join(folder, name);
  writeFileSync(path, content);
  let [out, error] = ['', ''];
  const code = await run(['solve', path], {
    out: (text) => void (out += text),
    error: (text) => void (error += text),
    locale,
  });
  return { code, out, error, path };
}

const problem = (printed: string) =>
  JSON.stringify({
    variables: [
      { id: 'a', printed },
      { id: 'b', printed: '2.50' },
      { id: 'c', printed: '2.50' },
      { id: 'p', printed: '1.20' },
      { id: 'q', printed: '1.30' },
    ],
    relations: [
      { id: 'ab', left: ['a'], right: ['b'] },
      { id: 'ac', left: ['a'], right: ['c'] },
      { id: 'b', kind: 'sum', left: ['b'], right: ['p', 'q'] },
    ],
  });

describe('gouji solve', () => {
  it('prints the solution as JSON and exits with 1 where something is wrong', async () => {
    const { code, out, error, path } = await solving('wrong.json', problem('2.05'));
    expect([code, error]).toEqual([1, '']);
    const solution = JSON.parse(out) as Record<string, unknown>;
    expect(solution).toMatchObject({
      schema: 'gouji-solution/1',
      path,
      findings: [{ relations: ['ab', 'ac'], certain: [{ variable: 'a', value: '2.50' }] }],
    });
  });

  it('exits with 0 where everything holds', async () => {
    expect((await solving('right.json', problem('2.50'))).code).toBe(0);
  });

  it('reads a file with a byte order mark, and the defaults as they are documented', async () => {
    const { code, error } = await solving(
      'marked.json',
      `\uFEFF${problem('2.50').replace('{', '{"negative": 0, ')}`,
    );
    expect([code, error]).toEqual([0, '']);
  });

  it.each([
    ['neighbours', { neighbours: ['z'] }, {}, 'a'],
    ['namesakes', { namesakes: ['z'] }, {}, 'a'],
    ['repeats', { repeats: ['z'] }, {}, 'a'],
    ['grids', {}, { grids: [{ id: 'G', rows: [{ id: 'r', cells: ['z', null] }] }] }, 'G'],
  ])('passes over no name that is not there: %s', async (_, variable, more, where) => {
    const content = JSON.parse(problem('2.50')) as { variables: object[] };
    Object.assign(content.variables[0]!, variable);
    const { code, error } = await solving('unknown.json', JSON.stringify({ ...content, ...more }));
    expect(code).toBe(2);
    expect(error).toContain(`${where}: there is no variable z`);
  });

  it.each([
    ['no JSON', 'x: 1'],
    ['no problem', '[]'],
    ['a problem with a figure that is none', problem('2,5,0')],
  ])('says what is wrong with %s and exits with 2', async (name, content) => {
    const { code, out, error } = await solving(`${name}.json`, content);
    expect([code, out]).toEqual([2, '']);
    expect(error).toMatch(/^gouji: .+: .+\n$/);
  });

  it.each(['en', 'zh-cn'] as const)('says what it would read instead, in %s', async (locale) => {
    const { error, path } = await solving('list.json', '{"variables": {}}', locale);
    const wanted = { en: 'a list should stand here', 'zh-cn': '此处应为列表' }[locale];
    expect(error).toContain(`${path}: variables`);
    expect(error).toContain(wanted);
  });

  it('says so where a file is not there', async () => {
    let error = '';
    const code = await run(['solve', join(folder, 'none.json')], {
      out: () => undefined,
      error: (text) => void (error += text),
      locale: 'en',
    });
    expect(code).toBe(2);
    expect(error).toContain('none.json');
  });
});
