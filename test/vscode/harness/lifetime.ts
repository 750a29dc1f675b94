import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';

const cleanups = new Set<() => void>();
let listening = false;

/**
 * Runs a cleanup when this process ends, whether by itself, by an error or by
 * Ctrl-C. Returns what takes the cleanup back, once it is done or needless.
 */
export function onEnd(cleanup: () => void): () => void {
  if (!listening) {
    listening = true;
    process.on('exit', () => {
      for (const each of [...cleanups].reverse()) each();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => process.exit(128 + constants.signals[signal]));
    }
  }
  cleanups.add(cleanup);
  return () => void cleanups.delete(cleanup);
}

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** A new folder that does not outlive this process. */
export async function temporaryFolder(name: string): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), `gouji-${name}-`));
  const erase = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const forget = onEnd(erase);
  return {
    path: folder,
    remove: () => {
      forget();
      erase();
    },
  };
}
