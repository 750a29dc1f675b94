import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import manifest from '../package.json';
import { root, version } from './product';

const name = 'gouji-language-server';

const bin = { [name]: 'dist/server/node.js', gouji: 'dist/cli.js' };

/** With the pages that the server and the README refer to. */
const contents = [
  ...Object.values(bin),
  'dist/ThirdPartyNotices.txt',
  'docs/rules',
  ...['catalog', 'cli', 'editors', 'editors.zh-CN', 'features', 'format', 'packs', 'solve'].map(
    (page) => `docs/${page}.md`,
  ),
  'schemas/disclosure.schema.json',
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'LICENSE',
];

/**
 * Packages the language server and the command line for npm: two programs for Node that depend on no
 * other package.
 *
 * @returns the path of the .tgz
 */
export async function packageServer(folder: string): Promise<string> {
  const stage = await mkdtemp(path.join(tmpdir(), 'gouji-npm-'));
  try {
    for (const file of contents) {
      await mkdir(path.dirname(path.join(stage, file)), { recursive: true });
      await cp(path.join(root, file), path.join(stage, file), { recursive: true });
    }
    const { license, engines, keywords } = manifest;
    const own = {
      name,
      version,
      description: 'Language server and checker for disclosure data files (部门决算公开)',
      license,
      keywords: [...keywords, 'language-server', 'lsp'],
      engines: { node: engines.node },
      bin,
    };
    await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
    await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: stage,
      shell: process.platform === 'win32',
    });
    return path.join(folder, `${name}-${version}.tgz`);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
