import type { FileAccess } from './files';

/** What the shell needs of the machine it runs on. */
export interface Host {
  /** Files of the machine, for clients that do not read them for the server. */
  readonly files?: FileAccess;
  /** Where this machine has the pages of the rules; `{rule}` stands for the id. */
  readonly rulePages?: string;
  /** Calls back after the messages that have already arrived had their turn. */
  defer(callback: () => void): void;
}

/** However dense the edits, a result is due after so many milliseconds. */
const LONGEST_WAIT = 50;

interface Pending {
  /** No further request came since the last turn. */
  quiet: boolean;
  readonly since: number;
}

/**
 * One run per document. A run waits for a turn of the event loop in which nothing new arrived for its
 * document: edits that queued up while the server was busy are taken together, and a single edit is
 * not delayed by any fixed time.
 */
export class Scheduler {
  private readonly pending = new Map<string, Pending>();

  constructor(
    private readonly host: Host,
    private readonly run: (key: string) => void,
  ) {}

  schedule(key: string): void {
    const known = this.pending.get(key);
    if (known) {
      known.quiet = false;
      return;
    }
    const entry: Pending = { quiet: true, since: Date.now() };
    this.pending.set(key, entry);
    this.wait(key, entry);
  }

  cancel(key: string): void {
    this.pending.delete(key);
  }

  private wait(key: string, entry: Pending): void {
    this.host.defer(() => {
      if (this.pending.get(key) !== entry) return;
      if (entry.quiet || Date.now() - entry.since > LONGEST_WAIT) {
        this.pending.delete(key);
        this.run(key);
      } else {
        entry.quiet = true;
        this.wait(key, entry);
      }
    });
  }
}

/** Who has not typed for so many milliseconds is reading. */
const PAUSE = 300;

/** Work for which nobody waits, done in parts when a document has not been touched for a while. */
export class Pauses {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** @param run does a part; tells whether there is more */
  constructor(private readonly run: (key: string) => boolean) {}

  await(key: string): void {
    this.wait(key, PAUSE);
  }

  private wait(key: string, time: number): void {
    this.cancel(key);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      // Whatever has arrived meanwhile comes first, and may have it wait for a pause again.
      if (this.run(key)) this.wait(key, 0);
    }, time);
    this.timers.set(key, timer);
  }

  cancel(key: string): void {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
  }
}

/** Work for which nobody waits, such as the checking of other files, comes after whatever an editor asks. */
export class Precedence {
  /** Questions that are being answered. */
  private asked = 0;
  /** How many messages have come. */
  private heard = 0;
  private waiting: (() => void)[] = [];

  constructor(private readonly host: Host) {}

  /** Somebody waits until this is done. */
  async serve<T>(work: () => Promise<T>): Promise<T> {
    this.asked++;
    this.came();
    try {
      return await work();
    } finally {
      if (--this.asked === 0) {
        const { waiting } = this;
        this.waiting = [];
        for (const go of waiting) go();
      }
    }
  }

  /** A message has come; others may have arrived with it. */
  came(): void {
    this.heard++;
  }

  /** Settles when nobody waits for anything, and nothing more has arrived. */
  async turn(): Promise<void> {
    for (;;) {
      while (this.asked > 0) await new Promise<void>((go) => this.waiting.push(go));
      const { heard } = this;
      // Messages are handed over one a turn.
      await new Promise<void>((go) => {
        this.host.defer(() => {
          this.host.defer(go);
        });
      });
      if (this.asked === 0 && this.heard === heard) return;
    }
  }
}
