import type { Clock } from '../model/clock.js';

/** The sandbox's one clock: the clock it was given, plus what a tester has advanced it by. */
export interface SandboxClock {
  /** Milliseconds since the epoch, as the sandbox sees them. */
  now(): number;
  /** Moves the sandbox's time forward by `ms`. */
  advance(ms: number): void;
  /** How far the sandbox is ahead of the clock it was given, in milliseconds. */
  offsetMs(): number;
  /** Resolves when the sandbox's time has come to `timeMs`, by itself or advanced; at once when `signal` is aborted. */
  waitUntil(timeMs: number, signal: AbortSignal): Promise<void>;
}

/** Makes a clock that follows `base` and can be advanced. */
export function createSandboxClock(base: Clock): SandboxClock {
  let offsetMs = 0;
  const waiting = new Set<() => void>();
  const now = (): number => base.now() + offsetMs;

  /** Ends when the clock may have come to `timeMs`, when it is advanced, or when `signal` is aborted. */
  const nextChance = async (timeMs: number, signal: AbortSignal): Promise<void> => {
    const before = base.now();
    const slept = new AbortController();
    let wake = (): void => {};
    const woken = new Promise<void>(resolve => {
      wake = resolve;
    });
    waiting.add(wake);
    signal.addEventListener('abort', wake);
    // A base clock that stands still, as in tests, says at once that it has slept: then only an advance can help.
    const asleep = base
      .sleep(timeMs - now(), slept.signal)
      .catch(() => {})
      .then(() => (base.now() > before ? undefined : woken));
    await Promise.race([asleep, woken]);
    slept.abort();
    waiting.delete(wake);
    signal.removeEventListener('abort', wake);
  };

  return {
    now,
    advance: ms => {
      offsetMs += ms;
      for (const wake of [...waiting]) wake();
    },
    offsetMs: () => offsetMs,
    waitUntil: async (timeMs, signal) => {
      while (now() < timeMs && !signal.aborted) await nextChance(timeMs, signal);
    },
  };
}
