import * as vscode from 'vscode';
import { equal, extensionId, host, ok } from './support';

describe('extension host', () => {
  it(`is the ${host === 'web' ? 'web worker' : 'Node'} one`, () => {
    // Both have a `process` and a `self` of sorts; only the worker has this.
    const scope = typeof (globalThis as { WorkerGlobalScope?: unknown }).WorkerGlobalScope;
    equal(scope, host === 'web' ? 'function' : 'undefined');
  });

  it('has the extension', () => {
    const extension = vscode.extensions.getExtension(extensionId);
    ok(extension, `${extensionId} is not among the extensions`);
  });

  it('has a workspace', () => {
    equal(vscode.workspace.workspaceFolders?.length, 1);
  });
});
