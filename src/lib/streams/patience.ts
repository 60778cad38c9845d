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
  #failingSinceMs: number | undefined;

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /** A good answer has come. */
  renew(): void {
    this.#failures = 0;
    this.#failingSinceMs = undefined;
  }

  /** @returns how long to wait before the next try. @throws the error itself when patience is at its end */
  delayMsAfter(error: unknown): number {
    const { clock, random, maxWaitMs } = this.#options;
    const nowMs = clock.now();
    this.#failingSinceMs ??= nowMs;
    const leftMs = this.#failingSinceMs + maxWaitMs - nowMs;
    if (leftMs <= 0) throw error;
    this.#failures += 1;
    return Math.min(leftMs, fullJitterDelayMs(this.#failures, defaultRetryPolicy, random));
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
  const patience = new Patience(options);
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (!passes(error)) throw error;
      await options.clock.sleep(patience.delayMsAfter(error), signal);
    }
  }
}
