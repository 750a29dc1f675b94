/** What a stream of Node's takes, as far as messages are written by it. */
interface Output {
  write(chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean;
}

type Done = (error?: Error | null) => void;

const HEADER = 'Content-Length: ';

/**
 * Makes a stream write each message at once. The protocol library writes its header first and waits for
 * that; each write wakes the client up, which takes longer than most answers.
 */
export function writeWholeMessages(stream: Output): void {
  const write = stream.write.bind(stream);
  let header: string | undefined;
  stream.write = (chunk, encoding, done) => {
    if (
      typeof chunk === 'string' &&
      chunk.startsWith(HEADER) &&
      typeof encoding === 'string' &&
      done
    ) {
      header = chunk;
      queueMicrotask(done);
      return true;
    }
    if (header === undefined || typeof chunk === 'string') return write(chunk, encoding, done);
    const message = Buffer.concat([Buffer.from(header, 'latin1'), chunk]);
    header = undefined;
    return write(message, encoding, done);
  };
}
