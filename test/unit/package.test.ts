import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNotices } from '../../packaging/notices';
import manifest from '../../package.json';
import { startClient } from '../lsp/support/server';
import { exampleText, HUNAN } from '../support/examples';
import { packagesToTest } from '../support/packages';

const root = path.join(__dirname, '..', '..');
const pagesIn = (folder: string) =>
  readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`);
const rulePages = pagesIn('docs/rules');
const KIB = 1024;

/** What is installed costs every user; when a number here must grow, say why in the commit. */
const budgets = { vsix: 2020, server: 1094, 'dist/server/node.js': 2040 } as const;

const extension = [
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'dist/ThirdPartyNotices.txt',
  // Runs the tasks.
  'dist/cli.js',
  'dist/client/browser/extension.js',
  'dist/client/node/extension.js',
  'dist/server/browser.js',
  'dist/server/node.js',
  'l10n/bundle.l10n.zh-cn.json',
  'media/icon.png',
  'syntaxes/disclosure-json.configuration.json',
  'syntaxes/disclosure-json.tmLanguage.json',
  'syntaxes/disclosure-yaml.configuration.json',
  'syntaxes/disclosure-yaml.tmLanguage.json',
  ...rulePages,
  ...pagesIn('docs/walkthrough'),
];

const server = [
  'package.json',
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/ThirdPartyNotices.txt',
  'dist/cli.js',
  'dist/server/node.js',
  'docs/catalog.md',
  'docs/cli.md',
  'docs/editors.md',
  'docs/editors.zh-CN.md',
  'docs/features.md',
  'docs/format.md',
  'docs/packs.md',
  'docs/solve.md',
  'schemas/disclosure.schema.json',
  ...rulePages,
];

let packages: Awaited<ReturnType<typeof packagesToTest>>;
const folder = mkdtempSync(path.join(tmpdir(), 'gouji-installed-'));

beforeAll(async () => {
  packages = await packagesToTest();
}, 300_000);
afterAll(() => {
  packages.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('the .vsix', () => {
  const files = () => {
    const entries = Object.entries(unzipSync(readFileSync(packages.vsix)));
    return new Map(
      entries.flatMap(([name, bytes]) =>
        name.startsWith('extension/') ? [[name.slice('extension/'.length), bytes] as const] : [],
      ),
    );
  };

  it('holds what runs and nothing else', () => {
    expect([...files().keys()].sort()).toEqual([...extension].sort());
  });

  it('stays within its budget', () => {
    expect(statSync(packages.vsix).size).toBeLessThan(budgets.vsix * KIB);
    expect(files().get('dist/server/node.js')!.length).toBeLessThan(
      budgets['dist/server/node.js'] * KIB,
    );
  });

  it('holds no source map and no path of the machine it was made on', () => {
    for (const [name, bytes] of files()) {
      const text = new TextDecoder().decode(bytes);
      expect(text.includes('sourceMappingURL'), name).toBe(false);
      expect(text.includes(root), name).toBe(false);
    }
  });

  it('has the manifest of the sources: trusted or not, on a disk or not, in Node and in a browser', () => {
    const text = new TextDecoder().decode(files().get('package.json'));
    const shipped = JSON.parse(text) as typeof manifest;
    expect(shipped.engines).toEqual(manifest.engines);
    expect(shipped.capabilities).toEqual({
      untrustedWorkspaces: { supported: true },
      virtualWorkspaces: true,
    });
    for (const entry of [shipped.main, shipped.browser]) {
      expect(files().has(path.posix.normalize(entry)), entry).toBe(true);
    }
  });
});

describe('the npm package', () => {
  const installed = path.join(folder, 'node_modules', 'gouji-language-server');

  beforeAll(() => {
    // As a user would, in a folder that has nothing else; there is nothing to fetch.
    npm('install', '--prefix', folder, '--offline', '--no-audit', '--no-fund', packages.server);
  }, 120_000);

  function npm(...args: string[]) {
    const { status, stderr } = spawnSync('npm', args, {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    expect(status, stderr).toBe(0);
  }

  it('holds what runs and the pages about it, and nothing else', () => {
    const found = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)));
    expect(found.map((name) => name.split(path.sep).join('/')).sort()).toEqual([...server].sort());
    expect(statSync(packages.server).size).toBeLessThan(budgets.server * KIB);
  });

  it('depends on no other package', () => {
    const own = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as object;
    expect(Object.keys(own).filter((key) => /dependencies/i.test(key))).toEqual([]);
    const all = readdirSync(path.join(folder, 'node_modules'));
    expect(all.filter((name) => !name.startsWith('.'))).toEqual(['gouji-language-server']);
  });

  it('checks files from the command line as `gouji`', () => {
    const command = path.join(folder, 'node_modules/.bin/gouji');
    const example = path.join(root, 'examples', HUNAN);
    const run = (...args: string[]) =>
      spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
    expect(run('--version').stdout).toBe(`gouji ${manifest.version}\n`);
    const { stdout, stderr } = run('check', example, '--lang', 'en');
    expect(stderr).toBe('');
    expect(stdout).toContain('Rounding tail');
  });

  it('serves an editor as `gouji-language-server --stdio`, with the pages of its rules', async () => {
    const command = path.join(folder, 'node_modules/.bin/gouji-language-server');
    const client = await startClient({}, command);
    const uri = 'file:///a/2024.disclosure.yaml';
    client.open(uri, exampleText(HUNAN));
    const found = await client.pushed(uri);
    expect(found.length).toBeGreaterThan(0);
    for (const { codeDescription } of found) {
      expect(statSync(fileURLToPath(codeDescription!.href)).isFile()).toBe(true);
    }
    expect(await client.stop()).toBe(0);
  });
});

describe('notices', () => {
  it('name the licences of what is bundled, and refuse one that forbids it', async () => {
    const target = path.join(folder, 'notices.txt');
    await writeNotices(root, ['node_modules/yaml/dist/index.js', 'server/src/cli/run.ts'], target);
    expect(readFileSync(target, 'utf8')).toContain('Copyright Eemeli Aro');
    // Tests may use what may not be shipped so.
    await expect(
      writeNotices(root, ['node_modules/typescript/lib/typescript.js'], target),
    ).rejects.toThrow('Apache-2.0');
  });
});
