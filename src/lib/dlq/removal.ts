import { isAwsError, isTransient } from '../aws/aws-error.js';
import type { BatchOutcome } from '../aws/batch-outcome.js';
import { defaultRetryPolicy, fullJitterDelayMs } from '../aws/retry.js';
import type { Clock } from '../model/clock.js';
import { BATCH_ENTRIES, type FailureSource, type TakenMessage } from './failure-source.js';

/** What removing needs. */
export interface RemovalOptions {
  readonly source: FailureSource;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onRetry: (reason: string, delayMs: number) => void;
}

interface Waiting {
  readonly message: TakenMessage;
  readonly settle: (failure: string | undefined) => void;
}

const CALLS_AT_ONCE = 4;
const MOST_ATTEMPTS = 6;

/**
 * Removes messages in full batches: while some calls are on their way, what is to be removed gathers for the next.
 * Each entry that AWS does not name as done is tried again, unless it is refused for good.
 */
export class Removal {
  readonly #options: RemovalOptions;
  readonly #waiting: Waiting[] = [];
  #calls = 0;
  /** Calls that begin with the next turn. */
  #planned = 0;

  constructor(options: RemovalOptions) {
    this.#options = options;
  }

  /** @returns undefined when the message is removed, else why it is not */
  remove(message: TakenMessage, signal: AbortSignal): Promise<string | undefined> {
    return new Promise(settle => {
      this.#waiting.push({ message, settle });
      this.#go(signal);
    });
  }

  #go(signal: AbortSignal): void {
    const wanted = Math.ceil(this.#waiting.length / BATCH_ENTRIES);
    while (this.#planned < wanted && this.#calls < CALLS_AT_ONCE) {
      this.#planned += 1;
      this.#calls += 1;
      // What is asked to be removed in this turn goes into one batch.
      queueMicrotask(() => {
        this.#planned -= 1;
        void this.#removeBatch(this.#waiting.splice(0, BATCH_ENTRIES), signal).finally(() => {
          this.#calls -= 1;
          this.#go(signal);
        });
      });
    }
  }

  async #removeBatch(batch: readonly Waiting[], signal: AbortSignal): Promise<void> {
    const { source, clock, random, onRetry } = this.#options;
    let left = batch;
    for (let attempt = 1; left.length > 0; attempt += 1) {
      const outcome = await this.#call(source, left, signal);
      const failures = new Map(outcome.failed.map(failure => [failure.entry.id, failure]));
      const again: Waiting[] = [];
      for (const waiting of left) {
        const failure = failures.get(waiting.message.id);
        if (failure === undefined) waiting.settle(undefined);
        else if (failure.senderFault || attempt >= MOST_ATTEMPTS || signal.aborted) waiting.settle(failure.message);
        else again.push(waiting);
      }
      left = again;
      const [first] = outcome.failed;
      if (left.length === 0 || first === undefined) return;
      const delayMs = fullJitterDelayMs(attempt, defaultRetryPolicy, random);
      onRetry(first.message, delayMs);
      await clock.sleep(delayMs, signal).catch(() => {});
    }
  }

  /** A call that fails as a whole is a batch of which each entry failed. */
  async #call(
    source: FailureSource,
    waiting: readonly Waiting[],
    signal: AbortSignal,
  ): Promise<BatchOutcome<TakenMessage>> {
    const messages = waiting.map(each => each.message);
    try {
      return await source.remove(messages, signal);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const code = isAwsError(error) ? error.code : 'Error';
      const senderFault = !isTransient(error);
      return { done: [], failed: messages.map(entry => ({ entry, code, message, senderFault })) };
    }
  }
}
