/** The one retry policy: delays of both the SDK's retries and of our polling loops come from here. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/** Five attempts per request, 100 ms doubling up to 20 s. */
export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 5, baseDelayMs: 100, maxDelayMs: 20_000 };

/**
 * Exponential back-off with full jitter: a uniform pick between 0 and the doubled, capped delay.
 * @param attempt how many attempts have failed so far, 1 or more
 * @param random a number in [0, 1)
 * @returns milliseconds to wait
 */
export function fullJitterDelayMs(attempt: number, policy: RetryPolicy, random: () => number): number {
  const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** Math.max(0, attempt - 1));
  return Math.floor(random() * ceiling);
}
