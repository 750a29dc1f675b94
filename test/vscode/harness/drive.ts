import type { Page } from 'playwright-core';

/** One thing a user does, as data. */
export type Action =
  /** Runs a command of the palette by its title, in English or in the display language. */
  | { readonly do: 'command'; readonly title: string }
  /** Puts the cursor on a 1-based line and column, in view. */
  | { readonly do: 'goTo'; readonly line: number; readonly column?: number }
  /** Puts the cursor before a text of the file. */
  | { readonly do: 'find'; readonly text: string }
  /** Rests the mouse on a text that is in view, until the hover shows. */
  | { readonly do: 'hover'; readonly text: string }
  /** Clicks on the first such thing of the page: a CSS selector. */
  | { readonly do: 'click'; readonly selector: string }
  /** Clicks on the first such text in the webview that is shown. */
  | { readonly do: 'clickInWebview'; readonly text: string }
  /** Opens the menu of fixes at the cursor. */
  | { readonly do: 'quickFix' }
  /** Opens the list of suggestions at the cursor. */
  | { readonly do: 'suggest' }
  | { readonly do: 'press'; readonly key: string }
  | { readonly do: 'type'; readonly text: string }
  /** Pastes a text that was copied elsewhere. */
  | { readonly do: 'paste'; readonly text: string }
  /** Waits until something of the page is visible: a CSS selector. */
  | { readonly do: 'see'; readonly selector: string }
  /** Waits until nothing of the kind is visible. */
  | { readonly do: 'unsee'; readonly selector: string }
  | { readonly do: 'wait'; readonly ms: number };

const limit = 20_000;

/** Waits until the workbench is drawn and an editor has the keyboard. */
export async function waitForEditor(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .part.editor .monaco-editor .view-line', {
    timeout: 60_000,
  });
  await page.waitForSelector('.part.statusbar .statusbar-item', { timeout: limit });
}

/**
 * Waits until our extension shows itself: by squiggles, or by its item in the
 * language status.
 */
export async function waitForGouji(page: Page): Promise<void> {
  const squiggles = '.squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint';
  const status = ['勾稽', 'Gouji']
    .map((name) => `.statusbar-item[id="status.languageStatus"][aria-label*="${name}"]`)
    .join(', ');
  await page.waitForSelector(`${squiggles}, ${status}`, { timeout: 60_000, state: 'attached' });
}

/**
 * Waits until the status bar counts problems; its words for them, or undefined
 * when there are none by then. A right file has none, so that is no failure.
 */
export async function waitForFindings(page: Page, ms: number): Promise<string | undefined> {
  const count = page.locator('.statusbar-item[id="status.problems"]').filter({ hasText: /[1-9]/ });
  try {
    await count.waitFor({ timeout: ms });
  } catch {
    return undefined;
  }
  return (await count.getAttribute('aria-label')) ?? undefined;
}

export async function perform(page: Page, action: Action): Promise<void> {
  switch (action.do) {
    case 'command':
      return runCommand(page, action.title);
    case 'goTo':
      await openQuickInput(page, 'Control+g');
      await page.keyboard.type(`${action.line}:${action.column ?? 1}`);
      return acceptQuickInput(page);
    case 'find':
      return find(page, action.text);
    case 'hover':
      return hover(page, action.text);
    case 'click':
      return page.locator(action.selector).first().click({ timeout: limit });
    case 'clickInWebview':
      return page
        .frameLocator('iframe.webview.ready')
        .frameLocator('#active-frame')
        .getByText(action.text)
        .first()
        .click({ timeout: limit });
    case 'quickFix':
      await page.keyboard.press('Control+.');
      await page.waitForSelector('.action-widget .monaco-list-row', { timeout: limit });
      return;
    case 'suggest':
      await page.keyboard.press('Control+Space');
      await page.waitForSelector('.suggest-widget.visible .monaco-list-row', { timeout: limit });
      return;
    case 'press':
      return page.keyboard.press(action.key);
    case 'type':
      return page.keyboard.type(action.text);
    case 'paste':
      return paste(page, action.text);
    case 'see':
      await page.waitForSelector(action.selector, { timeout: limit });
      return;
    case 'unsee':
      await page.waitForSelector(action.selector, { state: 'hidden', timeout: limit });
      return;
    case 'wait':
      return page.waitForTimeout(action.ms);
  }
}

/** What a user allows who pastes into a page. */
export const clipboard = ['clipboard-read', 'clipboard-write'];

/** By the key: a page gets the clipboard with that event only. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('Control+v');
}

async function openQuickInput(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.waitForSelector('.quick-input-widget:not([style*="display: none"]) input', {
    timeout: limit,
  });
}

async function acceptQuickInput(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
  await page.waitForSelector('.quick-input-widget', { state: 'hidden', timeout: limit });
}

async function runCommand(page: Page, title: string): Promise<void> {
  await openQuickInput(page, 'F1');
  await page.keyboard.type(title);
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
  await row.waitFor({ timeout: limit });
  await row.click();
  await page.waitForTimeout(300);
}

async function find(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+f');
  const input = page.locator('.find-widget.visible textarea').first();
  await input.waitFor({ timeout: limit });
  await input.fill(text);
  await page
    .locator('.find-widget .matchesCount')
    .filter({ hasText: /\d/ })
    .waitFor({ timeout: limit });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.find-widget.visible', { state: 'hidden', timeout: limit });
  // The match is selected; the cursor goes before it.
  await page.keyboard.press('ArrowLeft');
}

/** The editor draws a line as spans, so the place of a text is that of its DOM range. */
async function hover(page: Page, text: string): Promise<void> {
  const at = await page.evaluate((wanted) => {
    const { document } = globalThis as unknown as { document: PageDocument };
    for (const line of document.querySelectorAll('.part.editor .view-line')) {
      const content = line.textContent.replaceAll('\u00a0', ' ');
      const start = content.indexOf(wanted);
      if (start < 0) continue;
      const middle = start + Math.floor(wanted.length / 2);
      const walker = document.createTreeWalker(line, 4);
      let passed = 0;
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (passed + node.textContent.length <= middle) {
          passed += node.textContent.length;
          continue;
        }
        const range = document.createRange();
        range.setStart(node, middle - passed);
        range.setEnd(node, middle - passed + 1);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
    }
    return undefined;
  }, text);
  if (at === undefined) throw new Error(`${text} is not in view in the editor`);
  await page.mouse.move(at.x - 40, at.y - 3);
  await page.mouse.move(at.x, at.y, { steps: 5 });
  await page.waitForSelector('.monaco-hover:not(.hidden) .hover-row', { timeout: limit });
  await page.waitForTimeout(300); // several providers answer one after the other
}

/** The little of the DOM that `hover` uses inside the page; the project itself has no DOM. */
interface PageNode {
  readonly textContent: string;
}
interface PageDocument {
  querySelectorAll(selector: string): Iterable<PageNode>;
  createTreeWalker(root: PageNode, show: number): { nextNode(): PageNode | null };
  createRange(): {
    setStart(node: PageNode, offset: number): void;
    setEnd(node: PageNode, offset: number): void;
    getBoundingClientRect(): { x: number; y: number; width: number; height: number };
  };
}
