import { describe, expect, it } from 'vitest';
import { DUE, withDue } from '../../../src/lib/streams/with-due.js';
import { fakeClock } from '../../support/fake-clock.js';

describe('withDue', () => {
  it('says that it is time while the source is silent', async () => {
    const clock = fakeClock(0);
    const source = async function* () {
      yield 'early';
      await clock.sleep(2_500);
      yield 'late';
    };
    let dueAtMs: number | undefined = 1_000;
    const seen: unknown[] = [];
    for await (const value of withDue(source(), () => dueAtMs, clock)) {
      seen.push([clock.now(), value === DUE ? 'due' : value]);
      if (value === DUE) dueAtMs = dueAtMs === undefined || dueAtMs >= 2_000 ? undefined : dueAtMs + 1_000;
    }
    expect(seen).toEqual([
      [0, 'early'],
      [1_000, 'due'],
      [2_000, 'due'],
      [2_500, 'late'],
    ]);
  });

  it('says so also when the source always has something to give', async () => {
    const clock = fakeClock(0);
    const source = async function* () {
      for (let number = 0; number < 6; number += 1) {
        clock.advance(500);
        yield number;
      }
    };
    let dueAtMs = 1_000;
    const seen: unknown[] = [];
    for await (const value of withDue(source(), () => dueAtMs, clock)) {
      seen.push(value === DUE ? 'due' : value);
      if (value === DUE) dueAtMs += 1_000;
    }
    expect(seen).toEqual([0, 'due', 1, 2, 'due', 3, 4, 'due', 5]);
  });

  it('does not wait for a source that is asked and silent', async () => {
    const clock = fakeClock(0);
    const silent: AsyncIterable<never> = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };
    for await (const value of withDue(silent, () => 10, clock)) if (value === DUE) break;
    expect(clock.now()).toBe(10);
  });

  it('ends its source, and passes its failure on', async () => {
    const clock = fakeClock(0);
    let ended = false;
    const source = async function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        ended = true;
      }
    };
    for await (const _value of withDue(source(), () => undefined, clock)) break;
    expect(ended).toBe(true);
    const failing = async function* (): AsyncGenerator<number> {
      yield 1;
      throw new Error('broken');
    };
    await expect(async () => {
      for await (const _value of withDue(failing(), () => clock.now() + 5, clock));
    }).rejects.toThrow('broken');
  });
});
