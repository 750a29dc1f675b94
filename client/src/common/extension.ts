import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import { CLIENT_NAME, documentSelector, type ClientFactory } from './client';
import { CellKeys } from './cellKeys';
import { EarlyFormatter } from './earlyFormatter';
import { SHOW_RULE, showRule } from './rulePages';
import { LedgerPanel, type AskServer } from './ledger';
import { RelationsView } from './relations';
import { newDisclosure, nextYear } from './newDisclosure';
import { openDisclosure } from './openDisclosure';
import { registerPaste } from './paste';
import { registerSelectText } from './selectText';
import { Session } from './session';
import { StatusItem } from './status';

let session: Session | undefined;

/** What other extensions, and the tests, get of this one. */
export interface Api {
  readonly relations: RelationsView;
}

export async function activateWith(
  context: vscode.ExtensionContext,
  createClient: ClientFactory,
): Promise<Api> {
  const output = vscode.window.createOutputChannel(CLIENT_NAME, { log: true });
  const status = new StatusItem();
  const formatter = new EarlyFormatter();
  formatter.wait();
  const ask: AskServer = (method, params) => current.request(method, params);
  const ledger = new LedgerPanel(ask);
  const relations = new RelationsView(ask);
  const current: Session = new Session(createClient, output, {
    onState: (state) => {
      status.onState(state);
      if (state !== State.Running) formatter.wait();
    },
    onReady: () => {
      formatter.go();
    },
    onStatus: (params) => {
      status.onStatus(params);
      ledger.onStatus(params);
      relations.onStatus(params);
    },
  });
  session = current;
  context.subscriptions.push(
    output,
    status,
    formatter,
    ledger,
    relations,
    vscode.commands.registerCommand('gouji.showLedger', (uri?: unknown, row?: unknown) =>
      ledger.show(uriOf(uri) ?? activeDisclosure() ?? relations.uri, row),
    ),
    vscode.commands.registerCommand('gouji.showRelations', async () => {
      const isOpen =
        relations.uri !== undefined || (await openDisclosure(() => newDisclosure(ask)));
      if (isOpen) await relations.reveal();
    }),
    vscode.commands.registerCommand('gouji.newDisclosure', (wish?: object) =>
      newDisclosure(ask, wish),
    ),
    vscode.commands.registerCommand('gouji.nextYear', (uri?: vscode.Uri) => nextYear(ask, uri)),
    registerPaste(ask),
    registerSelectText(),
    new CellKeys(ask),
    vscode.commands.registerCommand('gouji.restartServer', () => current.restart()),
    vscode.commands.registerCommand('gouji.showOutput', () => {
      output.show();
    }),
    vscode.commands.registerCommand(SHOW_RULE, (rule: unknown) => showRule(context, rule)),
  );
  await current.start();
  return { relations };
}

/** A menu gives a URI, a lens of the server its text, a key or the palette nothing. */
function uriOf(value: unknown): vscode.Uri | undefined {
  if (typeof value === 'string') return vscode.Uri.parse(value);
  return value instanceof vscode.Uri ? value : undefined;
}

function activeDisclosure(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && vscode.languages.match(documentSelector, document) > 0
    ? document.uri
    : undefined;
}

/** VS Code waits for this before it ends the extension host: the server goes first. */
export async function deactivateSession(): Promise<void> {
  await session?.stop();
  session = undefined;
}
