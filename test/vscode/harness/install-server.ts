import { existsSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { installOnce, npm, npmInstall, npmUnpack } from './install';
import { editions, pins, type Edition, type EditionName } from './pins';

export interface InstalledServer {
  /** The folder with out/server-main.js. */
  readonly code: string;
  /** The Node that it runs on. */
  readonly node: string;
}

export async function installServer(name: EditionName): Promise<InstalledServer> {
  const edition: Edition = editions[name];
  const inside = path.join('node_modules', edition.name, 'lib', 'vscode');
  const folder = await installOnce(edition, 'the VS Code server', async (target) => {
    await npmInstall(target, edition);
    const code = path.join(target, inside);
    // The server keeps a manifest and a lock file of its own, for what it needs at run time; its peers
    // are betas that npm takes for conflicts.
    await npm(code, ['install', '--legacy-peer-deps']);
    await addNativeParts(target, path.join(code, 'node_modules'));
  });
  const code = path.join(folder, inside);
  return { code, node: await installNode(edition) };
}

async function installNode({ node }: Edition): Promise<string> {
  if (node === undefined) return process.execPath;
  const folder = await installOnce(node, 'the Node of a newer VS Code', async (target) => {
    await npmUnpack(target, node);
  });
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(folder, 'package', 'bin', name);
}

/**
 * No install script runs, so nothing is downloaded or compiled; what the
 * scripts would have made comes ready from npm. Without ripgrep
 * `workspace.findFiles` throws; without the terminal no task runs. Other native
 * modules (spdlog, watchdog) only make the server complain in its log.
 */
async function addNativeParts(target: string, modules: string): Promise<void> {
  // Newer ones bring both.
  if (existsSync(path.join(modules, '@vscode', 'ripgrep-universal'))) return;
  const ripgrep = await npmUnpack(target, pins.ripgrep);
  await cp(path.join(ripgrep, 'bin'), path.join(modules, '@vscode', 'ripgrep', 'bin'), {
    recursive: true,
  });
  await rm(ripgrep, { recursive: true });

  if (process.platform !== 'linux') return; // node-pty itself ships the others
  const terminal = await npmUnpack(target, pins.terminal);
  const release = path.join(modules, 'node-pty', 'build', 'Release');
  await mkdir(release, { recursive: true });
  await cp(path.join(terminal, 'pty.node'), path.join(release, 'pty.node'));
  await rm(terminal, { recursive: true });
}
