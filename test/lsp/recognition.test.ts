import { afterEach, describe, expect, it } from 'vitest';
import { exampleText, HUNAN } from '../support/examples';
import type { Client } from './support/client';
import { startClient, useServer } from './support/server';
import { find } from './support/text';

useServer();

const example = exampleText(HUNAN);
const broken = example.replace('208: 1357.84', '208: 1357.48');

let client: Client;
afterEach(async () => {
  expect(client.log).toEqual([]);
  expect(await client.stop()).toBe(0);
});

/** What a user would see of a document with an amount at the range given. */
async function seen(uri: string, text: string, languageId: string, amount = find(text, '1')) {
  client = await startClient();
  client.open(uri, text, languageId);
  const status = await client.status(uri);
  return {
    recognised: status.recognised,
    diagnostics: (await client.pushed(uri)).length > 0,
    hover: (await client.hover(uri, amount.start)) !== null,
    actions: (await client.codeActions(uri, amount)).length > 0,
  };
}

const nothing = { recognised: false, diagnostics: false, hover: false, actions: false };
const everything = { recognised: true, diagnostics: true, hover: true, actions: true };
const wrongCell = find(broken, '208: ', '1357.48');

describe('left alone', () => {
  const cases: [string, string, string, string][] = [
    ['plain YAML', 'file:///ci/.gitlab-ci.yml', 'yaml', 'stages: [1]\n"unclosed\n'],
    ['plain JSON', 'file:///app/package.json', 'json', '{"a": 1,}'],
    ['the word without the marker', 'file:///a/disclosure.yaml', 'yaml', '年度: 2021\n合计: 1\n'],
    ['another format', 'file:///a/a.yaml', 'yaml', '格式: other/1\n'],
    ['the marker elsewhere', 'file:///a/a.yaml', 'yaml', 'x: 1\n格式: gouji/1\n'],
    ['an empty untitled document', 'untitled:Untitled-1', 'yaml', '1'],
    ['a comment about it', 'file:///a/a.yaml', 'yaml', '# 格式: gouji/1\n'],
  ];
  for (const [what, uri, languageId, text] of cases) {
    it(what, async () => {
      expect(await seen(uri, text, languageId)).toEqual(nothing);
    });
  }
});

describe('taken for a disclosure', () => {
  const cases: [string, string, string][] = [
    ['by its name', 'file:///work/a.disclosure.yaml', 'yaml'],
    ['by its Chinese name, percent-encoded', 'file:///work/2024.%E5%86%B3%E7%AE%97.yml', 'yaml'],
    ['by its marker', 'file:///work/a.yaml', 'yaml'],
    ['in a virtual file system', 'vscode-vfs://github/gouji/a.disclosure.yaml', 'disclosure-yaml'],
    ['untitled, by the language chosen', 'untitled:Untitled-1', 'disclosure-yaml'],
    ['whatever the editor calls it', 'file:///work/a.disclosure.yaml', 'plaintext'],
  ];
  for (const [what, uri, languageId] of cases) {
    it(what, async () => {
      const text = broken;
      expect(await seen(uri, text, languageId, wrongCell)).toEqual(everything);
    });
  }

  it('by the language chosen, before anything else is written', async () => {
    client = await startClient();
    client.open('untitled:Untitled-1', '年度: 2024\n', 'disclosure-yaml');
    expect(await client.status('untitled:Untitled-1')).toMatchObject({
      recognised: true,
      year: 2024,
    });
  });

  it('in JSON', async () => {
    client = await startClient();
    const uri = 'untitled:Untitled-2';
    const text = '{"格式": "gouji/1", "年度": 2023, "金额单位": "元"}';
    client.open(uri, text, 'json');
    expect(await client.status(uri)).toMatchObject({ recognised: true, year: 2023, unit: '元' });
  });

  it('as soon as the marker is written, and no longer than that', async () => {
    client = await startClient();
    const uri = 'file:///work/a.yaml';
    const marker = '格式: gouji/1';
    const without = broken.replace(`${marker}\n`, '');
    client.open(uri, without);
    expect(await client.pushed(uri)).toEqual([]);
    const place = find(broken, marker).start;
    client.change(uri, { range: { start: place, end: place }, text: `${marker}\n` });
    expect(await client.pushed(uri)).not.toEqual([]);
    client.change(uri, { range: find(broken, `${marker}\n`), text: '' });
    expect(await client.pushed(uri)).toEqual([]);
    expect(await client.status(uri)).toMatchObject({ recognised: false });
  });
});
