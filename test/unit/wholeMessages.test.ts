import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { writeWholeMessages } from '../../server/src/lsp/wholeMessages';

describe('what the protocol library writes', () => {
  it('arrives message by message, each in one piece', async () => {
    const stream = new PassThrough();
    writeWholeMessages(stream);
    const pieces: string[] = [];
    stream.on('data', (chunk: Buffer) => pieces.push(chunk.toString()));
    const heard: unknown[] = [];
    new StreamMessageReader(stream).listen((message) => heard.push(message));
    const writer = new StreamMessageWriter(stream);
    const messages = ['决算', '𠮷'.repeat(3), ''].map((text) => ({
      jsonrpc: '2.0',
      method: 'say',
      params: { text },
    }));
    await Promise.all(messages.map((message) => writer.write(message)));
    await expect.poll(() => heard).toEqual(messages);
    expect(pieces).toHaveLength(messages.length);
  });

  it('leaves everything else as it is', async () => {
    const stream = new PassThrough();
    writeWholeMessages(stream);
    const pieces: string[] = [];
    stream.on('data', (chunk: Buffer) => pieces.push(chunk.toString()));
    await new Promise((resolve) => stream.write('one', 'utf8', resolve));
    await new Promise((resolve) => stream.write(Buffer.from('two'), resolve));
    expect(pieces).toEqual(['one', 'two']);
  });
});
