/**
 * Takes the pictures of docs/images/ in the real VS Code:
 *
 *   tsx test/vscode/screenshots.ts [NAME …] [--out FOLDER]
 *
 * What is in a picture is data, in screenshot-list.ts.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './harness/browser';
import { clipboard, perform, waitForEditor, waitForFindings, waitForGouji } from './harness/drive';
import { codeFontFamily } from './harness/install-fonts';
import { repoRoot } from './harness/paths';
import { withSession } from './harness/session';
import { workbenchUrl } from './harness/workbench';
import { screenshots, themes, type Screenshot } from './screenshot-list';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { out: { type: 'string', default: path.join(repoRoot, 'docs/images') } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !screenshots.some((shot) => shot.name === name));
  if (unknown.length > 0) throw new Error(`no such picture: ${unknown.join(', ')}`);
  const chosen = screenshots.filter(
    (shot) => positionals.length === 0 || positionals.includes(shot.name),
  );

  await mkdir(values.out, { recursive: true });
  const browser = await launchBrowser({ fonts: true });
  try {
    for (const shot of chosen) {
      const file = path.join(values.out, `${shot.name}.png`);
      await take(browser, shot, file);
      process.stdout.write(`${path.relative(process.cwd(), file)}\n`);
    }
  } finally {
    await browser.close();
  }
}

/** Items of the status bar that only our way of running VS Code has. */
const hidden = ['status.host', 'status.forwardedPorts', 'status.workbench.keyboardLayout']
  .map((id) => `[id="${id}"] { display: none !important; }`)
  .join('\n');

async function take(browser: Browser, shot: Screenshot, file: string): Promise<void> {
  const settings = {
    'workbench.colorTheme': themes[shot.theme],
    'editor.fontFamily': codeFontFamily,
    'editor.fontSize': 16,
    'editor.lineHeight': 24,
    'editor.minimap.enabled': false,
    'editor.cursorBlinking': 'solid',
    'workbench.activityBar.location': 'hidden',
    'workbench.layoutControl.enabled': false,
    'window.commandCenter': false,
    ...shot.settings,
  };
  await withSession(
    { settings, language: shot.language },
    async ({ server, extension, workspace }) => {
      const [width, height] = shot.size;
      const context = await browser.newContext({
        viewport: { width, height },
        deviceScaleFactor: shot.scale ?? 1,
        permissions: clipboard,
      });
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(20_000);
        await page.goto(
          workbenchUrl(server, {
            folder: workspace,
            extension,
            file: path.join(workspace, shot.file),
          }),
        );
        let step = 'opening';
        try {
          await waitForEditor(page);
          await waitForGouji(page);
          await waitForFindings(page, 5000);
          await page.addStyleTag({ content: hidden });
          for (const action of shot.actions) {
            step = JSON.stringify(action);
            await perform(page, action);
          }
        } catch (error) {
          await page.screenshot({ path: file });
          throw new Error(`${shot.name}: ${step} failed; ${file} shows how far it came`, {
            cause: error,
          });
        }
        await page.waitForTimeout(500);
        await page.screenshot({ path: file, animations: 'disabled' });
      } finally {
        await context.close();
      }
    },
  );
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
