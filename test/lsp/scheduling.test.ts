import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pauses, Precedence, Scheduler } from '../../server/src/lsp/scheduling';

/** An event loop whose turns the test makes. */
class Loop {
  private queue: (() => void)[] = [];

  defer = (callback: () => void): void => void this.queue.push(callback);

  /** The message that arrived next is handled first. */
  turn(message?: () => void): void {
    const now = this.queue;
    this.queue = [];
    message?.();
    for (const callback of now) callback();
  }

  get idle(): boolean {
    return this.queue.length === 0;
  }

  drain(): void {
    for (let i = 0; !this.idle; i++) {
      if (i > 1000) throw new Error('never comes to rest');
      this.turn();
    }
  }
}

function setUp() {
  const loop = new Loop();
  const runs: string[] = [];
  const scheduler = new Scheduler(loop, (key) => void runs.push(key));
  return { loop, runs, scheduler };
}

describe('scheduling', () => {
  it('runs once for one edit, after all that had already arrived', () => {
    const { loop, runs, scheduler } = setUp();
    scheduler.schedule('a');
    expect(runs).toEqual([]);
    loop.drain();
    expect(runs).toEqual(['a']);
    expect(loop.idle).toBe(true);
  });

  it('takes edits together that come a turn apart, as queued messages do', () => {
    const { loop, runs, scheduler } = setUp();
    const edit = () => {
      scheduler.schedule('a');
    };
    edit();
    for (let i = 0; i < 20; i++) loop.turn(edit);
    expect(runs).toEqual([]);
    loop.drain();
    expect(runs).toEqual(['a']);
  });

  it('runs again for an edit that comes during or after a run', () => {
    const { loop, runs, scheduler } = setUp();
    scheduler.schedule('a');
    loop.drain();
    scheduler.schedule('a');
    loop.drain();
    expect(runs).toEqual(['a', 'a']);
  });

  it('does not let one document wait for another', () => {
    const { loop, runs, scheduler } = setUp();
    const edit = () => {
      scheduler.schedule('busy');
    };
    scheduler.schedule('quiet');
    edit();
    for (let i = 0; i < 5; i++) loop.turn(edit);
    expect(runs).toEqual(['quiet']);
    loop.drain();
    expect(runs).toEqual(['quiet', 'busy']);
  });

  it('runs at last although the edits never pause', () => {
    const { loop, runs, scheduler } = setUp();
    const end = Date.now() + 5000;
    const edit = () => {
      scheduler.schedule('a');
    };
    edit();
    while (runs.length === 0 && Date.now() < end) loop.turn(edit);
    expect(runs).toEqual(['a']);
  });

  it('drops what was cancelled, and only that', () => {
    const { loop, runs, scheduler } = setUp();
    scheduler.schedule('a');
    scheduler.schedule('b');
    scheduler.cancel('a');
    loop.drain();
    expect(runs).toEqual(['b']);
    scheduler.schedule('a');
    scheduler.cancel('a');
    scheduler.schedule('a');
    loop.drain();
    expect(runs).toEqual(['b', 'a']);
  });
});

describe('work for which nobody waits', () => {
  const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

  /** Whether its turn has come after so many turns of the loop, with a message before each of the first ones. */
  async function isDueAfter(turns: number, messages: number): Promise<boolean> {
    const loop = new Loop();
    const precedence = new Precedence(loop);
    let due = false;
    void precedence.turn().then(() => (due = true));
    for (let i = 0; i < turns; i++) {
      await settled();
      loop.turn(
        i < messages
          ? () => {
              precedence.came();
            }
          : undefined,
      );
    }
    await settled();
    return due;
  }

  it('waits for a turn in which nothing has come', async () => {
    expect(await isDueAfter(2, 0)).toBe(true);
    expect(await isDueAfter(20, 20)).toBe(false);
    expect(await isDueAfter(24, 20)).toBe(true);
  });

  it('waits until every question is answered, also one that cannot be', async () => {
    const loop = new Loop();
    const precedence = new Precedence(loop);
    const done: string[] = [];
    const ends: (() => void)[] = [];
    const first = precedence.serve(() => new Promise<void>((resolve) => ends.push(resolve)));
    const second = precedence.serve(
      () =>
        new Promise<void>((_, reject) => {
          ends.push(() => {
            reject(new Error('no answer'));
          });
        }),
    );
    void first.then(() => done.push('first'));
    second.catch(() => done.push('second'));
    void precedence.turn().then(() => done.push('work'));
    const rest = async () => {
      for (let i = 0; i < 5; i++) {
        loop.turn();
        await settled();
      }
    };
    for (const end of ends) {
      await rest();
      expect(done).not.toContain('work');
      end();
    }
    await rest();
    expect(done).toEqual(['first', 'second', 'work']);
  });
});

describe('work for pauses', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Work of so many parts, and what has been done of it. */
  function pausesOf(parts: number) {
    const done: string[] = [];
    const pauses = new Pauses((key) => done.push(key) < parts);
    return { done, pauses };
  }

  it('is done part by part once nobody types, other work between the parts', () => {
    const { done, pauses } = pausesOf(3);
    pauses.await('a');
    vi.advanceTimersByTime(200);
    pauses.await('a');
    vi.advanceTimersByTime(200);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(done.length).toBeGreaterThan(0);
    vi.runAllTimers();
    expect(done).toEqual(['a', 'a', 'a']);
  });

  it('waits again when a key comes between two parts', () => {
    const { done, pauses } = pausesOf(3);
    pauses.await('a');
    vi.advanceTimersToNextTimer();
    expect(done).toEqual(['a']);
    pauses.await('a');
    vi.advanceTimersByTime(200);
    expect(done).toEqual(['a']);
    vi.runAllTimers();
    expect(done).toHaveLength(3);
  });

  it('is given up with its document', () => {
    const { done, pauses } = pausesOf(3);
    pauses.await('a');
    vi.advanceTimersToNextTimer();
    pauses.cancel('a');
    vi.runAllTimers();
    expect(done).toEqual(['a']);
  });
});
