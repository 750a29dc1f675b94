import { beforeAll, describe, expect, test } from 'vitest';
import { editTexts, type EditTexts } from '../support/editTexts';
import { editSessions } from '../support/editSessions';

/**
 * 10,000 random edits, the same in every run; `npm run test:edits -- 200000` makes as many as asked.
 */
describe('a text that is edited', () => {
  let texts: EditTexts;
  beforeAll(async () => {
    texts = await editTexts();
  });

  test.each([
    ['disclosures', 'yaml', 3500, 7],
    ['suite', 'yaml', 3500, 8],
    ['json', 'json', 3000, 9],
  ] as const)(
    'has the tree of the whole text: %s',
    (name, language, count, seed) => {
      const tally = editSessions(texts[name], language, count, seed);
      expect(tally.edits).toBe(count);
      // Neither kind of text is rare.
      expect(tally.accepted).toBeGreaterThan(count / 20);
      expect(tally.rejected).toBeGreaterThan(count / 20);
      // A fair share of them is read row by row.
      expect(tally.whole).toBeLessThan(count * 0.8);
    },
    600_000,
  );
});
