import path from 'node:path';
import { ESLint } from 'eslint';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

/**
 * The architecture's invariants are lint rules. A rule that matches nothing looks exactly like code
 * that breaks nothing, so each of them is shown a violation here, and the nearest thing that is allowed.
 */
const root = path.join(__dirname, '..', '..');
const eslint = new ESLint({
  cwd: root,
  // The rules in question need no types, and then the files need not exist.
  overrideConfig: {
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: false } },
    rules: tseslint.configs.disableTypeChecked.rules ?? {},
  },
});

async function violations(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  return (result?.messages ?? [])
    .filter(({ ruleId, fatal }) => fatal === true || ruleId?.includes('no-restricted') === true)
    .map(({ ruleId }) => ruleId ?? 'fatal');
}

const imports = (name: string) => `import { x } from '${name}';\nexport const y = x;\n`;
const IMPORT = '@typescript-eslint/no-restricted-imports';
const layers = ['syntax', 'disclosure', 'catalog', 'relations', 'repair', 'service', 'lsp', 'cli'];
const core = layers.filter((layer) => layer !== 'lsp' && layer !== 'cli');

describe('dependencies point one way', () => {
  const pairs = layers.flatMap((from, i) => layers.map((to, j) => ({ from, to, earlier: j <= i })));
  for (const { from, to, earlier } of pairs) {
    // The two shells stand side by side.
    const allowed = earlier && !(from === 'cli' && to === 'lsp');
    it(`${from} ${allowed ? 'may' : 'must not'} import ${to}`, async () => {
      const code = imports(`../${to}/thing`);
      const expected = allowed ? [] : [IMPORT];
      expect(await violations(`server/src/${from}/file.ts`, code)).toEqual(expected);
      const nested = imports(`../../${to}/thing`);
      expect(await violations(`server/src/${from}/inner/file.ts`, nested)).toEqual(expected);
    });
  }

  it('counts types, re-exports and files of the layer itself', async () => {
    const file = 'server/src/syntax/file.ts';
    expect(
      await violations(file, `import type { X } from '../relations/rule';\nexport type Y = X;\n`),
    ).toEqual([IMPORT]);
    expect(await violations(file, `export * from '../service/analysis';\n`)).toEqual([IMPORT]);
    expect(await violations(file, imports('./relations'))).toEqual([IMPORT]);
    expect(await violations(file, imports('./tree'))).toEqual([]);
    expect(await violations(file, imports('./relationship'))).toEqual([]);
  });

  it('leaves no way around import statements', async () => {
    const file = 'server/src/syntax/file.ts';
    const syntax = 'no-restricted-syntax';
    expect(await violations(file, `export const x = import('../cli/main');\n`)).toContain(syntax);
    expect(await violations(file, `export const x = require('node:fs') as unknown;\n`)).toContain(
      syntax,
    );
    expect(await violations(file, `export type X = import('../cli/main').X;\n`)).toContain(syntax);
  });
});

describe('only the shells touch the machine', () => {
  const silent = [
    ...core.map((layer) => `server/src/${layer}/file.ts`),
    'server/src/lsp/server.ts',
  ];
  const clients = ['client/src/common/file.ts', 'client/src/browser/file.ts'];

  for (const file of [...silent, ...clients]) {
    it(`${file} imports nothing of Node`, async () => {
      for (const name of ['node:fs', 'fs', 'fs/promises', 'node:path', 'child_process']) {
        expect(await violations(file, imports(name)), name).toEqual([IMPORT]);
      }
    });
  }

  it('knows every module of Node by its bare name', async () => {
    const code = builtinModules
      .filter((name) => !name.startsWith('_'))
      .map((name, i) => `import * as m${i} from '${name}';\nexport { m${i} };\n`);
    const found = await violations('server/src/service/file.ts', code.join(''));
    expect(found).toHaveLength(code.length);
  });

  it('lets the shells', async () => {
    for (const file of [
      'server/src/lsp/node.ts',
      'server/src/cli/file.ts',
      'client/src/node/file.ts',
    ]) {
      expect(await violations(file, imports('node:fs')), file).toEqual([]);
    }
  });

  it('keeps globals of one host out of the core', async () => {
    for (const name of ['process', 'Buffer', 'setImmediate', 'self', 'fetch']) {
      const code = `export const x: unknown = ${name};\n`;
      expect(await violations('server/src/service/file.ts', code), name).toEqual([
        'no-restricted-globals',
      ]);
    }
  });
});

describe('each knows its own neighbour only', () => {
  it('VS Code is known to the client', async () => {
    for (const layer of layers) {
      expect(await violations(`server/src/${layer}/file.ts`, imports('vscode')), layer).toEqual([
        IMPORT,
      ]);
      const client = imports('vscode-languageclient/node');
      expect(await violations(`server/src/${layer}/file.ts`, client), layer).toEqual([IMPORT]);
    }
    expect(await violations('client/src/common/file.ts', imports('vscode'))).toEqual([]);
  });

  it('the protocol is known to lsp, its plain types to all', async () => {
    const others = layers.filter((layer) => layer !== 'lsp');
    for (const layer of others) {
      const file = `server/src/${layer}/file.ts`;
      for (const name of [
        'vscode-languageserver',
        'vscode-languageserver/node',
        'vscode-languageserver-protocol',
        'vscode-languageserver-textdocument',
        'vscode-jsonrpc',
      ]) {
        expect(await violations(file, imports(name)), `${layer}: ${name}`).toEqual([IMPORT]);
      }
      expect(await violations(file, imports('vscode-languageserver-types'))).toEqual([]);
    }
    expect(await violations('server/src/lsp/file.ts', imports('vscode-languageserver'))).toEqual(
      [],
    );
  });

  it('only the entries of lsp choose a host', async () => {
    for (const host of ['node', 'browser']) {
      const code = imports(`vscode-languageserver/${host}`);
      expect(await violations('server/src/lsp/server.ts', code)).toEqual([IMPORT]);
      expect(await violations(`server/src/lsp/${host}.ts`, code)).toEqual([]);
    }
  });

  it('client and server share the protocol alone', async () => {
    for (const file of [
      'client/src/common/file.ts',
      'client/src/node/file.ts',
      'client/src/browser/file.ts',
    ]) {
      const forbidden = imports('../../../server/src/service/analyze');
      expect(await violations(file, forbidden), file).toEqual([IMPORT]);
      const shared = imports('../../../server/src/lsp/protocol');
      expect(await violations(file, shared), file).toEqual([]);
    }
  });

  it('common client code does not lean on a host', async () => {
    for (const name of ['../node/extension', 'vscode-languageclient/browser']) {
      expect(await violations('client/src/common/file.ts', imports(name)), name).toEqual([IMPORT]);
    }
  });
});

describe('amounts never become doubles', () => {
  const conversions = ['Number(t)', 'parseFloat(t)', 'parseInt(t)', 'Number.parseFloat(t)', '+t'];
  for (const layer of ['disclosure', 'relations', 'repair']) {
    it(`in ${layer}`, async () => {
      for (const conversion of conversions) {
        const code = `export const f = (t: string) => ${conversion};\n`;
        expect(await violations(`server/src/${layer}/file.ts`, code), conversion).toEqual([
          'no-restricted-syntax',
        ]);
      }
      const exact = `export const f = (t: string) => BigInt(t) + BigInt(Number.MAX_SAFE_INTEGER);\n`;
      expect(await violations(`server/src/${layer}/file.ts`, exact)).toEqual([]);
    });
  }
});
