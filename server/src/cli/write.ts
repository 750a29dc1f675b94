import { randomUUID } from 'node:crypto';
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Replaces a file's text in one step: whoever reads it meanwhile, or finds it after a power cut, has
 * the old text or the new one. Byte order mark and line ends are part of the text; the mode is kept.
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  // A link stays a link: what it points to is replaced.
  const target = await realpath(path);
  // Renaming would pass over a file that says it must not be written.
  await access(target, constants.W_OK);
  const { mode } = await stat(target);
  // In the same folder, for only there renaming is one step; and short, whatever the file is called.
  const temporary = join(dirname(target), `.gouji-${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
