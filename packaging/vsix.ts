import { createVSIX } from '@vscode/vsce';
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
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    ...(repository === undefined
      ? { rewriteRelativeLinks: false }
      : { baseContentUrl: `${repository}/blob/HEAD`, baseImagesUrl: `${repository}/raw/HEAD` }),
  });
  return packagePath;
}
