import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toldIn } from '../support/actions';
import { HUNAN } from '../support/examples';

const RIGHT = readFileSync('test/fixtures/tianyuan-2024.corrected.yaml', 'utf8');
const SHARE = /( {2}支出:\n(?:.*\n)*?.*占比: )(\d+\.\d+)%/;

describe('a share written as a fraction', () => {
  it('is told as that, and not between what limits it should lie that its places do not reach', () => {
    const wrong = RIGHT.replace(SHARE, (_, before: string, share: string) => {
      return before + (Number(share) / 100).toFixed(4);
    });
    expect(wrong).not.toBe(RIGHT);
    const [found, ...others] = toldIn(wrong, HUNAN, 'en');
    expect(others).toEqual([]);
    expect(found!.message).toContain('a fraction');
    expect(found!.message).not.toContain('between');
    expect(found!.mended).toBe(RIGHT);
  });
});
