import { setFlagsFromString } from 'node:v8';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Options } from './checkFile';
import { Progress } from './progress';
import { run } from './run';
import { serve } from './worker';

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

/**
 * Room for what is young, in MB: so much that most files are done with and forgotten when it is full. What has to
 * be copied then, and is garbage soon after, takes longer than to check them.
 */
const YOUNG = 192;

function main(): Promise<number> {
  // Electron may have frozen its flags, and ends with whoever sets one then.
  if (process.versions['electron'] === undefined) {
    // What lives as long as one file is taken for what stays, and keeps the next file's alive.
    setFlagsFromString('--no-allocation-site-pretenuring');
    // Each worker makes its code fast anew, which takes longer than a hundred files do: in smaller pieces, less.
    setFlagsFromString('--max-inlined-bytecode-size-cumulative=400');
  }
  const progress = new Progress(process.stderr);
  return run(process.argv.slice(2), {
    out: (text) => {
      progress.clear();
      process.stdout.write(text);
    },
    error: (text) => {
      progress.clear();
      process.stderr.write(text);
    },
    locale: process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '',
    progress: (done, count) => progress.show(done, count),
    startWorker: (options) => {
      const resourceLimits = { maxYoungGenerationSizeMb: YOUNG };
      return new Worker(__filename, { workerData: options, resourceLimits });
    },
  });
}

if (!isMainThread) serve(parentPort!, workerData as Options);
else {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(
        `gouji: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      process.exitCode = 2;
    },
  );
}
