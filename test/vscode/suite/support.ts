/** What the tests in VS Code share. It runs in a worker too: no Node API here. */
import * as vscode from 'vscode';
import type { Action } from '../harness/drive';
import {
  answerFile,
  inPageMark,
  type PageAnswer,
  type PageWish,
  type SuiteDefines,
} from '../harness/in-host/results';

declare const GOUJI_SUITE: SuiteDefines;

export const extensionId = 'gouji.gouji';

/** The host that this run is meant for; some of VS Code (tasks, terminals) is only in 'node'. */
export const host = GOUJI_SUITE.host;

/** Whether this run is meant to have a trusted workspace. */
export const trusted = GOUJI_SUITE.trusted;

/** Activates the extension and waits until it says that it is up. */
export async function activateGouji<Api = unknown>(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>(extensionId);
  if (extension === undefined) throw new Error(`${extensionId} is not among the extensions`);
  return extension.activate();
}

export function workspaceUri(...segments: string[]): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no workspace folder is open');
  return vscode.Uri.joinPath(folder.uri, ...segments);
}

/** Opens a file of examples/ (a copy: it may be edited) in the editor. */
export async function openExample(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(workspaceUri(name));
  return vscode.window.showTextDocument(document);
}

/** Opens a file of the given content in the editor; the name may be a path. */
export async function openText(name: string, content: string): Promise<vscode.TextEditor> {
  const uri = workspaceUri(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return openExample(name);
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/**
 * Replaces the first occurrence of a text. The server learns of it as of a
 * user's typing.
 */
export async function replaceText(
  editor: vscode.TextEditor,
  before: string,
  after: string,
): Promise<void> {
  const range = rangeOf(editor.document, before);
  if (!(await editor.edit((edit) => edit.replace(range, after)))) {
    throw new Error(`VS Code did not apply the edit of ${before}`);
  }
}

/** Where a text first occurs; throws when it does not. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`${text} is not in ${document.uri.path}`);
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + text.length));
}

/** Whether VS Code runs in a page that a browser is driven in. */
export const hasPage = vscode.env.uiKind === vscode.UIKind.Web;

let wishes = 0;

/**
 * Has the browser do what a user does and no command can, one after the other. Waits until it was done;
 * throws when it cannot be.
 */
export async function inPage(...actions: readonly Action[]): Promise<void> {
  wishes += 1;
  const wish: PageWish = { number: wishes, actions };
  console.log(`${inPageMark} ${JSON.stringify(wish)}`);
  const file = workspaceUri('..', answerFile(wish.number));
  const limit = 60_000; // each action has one of its own, which comes before
  const answer = await eventually(() => readJson<PageAnswer>(file), 'answer of the page', limit);
  if (answer.problem !== undefined) throw new Error(answer.problem);
}

async function readJson<T>(file: vscode.Uri): Promise<T | undefined> {
  try {
    return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) as T;
  } catch {
    return undefined; // not there yet
  }
}

/** Pastes as a user does, by a key: VS Code keeps a clipboard of its own while it is tested in a page. */
export async function paste(text: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  if (hasPage) {
    await inPage({ do: 'paste', text });
    return;
  }
  await vscode.env.clipboard.writeText(text);
  await vscode.commands.executeCommand('editor.action.clipboardPasteAction');
}

/** Waits until the diagnostics of a file satisfy the predicate; says what they were when they never do. */
export function waitForDiagnostics(
  uri: vscode.Uri,
  predicate: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
  timeoutMs = 15_000,
): Promise<vscode.Diagnostic[]> {
  return waitFor(
    vscode.languages.onDidChangeDiagnostics,
    () => {
      const diagnostics = vscode.languages.getDiagnostics(uri);
      return predicate(diagnostics) ? diagnostics : undefined;
    },
    timeoutMs,
    () =>
      `the diagnostics of ${uri.path} are still:\n${described(vscode.languages.getDiagnostics(uri))}`,
  );
}

function described(diagnostics: readonly vscode.Diagnostic[]): string {
  if (diagnostics.length === 0) return '  (none)';
  return diagnostics
    .map(({ range, severity, code, message }) => {
      const id = typeof code === 'object' ? code.value : code;
      const { line, character } = range.start;
      return `  ${line + 1}:${character + 1} ${vscode.DiagnosticSeverity[severity]} ${id ?? ''} ${message}`;
    })
    .join('\n');
}

/**
 * Waits until `look` finds something: asked at once, and again at each event.
 * `state` is for the message when it never does.
 */
export function waitFor<Event, Found>(
  event: vscode.Event<Event>,
  look: () => Found | undefined,
  timeoutMs: number,
  state: () => string,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      subscription.dispose();
      clearTimeout(timer);
    };
    const check = (): void => {
      try {
        const found = look();
        if (found === undefined) return;
        end();
        resolve(found);
      } catch (error) {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const subscription = event(check);
    const timer = setTimeout(() => {
      end();
      reject(new Error(`after ${timeoutMs} ms ${state()}`));
    }, timeoutMs);
    check();
  });
}

/** For what has no event: asks again every `intervalMs` until it is there. */
export async function eventually<Found>(
  look: () => Found | undefined | PromiseLike<Found | undefined>,
  what: string,
  timeoutMs = 15_000,
  intervalMs = 50,
): Promise<Found> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`after ${timeoutMs} ms there is still no ${what}`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}

/**
 * Has the disk hold what the editor shows. VS Code saves by itself after a while: then there may be
 * nothing left to save, and `save` answers false.
 */
export async function saved(document: vscode.TextDocument): Promise<void> {
  await eventually(async () => {
    await document.save();
    return document.isDirty ? undefined : true;
  }, 'saved document');
}

// node:assert does not exist in a worker.

export function ok(value: unknown, message = 'expected a true value'): asserts value {
  if (!value) throw new Error(message);
}

export function equal<T>(actual: T, expected: T, message = 'not equal'): void {
  if (Object.is(actual, expected)) return;
  throw new Error(`${message}: expected ${shown(expected)}, got ${shown(actual)}`);
}

export function deepEqual<T>(actual: T, expected: T, message = 'not equal'): void {
  if (shown(actual) === shown(expected)) return;
  throw new Error(`${message}: expected\n${shown(expected)}\ngot\n${shown(actual)}`);
}

function shown(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value, null, 2);
}
