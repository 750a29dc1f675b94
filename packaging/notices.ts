import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Licences that allow to ship the code in a bundle with its notice. */
const ALLOWED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'];

/**
 * Writes the licences of everything that the bundles hold of others, as these licences ask for.
 *
 * @param inputs paths of the bundled files, relative to `root`
 * @throws when a package has a licence that does not allow this, or none
 */
export async function writeNotices(
  root: string,
  inputs: readonly string[],
  target: string,
): Promise<void> {
  const folders = new Set(inputs.flatMap((input) => packageFolder(input) ?? []));
  const notices = await Promise.all([...folders].sort().map((folder) => notice(root, folder)));
  await writeFile(target, ['Gouji contains these packages.', ...notices].join('\n\n'));
}

/** `…/node_modules/name` or `…/node_modules/@scope/name`, of a file in it. */
function packageFolder(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

async function notice(root: string, folder: string): Promise<string> {
  const inside = path.join(root, folder);
  const manifest = JSON.parse(await readFile(path.join(inside, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const { name, version, license = 'none' } = manifest;
  if (!ALLOWED.includes(license)) throw new Error(`${name} is bundled, its licence is ${license}`);
  const file = (await readdir(inside)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} is bundled and has no text of its licence`);
  const text = (await readFile(path.join(inside, file), 'utf8')).trim();
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
