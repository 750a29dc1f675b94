import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { RevealOutputChannelOn } from 'vscode-languageclient';
import { RULE_PAGES } from './rulePages';
import { SELECT_TEXT } from './selectText';
import type { InitializationOptions } from '../../../server/src/lsp/protocol';

/** Makes a client that is not started yet; each host starts the server its own way. */
export type ClientFactory = (options: LanguageClientOptions) => BaseLanguageClient;

export const CLIENT_ID = 'gouji';
export const CLIENT_NAME = 'Gouji 勾稽';

/** Our languages, wherever the text comes from: disk, untitled, a virtual or remote file system. */
export const documentSelector = [{ language: 'disclosure-yaml' }, { language: 'disclosure-json' }];

/** Earlier versions that VS Code shows beside the file; their errors are nobody's to fix. */
const PAST = new Set(['git', 'gitfs', 'gitlens', 'vscode-local-history', 'review', 'pr']);

export function clientOptions(outputChannel: vscode.LogOutputChannel): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    locale: vscode.env.language,
    files: true,
    rulePages: RULE_PAGES,
    ledgerCommand: 'gouji.showLedger',
    selectCommand: SELECT_TEXT,
  };
  return {
    documentSelector,
    outputChannel,
    // The status item says when something is wrong; a log that opens itself helps no one.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions,
    middleware: {
      provideDiagnostics: (document, previousResultId, token, next) => {
        const { scheme } = document instanceof vscode.Uri ? document : document.uri;
        return PAST.has(scheme) ? undefined : next(document, previousResultId, token);
      },
    },
  };
}
