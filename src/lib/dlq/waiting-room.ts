import type { TakenMessage } from './failure-source.js';
import type { StreamBatchMessage } from './failure-message.js';
import { expiryOf } from './expiry.js';

/** A message that waits for its records. */
export interface WaitingMessage {
  readonly taken: TakenMessage;
  readonly message: StreamBatchMessage;
}

/** Which of the messages in hand are dealt with first. */
export type DrainOrder = 'oldest' | 'soonest-expiry';

interface ShardLine {
  readonly key: string;
  readonly waiting: WaitingMessage[];
}

/** Messages of one shard are dealt with together, so that what their ranges share is read once; not more than this. */
const MOST_TOGETHER = 500;

/**
 * Messages in hand, in a line for each shard. One shard is worked on by one worker at a time: its records keep their
 * order, and no more than one reader of ours is on it (FACTS A.1).
 */
export class WaitingRoom {
  readonly #order: DrainOrder;
  readonly #lines = new Map<string, ShardLine>();
  readonly #busy = new Set<string>();
  readonly #idle: (() => void)[] = [];
  #closed = false;

  constructor(order: DrainOrder) {
    this.#order = order;
  }

  add(waiting: WaitingMessage): void {
    const { streamArn, shardId } = waiting.message.batch;
    const key = `${streamArn} ${shardId}`;
    const line = this.#lines.get(key) ?? { key, waiting: [] };
    line.waiting.push(waiting);
    this.#lines.set(key, line);
    this.#wake();
  }

  /** No more will come; who waits for work gets what is left, then nothing. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#lines.clear();
    this.close();
  }

  /** When the first of those that wait begins to be forgotten. */
  soonestExpiryMs(): number | undefined {
    let soonest: number | undefined;
    for (const { waiting } of this.#lines.values()) {
      for (const { message } of waiting) {
        const atMs = expiryOf(message.batch, message.failure)?.firstAtMs;
        if (atMs !== undefined && (soonest === undefined || atMs < soonest)) soonest = atMs;
      }
    }
    return soonest;
  }

  /** Messages of one shard, most urgent shard first; undefined when there is nothing more to do. */
  async next(): Promise<{ readonly work: readonly WaitingMessage[]; readonly done: () => void } | undefined> {
    for (;;) {
      const line = this.#mostUrgent();
      if (line !== undefined) return this.#begin(line);
      if (this.#closed && this.#lines.size === 0) return undefined;
      await new Promise<void>(resolve => this.#idle.push(resolve));
    }
  }

  #begin(line: ShardLine): { readonly work: readonly WaitingMessage[]; readonly done: () => void } {
    this.#busy.add(line.key);
    const work =
      line.waiting.length <= MOST_TOGETHER
        ? line.waiting.splice(0)
        : line.waiting.sort((a, b) => this.#urgency(a) - this.#urgency(b)).splice(0, MOST_TOGETHER);
    if (line.waiting.length === 0) this.#lines.delete(line.key);
    return {
      work,
      done: () => {
        this.#busy.delete(line.key);
        this.#wake();
      },
    };
  }

  #mostUrgent(): ShardLine | undefined {
    let found: ShardLine | undefined;
    let foundUrgency = Number.POSITIVE_INFINITY;
    for (const line of this.#lines.values()) {
      if (this.#busy.has(line.key)) continue;
      const urgency = line.waiting.reduce((least, each) => Math.min(least, this.#urgency(each)), Infinity);
      if (found === undefined || urgency < foundUrgency) {
        found = line;
        foundUrgency = urgency;
      }
    }
    return found;
  }

  /** Least is most urgent; what tells no time goes last. */
  #urgency({ taken, message }: WaitingMessage): number {
    const atMs =
      this.#order === 'oldest'
        ? (taken.sentAtMs ?? message.failure.failedAtMs)
        : expiryOf(message.batch, message.failure)?.firstAtMs;
    return atMs ?? Number.MAX_VALUE;
  }

  #wake(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
