import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { installOnce, npm, npmInstall, npmUnpack } from './install';
import { pins } from './pins';

/** The folder of the VS Code server (the one with out/server-main.js). */
export async function installServer(): Promise<string> {
  const inside = path.join('node_modules', pins.codeServer.name, 'lib', 'vscode');
  const folder = await installOnce(pins.codeServer, 'the VS Code server', async (target) => {
    await npmInstall(target, pins.codeServer);
    const code = path.join(target, inside);
    // The server keeps a manifest and a lock file of its own, for what it needs at run time.
    await npm(code, ['install']);
    await addNativeParts(target, path.join(code, 'node_modules'));
  });
  return path.join(folder, inside);
}

/**
 * No install script runs, so nothing is downloaded or compiled; what the
 * scripts would have made comes ready from npm. Without ripgrep
 * `workspace.findFiles` throws; without the terminal no task runs. Other native
 * modules (spdlog, watchdog) only make the server complain in its log.
 */
async function addNativeParts(target: string, modules: string): Promise<void> {
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
