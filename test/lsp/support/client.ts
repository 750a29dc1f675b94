import {
  CodeActionRequest,
  CodeLensRefreshRequest,
  ConfigurationRequest,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRefreshRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowMessageNotification,
  ShutdownRequest,
  WorkDoneProgress,
  WorkDoneProgressCreateRequest,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  type ShowMessageParams,
  type TextDocumentContentChangeEvent,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver-protocol';
import {
  FIND_FILES_REQUEST,
  STATUS_NOTIFICATION,
  type StatusParams,
} from '../../../server/src/lsp/protocol';

export interface ClientOptions {
  /** Asks for diagnostics, as VS Code does; otherwise it is sent them. */
  readonly pull?: boolean;
  readonly locale?: string;
  readonly initializationOptions?: unknown;
  /** Answers `workspace/configuration` with this; undefined: cannot be asked. */
  readonly configuration?: unknown;
  /** Without related information, versioned edits, code action literals, markdown, trees and snippets. */
  readonly plain?: boolean;
  /** Folders it has open, and tells of changes in. */
  readonly folders?: readonly string[];
  /** Shows how far work is. */
  readonly progress?: boolean;
}

/** A language client, and everything that the server ever told it. */
export class Client {
  readonly published: PublishDiagnosticsParams[] = [];
  readonly statuses: StatusParams[] = [];
  readonly log: string[] = [];
  readonly shown: ShowMessageParams[] = [];
  readonly registrations: Registration[] = [];
  readonly progress: (WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd)[] = [];
  refreshes = 0;
  hintRefreshes = 0;
  lensRefreshes = 0;
  configuration: unknown;
  initializeResult: InitializeResult | undefined;
  private readonly versions = new Map<string, number>();
  private readonly waiting = new Set<() => void>();

  constructor(
    readonly connection: ProtocolConnection,
    readonly exited: Promise<number | null>,
    private readonly kill: () => void,
    private readonly options: ClientOptions,
  ) {
    this.configuration = options.configuration;
    const heard = <T>(list: T[]) => {
      return (item: T) => {
        list.push(item);
        for (const check of [...this.waiting]) check();
      };
    };
    connection.onNotification(PublishDiagnosticsNotification.type, heard(this.published));
    connection.onNotification(STATUS_NOTIFICATION, heard(this.statuses));
    connection.onNotification(LogMessageNotification.type, ({ message }) => {
      this.log.push(message);
    });
    connection.onNotification(ShowMessageNotification.type, heard(this.shown));
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registrations.push(...registrations);
    });
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => (section === 'gouji' ? this.configuration : null)),
    );
    connection.onRequest(FIND_FILES_REQUEST, () => []);
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      connection.onProgress(WorkDoneProgress.type, token, heard(this.progress));
    });
    connection.onRequest(DiagnosticRefreshRequest.type, () => {
      this.refreshes++;
      for (const check of [...this.waiting]) check();
    });
    connection.onRequest(InlayHintRefreshRequest.type, () => {
      this.hintRefreshes++;
      for (const check of [...this.waiting]) check();
    });
    connection.onRequest(CodeLensRefreshRequest.type, () => {
      this.lensRefreshes++;
      for (const check of [...this.waiting]) check();
    });
    connection.listen();
  }

  async initialize(): Promise<void> {
    const { locale, initializationOptions, folders } = this.options;
    this.initializeResult = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still requires it
      rootUri: null,
      capabilities: capabilities(this.options),
      ...(folders && { workspaceFolders: folders.map((uri) => ({ uri, name: uri })) }),
      ...(locale !== undefined && { locale }),
      initializationOptions,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  open(uri: string, text: string, languageId = 'yaml', version = 1): void {
    this.versions.set(uri, version);
    void this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version, text },
    });
  }

  change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): void {
    const version = this.version(uri) + 1;
    this.versions.set(uri, version);
    void this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  save(uri: string): void {
    void this.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri },
    });
  }

  close(uri: string): void {
    void this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri },
    });
  }

  version(uri: string): number {
    return this.versions.get(uri)!;
  }

  /** What was sent for the newest version; waits for it. */
  async pushed(uri: string): Promise<Diagnostic[]> {
    const last = () => this.published.findLast((params) => params.uri === uri);
    await this.until(() => last()?.version === this.version(uri), `diagnostics of ${uri}`);
    return last()!.diagnostics;
  }

  /** The server's last word on the newest version; nothing is sent before it but its diagnostics. */
  async status(uri: string): Promise<StatusParams> {
    const last = () => this.statuses.findLast((params) => params.uri === uri);
    await this.until(() => last()?.version === this.version(uri), `status of ${uri}`);
    return last()!;
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId !== undefined && { previousResultId }),
    });
  }

  async pulled(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error('unchanged since when?');
    return report.items;
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  }

  async codeActions(
    uri: string,
    range: Range,
    diagnostics: Diagnostic[] = [],
    only?: string[],
  ): Promise<CodeAction[]> {
    const actions = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics, ...(only && { only }) },
    });
    return (actions ?? []) as CodeAction[];
  }

  /** Changes what the client answers, and says that it changed. */
  configure(configuration: unknown): void {
    this.configuration = configuration;
    void this.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: this.options.configuration === undefined ? { gouji: configuration } : null,
    });
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const check = () => {
        if (condition()) done(resolve);
      };
      const timer = setTimeout(() => {
        done(() => {
          reject(new Error(`${what} never came; the log says: ${this.log.join('\n')}`));
        });
      }, 10_000);
      const done = (end: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(check);
        end();
      };
      this.waiting.add(check);
    });
  }

  /** Ends as the protocol wants it; answers with the exit code. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    return this.ended();
  }

  /** The exit code; a server that does not end is killed. */
  async ended(): Promise<number | null> {
    const timer = setTimeout(this.kill, 5000);
    const code = await this.exited;
    clearTimeout(timer);
    this.connection.dispose();
    return code;
  }
}

function capabilities(options: ClientOptions): ClientCapabilities {
  const { pull, plain, configuration, folders, progress } = options;
  const rich = plain !== true;
  return {
    ...(progress === true && { window: { workDoneProgress: true } }),
    textDocument: {
      publishDiagnostics: {
        relatedInformation: rich,
        versionSupport: true,
        codeDescriptionSupport: rich,
      },
      ...(pull === true && {
        diagnostic: { relatedInformation: rich, codeDescriptionSupport: rich },
      }),
      documentSymbol: { hierarchicalDocumentSymbolSupport: rich },
      completion: { completionItem: { snippetSupport: rich } },
      hover: { contentFormat: rich ? ['markdown', 'plaintext'] : ['plaintext'] },
      codeAction: rich ? { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } : {},
    },
    workspace: {
      configuration: configuration !== undefined,
      didChangeConfiguration: { dynamicRegistration: true },
      ...(folders && {
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
      }),
      workspaceEdit: { documentChanges: rich },
      diagnostics: { refreshSupport: true },
      inlayHint: { refreshSupport: true },
      codeLens: { refreshSupport: true },
    },
  };
}
