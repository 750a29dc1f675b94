import { createVSIX } from '@vscode/vsce';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root, version } from './product';

/**
 * Packages the extension; what is in it is the manifest's `files`, and everything it needs is bundled.
 *
 * @param repository where the sources are on the web, for the links and pictures of the README
 * @returns the path of the .vsix
 */
export async function packageVsix(folder: string, repository?: string): Promise<string> {
  const packagePath = path.join(folder, `gouji-${version}.vsix`);
  const readmePath = repository === undefined ? 'dist/README.md' : 'README.md';
  if (repository === undefined) {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    await writeFile(path.join(root, readmePath), withoutPictures(readme));
  }
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    readmePath,
    ...(repository === undefined
      ? { rewriteRelativeLinks: false }
      : { baseContentUrl: `${repository}/blob/HEAD`, baseImagesUrl: `${repository}/raw/HEAD` }),
  });
  return packagePath;
}

/** The pictures are not in the package, and without an address nothing leads to them. */
const withoutPictures = (text: string) =>
  text
    .split(/\n{2,}/)
    .filter((paragraph) => !/!\[[^\]]*\]\((?!https?:)/.test(paragraph))
    .join('\n\n');
