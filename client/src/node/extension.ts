import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { CLIENT_ID, CLIENT_NAME } from '../common/client';
import { activateWith, deactivateSession, type Api } from '../common/extension';
import { NODE_FLAG } from '../../../server/src/lsp/protocol';
import { provideTasks } from './tasks';

export function activate(context: ExtensionContext): Promise<Api> {
  context.subscriptions.push(provideTasks(context));
  const module = context.asAbsolutePath('dist/server/node.js');
  const startedWith = (...flags: string[]) => ({
    ...{ module, transport: TransportKind.ipc },
    options: { execArgv: [NODE_FLAG, ...flags] },
  });
  const run = startedWith();
  const debug = startedWith('--nolazy', '--enable-source-maps');
  return activateWith(
    context,
    (options) => new LanguageClient(CLIENT_ID, CLIENT_NAME, { run, debug }, options),
  );
}

export function deactivate(): Promise<void> {
  return deactivateSession();
}
