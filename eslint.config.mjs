// @ts-check
/**
 * Besides style, this enforces the invariants of the architecture; `test/unit/imports.test.ts` proves
 * that it does. Each folder gets one `no-restricted-imports`, because a later block replaces an
 * earlier one.
 */
import { builtinModules } from 'node:module';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Dependencies point one way: a layer imports itself and those before it. */
const layers = ['syntax', 'disclosure', 'catalog', 'relations', 'repair', 'service', 'lsp', 'cli'];

const node = {
  group: ['node:*', ...builtinModules.filter((name) => !name.startsWith('_'))],
  message:
    'Only lsp/node*.ts, cli/ and client/src/node touch the machine; the rest runs in a worker.',
};
const vscode = { group: ['vscode'], message: 'Only client/ knows VS Code.' };
const languageClient = {
  regex: '^vscode-languageclient(/|$)',
  message: 'Only client/ is a language client.',
};
const connection = {
  regex: '^vscode-(languageserver(-protocol|-textdocument)?|jsonrpc)(/|$)',
  message: 'Only lsp/ speaks the protocol; plain data types are in vscode-languageserver-types.',
};
const otherHosts = (/** @type {string[]} */ ...names) => ({
  regex: `/(${names.join('|')})(/|$)`,
  message: 'Common code must not depend on one host.',
});
const server = {
  regex: '/server/(?!src/lsp/protocol$)',
  message: 'Client and server share no more than lsp/protocol.ts; they run in different processes.',
};

/** @param {string} layer @returns {string[]} layers it may not import */
function laterThan(layer) {
  const later = layers.slice(layers.indexOf(layer) + 1);
  // The command line is a second shell beside the first.
  return layer === 'cli' ? ['lsp'] : later;
}

/** @param {string[]} names */
const layersNamed = (names) => ({
  regex: `^\\.\\.?/(?:.*/)?(${names.join('|')})(/|$)`,
  message: `Layers import themselves and earlier ones: ${layers.join(' → ')}; cli does not import lsp.`,
});

/** @param {(object | undefined)[]} patterns @returns {import('eslint').Linter.RulesRecord} */
const noImports = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns: patterns.filter(Boolean) }],
});

/** Imports that `no-restricted-imports` does not see. */
const hiddenImports = [
  { selector: 'ImportExpression', message: 'Import statically, so that layers can be checked.' },
  { selector: 'TSImportType', message: 'Import types statically, so that layers can be checked.' },
  {
    selector: "CallExpression[callee.name='require']",
    message: 'Import statically, so that layers can be checked.',
  },
];

/** Arguments are on the stack: as many as a document is long overflow it. */
const longCalls = [
  {
    selector:
      'CallExpression[callee.property.name=/^(push|unshift|splice|min|max)$/] > SpreadElement',
    message: 'What a document makes long is no list of arguments: see syntax/arrays.ts.',
  },
];

/** Doubles are wrong for money: 0.1 + 0.2. */
const noDoubles = [
  {
    selector:
      "CallExpression[callee.name=/^(Number|parseFloat|parseInt)$/], CallExpression[callee.object.name='Number'][callee.property.name=/^parse/]",
    message: 'Amounts never become doubles: parseAmount() reads them exactly.',
  },
  {
    selector: "UnaryExpression[operator='+']",
    message: 'Amounts never become doubles: parseAmount() reads them exactly.',
  },
];

/** Globals of one host only. */
const hostGlobals = [
  'process',
  'Buffer',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
  'window',
  'document',
  'self',
  'postMessage',
  'fetch',
];

const core = layers.filter((layer) => layer !== 'lsp' && layer !== 'cli');

export default defineConfig(
  {
    ignores: ['dist/', 'node_modules/', '.vscode-test/', 'test/fixtures/', 'coverage/'],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // `tsconfig.json` knows CommonJS sources only.
        projectService: { allowDefaultProject: ['*.mts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always'],
      // `noUncheckedIndexedAccess` is on: `!` is how code says what it knows about an index.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `noPropertyAccessFromIndexSignature` style is left to the author.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `void` marks a result that is dropped on purpose; short forms of it read well.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        {
          ignoreArrowShorthand: true,
          ignoreVoidOperator: true,
          ignoreVoidReturningFunctions: true,
        },
      ],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Code points are what is meant where a string is spread.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    name: 'gouji/core: one way, no I/O, no protocol, no editor',
    files: core.map((layer) => `server/src/${layer}/**/*.ts`),
    rules: {
      'no-restricted-globals': ['error', ...hostGlobals],
      'no-restricted-syntax': ['error', ...hiddenImports, ...longCalls],
      'no-console': 'error',
    },
  },
  ...core.map((layer) => ({
    name: `gouji/${layer}`,
    files: [`server/src/${layer}/**/*.ts`],
    rules: noImports(layersNamed(laterThan(layer)), node, vscode, languageClient, connection),
  })),
  {
    name: 'gouji/amounts',
    files: ['disclosure', 'relations', 'repair'].map((layer) => `server/src/${layer}/**/*.ts`),
    rules: { 'no-restricted-syntax': ['error', ...hiddenImports, ...longCalls, ...noDoubles] },
  },
  {
    name: 'gouji/lsp: the protocol shell, on any host',
    files: ['server/src/lsp/**/*.ts'],
    rules: {
      ...noImports(layersNamed(laterThan('lsp')), node, vscode, languageClient, {
        regex: '^vscode-languageserver/(node|browser)$',
        message: 'Only lsp/node.ts and lsp/browser.ts choose a host.',
      }),
      'no-restricted-syntax': ['error', ...hiddenImports, ...longCalls],
      'no-console': 'error',
    },
  },
  {
    name: 'gouji/lsp hosts',
    files: ['node', 'nodeFiles', 'browser'].map((name) => `server/src/lsp/${name}.ts`),
    rules: noImports(layersNamed(laterThan('lsp')), vscode, languageClient),
  },
  {
    name: 'gouji/cli',
    files: ['server/src/cli/**/*.ts'],
    rules: {
      ...noImports(layersNamed(laterThan('cli')), vscode, languageClient, connection),
      'no-restricted-syntax': ['error', ...hiddenImports, ...longCalls],
    },
  },
  {
    name: 'gouji/client',
    files: ['client/src/common/**/*.ts'],
    rules: noImports(server, node, connection, otherHosts('node', 'browser')),
  },
  {
    name: 'gouji/client in the browser',
    files: ['client/src/browser/**/*.ts'],
    rules: noImports(server, node, connection, otherHosts('node')),
  },
  {
    name: 'gouji/client in Node',
    files: ['client/src/node/**/*.ts'],
    rules: noImports(server, connection, otherHosts('browser')),
  },
  {
    name: 'gouji/tests',
    files: ['test/**/*.ts'],
    rules: {
      // Mocks and test bodies are async or empty by shape.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.disableTypeChecked] },
);
