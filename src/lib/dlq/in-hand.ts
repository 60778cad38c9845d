import type { BatchOutcome } from '../aws/batch-outcome.js';
import type { Clock } from '../model/clock.js';
import { type FailureSource, partsOf, type TakenMessage } from './failure-source.js';

/** A message that is kept from others, and why. */
interface Held {
  message: TakenMessage;
  /**
   * `work`: it is being dealt with. `left`: it is done with, and goes back when the drain ends.
   * `visible`: it is none of our business, and went back at once.
   */
  state: 'work' | 'left' | 'visible';
  /** When it was last taken or extended. */
  sinceMs: number;
}

/** What a message that came in is to the drain. */
export type Arrival =
  | 'fresh'
  /** In hand already: it came again because its visibility had run out. */
  | 'again'
  /** None of our business, as was seen before. */
  | 'not-ours'
  /** Removed a while ago; SQS may deliver it once more all the same. */
  | 'removed';

/** What the keeping of messages needs. */
export interface InHandOptions {
  readonly source: FailureSource;
  readonly clock: Clock;
  /** A message could not be kept invisible. */
  readonly onLost: (message: TakenMessage, reason: string) => void;
}

/** Removed messages that are remembered: enough for what comes again soon, bounded in a drain of millions. */
const MOST_REMEMBERED = 20_000;
const EXTEND_AFTER = 1 / 3;
const EXTENDED_AT_ONCE = 100;

/** The messages that a drain keeps from others: it extends their visibility, and gives them back. */
export class InHand {
  readonly #options: InHandOptions;
  readonly #held = new Map<string, Held>();
  readonly #removed = new Set<string>();
  #inWork = 0;

  constructor(options: InHandOptions) {
    this.#options = options;
  }

  /** Takes note of a message that came in. When it came again, its newest handle is the one that counts. */
  arrived(message: TakenMessage): Arrival {
    if (this.#removed.has(message.id)) return 'removed';
    const sinceMs = this.#options.clock.now();
    const known = this.#held.get(message.id);
    if (known === undefined) {
      this.#held.set(message.id, { message, state: 'work', sinceMs });
      this.#inWork += 1;
      return 'fresh';
    }
    known.message = message;
    known.sinceMs = sinceMs;
    return known.state === 'visible' ? 'not-ours' : 'again';
  }

  /** The message under its newest handle. */
  newest(message: TakenMessage): TakenMessage {
    return this.#held.get(message.id)?.message ?? message;
  }

  /** It is done with, and kept from others until the end; or from nobody, when it is none of our business. */
  leave(message: TakenMessage, state: 'left' | 'visible' = 'left'): void {
    const held = this.#held.get(message.id);
    if (held === undefined) return;
    if (held.state === 'work') this.#inWork -= 1;
    held.state = state;
  }

  /** It is gone from the source. */
  removed(message: TakenMessage): void {
    if (this.#held.get(message.id)?.state === 'work') this.#inWork -= 1;
    this.#held.delete(message.id);
    this.#removed.add(message.id);
    if (this.#removed.size <= MOST_REMEMBERED) return;
    const [oldest] = this.#removed;
    if (oldest !== undefined) this.#removed.delete(oldest);
  }

  /** Extends visibility, as long as `signal` allows; a call that fails is made again before the time is over. */
  async keepInvisible(signal: AbortSignal): Promise<void> {
    const { source, clock } = this.#options;
    const { visibilityMs } = source;
    if (visibilityMs === undefined) return;
    const everyMs = visibilityMs * EXTEND_AFTER;
    // Two looks in each interval: what was taken just after one look is extended at the next but one.
    while (!signal.aborted) {
      try {
        await clock.sleep(everyMs / 2, signal);
      } catch {
        return;
      }
      const due = [...this.#held.values()].filter(
        ({ state, sinceMs }) => state !== 'visible' && clock.now() - sinceMs >= everyMs / 2,
      );
      for (const part of partsOf(due, EXTENDED_AT_ONCE)) await this.#extend(part, signal);
    }
  }

  async #extend(part: readonly Held[], signal: AbortSignal): Promise<void> {
    const { source, clock, onLost } = this.#options;
    const sinceMs = clock.now();
    let outcome: BatchOutcome<TakenMessage>;
    try {
      outcome = await source.extend(
        part.map(held => held.message),
        signal,
      );
    } catch {
      // The next look comes before the visibility is over.
      return;
    }
    for (const { id } of outcome.done) {
      const held = this.#held.get(id);
      if (held !== undefined) held.sinceMs = Math.max(held.sinceMs, sinceMs);
    }
    for (const { entry, message } of outcome.failed) {
      const held = this.#held.get(entry.id);
      // A message that was removed while the call was on its way cannot be extended, and need not be.
      if (held === undefined || held.message.receiptHandle !== entry.receiptHandle) continue;
      held.sinceMs = sinceMs;
      if (held.state === 'work') onLost(entry, message);
    }
  }

  /**
   * Gives everything back that is still held.
   * @returns how many messages were still in work; one whose release fails comes back by itself, later
   */
  async releaseAll(signal: AbortSignal): Promise<{ readonly inWork: number; readonly all: number }> {
    const inWork = this.#inWork;
    const messages = [...this.#held.values()].filter(held => held.state !== 'visible').map(held => held.message);
    this.#held.clear();
    this.#inWork = 0;
    for (const part of partsOf(messages, EXTENDED_AT_ONCE)) {
      try {
        const { failed } = await this.#options.source.release(part, signal);
        const again = failed.filter(failure => !failure.senderFault).map(failure => failure.entry);
        if (again.length > 0) await this.#options.source.release(again, signal);
      } catch {
        if (signal.aborted) break;
      }
    }
    return { inWork, all: messages.length };
  }
}
