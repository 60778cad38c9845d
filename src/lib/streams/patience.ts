import { isTransient } from '../aws/aws-error.js';
import { defaultRetryPolicy, fullJitterDelayMs } from '../aws/retry.js';
import type { Clock } from '../model/clock.js';

/** What bearing failures takes. */
export interface PatienceOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** How long failures may last without one good answer. */
  readonly maxWaitMs: number;
}

/** How long failures are borne that pass by themselves; a good answer makes it whole again. */
export class Patience {
  readonly #options: PatienceOptions;
  #failures = 0;
  /** What failed attempts and the waits between them took; not what else went on in between, as a slow consumer does. */
  #borneMs = 0;

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /** A good answer has come. */
  renew(): void {
    this.#failures = 0;
    this.#borneMs = 0;
  }

  /** Bears one more failure, which took so long. @throws the error itself when patience is at its end */
  bear(error: unknown, tookMs: number): void {
    // The first failure begins the count.
    if (this.#failures > 0) this.#borneMs += tookMs;
    if (this.#borneMs >= this.#options.maxWaitMs) throw error;
    this.#failures += 1;
  }

  /** As `bear`. @returns how long to wait before the next try */
  delayMsAfter(error: unknown, tookMs: number): number {
    this.bear(error, tookMs);
    const { maxWaitMs, random } = this.#options;
    const leftMs = maxWaitMs - this.#borneMs;
    const delayMs = Math.min(leftMs, fullJitterDelayMs(this.#failures, defaultRetryPolicy, random));
    this.#borneMs += delayMs;
    return delayMs;
  }
}

/**
 * Repeats a call until it succeeds, for as long as patience allows.
 * @throws what no waiting mends, at once; the last error when patience is at its end
 */
export async function persist<Answer>(
  ask: () => Promise<Answer>,
  options: PatienceOptions,
  signal: AbortSignal,
  passes: (error: unknown) => boolean = isTransient,
): Promise<Answer> {
  const { clock } = options;
  const patience = new Patience(options);
  for (;;) {
    const askedAtMs = clock.now();
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (!passes(error)) throw error;
      await clock.sleep(patience.delayMsAfter(error, clock.now() - askedAtMs), signal);
    }
  }
}
