import type { StreamRecord } from './stream-record.js';

/** Records tell whole seconds only (FACTS A.3), so those of one second are taken to arrive together. */
const LEAST_WINDOW_MS = 1_000;

/** How the batches of a mapping are made (FACTS B.1). */
export interface BatchShape {
  readonly batchSize: number;
  readonly windowMs: number;
}

/**
 * Estimates how often a function is invoked for records: a batch is of one shard, and goes when it is full or its first
 * record has waited for the window. Retries and the payload limit are left out.
 */
export class BatchEstimate {
  readonly #batchSize: number;
  readonly #windowMs: number;
  readonly #open = new Map<string, { firstAtMs: number; records: number }>();
  #invocations = 0;

  constructor({ batchSize, windowMs }: BatchShape) {
    this.#batchSize = batchSize;
    this.#windowMs = Math.max(windowMs, LEAST_WINDOW_MS);
  }

  /** Batches so far, those that are not full among them. */
  get invocations(): number {
    return this.#invocations;
  }

  /** Takes the next record of a shard. */
  add(shardId: string, { createdAtMs }: StreamRecord): void {
    const batch = this.#open.get(shardId);
    if (batch !== undefined && batch.records < this.#batchSize && createdAtMs < batch.firstAtMs + this.#windowMs) {
      batch.records += 1;
      return;
    }
    this.#open.set(shardId, { firstAtMs: createdAtMs, records: 1 });
    this.#invocations += 1;
  }
}
