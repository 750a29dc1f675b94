import type * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { STATUS_NOTIFICATION, type StatusParams } from '../../../server/src/lsp/protocol';
import { answerFiles } from './files';
import { clientOptions, type ClientFactory } from './client';

export interface SessionListener {
  onStatus(status: StatusParams): void;
  onState(state: State): void;
  /** The server answers whatever it can: running alone, its features need not be there yet. */
  onReady(): void;
}

/** The client of the moment. A restart makes a new one: a server that hangs cannot be asked to end. */
export class Session {
  private client: BaseLanguageClient | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly createClient: ClientFactory,
    private readonly output: vscode.LogOutputChannel,
    private readonly listener: SessionListener,
  ) {}

  start(): Promise<void> {
    return this.enqueue(async () => {
      const client = this.createClient(clientOptions(this.output));
      this.client = client;
      client.onDidChangeState(({ newState }) => {
        this.listener.onState(newState);
      });
      client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
        this.listener.onStatus(status);
      });
      answerFiles(client);
      try {
        await client.start();
        this.listener.onReady();
      } catch (error) {
        // The extension stays up, with a status item that says so and offers to start again.
        this.output.error(String(error));
        this.listener.onState(State.Stopped);
      }
    });
  }

  stop(): Promise<void> {
    return this.enqueue(async () => {
      const { client } = this;
      this.client = undefined;
      const ended = client?.dispose();
      // Its features are gone at once, however long it takes to end.
      if (client) this.listener.onState(State.Stopped);
      try {
        await ended;
      } catch (error) {
        // It did not answer in time, or never came up; its process is gone either way.
        this.output.warn(String(error));
      }
    });
  }

  /** Asks the server; undefined while there is none. */
  async request<R>(method: string, params: object): Promise<R | undefined> {
    const { client } = this;
    return client?.state === State.Running ? client.sendRequest<R>(method, params) : undefined;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** One after the other, however often the command is run. */
  private enqueue(step: () => Promise<void>): Promise<void> {
    const next = this.queue.then(step);
    this.queue = next.catch(() => undefined);
    return next;
  }
}
