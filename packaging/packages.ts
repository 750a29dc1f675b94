import { mkdir } from 'node:fs/promises';
import { build } from '../esbuild.config';
import { packageServer } from './server';
import { packageVsix } from './vsix';

export interface Packages {
  /** Paths of the files. */
  readonly vsix: string;
  readonly server: string;
}

/** Both packages, from a new build. */
export async function packageAll(folder: string, repository?: string): Promise<Packages> {
  await mkdir(folder, { recursive: true });
  await build();
  return { vsix: await packageVsix(folder, repository), server: await packageServer(folder) };
}
