import { describe, expect, it } from 'vitest';
import { Guard } from '../../server/src/lsp/guard';
import { Rehearsal } from '../../server/src/lsp/rehearsal';
import { rehearse } from '../../server/src/service/rehearsal';

describe('the rehearsal', () => {
  it('opens documents that are right, and makes them wrong and right again', () => {
    const failing = [...rehearse()];
    const isWrong = failing.map((count) => count > 0);
    const half = failing.length / 2;
    for (const opened of [isWrong.slice(0, half), isWrong.slice(half)]) {
      const typed = opened.slice(opened.indexOf(true));
      expect(typed.length).toBeGreaterThan(half / 2);
      expect(typed).toEqual(typed.map((_, key) => key % 2 === 0));
    }
  });

  it('takes one step a turn, and none while somebody waits', async () => {
    let turns: (() => void)[] = [];
    const precedence = { turn: () => new Promise<void>((go) => turns.push(go)) };
    const turn = async () => {
      const now = turns;
      turns = [];
      for (const go of now) go();
      await Promise.resolve();
    };
    const done: number[] = [];
    function* steps() {
      for (let step = 1; step <= 3; step++) yield done.push(step);
    }
    const rehearsal = new Rehearsal(precedence, new Guard(() => undefined), steps());
    rehearsal.goOn();
    expect(done).toEqual([]);
    await turn();
    expect(done).toEqual([1]);
    rehearsal.pause();
    await turn();
    await turn();
    expect(done).toEqual([1]);
    rehearsal.goOn();
    for (let i = 0; i < 5; i++) await turn();
    expect(done).toEqual([1, 2, 3]);
    expect(turns).toEqual([]);
  });

  it('ends with one line in the log where a step throws', async () => {
    const log: string[] = [];
    const turns: (() => void)[] = [];
    const steps = { next: () => raise() };
    const rehearsal = new Rehearsal(
      { turn: () => new Promise<void>((go) => turns.push(go)) },
      new Guard((line) => log.push(line)),
      steps,
    );
    rehearsal.goOn();
    turns.pop()!();
    await Promise.resolve();
    expect(log).toEqual([expect.stringContaining('rehearsal: Error: lost')]);
    expect(turns).toEqual([]);
  });
});

function raise(): never {
  throw new Error('lost');
}
