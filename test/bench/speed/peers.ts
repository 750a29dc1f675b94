import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';
import { build } from '../../../esbuild.config';
import { NODE_FLAG } from '../../../server/src/lsp/protocol';
import type { Language } from '../../../server/src/syntax/tree';

const ROOT = join(__dirname, '../../..');
const SCHEMA = join(ROOT, 'schemas/disclosure.schema.json');

/** In the workspace folder: the subjects of the generated files. */
export const CATALOG = 'codes.csv';

/** A server to measure. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** Of its process; it speaks over stdio. */
  readonly command: readonly string[];
  readonly languages: readonly Language[];
  /** Milliseconds that it waits by design before it looks at a change. */
  readonly debounce: number;
  /** What it is told when it asks for a section of the configuration. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** The servers; ours and the floor are bundled into a folder. */
export async function peers(outdir: string): Promise<{ floor: Peer; others: Peer[] }> {
  await build(['server/node.js'], { outdir });
  const floor = join(outdir, 'floor.js');
  await bundle({
    entryPoints: [join(__dirname, 'floor.ts')],
    outfile: floor,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  const uri = pathToFileURL(SCHEMA).href;
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as unknown;
  const both: Language[] = ['yaml', 'json'];
  return {
    floor: {
      name: 'floor',
      version: '',
      command: [floor, '--stdio'],
      languages: both,
      debounce: 0,
      configuration: {},
    },
    others: [
      {
        name: 'Gouji',
        version: versionAt(join(ROOT, 'package.json')),
        // As the extension starts it.
        command: [NODE_FLAG, join(outdir, 'server/node.js'), '--stdio'],
        languages: both,
        debounce: 0,
        configuration: { gouji: { catalogs: [CATALOG] } },
      },
      {
        ...installed('yaml-language-server', 'bin/yaml-language-server'),
        languages: ['yaml'],
        debounce: 200,
        configuration: {
          yaml: {
            schemas: { [uri]: ['*.disclosure.yaml'] },
            schemaStore: { enable: false },
            validate: true,
            hover: true,
            completion: true,
          },
        },
      },
      {
        ...installed('vscode-json-languageserver', 'bin/vscode-json-languageserver'),
        languages: ['json'],
        debounce: 300,
        configuration: {
          json: {
            schemas: [{ fileMatch: ['*.disclosure.json'], url: uri, schema }],
            validate: { enable: true },
          },
        },
      },
    ],
  };
}

function installed(name: string, bin: string): Pick<Peer, 'name' | 'version' | 'command'> {
  const folder = join(createRequire(__filename).resolve(`${name}/package.json`), '..');
  return {
    name,
    version: versionAt(join(folder, 'package.json')),
    command: [join(folder, bin), '--stdio'],
  };
}

const versionAt = (path: string) =>
  (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
