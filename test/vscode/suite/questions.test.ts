import * as vscode from 'vscode';
import type { Action } from '../harness/drive';
import {
  activateGouji,
  closeEditors,
  deepEqual,
  equal,
  eventually,
  extensionId,
  hasPage,
  host,
  inPage,
  ok,
  openExample,
  waitForDiagnostics,
  workspaceUri,
} from './support';

const HUNAN = 'tianyuan-2024.disclosure.yaml';

const press = (key: string): Action => ({ do: 'press', key });
const type = (text: string): Action => ({ do: 'type', text });
const see = (selector: string): Action => ({ do: 'see', selector });
/** Where VS Code asks for a file, on a server. */
const FILE_BOX = '.quick-input-widget:not([style*="display: none"]) .quick-input-box input:visible';
/** The box that asks the first, second or third question. */
const question = (step: number): Action =>
  see(`.quick-input-widget .quick-input-title:has-text("(${step}/3)")`);

/** Without arguments: everything is asked for. */
const askForNew = () => vscode.commands.executeCommand('gouji.newDisclosure');

const newFile = () =>
  eventually(() => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.isUntitled && document.getText() !== '' ? document : undefined;
  }, 'new file');

/** `[title](command:id?arguments)` in the texts of the manifest, as VS Code reads it. */
function linksOf(manifest: unknown): readonly { id: string; given: readonly unknown[] }[] {
  const texts = JSON.stringify(manifest).matchAll(/\(command:([\w.]+)(?:\?([^)]+))?\)/g);
  const links = [...texts].map(([, id, query]) => {
    const given: unknown = query === undefined ? [] : JSON.parse(decodeURIComponent(query));
    return { id: id!, given: Array.isArray(given) ? (given as unknown[]) : [given] };
  });
  const once = new Map(links.map((link) => [link.id, link]));
  return [...once.values()];
}

/** A desktop VS Code has no page to press keys in: there the commands are tested, not the boxes. */
const onPage = hasPage ? describe : describe.skip;

