/**
 * `npm run test:edits -- 200000 [seed]`: as many random edits as asked, a third in each kind of text,
 * with the checks of `test/unit/incremental.property.test.ts`.
 */
import { editSessions } from './support/editSessions';
import { editTexts } from './support/editTexts';

/** Edits between two lines of progress, each with a seed of its own. */
const ROUND = 2000;

async function main(): Promise<void> {
  const [count = 200_000, first = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
  const texts = await editTexts();
  const kinds = [
    ['disclosures', 'yaml'],
    ['suite', 'yaml'],
    ['json', 'json'],
  ] as const;
  const failures: unknown[] = [];
  for (let done = 0, round = 0; done < count; done += ROUND, round++) {
    const [name, language] = kinds[round % kinds.length]!;
    const seed = first + round;
    try {
      const tally = editSessions(texts[name], language, ROUND, seed);
      console.log(`${done + ROUND} edits; ${name} with seed ${seed}: ${JSON.stringify(tally)}`);
    } catch (error) {
      failures.push(error);
      console.error(`${name} with seed ${seed}:`, error);
    }
  }
  console.log(failures.length === 0 ? 'No differences.' : `${failures.length} rounds failed.`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

void main();
