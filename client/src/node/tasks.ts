import * as vscode from 'vscode';

const TYPE = 'gouji';

/** A task as `tasks.json` may write it. */
interface Definition extends vscode.TaskDefinition {
  readonly files?: readonly string[];
  readonly options?: readonly string[];
}

/** The language of the messages in the editor, where they are of the same files. */
function languageOf({ uri }: vscode.WorkspaceFolder): string {
  const chosen = vscode.workspace.getConfiguration('gouji', uri).get<string>('language', 'auto');
  const language = chosen === 'auto' ? vscode.env.language : chosen;
  return language.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en';
}

/**
 * Tasks that run `gouji check`, the one that comes with the extension, over a workspace folder; the
 * Problems view lists what it finds in files that are not open.
 */
export function provideTasks(context: vscode.ExtensionContext): vscode.Disposable {
  const script = context.asAbsolutePath('dist/cli.js');
  const taskOf = (definition: Definition, folder: vscode.WorkspaceFolder, name: string) => {
    const { files = ['.'], options = [] } = definition;
    const args = [script, 'check', ...files, '--lang', languageOf(folder), ...options];
    const execution = new vscode.ProcessExecution(process.execPath, args, {
      cwd: folder.uri.fsPath,
      // In the desktop VS Code this is Electron, which is Node when it is told so.
      env: { ELECTRON_RUN_AS_NODE: '1' },
    });
    const matchers = ['$gouji-error', '$gouji-warning', '$gouji-information'];
    const task = new vscode.Task(definition, folder, name, TYPE, execution, matchers);
    task.group = vscode.TaskGroup.Test;
    task.detail = vscode.l10n.t('Checks every disclosure file of the folder');
    return task;
  };
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () =>
      (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === 'file')
        .map((folder) => taskOf({ type: TYPE }, folder, 'check')),
    resolveTask: ({ definition, scope, name }) =>
      typeof scope === 'object' ? taskOf(definition, scope, name) : undefined,
  });
}
