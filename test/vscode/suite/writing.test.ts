import * as vscode from 'vscode';
import {
  activateGouji,
  closeEditors,
  equal,
  eventually,
  ok,
  openText,
  paste,
  rangeOf,
  waitForDiagnostics,
  workspaceUri,
} from './support';

const TABLE =
  '格式: gouji/1\n年度: 2024\n表样: 全国\n支出决算表:\n  合计: {本年支出合计: 1.00, 基本支出: 1.00}\n  2080101: {本年支出合计: 1.00, 基本支出: 1.00}\n';
const ALIGNED = TABLE.replace('合计: {', '合计:    {');

/** The file that a command opens: shown, and not saved. */
const opened = (before: vscode.TextDocument | undefined) =>
  eventually(() => {
    const document = vscode.window.activeTextEditor?.document;
    return document && document !== before && document.isUntitled ? document : undefined;
  }, 'a new file');

describe('writing', () => {
  before(activateGouji);
  afterEach(closeEditors);

  it('formats a file although its server still starts', async () => {
    const wrong = (text: string) => text.replace('基本支出: 1.00', '基本支出: 2.00');
    const { document } = await openText('early.disclosure.yaml', wrong(TABLE));
    await waitForDiagnostics(document.uri, (found) => found.length > 0);
    const restarted = vscode.commands.executeCommand('gouji.restartServer');
    // With the server that was there its findings go, and the new one is not there yet.
    await waitForDiagnostics(document.uri, (found) => found.length === 0);
    await vscode.commands.executeCommand('editor.action.formatDocument');
    equal(document.getText(), wrong(ALIGNED));
    await restarted;
  });

  it('formats a file, and then there is nothing more to format', async () => {
    const { document } = await openText('format.disclosure.yaml', TABLE);
    await eventually(async () => {
      await vscode.commands.executeCommand('editor.action.formatDocument');
      return document.getText() === ALIGNED ? true : undefined;
    }, 'the columns');
    await vscode.commands.executeCommand('editor.action.formatDocument');
    equal(document.getText(), ALIGNED);
  });

  it('turns a full-width colon into a half-width one while typing, but not in a comment', async () => {
    const editor = await openText('typing.disclosure.yaml', '格式: gouji/1\n支出决算表\n# 注\n');
    const { document } = editor;
    editor.selection = new vscode.Selection(1, 5, 1, 5);
    await vscode.commands.executeCommand('type', { text: '：' });
    await eventually(
      () => (document.lineAt(1).text === '支出决算表: ' ? true : undefined),
      `the colon`,
    );
    editor.selection = new vscode.Selection(2, 3, 2, 3);
    await vscode.commands.executeCommand('type', { text: '：' });
    equal(document.lineAt(2).text, '# 注：');
  });

  it('sets a figure apart from the key that it is typed right behind', async () => {
    const text = '格式: gouji/1\n收入支出决算总表:\n  收入:\n    总计:\n';
    const editor = await openText('apart.disclosure.yaml', text);
    const { document } = editor;
    const { end } = document.lineAt(3).range;
    editor.selection = new vscode.Selection(end, end);
    for (const digit of '1429.68') await vscode.commands.executeCommand('type', { text: digit });
    await eventually(
      () => (document.lineAt(3).text === '    总计: 1429.68' ? true : undefined),
      'the blank',
    );
  });

  it('selects the reason of an acceptance, so that typing replaces it', async () => {
    const text = TABLE.replace('基本支出: 1.00}\n  2080101', '基本支出: 2.00}\n  2080101');
    const editor = await openText('reason.disclosure.yaml', text);
    const { document } = editor;
    const [diagnostic] = await waitForDiagnostics(document.uri, ({ length }) => length > 0);
    editor.selection = new vscode.Selection(diagnostic!.range.start, diagnostic!.range.start);
    const accept = await eventually(async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        diagnostic!.range,
      );
      return actions.find(({ title }) => /^(?:接受并说明|Accept)/.test(title));
    }, 'an offer to accept the finding');
    ok(await vscode.workspace.applyEdit(accept.edit!));
    await vscode.commands.executeCommand(
      accept.command!.command,
      ...(accept.command!.arguments as unknown[]),
    );
    const shown = vscode.window.activeTextEditor!;
    equal(shown.document.getText(shown.selection), '待填写');
    await vscode.commands.executeCommand('type', { text: '见说明' });
    ok(document.getText().includes('说明: 见说明'), document.getText());
  });

  it('puts in the colon and the bracket that a row lacks, before anything else is offered', async () => {
    const row = '  2080102: {本年支出合计: 1.00, 基本支出: 1.00}\n';
    for (const [index, slip] of [row.replace(':', ''), row.replace('}', '')].entries()) {
      const editor = await openText(
        `lost-${index}.disclosure.yaml`,
        ALIGNED.replace(/ {2}2080101/, `${slip}$&`),
      );
      const { document } = editor;
      const isThere = ({ range }: vscode.Diagnostic) => range.start.line === 5;
      const found = await waitForDiagnostics(document.uri, (all) => all.some(isThere));
      const at = found.find(isThere)!.range.start;
      editor.selection = new vscode.Selection(at, at);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(at, at),
      );
      ok(actions[0]?.isPreferred, actions.map(({ title }) => title).join(' | '));
      // A newer VS Code has offers of its own, which are commands.
      const edits = actions.filter(({ edit }) => edit);
      equal(edits.length, 1, 'nothing else is offered there');
      // The command does nothing while the editor has not got the focus, or asks for the fixes once more.
      await eventually(async () => {
        if (document.lineAt(5).text === row.trimEnd()) return true;
        equal(document.lineAt(5).text, slip.trimEnd());
        await vscode.commands.executeCommand('editor.action.autoFix');
        return undefined;
      }, 'row');
      await closeEditors();
    }
  });

  it('selects from a figure to its row', async () => {
    const { document } = await openText('select.disclosure.yaml', ALIGNED);
    const at = rangeOf(document, '1.00').start;
    const ranges = await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.SelectionRange[] | undefined>(
        'vscode.executeSelectionRangeProvider',
        document.uri,
        [at],
      );
      return found?.[0];
    }, 'selection ranges');
    const texts: string[] = [];
    for (let one: vscode.SelectionRange | undefined = ranges; one; one = one.parent) {
      texts.push(document.getText(one.range));
    }
    ok(texts.includes('本年支出合计: 1.00'), texts.join(' | '));
    ok(texts.includes('合计:    {本年支出合计: 1.00, 基本支出: 1.00}'), texts.join(' | '));
  });

  it('opens a new disclosure for a layout and a year, and the file of the year after', async () => {
    // Another test has a new file of its own: closed, it keeps its name for a while.
    const wish = { layout: 'shanghai', year: 2024, organisation: '样本局' };
    await vscode.commands.executeCommand('gouji.newDisclosure', wish);
    const first = await opened(undefined);
    equal(first.languageId, 'disclosure-yaml');
    ok(first.getText().startsWith('格式: gouji/1\n'), first.getText().slice(0, 40));
    ok(first.getText().includes('\n表样: 上海\n'));
    ok(first.getText().includes('\n决算情况说明:\n  收入支出总体:\n    收支总计: 自动\n'));
    const { selection } = vscode.window.activeTextEditor!;
    const line = first.lineAt(selection.active.line).text;
    equal(line, '    一般公共预算财政拨款收入: ', 'where the cursor is');
    equal(selection.active.character, line.length);
    // A folder of the disk gives it a name; elsewhere it is asked for when the file is saved.
    const onDisk = workspaceUri().scheme === 'file';
    equal(first.uri.path.endsWith('样本局-2024.disclosure.yaml'), onDisk, first.uri.path);
    await eventually(async () => {
      await vscode.commands.executeCommand('gouji.nextYear', first.uri);
      return vscode.window.activeTextEditor?.document !== first ? true : undefined;
    }, 'the next year');
    const second = await opened(first);
    equal(second.getText(), first.getText().replace('年度: 2024', '年度: 2025'));
    equal(second.uri.path.endsWith('样本局-2025.disclosure.yaml'), onDisk, second.uri.path);
  });

  it('opens the file of the year after beside the one of last year, which may be outside the workspace', async () => {
    const onDisk = workspaceUri().scheme === 'file';
    const folder = onDisk ? vscode.Uri.joinPath(workspaceUri(), '../elsewhere') : workspaceUri();
    const file = vscode.Uri.joinPath(folder, '别处2024.disclosure.yaml');
    await vscode.workspace.fs.createDirectory(folder);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(TABLE));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    await vscode.commands.executeCommand('gouji.nextYear');
    const next = await opened(undefined);
    if (onDisk) equal(next.uri.path, file.path.replace('2024', '2025'));
    else ok(!next.uri.path.includes('/'), next.uri.path);
  });

  it('pastes cells that were copied in a spreadsheet', async () => {
    const editor = await openText('paste.disclosure.yaml', ALIGNED);
    const { document } = editor;
    const at = rangeOf(document, '2080101').start;
    editor.selection = new vscode.Selection(at, at);
    const cells = '科目编码\t本年支出合计\t基本支出\r\n2080101\t1,250.04\t1,250.04\r\n';
    await eventually(async () => {
      await vscode.commands.executeCommand('gouji.pasteCells', cells);
      return document.getText().includes('2080101: {本年支出合计: 1250.04, 基本支出: 1250.04}')
        ? true
        : undefined;
    }, 'the figures');
    ok(document.getText().includes('合计:    {本年支出合计:    1.00, 基本支出:    1.00}'));
  });

  it('pastes them where they belong on a plain paste, and leaves other text as it is', async () => {
    const editor = await openText('paste-plain.disclosure.yaml', ALIGNED);
    const { document } = editor;
    await waitForDiagnostics(document.uri, () => true);
    const pasteAt = async (at: vscode.Position, text: string) => {
      editor.selection = new vscode.Selection(at, at);
      await paste(text);
    };
    const cells = '科目编码\t基本支出\n2080101\t1,250.04\n2080102\t0.50\n';
    await pasteAt(rangeOf(document, '2080101').start, cells);
    await eventually(
      () => (document.getText().includes('2080102: {') ? true : undefined),
      'row of the pasted block',
    );
    ok(document.getText().includes('  2080101: {本年支出合计: 1.00, 基本支出: 1250.04}'));
    const written = document.getText();
    await pasteAt(new vscode.Position(0, 0), '# 一行\n# 另一行\n');
    await eventually(
      () => (document.getText() === `# 一行\n# 另一行\n${written}` ? true : undefined),
      'plain text',
    );
  });

  it('pastes a column of figures with a blank among them as cells', async () => {
    const rows = `${ALIGNED}  2080102: {本年支出合计: 1.00, 基本支出: 1.00}\n`;
    const editor = await openText('paste-column.disclosure.yaml', rows);
    const { document } = editor;
    await waitForDiagnostics(document.uri, () => true);
    const at = rangeOf(document, '基本支出').end;
    editor.selection = new vscode.Selection(at, at);
    await paste('7.00\r\n\r\n9.00\r\n');
    const written = rows
      .replace('基本支出: 1.00', '基本支出: 7.00')
      .replace(/(2080101.*基本支出: )1\.00/, '$1    ')
      .replace(/(2080102.*基本支出: )1\.00/, '$19.00');
    await eventually(() => (document.getText().includes('9.00') ? true : undefined), 'the column');
    equal(document.getText(), written);
  });

  it('leaves a table as it is that says already what is pasted', async () => {
    const editor = await openText('paste-same.disclosure.yaml', ALIGNED);
    const { document } = editor;
    await waitForDiagnostics(document.uri, () => true);
    const at = rangeOf(document, '2080101').start;
    editor.selection = new vscode.Selection(at, at);
    await paste('科目编码\t基本支出\n2080101\t1.00\n');
    await paste('科目编码\t基本支出\n2080101\t2.00\n');
    await eventually(() => (document.getText().includes('2.00') ? true : undefined), 'figure');
    equal(document.getText(), ALIGNED.replace(/1\.00\}\n$/, '2.00}\n'));
  });

  it('leaves a table as it is that cannot take what is pasted', async () => {
    const editor = await openText('paste-text.disclosure.yaml', ALIGNED);
    const { document } = editor;
    await waitForDiagnostics(document.uri, () => true);
    const at = rangeOf(document, '  2080101').start;
    editor.selection = new vscode.Selection(at, at);
    const cells = '2080101\t行政运行\t1.00\t1.00\n';
    await paste(cells);
    await paste('科目编码\t基本支出\n2080101\t2.00\n');
    await eventually(() => (document.getText().includes('2.00') ? true : undefined), 'figure');
    equal(document.getText(), ALIGNED.replace(/1\.00\}\n$/, '2.00}\n'));
  });

  it('pastes as text what it refused to paste as cells, where its message is asked to', async () => {
    const editor = await openText('paste-refused.disclosure.yaml', ALIGNED);
    const { document } = editor;
    await waitForDiagnostics(document.uri, () => true);
    // Of another test one may still be shown.
    await vscode.commands.executeCommand('notifications.clearAll');
    const at = rangeOf(document, '  2080101').start;
    editor.selection = new vscode.Selection(at, at);
    const cells =
      '公开03表\t\t单位：元\n科目编码\t本年支出合计\t基本支出\n2080101\t2500400.00\t2500400.00\n';
    await paste(cells);
    await eventually(async () => {
      // Presses the first button of the message.
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      return document.getText() === ALIGNED ? undefined : true;
    }, 'pasted text');
    equal(document.getText(), ALIGNED.replace('  2080101', `${cells}$&`));
  });
});
