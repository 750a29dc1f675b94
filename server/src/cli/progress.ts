import type { WriteStream } from 'node:tty';

/** Between two changes of the line, in milliseconds. */
const INTERVAL = 100;

/** How many files are done, in the last line of a terminal; nothing where there is none. */
export class Progress {
  private isShown = false;
  private last = 0;

  constructor(private readonly terminal: WriteStream) {}

  show(done: number, count: number): void {
    if (done === count) return this.clear();
    const now = Date.now();
    if (!this.terminal.isTTY || now - this.last < INTERVAL) return;
    this.last = now;
    this.isShown = true;
    this.terminal.write(`\r${done}/${count}`);
  }

  /** Makes room for what is printed. */
  clear(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.terminal.write('\r\u001B[K');
  }
}
