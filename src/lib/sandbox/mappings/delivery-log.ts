/** The records that an entry of the delivery log is about: of one mapping and shard, in order. */
export interface DeliveredRange {
  /** When, in ISO 8601. */
  readonly at: string;
  readonly region: string;
  /** The UUID of the mapping. */
  readonly mapping: string;
  readonly function: string;
  readonly shardId: string;
  readonly sequenceNumbers: readonly string[];
}

/** One thing that happened to records on their way to a function. */
export type Delivery =
  | (DeliveredRange & {
      readonly type: 'invocation';
      /** Counts from 1; splitting a batch does not count. */
      readonly attempt: number;
      readonly requestId: string;
      /** With `partly-failed` and `failed`, the records from `failedFrom` on were not done. */
      readonly outcome: 'succeeded' | 'partly-failed' | 'failed' | 'not-reached';
      readonly failedFrom?: string;
      readonly reason?: string;
    })
  | (DeliveredRange & {
      readonly type: 'discard';
      readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
      /** The destination on failure; absent when the mapping has none. */
      readonly destination?: string;
      /** Whether the destination took it. */
      readonly isDelivered: boolean;
    })
  /** The stream has lost records before they were dealt with; how many, and whether the filters wanted them, is not known. */
  | (Omit<DeliveredRange, 'sequenceNumbers'> & { readonly type: 'expiry'; readonly upTo: string });

/** What mappings have delivered to whom, oldest first. */
export interface DeliveryLog {
  add(delivery: Delivery): void;
  all(): readonly Delivery[];
  clear(): void;
}

const MOST_SEQUENCE_NUMBERS = 200_000;

/** Makes an empty log; the oldest entries go when there are too many. */
export function createDeliveryLog(): DeliveryLog {
  let entries: Delivery[] = [];
  let weight = 0;
  return {
    add: delivery => {
      entries.push(delivery);
      weight += weightOf(delivery);
      if (weight <= MOST_SEQUENCE_NUMBERS) return;
      // Half goes at once, so that an entry is not moved for every one that is added.
      let kept = 0;
      let at = entries.length;
      while (at > 0 && kept < MOST_SEQUENCE_NUMBERS / 2) {
        at -= 1;
        const entry = entries[at];
        kept += entry === undefined ? 0 : weightOf(entry);
      }
      entries = entries.slice(at);
      weight = kept;
    },
    all: () => entries,
    clear: () => {
      entries = [];
      weight = 0;
    },
  };
}

function weightOf(delivery: Delivery): number {
  return delivery.type === 'expiry' ? 1 : 1 + delivery.sequenceNumbers.length;
}
