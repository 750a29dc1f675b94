import {
  DocumentDiagnosticReportKind,
  type Connection,
  type WorkDoneProgressServerReporter,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { message, type Locale } from '../service/messages';
import type { CheckedFile, ClosedFiles } from './closedFiles';
import type { Guard } from './guard';

/** Where what is found in closed files is told. */
interface Shell {
  readonly connection: Connection;
  readonly closed: ClosedFiles;
  readonly locale: Locale;
  /** The client shows how far work is. */
  readonly hasProgress: boolean;
}

/** Answers a client that asks for the diagnostics of files that it has not opened. */
export function answerWorkspaceDiagnostics(shell: Shell): void {
  const { connection, closed } = shell;
  connection.languages.diagnostics.onWorkspace(
    async ({ previousResultIds }, token, _, partial): Promise<WorkspaceDiagnosticReport> => {
      const before = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      let count = 0;
      const tell = ({ uri, id: resultId, diagnostics }: CheckedFile) => {
        const full: WorkspaceDocumentDiagnosticReport = {
          kind: DocumentDiagnosticReportKind.Full,
          uri,
          version: null,
          resultId,
          items: [...diagnostics],
        };
        if (partial) partial.report({ items: [full] });
        else items.push(full);
        count++;
      };
      const cancelled = new Promise<void>((resolve) =>
        token.onCancellationRequested(() => resolve()),
      );
      for (;;) {
        const { version } = closed;
        const progress = new Progress(shell);
        const isCancelled = () => token.isCancellationRequested || progress.isCancelled;
        const gone = new Set(before.keys());
        await closed.check({
          isCancelled,
          begin: (total) => progress.begin(total),
          advance: () => progress.advance(),
          onFile: (file) => {
            gone.delete(file.uri);
            if (before.get(file.uri) !== file.id) tell(file);
          },
        });
        progress.end();
        if (isCancelled()) return { items };
        // Of what is gone, or open and told of by itself, nothing is to be said here.
        for (const uri of gone) tell({ uri, id: '', diagnostics: [] });
        // Who asks again at once what has not changed waits until it has.
        if (count > 0) return { items };
        await Promise.race([closed.changedSince(version), cancelled]);
      }
    },
  );
}

/** Sends what is found in closed files to a client that does not ask. */
export class ClosedFilePublisher {
  /** What was sent last, of files in which something was found. */
  private readonly sent = new Map<string, string>();

  constructor(
    private readonly shell: Shell,
    private readonly guard: Guard,
  ) {}

  /** Never settles: there is always something that may change. */
  async run(): Promise<never> {
    const { closed } = this.shell;
    for (;;) {
      const { version } = closed;
      try {
        await this.check(() => closed.version !== version);
      } catch (error) {
        this.guard.report('closed files', error);
      }
      await closed.changedSince(version);
    }
  }

  /** An editor has opened the file: what it is sent from now on is about that. */
  opened(uri: string): void {
    this.sent.delete(uri);
  }

  private async check(isStale: () => boolean): Promise<void> {
    const progress = new Progress(this.shell);
    const left = new Set(this.sent.keys());
    await this.shell.closed.check({
      isCancelled: () => progress.isCancelled || isStale(),
      begin: (total) => progress.begin(total),
      advance: () => progress.advance(),
      onFile: (file) => {
        left.delete(file.uri);
        this.send(file);
      },
    });
    progress.end();
    if (progress.isCancelled || isStale()) return;
    for (const uri of left) this.send({ uri, id: '', diagnostics: [] });
  }

  private send({ uri, id, diagnostics }: CheckedFile): void {
    const before = this.sent.get(uri);
    if (before === id || (before === undefined && diagnostics.length === 0)) return;
    if (diagnostics.length > 0) this.sent.set(uri, id);
    else this.sent.delete(uri);
    this.guard.detach(
      'diagnostics',
      this.shell.connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] }),
    );
  }
}

/** Fewer files are read before a progress could be. */
const FEWEST = 20;

/** Says how far a check is, if it is a long one. */
class Progress {
  private reporter: WorkDoneProgressServerReporter | undefined;
  private total = 0;
  private done = 0;

  constructor(private readonly shell: Shell) {}

  get isCancelled(): boolean {
    return this.reporter?.token.isCancellationRequested === true;
  }

  async begin(total: number): Promise<void> {
    const { hasProgress, connection, locale } = this.shell;
    this.total = total;
    if (!hasProgress || total < FEWEST) return;
    this.reporter = await connection.window.createWorkDoneProgress();
    this.reporter.begin(message(locale, 'progress.files'), 0, undefined, true);
  }

  advance(): void {
    const { done, total } = this;
    this.done++;
    const percentage = Math.floor((100 * this.done) / total);
    if (percentage > Math.floor((100 * done) / total)) {
      this.reporter?.report(percentage, `${this.done}/${total}`);
    }
  }

  end(): void {
    this.reporter?.done();
  }
}
