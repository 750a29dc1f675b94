/** What client and server say to each other beyond LSP. Shared by both sides, so: types and names only. */
import type { LedgerPage } from '../service/ledgerPage';
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

/** Client → server: what was checked of an open document, as a page; null for what is no disclosure. */
export const LEDGER_REQUEST = 'gouji/ledger';

export interface LedgerParams {
  readonly textDocument: { readonly uri: string };
}

export type { LedgerPage };

export type LedgerAnswer = LedgerPage | null;

export interface InitializationOptions {
  /** Language of messages, for clients that do not send `InitializeParams.locale`. */
  readonly locale?: string;
  /** The `gouji` section, for clients that do not answer `workspace/configuration`. */
  readonly settings?: unknown;
}
