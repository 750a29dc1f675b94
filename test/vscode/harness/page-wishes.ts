import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { perform } from './drive';
import { answerFile, type PageAnswer, type PageWish } from './in-host/results';

/**
 * Does in the page what a test of the suite asked for, and answers into `folder`. What cannot be done is
 * that test's failure, not the run's: the next one finds no open box.
 */
export async function fulfil(page: Page, wish: PageWish, folder: string): Promise<void> {
  const answer = await performed(page, wish);
  const file = path.join(folder, answerFile(wish.number));
  // Renamed, so that nobody reads half of it.
  await writeFile(`${file}.new`, JSON.stringify(answer));
  await rename(`${file}.new`, file);
}

async function performed(page: Page, { actions }: PageWish): Promise<PageAnswer> {
  for (const action of actions) {
    try {
      await perform(page, action);
    } catch (error) {
      for (let box = 0; box < 3; box++) await page.keyboard.press('Escape');
      return { problem: `in the page, ${JSON.stringify(action)}: ${String(error)}` };
    }
  }
  return {};
}
