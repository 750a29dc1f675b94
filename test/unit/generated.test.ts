import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { outdated, outputs } from '../../server/generate/outputs';
import { root } from '../../server/generate/sources';

describe('generated files', () => {
  test.each([...outputs()])(
    '%s is what schemas/ says; else run "npm run generate"',
    (path, text) => {
      expect(readFileSync(join(root, path), 'utf8')).toBe(text);
    },
  );

  test('there is no page of a rule that is no more', () => {
    expect(outdated(outputs())).toEqual([]);
  });

  test('the catalog stays small enough to be bundled', () => {
    const text = outputs().get('server/src/catalog/catalog.generated.ts')!;
    expect(Buffer.byteLength(text)).toBeLessThan(150_000);
  });

  test('can be made from nothing: the generator imports none of them', async () => {
    const { metafile } = await build({
      entryPoints: [join(root, 'server/generate.ts')],
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      packages: 'external',
      metafile: true,
      write: false,
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain('server/generate/outputs.ts');
    expect(inputs.filter((path) => path.includes('.generated.'))).toEqual([]);
  });
});
