import type {
  Diagnostic,
  Position,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol';
import { LineIndex } from '../../../server/src/syntax/lines';
import type { Language } from '../../../server/src/syntax/tree';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MeasuringClient, pause } from './client';
import { generate, type Layout } from './generate';
import type { Peer } from './peers';

/** What a server took; undefined where it took longer than it was given. Milliseconds and MB. */
export interface Cell {
  readonly peer: Peer;
  readonly open: number | undefined;
  readonly keystroke: number | undefined;
  readonly p99: number | undefined;
  readonly hover: number | undefined;
  readonly completion: number | undefined;
  /** Above the floor, which is a bare Node server with the same document open. */
  readonly memory: number | undefined;
}

export interface Size {
  readonly layout: Layout;
  readonly language: Language;
  readonly lines: number;
}

export interface Options {
  readonly edits: number;
  /** A server's answers to one file take no longer than so many milliseconds together. */
  readonly cap: number;
  /** The workspace folder. */
  readonly folder: string;
}

const clientOf = (peer: Peer, language: Language, { cap, folder }: Options) =>
  new MeasuringClient(
    peer,
    pathToFileURL(folder).href,
    pathToFileURL(join(folder, `bench.disclosure.${language}`)).href,
    language,
    cap,
  );

const BETWEEN_EDITS = 50;
const REQUESTS = 7;

/** Measures all servers on one file: every edit goes to one after the other. */
export async function measure(
  size: Size,
  floor: Peer,
  others: readonly Peer[],
  options: Options,
): Promise<Cell[]> {
  const { language } = size;
  const text = generate(size.layout, language, size.lines);
  const typing = edits(text);
  const able = others.filter((peer) => peer.languages.includes(language));
  // The floor repeats what the first of them says.
  const runs: Run[] = [];
  for (const peer of [...able, floor]) runs.push(new Run(peer, language, options));
  try {
    const [first] = runs as [Run, ...Run[]];
    for (const run of runs) {
      if (run.peer === floor)
        await run.prepare(await answers(first.peer, text, typing, language, options));
      await run.open(text);
    }
    for (let i = 0; i < options.edits; i++) {
      for (const run of runs) await run.type(typing.changes[i % typing.changes.length]!);
    }
    for (let i = 0; i < REQUESTS; i++) for (const run of runs) await run.ask(typing.position);
    const base = runs.at(-1)!.client.memory();
    return runs.map((run) => run.cell(base));
  } finally {
    for (const run of runs) run.client.stop();
  }
}

interface Typing {
  readonly position: Position;
  /** In turn: a digit put into a figure in the middle, and taken out. */
  readonly changes: readonly [TextDocumentContentChangeEvent, TextDocumentContentChangeEvent];
}

function edits(text: string): Typing {
  const figure = /\d+\.\d\d/g;
  figure.lastIndex = text.length / 2;
  const at = figure.exec(text)!.index;
  const start = new LineIndex(text).position(at);
  const end = { line: start.line, character: start.character + 1 };
  return {
    position: end,
    changes: [
      { range: { start, end: start }, text: '7' },
      { range: { start, end }, text: '' },
    ],
  };
}

/** What a server says of the text, by the parity of its version: as it was opened, and after the edit. */
async function answers(
  peer: Peer,
  text: string,
  { changes }: Typing,
  language: Language,
  options: Options,
): Promise<Diagnostic[][]> {
  const client = clientOf(peer, language, options);
  try {
    await client.start();
    await client.open(text);
    const right = client.diagnostics;
    await client.change(changes[0]);
    return [client.diagnostics, right];
  } finally {
    client.stop();
  }
}

class Run {
  readonly client: MeasuringClient;
  private readonly started: Promise<void>;
  private readonly times: Record<'open' | 'keystroke' | 'hover' | 'completion', number[]> = {
    open: [],
    keystroke: [],
    hover: [],
    completion: [],
  };
  private left: number;

  constructor(
    readonly peer: Peer,
    language: Language,
    options: Options,
  ) {
    this.left = options.cap;
    this.client = clientOf(peer, language, options);
    this.started = this.client.start();
  }

  async prepare(prepared: readonly Diagnostic[][]): Promise<void> {
    await this.started;
    await this.client.prepare(prepared);
  }

  async open(text: string): Promise<void> {
    await this.started;
    this.take('open', await this.client.open(text), this.peer.debounce);
  }

  async type(change: TextDocumentContentChangeEvent): Promise<void> {
    if (this.left <= 0) return;
    this.take('keystroke', await this.client.change(change), this.peer.debounce);
    await pause(BETWEEN_EDITS);
  }

  async ask(position: Position): Promise<void> {
    if (this.left <= 0) return;
    this.take('hover', await this.client.hover(position), 0);
    this.take('completion', await this.client.completion(position), 0);
  }

  private take(what: keyof Run['times'], time: number | undefined, debounce: number): void {
    this.left = time === undefined ? 0 : this.left - time;
    if (time !== undefined) this.times[what].push(Math.max(time - debounce, 0));
  }

  cell(base: number | undefined): Cell {
    const { open, keystroke, hover, completion } = this.times;
    const memory = this.client.memory();
    return {
      peer: this.peer,
      open: quantile(open, 0.5),
      keystroke: quantile(keystroke, 0.5),
      p99: quantile(keystroke, 0.99),
      hover: quantile(hover, 0.5),
      completion: quantile(completion, 0.5),
      memory: memory === undefined || base === undefined ? undefined : Math.max(memory - base, 0),
    };
  }
}

/** Nearest rank. */
function quantile(times: readonly number[], share: number): number | undefined {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)];
}
