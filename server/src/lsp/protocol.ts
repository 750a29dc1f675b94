/** What client and server say to each other beyond LSP. Shared by both sides, so: types and names only. */
import type { LedgerPage } from '../service/ledgerPage';
import type { RelationNode } from '../service/relationTree';
import type { NextYear } from '../service/nextYear';
import type { NewDisclosure } from '../service/skeleton/skeleton';
import type { Status } from '../service/status';
import type { LineRange } from '../syntax/lines';

/**
 * With what the server's Node is started: 4 MB for what is young, where it would take up to 48 with the first
 * document. That is more than most documents take, and nothing gets faster by it.
 */
export const NODE_FLAG = '--max-semi-space-size=4';

/** Server → client, after each analysis of an open document. */
export const STATUS_NOTIFICATION = 'gouji/status';

export interface StatusParams extends Status {
  readonly uri: string;
  /** The version that was analysed; a client with a newer one knows that more is to come. */
  readonly version: number;
  /** The analysis itself broke off; the reason is in the log. */
  readonly failed?: boolean;
}

/** Server → client, if it says that it reads files: the text of a file of the workspace, or null. */
export const READ_FILE_REQUEST = 'gouji/readFile';

/** Server → client, likewise: the names of the files in a folder of the workspace. */
export const LIST_FOLDER_REQUEST = 'gouji/listFolder';

/** Client → server: what was checked of an open document, as a page; null for what is no disclosure. */
export const LEDGER_REQUEST = 'gouji/ledger';

export interface LedgerParams {
  readonly textDocument: { readonly uri: string };
}

export type { LedgerPage };

export type LedgerAnswer = LedgerPage | null;

/**
 * Client → server: the lines of the tree of relations below one, by the ids that lead to it; below none,
 * the tables of an open document.
 */
export const RELATIONS_REQUEST = 'gouji/relations';

export interface RelationsParams {
  readonly textDocument: { readonly uri: string };
  readonly path: readonly string[];
}

export type RelationsAnswer = readonly RelationNode[];

export type { RelationNode };
/** Client → server: a new file for a layout and a year. */
export const NEW_DISCLOSURE_REQUEST = 'gouji/newDisclosure';

export type { NewDisclosure };

/** Client → server: the layouts that a new file can have, the usual one first. */
export const LAYOUTS_REQUEST = 'gouji/layouts';

export interface LayoutName {
  readonly id: string;
  /** In Chinese, as the file writes it, and in English. */
  readonly key: string;
  readonly en: string;
}

/** Client → server: an open file for the next year; null for what is no disclosure. */
export const NEXT_YEAR_REQUEST = 'gouji/nextYear';

export interface NextYearParams {
  readonly textDocument: { readonly uri: string };
}

export type NextYearAnswer = NextYear | null;

/** Client → server: what a block of cells from a spreadsheet changes in an open file; null for what is no disclosure. */
export const PASTE_REQUEST = 'gouji/paste';

export interface PasteParams {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
  /** Cells between tabs, a line a row. */
  readonly text: string;
  /** Nobody said that these are cells: what may be plain text is left alone. */
  readonly unasked?: boolean;
}

export interface PasteAnswer {
  /** The version that the edits are for. */
  readonly version: number;
  readonly edits: readonly { readonly range: LineRange; readonly newText: string }[];
  /** What was written and what was not, in the language of the user. */
  readonly message: string;
  /** Something was left out. */
  readonly incomplete: boolean;
}

/** Client → server: the cells around the one at a place, or behind a row; null where no cell is. */
export const CELL_REQUEST = 'gouji/cell';

export interface CellParams {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}

export type CellAnswer = {
  /** The version that the ranges are of. */
  readonly version: number;
  /** In the order of the file, some before and some behind: each value, or blank, with the blanks around it. */
  readonly cells: readonly LineRange[];
  /** Which of them is at the place. */
  readonly at: number;
  /** Whether it is gone to from the others: what is left to the server is not. */
  readonly isCell: boolean;
} | null;

/** Server → client, likewise: the disclosures of the workspace. */
export const FIND_FILES_REQUEST = 'gouji/findFiles';

/** The second argument of the command that selects a place in a file. */
export type SelectedRange = LineRange;

export interface InitializationOptions {
  /** The client answers the requests for files. */
  readonly files?: boolean;
  /**
   * Where the page of a built-in rule is found: a URI in which `{rule}` stands for its id. Without it, the
   * pages that come with the server are meant.
   */
  readonly rulePages?: string;
  /** The command by which the client shows the ledger: its arguments are a URI and the id of a row. */
  readonly ledgerCommand?: string;
  /** The command by which the client selects a place in a file: its arguments are a URI and a range. */
  readonly selectCommand?: string;
  /** Language of messages, for clients that do not send `InitializeParams.locale`. */
  readonly locale?: string;
  /** The `gouji` section, for clients that do not answer `workspace/configuration`. */
  readonly settings?: unknown;
}
