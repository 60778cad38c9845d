import type { Clock } from '../../src/lib/model/clock.js';

/** A clock whose time passes only while everything sleeps; then it jumps to the next one who wakes. */
export interface FakeClock extends Clock {
  /** How long each sleep that was begun was to take, in milliseconds, in the order of their beginning. */
  readonly sleeps: readonly number[];
  /** Moves time on without waking anybody; who is overdue wakes at the next jump. */
  advance(ms: number): void;
}

interface Sleeper {
  readonly wakesAtMs: number;
  readonly wake: () => void;
}

/** Bounds a loop that would poll for ever: a test that sleeps so often is broken. */
const MOST_SLEEPS = 100_000;

/** Makes a clock that stands at `startMs`. */
export function fakeClock(startMs: number): FakeClock {
  let nowMs = startMs;
  let jumpIsDue = false;
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];

  // An immediate runs when all promises that could go on have gone on: then everything waits.
  const planJump = (): void => {
    if (jumpIsDue || sleepers.size === 0) return;
    jumpIsDue = true;
    setImmediate(() => {
      jumpIsDue = false;
      const next = [...sleepers].reduce<Sleeper | undefined>(
        (first, sleeper) => (first === undefined || sleeper.wakesAtMs < first.wakesAtMs ? sleeper : first),
        undefined,
      );
      if (next === undefined) return;
      nowMs = Math.max(nowMs, next.wakesAtMs);
      next.wake();
      planJump();
    });
  };

  return {
    sleeps,
    now: () => nowMs,
    advance: ms => {
      nowMs += ms;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason);
          return;
        }
        if (sleeps.push(ms) > MOST_SLEEPS) throw new Error('the fake clock was asked to sleep without end');
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          wakesAtMs: nowMs + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        signal?.addEventListener('abort', abort, { once: true });
        sleepers.add(sleeper);
        planJump();
      }),
  };
}
