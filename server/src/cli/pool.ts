import type { Worker } from 'node:worker_threads';
import { append } from '../syntax/arrays';
import type { Answer } from './checkFile';

/** A file to check, and what it came to; `index` is its place among all. */
export interface Job {
  readonly index: number;
  readonly path: string;
}

export interface Done {
  readonly index: number;
  readonly answer: Answer;
}

/** So many files may be done before the one that is to be printed next: memory stays bounded. */
const AHEAD = 64;

/** So many files a worker has at a time: it does not wait for the next one while an answer is on its way. */
const IN_HAND = 2;

/** Checks files in several workers; what they came to is given in the order of the files, as it comes. */
export async function* pooled(
  files: readonly string[],
  jobs: number,
  start: () => Worker,
): AsyncIterable<Answer> {
  const waiting = new Map<number, Answer>();
  let next = 0;
  let due = 0;
  let wake: () => void = () => undefined;
  let failure: Error | undefined;
  // Each as often as it has room for one more.
  const free: Worker[] = [];
  const feed = () => {
    while (free.length > 0 && next < files.length && next < due + AHEAD) {
      const worker = free.shift()!;
      const job: Job = { index: next, path: files[next]! };
      worker.postMessage(job);
      next++;
    }
  };
  const workers = Array.from({ length: jobs }, () => {
    const worker = start();
    worker.on('message', ({ index, answer }: Done) => {
      waiting.set(index, answer);
      free.push(worker);
      feed();
      wake();
    });
    worker.on('error', (error: Error) => {
      failure = error;
      wake();
    });
    return worker;
  });
  for (let i = 0; i < IN_HAND; i++) append(free, workers);
  try {
    feed();
    while (due < files.length) {
      const answer = waiting.get(due);
      if (answer) {
        waiting.delete(due++);
        feed();
        yield answer;
      } else if (failure) throw failure;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
