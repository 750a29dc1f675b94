import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type Position,
  type ProtocolConnection,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';
import type { Peer } from './peers';

/** One document in one server of its own; every time is in milliseconds. */
export class MeasuringClient {
  private readonly child: ChildProcess;
  private readonly connection: ProtocolConnection;
  private version = 0;
  private heard: ((diagnostics: Diagnostic[]) => void) | undefined;
  /** What was said last. */
  diagnostics: Diagnostic[] = [];

  constructor(
    readonly peer: Peer,
    /** The workspace folder, and the document in it. */
    private readonly folder: string,
    private readonly uri: string,
    private readonly languageId: string,
    /** No answer is waited for any longer. */
    private readonly cap: number,
  ) {
    const child = spawn(process.execPath, [...peer.command], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.child = child;
    this.connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => peer.configuration[section ?? ''] ?? null),
    );
    this.connection.onRequest(RegistrationRequest.type, () => undefined);
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      if (params.uri !== this.uri) return;
      if (params.version !== undefined && params.version !== this.version) return;
      this.heard?.(params.diagnostics);
    });
    this.connection.listen();
  }

  async start(): Promise<void> {
    await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still requires it
      rootUri: this.folder,
      workspaceFolders: [{ uri: this.folder, name: 'bench' }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          synchronization: {},
          publishDiagnostics: { versionSupport: true, relatedInformation: true },
          hover: { contentFormat: ['markdown'] },
          completion: { completionItem: { snippetSupport: true } },
        },
      },
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    await this.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: this.peer.configuration,
    });
    // It may ask for its configuration first.
    await pause(300);
  }

  /** Tells the floor what to answer. */
  prepare(answers: readonly Diagnostic[][]): Promise<void> {
    return this.connection.sendNotification('bench/prepare', { answers });
  }

  open(text: string): Promise<number | undefined> {
    return this.untilDiagnostics(() => {
      this.version = 1;
      return this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri: this.uri, languageId: this.languageId, version: 1, text },
      });
    });
  }

  change(change: TextDocumentContentChangeEvent): Promise<number | undefined> {
    return this.untilDiagnostics(() => {
      this.version++;
      return this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: this.uri, version: this.version },
        contentChanges: [change],
      });
    });
  }

  hover(position: Position): Promise<number | undefined> {
    return this.untilAnswer(() =>
      this.connection.sendRequest(HoverRequest.type, { textDocument: { uri: this.uri }, position }),
    );
  }

  completion(position: Position): Promise<number | undefined> {
    return this.untilAnswer(() =>
      this.connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri: this.uri },
        position,
      }),
    );
  }

  /** Resident memory in MB. */
  memory(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.child.pid!}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) / 1024;
    } catch {
      // Not Linux, or gone.
      return undefined;
    }
  }

  stop(): void {
    this.connection.dispose();
    this.child.kill('SIGKILL');
  }

  private untilDiagnostics(send: () => Promise<void>): Promise<number | undefined> {
    return this.untilAnswer(async () => {
      const heard = new Promise<Diagnostic[]>((resolve) => (this.heard = resolve));
      await send();
      this.diagnostics = await heard;
    });
  }

  /** Undefined when the answer takes too long. */
  private async untilAnswer(ask: () => Promise<unknown>): Promise<number | undefined> {
    const started = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, this.cap, 'late');
    });
    const first = await Promise.race([ask().then(() => performance.now() - started), late]);
    clearTimeout(timer);
    return first === 'late' ? undefined : first;
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
