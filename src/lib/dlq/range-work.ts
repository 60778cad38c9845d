import { compareSequenceNumbers } from '../model/sequence-number.js';
import { recordFromBytes, type StreamRecord } from '../streams/stream-record.js';
import type { StreamBatch } from './failure-message.js';

/** A batch that is to be read back, and which of its range's records were in it. */
export interface Wanted {
  readonly batch: StreamBatch;
  /** The mapping's filter: what it had left out lies in the range, but was never in the batch (FACTS B.5). */
  readonly accepts: (record: StreamRecord) => boolean;
}

/** What is missing of a range. */
export interface Loss {
  /** True when nothing at all is left. */
  readonly all: boolean;
  readonly why: 'trimmed' | 'shard-gone';
  /** The first record that is left; what lies before it, or before it again after a gap, is gone. */
  readonly leftFrom: string | undefined;
}

/** A range that was read as far as it can be. */
export interface Resolved<Item extends Wanted> {
  readonly item: Item;
  /** In order; what the filter leaves out is not among them. */
  readonly records: readonly StreamRecord[];
  /** Records of the range that the filter left out. */
  readonly leftOut: number;
  readonly loss: Loss | undefined;
  /** Why the range could not be read, though nothing says that it is gone. */
  readonly failure: string | undefined;
}

/** Copied records let the rest of their page go; that is worth it where less than this part of it is kept. */
const WORTH_COPYING = 0.25;

/** Gathers the records of one range while its shard is read. */
export class RangeWork<Item extends Wanted> {
  readonly item: Item;
  readonly #records: StreamRecord[] = [];
  #leftOut = 0;
  #lastSeen: string | undefined;
  #leftFrom: string | undefined;

  constructor(item: Item) {
    this.item = item;
  }

  get start(): string {
    return this.item.batch.startSequenceNumber;
  }

  get end(): string {
    return this.item.batch.endSequenceNumber;
  }

  /**
   * Takes the next record of the shard, if it lies in the range.
   * @returns true when the range is complete with it, or lies behind
   */
  take(record: StreamRecord, sequenceNumber: string): boolean {
    const beyond = compareSequenceNumbers(sequenceNumber, this.end);
    if (beyond > 0) return true;
    // The range begins with a record: when it begins with another one, those before it are trimmed.
    if (this.#lastSeen === undefined && sequenceNumber !== this.start) this.#leftFrom = sequenceNumber;
    this.#lastSeen = sequenceNumber;
    if (this.item.accepts(record)) this.#records.push(record);
    else this.#leftOut += 1;
    return beyond === 0;
  }

  /** Reading had to go on behind a gap, at this record. */
  gap(sequenceNumber: string): void {
    if (this.#lastSeen !== undefined) this.#leftFrom = sequenceNumber;
  }

  /** Lets go of a page that the range needs little of. */
  letGoOf(pageBytes: number, from: number): void {
    const mine = this.#records.slice(from);
    const bytes = mine.reduce((sum, record) => sum + record.byteLength, 0);
    if (bytes >= pageBytes * WORTH_COPYING) return;
    for (const [index, record] of mine.entries()) {
      this.#records[from + index] = recordFromBytes(Buffer.from(record.bytes)) ?? record;
    }
  }

  /** How many records it holds. */
  get held(): number {
    return this.#records.length;
  }

  /** The range as it is; nothing more will come. */
  done(): Resolved<Item> {
    const loss: Loss | undefined =
      this.#lastSeen === undefined
        ? { all: true, why: 'trimmed', leftFrom: undefined }
        : this.#leftFrom === undefined
          ? undefined
          : { all: false, why: 'trimmed', leftFrom: this.#leftFrom };
    return this.#resolved(loss, undefined);
  }

  /** The shard is gone: what was read of the range is all there is. */
  gone(): Resolved<Item> {
    return this.#resolved({ all: this.#lastSeen === undefined, why: 'shard-gone', leftFrom: undefined }, undefined);
  }

  /** It could not be read, and what was read of it does not count. */
  failed(failure: string): Resolved<Item> {
    return { item: this.item, records: [], leftOut: 0, loss: undefined, failure };
  }

  #resolved(loss: Loss | undefined, failure: string | undefined): Resolved<Item> {
    return { item: this.item, records: this.#records, leftOut: this.#leftOut, loss, failure };
  }
}
