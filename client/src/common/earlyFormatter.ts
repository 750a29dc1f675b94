import * as vscode from 'vscode';
import { documentSelector } from './client';

/** A server that is not up by then leaves the text as it is. */
const LONGEST_WAIT = 10_000;

/** How often it is asked for its edits until there are any, and so many milliseconds between. */
const [MOST_TRIES, BETWEEN] = [20, 50];

/**
 * Formats a file while its server still starts: VS Code would say that there is no formatter, and a file
 * saved just after it was opened would stay as it is. It waits for the server's own, and is gone with it there.
 */
export class EarlyFormatter {
  private registration: vscode.Disposable | undefined;
  private waiting: ((isRunning: boolean) => void)[] = [];

  /** There is no server that could format. */
  wait(): void {
    this.registration ??= vscode.languages.registerDocumentFormattingEditProvider(
      documentSelector,
      { provideDocumentFormattingEdits: (...asked) => this.format(...asked) },
    );
  }

  /** There is one, with a formatter of its own. */
  go(): void {
    this.registration?.dispose();
    this.registration = undefined;
    const { waiting } = this;
    this.waiting = [];
    for (const go of waiting) go(true);
  }

  dispose(): void {
    this.registration?.dispose();
    for (const stop of this.waiting) stop(false);
  }

  private async format(
    { uri, version }: vscode.TextDocument,
    options: vscode.FormattingOptions,
    token: vscode.CancellationToken,
  ): Promise<vscode.TextEdit[]> {
    const isRunning = await this.running(token);
    const isSame = () =>
      vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString())
        ?.version === version;
    // A server that runs may still have to say that it formats.
    for (let tries = 0; isRunning && tries < MOST_TRIES && isSame(); tries++) {
      const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
        'vscode.executeFormatDocumentProvider',
        uri,
        options,
      );
      if (edits && edits.length > 0) return isSame() ? edits : [];
      if (token.isCancellationRequested) break;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN));
    }
    return [];
  }

  private async running(token: vscode.CancellationToken): Promise<boolean> {
    const events: vscode.Disposable[] = [];
    try {
      return await new Promise((resolve) => {
        const stop = () => {
          resolve(false);
        };
        this.waiting.push(resolve);
        const timer = setTimeout(stop, LONGEST_WAIT);
        const unset = new vscode.Disposable(() => {
          clearTimeout(timer);
        });
        events.push(token.onCancellationRequested(stop), unset);
      });
    } finally {
      for (const event of events) event.dispose();
    }
  }
}
