import { describe, expect, test } from 'vitest';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { department, SOURCES, sum } from '../bench/repair/model';
import { narrate, wordingBy } from '../bench/repair/narrate';
import { printed, write } from '../bench/repair/print';
import { analyzeText } from '../support/examples';
import { pick, seeded } from '../support/random';

const DOCUMENTS = 400;

/** Less than that in a year, printed in 元, looks like 万元. */
const FEW = 10_000_000n;

/** Tables and text of one department, in any form, unit, way of rounding and wording. */
function rightDocument(seed: number): string | undefined {
  const random = seeded(seed);
  const mode = pick(['nearest', 'nearest', 'truncated', 'exact'] as const, random);
  const shape = {
    items: 2 + Math.floor(random() ** 2 * 25),
    generalOnly: random() < 0.5,
    grain: mode === 'exact' ? 10_000n : 1n,
  };
  const accounts = department(shape, random);
  const received = sum(
    accounts.items.flatMap(({ income }) => SOURCES.map((source) => income[source])),
  );
  const isSmall = random() < 0.2 && received >= FEW;
  const style = {
    layout: pick(['national', 'shanghai'] as const, random),
    mode,
    zero: pick(['', '0.00'] as const, random),
    ...(isSmall && { unit: '元' as const }),
  };
  const wording = wordingBy(random, isSmall, mode === 'truncated');
  const text = write(printed(accounts, style)) + narrate(accounts, wording, random);
  // Nobody receives less than nothing.
  return text.includes('-0.00') ? undefined : text;
}

describe('a right document with its text', () => {
  test('has no error and no warning, whatever its amounts and however they are told', () => {
    let checked = 0;
    for (let seed = 1; seed <= DOCUMENTS; seed++) {
      const text = rightDocument(seed);
      if (text === undefined) continue;
      checked++;
      const analysis = analyzeText(text, 'right.disclosure.yaml');
      const found = diagnosticsOf(analysis, 'file:///right.disclosure.yaml', 'zh-cn')
        .filter(({ severity }) => severity! <= DiagnosticSeverity.Warning)
        // Its subjects are made up.
        .filter(({ code }) => !String(code).startsWith('code.'))
        .map(({ code, message }) => [seed, code, message]);
      expect(found).toEqual([]);
    }
    expect(checked).toBeGreaterThan(DOCUMENTS * 0.9);
  }, 120_000);
});
