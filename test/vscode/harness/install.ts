import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDir } from './paths';
import type { Pin } from './pins';

export function progress(message: string): void {
  process.stderr.write(`[vscode] ${message}\n`);
}

/**
 * Installs one thing into the cache, once. The work happens in a folder of
 * another name and only a finished one is renamed, so an interrupted install is
 * never taken for a complete one, and two runs at the same time do no harm.
 */
export async function installOnce(
  pin: Pin,
  what: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const name = `${pin.name.replace(/^@/, '').replace('/', '-')}-${pin.version}`;
  const target = path.join(cacheDir, name);
  if (existsSync(target)) return target;

  await mkdir(cacheDir, { recursive: true });
  await removeAbandoned(name);
  const started = Date.now();
  progress(`installing ${what} (${pin.name} ${pin.version}) …`);
  const unfinished = path.join(cacheDir, `${name}.${process.pid}.partial`);
  try {
    await mkdir(unfinished, { recursive: true });
    await build(unfinished);
    await rename(unfinished, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error; // else another run was first, with the same content
    });
  } catch (error) {
    throw new Error(`could not install ${what} (${pin.name} ${pin.version})`, { cause: error });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  progress(`installed ${what} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return target;
}

/** Removes what an interrupted run left; a folder of a process that lives is left alone. */
async function removeAbandoned(name: string): Promise<void> {
  for (const entry of await readdir(cacheDir)) {
    const pid = new RegExp(`^${name.replaceAll('.', '\\.')}\\.(\\d+)\\.partial$`).exec(entry)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(path.join(cacheDir, entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Puts one package and its dependencies under `folder/node_modules`; returns the package's folder. */
export async function npmInstall(folder: string, pin: Pin): Promise<string> {
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  await npm(folder, ['install', `${pin.name}@${pin.version}`]);
  return path.join(folder, 'node_modules', pin.name);
}

/** Puts one package alone, without what it depends on; returns the package's folder. */
export async function npmUnpack(folder: string, pin: Pin): Promise<string> {
  await npm(folder, ['pack', `${pin.name}@${pin.version}`, '--silent']);
  const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm pack wrote no archive of ${pin.name}`);
  await run('tar', ['-xzf', archive], folder);
  await rm(path.join(folder, archive));
  return path.join(folder, 'package');
}

/** No package is allowed to run a script: nothing we use needs to be compiled. */
export async function npm(folder: string, args: readonly string[]): Promise<void> {
  const flags = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'];
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli)) {
    await run(process.execPath, [cli, ...args, ...flags], folder);
  } else {
    await run('npm', [...args, ...flags], folder, { shell: process.platform === 'win32' });
  }
}

/** Runs a program to its end; what it printed is the message when it fails. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  options: { readonly shell?: boolean; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args, { cwd, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-3000)}`),
        );
    });
  });
}
