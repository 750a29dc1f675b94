import * as vscode from 'vscode';
import {
  activateGouji,
  closeEditors,
  equal,
  eventually,
  hasPage,
  inPage,
  openText,
  rangeOf,
} from './support';

const TEXT = `格式: gouji/1
年度: 2024
支出决算表:
  合计: {本年支出合计: 自动, 基本支出: , 项目支出: }
  2080101: {本年支出合计: 自动, 基本支出: , 项目支出: 2.50}
`;

/** So often is a cursor seen in its place before it stays there: the editor tells late where it was before. */
const STEADY = 4;

/** Puts the cursor behind a text of the file. */
function goBehind({ document }: vscode.TextEditor, text: string): Promise<true> {
  const { end } = rangeOf(document, text);
  const wanted = new vscode.Selection(end, end);
  let seen = 0;
  return eventually(() => {
    const editor = vscode.window.activeTextEditor!;
    if (editor.selection.isEqual(wanted)) seen += 1;
    else {
      editor.selection = wanted;
      seen = 0;
    }
    return seen >= STEADY ? true : undefined;
  }, `cursor that stays behind ${text}`);
}

/** A desktop VS Code has no page to press keys in: there the commands are run that they are bound to. */
async function press(key: 'Tab' | 'Shift+Tab'): Promise<void> {
  if (hasPage) await inPage({ do: 'press', key });
  else {
    const command = key === 'Tab' ? 'gouji.nextCell' : 'gouji.previousCell';
    await vscode.commands.executeCommand(command);
  }
}

const behind = (editor: vscode.TextEditor) =>
  editor.document.getText(
    new vscode.Range(editor.selection.start.with({ character: 0 }), editor.selection.start),
  );

const isBehind = (editor: vscode.TextEditor, text: string) =>
  eventually(() => (behind(editor).endsWith(text) ? true : undefined), `cursor behind ${text}`);

/** No key waits for a server that starts, or has the other files of the folder to read. */
function isPrompt({ uri }: vscode.TextDocument): Promise<true> {
  let prompt = 0;
  return eventually(async () => {
    const asked = Date.now();
    const symbols = await vscode.commands.executeCommand<unknown[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    prompt = symbols?.length && Date.now() - asked < 50 ? prompt + 1 : 0;
    return prompt > 10 ? true : undefined;
  }, 'server that answers at once');
}

describe('Tab in a row of a table', () => {
  before(activateGouji);
  afterEach(closeEditors);

  it('goes from cell to cell, over those that are computed, and back', async () => {
    const editor = await openText('cells.disclosure.yaml', TEXT);
    const { document } = editor;
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await isPrompt(document);
    await goBehind(editor, '基本支出: ');
    await vscode.commands.executeCommand('type', { text: '5.00' });
    await press('Tab');
    await isBehind(editor, '5.00, 项目支出: ');
    // What is suggested for the blank is another figure: a suggestion would have the key for itself.
    await vscode.commands.executeCommand('type', { text: '3.00' });
    await press('Tab');
    await isBehind(editor, '2080101: {本年支出合计: 自动, 基本支出: ');
    await press('Tab');
    await eventually(
      () => (document.getText(editor.selection) === '2.50' ? true : undefined),
      'figure that is selected',
    );
    await press('Shift+Tab');
    await isBehind(editor, '2080101: {本年支出合计: 自动, 基本支出: ');
    await press('Shift+Tab');
    await eventually(
      () => (document.getText(editor.selection) === '3.00' ? true : undefined),
      'figure of the row before',
    );
    const typed = TEXT.replace('基本支出: , 项目支出: ', '基本支出: 5.00, 项目支出: 3.00');
    equal(document.getText(), typed);
  });

  it('goes as many cells as keys are pressed, also from behind a row', async () => {
    const editor = await openText('run.disclosure.yaml', TEXT);
    const { document } = editor;
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await isPrompt(document);
    const next = () => vscode.commands.executeCommand('gouji.nextCell');
    await goBehind(editor, '基本支出: ');
    await Promise.all([next(), next(), next()]);
    await eventually(
      () => (document.getText(editor.selection) === '2.50' ? true : undefined),
      'figure three cells further',
    );
    await goBehind(editor, '项目支出: }');
    await next();
    await isBehind(editor, '2080101: {本年支出合计: 自动, 基本支出: ');
    equal(document.getText(), TEXT);
  });

  // A list of suggestions has the key for itself: once the word is there, none may be.
  (hasPage ? it : it.skip)('goes on from a word that is suggested, once it is typed', async () => {
    const text =
      '格式: gouji/1\n年度: 2024\n决算情况说明:\n  一般公共预算支出:\n    各项:\n' +
      '      - {科目: 2080101, 决算较预算: , 完成: }\n';
    const editor = await openText('word.disclosure.yaml', text);
    const { document } = editor;
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await isPrompt(document);
    await goBehind(editor, '决算较预算: ');
    const list = '.suggest-widget.visible .monaco-list-row';
    await inPage({ do: 'type', text: '小' }, { do: 'see', selector: list });
    await inPage({ do: 'type', text: '于' }, { do: 'unsee', selector: list });
    await press('Tab');
    await isBehind(editor, '小于, 完成: ');
    equal(document.getText(), text.replace('决算较预算: ', '决算较预算: 小于'));
  });

  it('is the plain key where no cell is', async () => {
    const editor = await openText('plain.disclosure.yaml', TEXT);
    const { document } = editor;
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    // The head is no table.
    await goBehind(editor, '年度: 2024');
    await press('Tab');
    await eventually(() => (document.getText() !== TEXT ? true : undefined), 'blank');
    equal(document.getText().replace(/ +(?=\n)/g, ''), TEXT);
  });

  it('leaves the row behind the last cell, and writes nothing there', async () => {
    const editor = await openText('last.disclosure.yaml', TEXT);
    const { document } = editor;
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await isPrompt(document);
    await goBehind(editor, '项目支出: 2.50');
    const go = (direction: string) => vscode.commands.executeCommand(`gouji.${direction}Cell`);
    await go('next');
    await isBehind(editor, '项目支出: 2.50}');
    await go('next');
    await go('previous');
    await eventually(
      () => (document.getText(editor.selection) === '2.50' ? true : undefined),
      'last figure',
    );
    equal(document.getText(), TEXT);
  });

  // Without a page there is no key that could be left to the editor.
  (hasPage ? it : it.skip)('is left to the editor where the settings say so', async () => {
    const settings = vscode.workspace.getConfiguration('gouji');
    await settings.update('tabBetweenCells', false, vscode.ConfigurationTarget.Workspace);
    try {
      const editor = await openText('left.disclosure.yaml', TEXT);
      const { document } = editor;
      await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
      await goBehind(editor, '基本支出: ');
      await inPage({ do: 'press', key: 'Tab' });
      await eventually(() => (document.getText() !== TEXT ? true : undefined), 'blank');
    } finally {
      const { Workspace } = vscode.ConfigurationTarget;
      await settings.update('tabBetweenCells', undefined, Workspace);
    }
  });
});
