import path from 'node:path';
import { temporaryFolder } from './lifetime';
import { startServer, type ServerOptions, type VsCodeServer } from './server';
import { stageExamples, stageExtension } from './stage';

export interface Session {
  readonly server: VsCodeServer;
  readonly extension: string;
  /** A folder that holds the examples under `name`. */
  readonly workspace: string;
}

/** A VS Code as a user has it, with the extension and a copy of the examples, for as long as `use` takes. */
export async function withSession<T>(
  options: ServerOptions,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const folder = await temporaryFolder('session');
  let server: VsCodeServer | undefined;
  try {
    const extension = path.join(folder.path, 'extension');
    // The folder's name is in the pictures.
    const workspace = path.join(folder.path, 'examples');
    await stageExtension('node', extension);
    await stageExamples(workspace);
    server = await startServer(options);
    return await use({ server, extension, workspace });
  } finally {
    await server?.stop();
    folder.remove();
  }
}
