import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { Guard } from '../../server/src/lsp/guard';
import { partwiseHandler, type FeatureContext } from '../../server/src/lsp/handler';
import { Precedence } from '../../server/src/lsp/scheduling';

const uri = 'file:///x.disclosure.yaml';

/** Asks for an answer of three parts; `during` happens while the second is made. */
async function ask(
  during: (world: Record<'cancel' | 'edit' | 'fail', () => void>) => void,
): Promise<{ answer: unknown; made: string[]; log: string[] }> {
  const token = { isCancellationRequested: false };
  let analysed = { uri, analysis: { disclosure: {} } };
  const log: string[] = [];
  const host = { defer: (callback: () => void) => void setImmediate(callback) };
  const context = {
    host,
    precedence: new Precedence(host),
    guard: new Guard((line) => void log.push(line)),
    analyses: { of: () => analysed },
    configurations: { ready: () => Promise.resolve() },
  } as unknown as FeatureContext;
  const world = {
    cancel: () => void (token.isCancellationRequested = true),
    edit: () => void (analysed = { uri, analysis: { disclosure: {} } }),
    fail: () => {
      throw new RangeError('broken');
    },
  };
  const made: string[] = [];
  const handle = partwiseHandler(context, 'parts', function* () {
    for (const part of ['a', 'b', 'c']) {
      made.push(part);
      if (part === 'b') during(world);
      yield [part];
    }
  });
  const answer = await handle({ textDocument: { uri } }, token as CancellationToken);
  return { answer, made, log };
}

const codeOf = (answer: unknown) => (answer instanceof ResponseError ? answer.code : undefined);

describe('an answer that is made part by part', () => {
  it('has all of them, in order', async () => {
    expect(await ask(() => undefined)).toEqual({
      answer: ['a', 'b', 'c'],
      made: ['a', 'b', 'c'],
      log: [],
    });
  });

  it('is not made to its end when the client takes its request back', async () => {
    const { answer, made } = await ask(({ cancel }) => cancel());
    expect(codeOf(answer)).toBe(LSPErrorCodes.RequestCancelled);
    expect(made).toEqual(['a', 'b']);
  });

  it('ends when the document moves on, for its analysis is good until then', async () => {
    const { answer, made } = await ask(({ edit }) => edit());
    expect(codeOf(answer)).toBe(LSPErrorCodes.ContentModified);
    expect(made).toEqual(['a', 'b']);
  });

  it('keeps the parts before one that throws', async () => {
    const { answer, log } = await ask(({ fail }) => fail());
    expect(answer).toEqual(['a']);
    expect(log).toEqual([expect.stringContaining(`parts in ${uri}: RangeError: broken`)]);
  });
});
