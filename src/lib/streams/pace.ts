import type { Clock } from '../model/clock.js';

/** Lets callers through at an even rate. */
export interface RateLimiter {
  /** Resolves when the caller's turn has come. */
  take(signal: AbortSignal): Promise<void>;
}

/** At most `perSecond` turns a second, evenly spaced; all at once when it is undefined. */
export function rateLimiter(perSecond: number | undefined, clock: Clock): RateLimiter {
  if (perSecond === undefined) return { take: async () => {} };
  const spacingMs = 1_000 / perSecond;
  let nextTurnMs = Number.NEGATIVE_INFINITY;
  return {
    async take(signal) {
      const now = clock.now();
      const turnMs = Math.max(now, nextTurnMs);
      nextTurnMs = turnMs + spacingMs;
      if (turnMs > now) await clock.sleep(turnMs - now, signal);
    },
  };
}

/**
 * How long to wait after an empty page: the interval, half as much again for each further empty page, at most twice.
 * So an idle shard costs fewer calls, and a record still arrives within two intervals.
 */
export function pollDelayMs(emptyPagesInARow: number, pollIntervalMs: number): number {
  return Math.min(2 * pollIntervalMs, pollIntervalMs * (1 + 0.5 * Math.max(0, emptyPagesInARow - 1)));
}
