import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import type { StatusParams } from '../../../server/src/lsp/protocol';
import { documentSelector } from './client';
import type { SessionListener } from './session';

/** A spinner that comes and goes with every keystroke says nothing. */
const BUSY_AFTER = 200;

/** What the server makes of the file in the active editor, in the language status of the status bar. */
export class StatusItem implements Pick<SessionListener, 'onStatus' | 'onState'> {
  private readonly item = vscode.languages.createLanguageStatusItem(
    'gouji.status',
    documentSelector,
  );
  private readonly known = new Map<string, StatusParams>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private state: State = State.Starting;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.item.name = 'Gouji 勾稽';
    this.item.command = {
      command: 'gouji.showOutput',
      title: vscode.l10n.t('Show log'),
    };
    this.subscriptions = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.show();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.document()) this.showSoon();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.known.delete(uri.toString())),
    ];
    this.show();
  }

  onStatus(status: StatusParams): void {
    // The server writes URIs as the client sent them; ours are compared in VS Code's own form.
    const key = vscode.Uri.parse(status.uri).toString();
    this.known.set(key, status);
    if (key === this.document()?.uri.toString()) this.show();
  }

  onState(state: State): void {
    this.state = state;
    if (state !== State.Running) this.known.clear();
    this.show();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private document(): vscode.TextDocument | undefined {
    return vscode.window.activeTextEditor?.document;
  }

  private showSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.show();
    }, BUSY_AFTER);
  }

  private show(): void {
    clearTimeout(this.timer);
    const document = this.document();
    const status = document && this.known.get(document.uri.toString());
    const awaited = status === undefined || status.version < document!.version;
    this.item.busy = this.state === State.Starting || (this.state === State.Running && awaited);
    if (this.state === State.Stopped || this.state === State.StartFailed) {
      this.write(vscode.l10n.t('Server is not running'), '', vscode.LanguageStatusSeverity.Error);
      this.item.command = {
        command: 'gouji.restartServer',
        title: vscode.l10n.t('Restart server'),
      };
      return;
    }
    this.item.command =
      status?.recognised && !status.failed
        ? { command: 'gouji.showLedger', title: vscode.l10n.t('Show ledger') }
        : { command: 'gouji.showOutput', title: vscode.l10n.t('Show log') };
    if (status) this.describe(status);
    else this.write(vscode.l10n.t('Checking…'), '', vscode.LanguageStatusSeverity.Information);
  }

  private describe(status: StatusParams): void {
    const { Error, Warning, Information } = vscode.LanguageStatusSeverity;
    if (status.failed) {
      this.write(vscode.l10n.t('The check broke off'), vscode.l10n.t('See the log'), Error);
      return;
    }
    if (!status.recognised) {
      this.write(vscode.l10n.t('Not a disclosure file'), '', Warning);
      return;
    }
    const { causes } = status;
    const severity = causes?.error ? Error : causes?.warning ? Warning : Information;
    this.write(summary(status), details(status), severity);
  }

  private write(text: string, detail: string, severity: vscode.LanguageStatusSeverity): void {
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = severity;
    const label = [this.item.name, text, detail].filter((part) => part !== '').join(', ');
    this.item.accessibilityInformation = { label };
  }
}

/** `2024 · 万元 · 全国` */
function summary({ year, unit, layout, rounding, looksExact }: StatusParams): string {
  const inferred = looksExact ? vscode.l10n.t('sums exact to the digit') : undefined;
  const known = [year?.toString(), unit, layout, rounding ?? inferred].filter(
    (part) => part !== undefined,
  );
  return known.join(' · ');
}

/** How many relations came out how, and what adjusted addends mean for that. */
function details({ counts, noted = 0, rounding: declared, looksExact }: StatusParams): string {
  if (!counts) return '';
  const { holds, rounding, fails, unchecked, accepted } = counts;
  return [
    vscode.l10n.t('{0} hold', holds),
    vscode.l10n.t('{0} within rounding', rounding),
    vscode.l10n.t('{0} fail', fails - noted),
    ...(noted > 0 ? [vscode.l10n.t('{0} noted', noted)] : []),
    vscode.l10n.t('{0} not checked', unchecked),
    ...(accepted > 0 ? [vscode.l10n.t('{0} accepted', accepted)] : []),
    ...(looksExact && declared === undefined
      ? [
          vscode.l10n.t(
            'Every sum holds to the digit, as if addends had been adjusted. Rounding is still allowed, unless the file declares it.',
          ),
        ]
      : []),
  ].join(' · ');
}
