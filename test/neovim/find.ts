import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from '../vscode/harness/install';

/**
 * GOUJI_NEOVIM if set, else the machine's own, else Debian's when we may install it. Says what to do
 * when there is none: a test that needs it fails then.
 */
export async function findNeovim(): Promise<string> {
  const named = process.env['GOUJI_NEOVIM'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`GOUJI_NEOVIM names no file: ${named}`);
    return named;
  }
  const own = ownNeovim();
  if (own !== undefined) return own;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      'There is no Neovim to test in: install it (sudo apt-get install neovim), or name one by GOUJI_NEOVIM.',
    );
  }
  await run('apt-get', ['update', '-qq'], '/');
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'neovim'], '/');
  const installed = ownNeovim();
  if (installed === undefined) throw new Error('apt-get installed Neovim, but there is no nvim');
  return installed;
}

function ownNeovim(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const name = process.platform === 'win32' ? 'nvim.exe' : 'nvim';
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
