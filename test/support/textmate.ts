import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar, type IToken } from 'vscode-textmate';

/** The grammars of `syntaxes/` as an editor uses them. */
const root = join(__dirname, '../..');
const own = {
  'source.disclosure.yaml': join(root, 'syntaxes/disclosure-yaml.tmLanguage.json'),
  'source.disclosure.json': join(root, 'syntaxes/disclosure-json.tmLanguage.json'),
};

/** Paths by scope. */
export type Grammars = Readonly<Record<string, string>>;

/** One of the grammars that ours are laid over, as kept for the tests. */
export const inFixtures = (name: string) =>
  join(root, 'test/fixtures/grammar', `${name}.tmLanguage.json`);

let wasm: Promise<void> | undefined;

export async function loadGrammar(scope: string, grammars: Grammars): Promise<IGrammar> {
  wasm ??= loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')).buffer);
  await wasm;
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: (name) => {
      const path = { ...own, ...grammars }[name];
      return Promise.resolve(path ? parseRawGrammar(readFileSync(path, 'utf8'), path) : null);
    },
  });
  return (await registry.loadGrammar(scope))!;
}

export interface TokenLine {
  readonly text: string;
  readonly tokens: readonly IToken[];
}

export function tokenize(grammar: IGrammar, text: string): TokenLine[] {
  let stack = INITIAL;
  return text.split('\n').map((line) => {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return { text: line, tokens: result.tokens };
  });
}
