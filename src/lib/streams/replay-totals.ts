import type { ReadEvent } from './read-events.js';

/** A record that the consumer did not take. */
export interface FailedRecord {
  readonly shardId: string | undefined;
  readonly sequenceNumber: string;
  readonly reason: string;
}

/** What a replay came to. */
export interface ReplayTotals {
  readonly batches: number;
  readonly invocations: number;
  /** Records that the consumer took. */
  readonly delivered: number;
  readonly failed: number;
  /** Records that were not wanted. */
  readonly passedOver: number;
  /** The failed records, the first thousand of them; `failed` counts them all. */
  readonly failedRecords: readonly FailedRecord[];
  readonly gaps: number;
  readonly durationMs: number;
}

const FAILED_RECORDS_KEPT = 1_000;

/** Adds up a replay while it runs. */
export class ReplayCount {
  readonly #startedAtMs: number;
  readonly #failedRecords: FailedRecord[] = [];
  #batches = 0;
  #invocations = 0;
  #delivered = 0;
  #failed = 0;
  #passedOver = 0;
  #gaps = 0;

  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
  }

  batch(): void {
    this.#batches += 1;
  }

  answered(delivered: number): void {
    this.#invocations += 1;
    this.#delivered += delivered;
  }

  failed(shardId: string | undefined, sequenceNumbers: readonly string[], reason: string): void {
    this.#failed += sequenceNumbers.length;
    for (const sequenceNumber of sequenceNumbers) {
      if (this.#failedRecords.length >= FAILED_RECORDS_KEPT) return;
      this.#failedRecords.push({ shardId, sequenceNumber, reason });
    }
  }

  passedOver(): void {
    this.#passedOver += 1;
  }

  note(event: Pick<ReadEvent, 'type'>): void {
    if (event.type === 'gap') this.#gaps += 1;
  }

  totals(nowMs: number): ReplayTotals {
    return {
      batches: this.#batches,
      invocations: this.#invocations,
      delivered: this.#delivered,
      failed: this.#failed,
      passedOver: this.#passedOver,
      failedRecords: [...this.#failedRecords],
      gaps: this.#gaps,
      durationMs: nowMs - this.#startedAtMs,
    };
  }
}
