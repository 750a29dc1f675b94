import * as vscode from 'vscode';
import { CLIENT_NAME, type ClientFactory } from './client';
import { SHOW_RULE, showRule } from './rulePages';
import { LedgerPanel } from './ledger';
import { Session } from './session';
import { StatusItem } from './status';

let session: Session | undefined;

export async function activateWith(
  context: vscode.ExtensionContext,
  createClient: ClientFactory,
): Promise<void> {
  const output = vscode.window.createOutputChannel(CLIENT_NAME, { log: true });
  const status = new StatusItem();
  const ledger: LedgerPanel = new LedgerPanel((method, params) => current.request(method, params));
  const current: Session = new Session(createClient, output, {
    onState: (state) => {
      status.onState(state);
    },
    onStatus: (params) => {
      status.onStatus(params);
      ledger.onStatus(params);
    },
  });
  session = current;
  context.subscriptions.push(
    output,
    status,
    ledger,
    vscode.commands.registerCommand('gouji.showLedger', (uri?: vscode.Uri) => ledger.show(uri)),
    vscode.commands.registerCommand('gouji.restartServer', () => current.restart()),
    vscode.commands.registerCommand('gouji.showOutput', () => {
      output.show();
    }),
    vscode.commands.registerCommand(SHOW_RULE, (rule: unknown) => showRule(context, rule)),
  );
  await current.start();
}

/** VS Code waits for this before it ends the extension host: the server goes first. */
export async function deactivateSession(): Promise<void> {
  await session?.stop();
  session = undefined;
}
