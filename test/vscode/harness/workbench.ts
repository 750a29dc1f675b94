/** The VS Code server, or a front of it. */
export interface Site {
  readonly authority: string;
}

export interface WorkbenchOptions {
  readonly folder: string;
  /** Loaded by the server's own extension host. */
  readonly extension?: string;
  /** The bundled suite; VS Code runs it and reports its exit code. */
  readonly tests?: string;
  /** Opened at once, when this is no test. */
  readonly file?: string;
}

/** The address at which the server's workbench opens the folder with the extension loaded. */
export function workbenchUrl(server: Site, options: WorkbenchOptions): string {
  const remote = (file: string): string =>
    `vscode-remote://${server.authority}${encodeURI(slashed(file))}`;
  const payload: [string, string][] = [];
  if (options.extension !== undefined)
    payload.push(['extensionDevelopmentPath', remote(options.extension)]);
  if (options.tests !== undefined) payload.push(['extensionTestsPath', remote(options.tests)]);
  if (options.file !== undefined) payload.push(['openFile', remote(options.file)]);
  const query = new URLSearchParams({
    folder: slashed(options.folder),
    payload: JSON.stringify(payload),
  });
  // VS Code wants %20, not +, and reads slashes as they are.
  return `http://${server.authority}/?${query.toString().replaceAll('+', '%20').replaceAll('%2F', '/')}`;
}

/** Windows paths as URIs have them: /c:/… */
function slashed(file: string): string {
  const forward = file.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}
