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

  it('takes one step a turn, and none while somebody waits', () => {
    let turns: (() => void)[] = [];
    const defer = (callback: () => void) => void turns.push(callback);
    const turn = () => {
      const now = turns;
      turns = [];
      for (const callback of now) callback();
    };
    const done: number[] = [];
    function* steps() {
      for (let step = 1; step <= 3; step++) yield done.push(step);
    }
    const rehearsal = new Rehearsal({ defer }, new Guard(() => undefined), steps());
    rehearsal.goOn();
    expect(done).toEqual([]);
    turn();
    expect(done).toEqual([1]);
    rehearsal.pause();
    turn();
    turn();
    expect(done).toEqual([1]);
    rehearsal.goOn();
    for (let i = 0; i < 5; i++) turn();
    expect(done).toEqual([1, 2, 3]);
    expect(turns).toEqual([]);
  });

  it('ends with one line in the log where a step throws', () => {
    const log: string[] = [];
    const turns: (() => void)[] = [];
    const steps = { next: () => raise() };
    const rehearsal = new Rehearsal(
      { defer: (callback) => void turns.push(callback) },
      new Guard((line) => log.push(line)),
      steps,
    );
    rehearsal.goOn();
    turns.pop()!();
    expect(log).toEqual([expect.stringContaining('rehearsal: Error: lost')]);
    expect(turns).toEqual([]);
  });
});

function raise(): never {
  throw new Error('lost');
}
