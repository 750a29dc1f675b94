import { describe, expect, it } from 'vitest';
import type { CauseView } from '../../server/src/service/findings';
import { alarms, analyzeText, wholeText } from '../support/examples';

const FINANCE = 'putuo-finance-2024.disclosure.yaml';

/** Figures of many places, with a slip of the hand. */
const SLIPS = [
  { right: '2940.05', wrong: '2904.05' },
  { right: '2106.66', wrong: '2016.66' },
  { right: '445.69', wrong: '454.69' },
  { right: '326.72', wrong: '362.72' },
  { right: '60.99', wrong: '69.99' },
] as const;

const everywhere = (text: string, right: string, wrong: string) =>
  text.replaceAll(new RegExp(`(?<![\\d.])${right.replace('.', '\\.')}(?!\\d)`, 'g'), wrong);

const placesOf = (causes: readonly CauseView[]) => causes.map(({ path }) => path).sort();

describe.each(SLIPS)('$right copied as $wrong to every place', ({ right, wrong }) => {
  const text = wholeText(FINANCE);
  const before = alarms(analyzeText(text, FINANCE));
  const analysis = analyzeText(everywhere(text, right, wrong), FINANCE);
  const after = alarms(analysis);
  const told = after.filter(({ message }) => message.includes(`it should be ${right}`));

  it('is one finding, which says what the figure should be', () => {
    expect(told).toHaveLength(1);
    expect(told[0]!.message).toContain(`all print ${wrong}`);
  });

  it('leaves what else is wrong where it was', () => {
    const others = after.filter((cause) => !told.includes(cause));
    expect(placesOf(others)).toEqual(placesOf(before));
  });

  it('makes nothing certain that hangs on it', () => {
    const certain = after.filter(({ message }) => message.startsWith('Certain'));
    const known = before.map(({ path }) => path);
    expect(known).toEqual(expect.arrayContaining(placesOf(certain)));
  });
});
