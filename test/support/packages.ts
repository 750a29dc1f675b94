import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageAll, type Packages } from '../../packaging/packages';
import { version } from '../../packaging/product';

/** The packages to test: those that `npm test` has made, else new ones. */
export async function packagesToTest(): Promise<Packages & { readonly remove: () => void }> {
  const made = process.env['GOUJI_PACKAGES'];
  if (made !== undefined) {
    return {
      vsix: path.join(made, `gouji-${version}.vsix`),
      server: path.join(made, `gouji-language-server-${version}.tgz`),
      remove: () => undefined,
    };
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'gouji-packages-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { ...(await packageAll(folder)), remove };
}