onPage('what a user is asked', () => {
  before(activateGouji);
  afterEach(closeEditors);

  it('asks for layout, year and name of a new disclosure, with a way back, and takes no year that is none', async () => {
    const asked = askForNew();
    await inPage(
      question(1),
      press('ArrowDown'), // from the national layout to Shanghai's
      press('Enter'),
      question(2),
      type('24'), // in the place of the year that is proposed
      press('Enter'),
      see('.quick-input-message:text-matches("four digits|四位")'),
      press('Control+a'),
      type('2023'),
      press('Enter'),
      question(3),
      { do: 'click', selector: '.quick-input-titlebar .codicon-quick-input-back' },
      question(2),
      press('Enter'), // the year that was typed stands there again
      question(3),
      type('某中心'),
      press('Enter'),
    );
    await asked;
    const document = await newFile();
    equal(document.languageId, 'disclosure-yaml');
    const text = document.getText();
    for (const line of ['年度: 2023', '表样: 上海', '单位名称: 某中心']) {
      ok(text.split('\n').includes(line), `${line} in ${text.slice(0, 120)}`);
    }
    // Of a folder of the disk it has a name; elsewhere the editor asks for one.
    const saving = vscode.commands.executeCommand('workbench.action.files.save');
    if (workspaceUri().scheme !== 'file') {
      await inPage(see(FILE_BOX), press('Enter'));
    }
    await saving;
    const file = await eventually(() => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.isUntitled === false ? shown : undefined;
    }, 'file that was written');
    equal(file.languageId, 'disclosure-yaml');
    equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file.uri)), text);
    if (workspaceUri().scheme === 'file')
      ok(file.uri.path.endsWith('/某中心-2023.disclosure.yaml'));
    await vscode.workspace.fs.delete(file.uri);
  });

  it('opens nothing when the user gives up', async () => {
    const asked = askForNew();
    await inPage(question(1), press('Enter'), question(2), press('Escape'));
    await asked;
    equal(vscode.window.activeTextEditor, undefined);
  });

  it('offers a new disclosure in the view of relations when none is open', async () => {
    await vscode.commands.executeCommand('vscode.open', workspaceUri(HUNAN));
    await waitForDiagnostics(workspaceUri(HUNAN), (found) => found.length > 0);
    await vscode.commands.executeCommand('gouji.relations.focus');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await inPage(
      { do: 'click', selector: '.welcome-view .monaco-button' },
      ...[1, 2, 3].flatMap((step) => [question(step), press('Enter')]),
    );
    const document = await newFile();
    ok(document.getText().startsWith('格式: gouji/1\n'));
    equal(document.getText().includes('\n表样: 全国\n'), true);
  });

  describe('with no disclosure open', () => {
    const ROWS = '.tree-explorer-viewlet-tree-view .monaco-list-row';
    const picked = (text: string) => see(`.quick-input-list .monaco-list-row:has-text("${text}")`);

    // As in a window where none was open yet.
    beforeEach(() => vscode.commands.executeCommand('setContext', 'gouji.hasDisclosure', false));

    it('offers the disclosures of the workspace, and shows the relations of the one that is chosen', async () => {
      const shown = vscode.commands.executeCommand('gouji.showRelations');
      await inPage(picked(HUNAN), type('tianyuan-2024'), press('Enter'), see(ROWS));
      await shown;
      const { uri } = vscode.window.activeTextEditor!.document;
      equal(uri.toString(), workspaceUri(HUNAN).toString());
    });

    it('offers to begin one', async () => {
      const shown = vscode.commands.executeCommand('gouji.showRelations');
      await inPage(picked(HUNAN), press('ArrowUp'), press('Enter')); // the last of the list
      await inPage(...[1, 2, 3].flatMap((step) => [question(step), press('Enter')]), see(ROWS));
      await shown;
      equal((await newFile()).languageId, 'disclosure-yaml');
    });

    it('opens nothing when the user gives up', async () => {
      const shown = vscode.commands.executeCommand('gouji.showRelations');
      await inPage(picked(HUNAN), press('Escape'));
      await shown;
      equal(vscode.window.activeTextEditor, undefined);
    });
  });

  it('does what the links of the walkthrough and of the empty view say', async () => {
    const { document } = await openExample(HUNAN);
    await waitForDiagnostics(document.uri, (found) => found.length > 0);
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const given = new Map(
      linksOf(vscode.extensions.getExtension(extensionId)!.packageJSON).map((link) => [
        link.id,
        link.given,
      ]),
    );
    const follow = (id: string) => vscode.commands.executeCommand(id, ...given.get(id)!);
    const visits: Readonly<Record<string, () => PromiseLike<unknown>>> = {
      'gouji.newDisclosure': async () => {
        const asked = follow('gouji.newDisclosure');
        await inPage(question(1), press('Escape'));
        await asked;
      },
      'workbench.action.files.openFile': async () => {
        const asked = follow('workbench.action.files.openFile');
        await inPage(see(FILE_BOX), press('Escape'));
        await asked;
      },
      'workbench.actions.view.problems': async () => {
        await follow('workbench.actions.view.problems');
        await inPage(see('.markers-panel .monaco-list-row'));
      },
      'gouji.showRelations': async () => {
        await follow('gouji.showRelations');
        await inPage(see('.tree-explorer-viewlet-tree-view .monaco-list-row'));
      },
      'gouji.showLedger': async () => {
        await follow('gouji.showLedger');
        const panel = await eventually(
          () => tabs().find(({ input }) => input instanceof vscode.TabInputWebview),
          'ledger',
        );
        await vscode.window.tabGroups.close(panel);
      },
      'workbench.action.openWalkthrough': async () => {
        await follow('workbench.action.openWalkthrough');
        const steps = host === 'node' ? 6 : 5; // a worker starts no program
        await inPage(see(`.getting-started-step >> nth=${steps - 1}`));
      },
      'workbench.action.tasks.runTask': async () => {
        if (host !== 'node') return; // its step is not shown there, as said above
        const ended = new Promise<string>((resolve) => {
          const subscription = vscode.tasks.onDidEndTaskProcess(({ execution }) => {
            subscription.dispose();
            resolve(execution.task.name);
          });
        });
        await follow('workbench.action.tasks.runTask');
        equal(await ended, 'check');
      },
    };
    deepEqual([...given.keys()].sort(), Object.keys(visits).sort());
    for (const visit of Object.values(visits)) {
      await visit();
    }
  });
});
