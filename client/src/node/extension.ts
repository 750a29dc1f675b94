import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { CLIENT_ID, CLIENT_NAME } from '../common/client';
import { activateWith, deactivateSession, type Api } from '../common/extension';
import { provideTasks } from './tasks';

export function activate(context: ExtensionContext): Promise<Api> {
  context.subscriptions.push(provideTasks(context));
  const module = context.asAbsolutePath('dist/server/node.js');
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--enable-source-maps'] } };
  return activateWith(
    context,
    (options) => new LanguageClient(CLIENT_ID, CLIENT_NAME, { run, debug }, options),
  );
}

export function deactivate(): Promise<void> {
  return deactivateSession();
}
