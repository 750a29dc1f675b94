/** What client and server say to each other beyond LSP. Shared by both sides, so: types and names only. */
import type { Status } from '../service/status';

/** Server → client, after each analysis of an open document. */
export const STATUS_NOTIFICATION = 'gouji/status';

export interface StatusParams extends Status {
  readonly uri: string;
  /** The version that was analysed; a client with a newer one knows that more is to come. */
  readonly version: number;
  /** The analysis itself broke off; the reason is in the log. */
  readonly failed?: boolean;
}

export interface InitializationOptions {
  /** Language of messages, for clients that do not send `InitializeParams.locale`. */
  readonly locale?: string;
  /** The `gouji` section, for clients that do not answer `workspace/configuration`. */
  readonly settings?: unknown;
}
