import type { Guard } from './guard';
import type { Host } from './scheduling';

/** Nobody waits for an answer when nothing has come for so many milliseconds. */
const PAUSE = 300;

/** Work of many short steps, done while nobody waits for anything. */
export class Rehearsal {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(
    private readonly host: Host,
    private readonly guard: Guard,
    private readonly steps: Iterator<unknown>,
  ) {}

  /** The next step comes after the messages that have arrived. */
  goOn(): void {
    const turn = ++this.turn;
    this.host.defer(() => {
      if (turn !== this.turn) return;
      const isLeft = this.guard.run('rehearsal', false, () => this.steps.next().done !== true);
      if (isLeft) this.goOn();
      else this.turn = Infinity;
    });
  }

  /** Somebody waits for an answer now: goes on when nobody has for a while. */
  pause(): void {
    if (this.turn === Infinity) return;
    this.turn++;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.goOn();
    }, PAUSE);
  }
}
