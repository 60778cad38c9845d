import type { MessageOutcome, SettledMessage } from './drain-events.js';

/** What a drain came to: `taken` = `deleted` + `kept` + `foreign` + `expired` + `failed`. */
export interface DrainTotals {
  /** Messages, each counted once however often it came. */
  readonly taken: number;
  readonly deleted: number;
  readonly kept: number;
  readonly foreign: number;
  readonly expired: number;
  readonly failed: number;
  /** Of `kept`: handed back untouched, because the drain was stopped. */
  readonly released: number;
  /** Of `expired`: lost some of their records, not all; what was left of them was delivered. */
  readonly expiredInPart: number;
  readonly records: {
    /** Delivered to every sink. */
    readonly delivered: number;
    /** Taken by a sink although their batch has failed: they come again with it. */
    readonly takenOfFailed: number;
    /** Left out by the filter of their mapping. */
    readonly leftOut: number;
    /** That stood alone in front of a sink that would not take them. */
    readonly poison: number;
  };
  /** Batches whose range holds another number of records than the batch had. */
  readonly countDiffers: number;
  readonly durationMs: number;
}

/** Adds up a drain while it runs; a view may look at it at any time. */
export class DrainCount {
  readonly #startedAtMs: number;
  readonly #outcomes: Record<MessageOutcome, number> = { deleted: 0, kept: 0, foreign: 0, expired: 0, failed: 0 };
  #taken = 0;
  #released = 0;
  #expiredInPart = 0;
  #delivered = 0;
  #takenOfFailed = 0;
  #leftOut = 0;
  #poison = 0;
  #countDiffers = 0;
  /** When the first of the batches that wait begins to be forgotten; undefined while none does. */
  soonestExpiryMs: () => number | undefined = () => undefined;

  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
  }

  took(messages: number): void {
    this.#taken += messages;
  }

  settled({ outcome, records, leftOut, loss }: SettledMessage): void {
    this.#outcomes[outcome] += 1;
    this.#delivered += records;
    this.#leftOut += leftOut;
    if (outcome === 'expired' && loss?.all === false) this.#expiredInPart += 1;
  }

  /** Messages that were in hand when the drain was stopped, and went back. */
  released(messages: number): void {
    this.#released += messages;
    this.#outcomes.kept += messages;
  }

  /** A sink has taken some records of a batch that it failed. */
  tookOfFailed(records: number): void {
    this.#takenOfFailed += records;
  }

  poison(): void {
    this.#poison += 1;
  }

  countDiffers(): void {
    this.#countDiffers += 1;
  }

  totals(nowMs: number): DrainTotals {
    return {
      taken: this.#taken,
      ...this.#outcomes,
      released: this.#released,
      expiredInPart: this.#expiredInPart,
      records: {
        delivered: this.#delivered,
        takenOfFailed: this.#takenOfFailed,
        leftOut: this.#leftOut,
        poison: this.#poison,
      },
      countDiffers: this.#countDiffers,
      durationMs: nowMs - this.#startedAtMs,
    };
  }
}
