import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { CLIENT_ID, CLIENT_NAME } from '../common/client';
import { activateWith, deactivateSession, type Api } from '../common/extension';

let worker: Worker | undefined;

export function activate(context: ExtensionContext): Promise<Api> {
  const script = Uri.joinPath(context.extensionUri, 'dist/server/browser.js').toString(true);
  return activateWith(context, (options) => {
    // Ending the connection does not end a worker; only one server may hold the documents.
    worker?.terminate();
    worker = new Worker(script, { name: CLIENT_NAME });
    return new LanguageClient(CLIENT_ID, CLIENT_NAME, worker, options);
  });
}

export async function deactivate(): Promise<void> {
  await deactivateSession();
  worker?.terminate();
}
