/** Keeps the server alive: what throws becomes one line in the log and an empty result. */
export class Guard {
  constructor(private readonly log: (line: string) => void) {}

  run<T, F>(what: string, fallback: F, work: () => T): T | F {
    try {
      return work();
    } catch (error) {
      this.report(what, error);
      return fallback;
    }
  }

  /** For work nobody waits for. */
  detach(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.report(what, error);
    });
  }

  report(what: string, error: unknown): void {
    this.log(`${what}: ${oneLine(error)}`);
  }
}

function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  return `${error.name}: ${error.message} ${frame.trim()}`.replace(/\s+/g, ' ').trim();
}
