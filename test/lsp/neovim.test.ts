import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientFeatures, serverCapabilities } from '../../server/src/lsp/capabilities';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { findNeovim } from '../neovim/find';
import { analyzeText, EXAMPLES, exampleText, HUNAN } from '../support/examples';
import { serverScript, useServer } from './support/server';

interface Diagnostic {
  readonly line: number;
  /** What is underlined. */
  readonly text: string;
  readonly message: string;
  readonly severity: number;
  readonly code: string;
}

/** What drive.lua writes down. */
interface Seen {
  readonly version: string;
  readonly problem?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly hover?: string;
  readonly actions?: readonly string[];
  readonly fixed?: string;
  readonly left?: readonly Diagnostic[];
  readonly formatted?: string;
  readonly formattedTwice?: string;
}

const folder = mkdtempSync(path.join(tmpdir(), 'gouji-neovim-'));
let neovim = '';

beforeAll(async () => {
  neovim = await findNeovim();
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a text in Neovim and puts the cursor on `find`, to act there. */
async function drive(name: string, text: string, find = ''): Promise<Seen> {
  const out = path.join(folder, 'seen.json');
  rmSync(out, { force: true });
  const file = path.join(folder, name);
  writeFileSync(file, text);
  const script = path.join(__dirname, '../neovim/drive.lua');
  // Neither configuration nor swap files nor history of whoever runs this.
  const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${script}`];
  const child = spawn(neovim, args, {
    env: {
      ...process.env,
      GOUJI_FILE: file,
      GOUJI_FIND: find,
      GOUJI_OUT: out,
      GOUJI_SERVER: serverScript(),
      XDG_STATE_HOME: folder,
      XDG_CACHE_HOME: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 150_000,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  await once(child, 'exit');
  let written: string;
  try {
    written = readFileSync(out, 'utf8');
  } catch {
    throw new Error(`Neovim wrote nothing; it said: ${said}`);
  }
  const seen = JSON.parse(written) as Seen;
  if (seen.problem !== undefined)
    throw new Error(`Neovim ${seen.version}: ${seen.problem}\n${said}`);
  return seen;
}

const figures = (text: string) => text.match(/\d[\d.,]*/g);

describe("Neovim's own language client", { timeout: 180_000 }, () => {
  useServer();

  it.each(EXAMPLES)('shows of %s what VS Code shows', async (name) => {
    const { diagnostics } = await drive(name, exampleText(name));
    const expected = diagnosticsOf(analyzeText(exampleText(name), name), 'file:///x', 'zh-cn');
    const line = ({ line: at, message }: { line: number; message: string }) => `${at} ${message}`;
    expect(diagnostics.map(line).sort()).toEqual(
      expected
        .map(({ range, message }) => line({ line: range.start.line, message: message as string }))
        .sort(),
    );
  });

  it('underlines the wrong figure, explains it, and mends it by the first action', async () => {
    const right = exampleText(HUNAN);
    const wrong = right.replace(
      '2080101: {本年支出合计:  250.04',
      '2080101: {本年支出合计:  250.40',
    );
    const seen = await drive('wrong.disclosure.yaml', wrong, '250.40');
    const error = seen.diagnostics.find(({ text }) => text === '250.40');
    expect(error?.severity).toBe(1);
    expect(error?.message).toContain('250.04');
    expect(seen.hover).toContain('250.40');
    expect(seen.hover).toContain('行政运行');
    expect(seen.actions?.[0]).toContain('250.04');
    expect(seen.fixed).toBe(right);
    expect(seen.left?.some(({ text }) => text === '250.40')).toBe(false);
  });

  it('formats without changing a figure, where the server formats', async () => {
    const { capabilities } = serverCapabilities(clientFeatures({}));
    const loose = exampleText(HUNAN).replace(/^( {2}\d{7}: \{本年支出合计:) +/gm, '$1 ');
    const seen = await drive('loose.disclosure.yaml', loose);
    if (!('documentFormattingProvider' in capabilities)) {
      console.warn('NOT CHECKED in Neovim: formatting. The server does not advertise it yet.');
      expect(seen.formatted).toBeUndefined();
      return;
    }
    expect(seen.formatted).not.toBe(loose);
    expect(seen.formattedTwice).toBe(seen.formatted);
    expect(figures(seen.formatted!)).toEqual(figures(loose));
  });
});
