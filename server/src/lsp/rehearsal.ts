import type { Guard } from './guard';
import type { Precedence } from './scheduling';

/** Nobody waits for an answer when nothing has come for so many milliseconds. */
const PAUSE = 300;

/** Work of many short steps, done while nobody waits for anything. */
export class Rehearsal {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(
    private readonly precedence: Pick<Precedence, 'turn'>,
    private readonly guard: Guard,
    private readonly steps: Iterator<unknown>,
  ) {}

  /** The next step comes after all that has been asked. */
  goOn(): void {
    const turn = ++this.turn;
    void this.precedence.turn().then(() => {
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
