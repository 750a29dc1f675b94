import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { run } from '../../server/src/cli/run';
import { exampleText, HUNAN } from '../support/examples';

vi.mock('../../server/src/cli/write', () => ({
  writeAtomically: () => Promise.reject(new Error('EROFS: read-only file system')),
}));

it('gouji check --fix exits with 2 when a file cannot be written, and reports it as it is', async () => {
  const wrong = exampleText(HUNAN).replace('本年支出合计:  250.04', '本年支出合计:  250.40');
  const path = join(mkdtempSync(join(tmpdir(), 'gouji-')), HUNAN);
  writeFileSync(path, wrong);
  const out: string[] = [];
  const error: string[] = [];
  const code = await run(['check', '--fix', path, '--lang', 'en'], {
    out: (text) => void out.push(text),
    error: (text) => void error.push(text),
    locale: '',
  });
  expect(code).toBe(2);
  expect(error.join('')).toContain('read-only file system');
  expect(out.join('')).toContain('250.40');
  expect(readFileSync(path, 'utf8')).toBe(wrong);
});
