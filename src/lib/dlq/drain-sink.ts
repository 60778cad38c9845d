import type { EventRecord } from '../streams/lambda-event.js';
import type { StreamBatchMessage } from './failure-message.js';

/** A batch with its records again, on its way to a sink. */
export interface Delivery {
  readonly messageId: string;
  readonly message: StreamBatchMessage;
  readonly records: readonly EventRecord[];
}

/** A record that a sink did not take, alone. */
export interface PoisonRecord {
  readonly record: EventRecord;
  readonly reason: string;
}

/** Whether a sink has all records of a delivery, durably. */
export type DeliveryOutcome =
  | { readonly done: true }
  | {
      readonly done: false;
      readonly reason: string;
      readonly poison: readonly PoisonRecord[];
      /** Records that the sink took all the same; left out where that is not known. */
      readonly taken?: number;
    };

/** Where records go. */
export interface DrainSink {
  /** As it is shown, such as `file:rescued.ndjson`. */
  readonly name: string;
  /** Checks, before anything is taken, that the sink can be used. */
  open(signal: AbortSignal): Promise<void>;
  /**
   * Takes deliveries. @returns what became of each, in their order
   * @throws what makes going on pointless, such as a disk that is full; then nothing of it counts as done
   */
  deliver(deliveries: readonly Delivery[], signal: AbortSignal): Promise<readonly DeliveryOutcome[]>;
  close(): Promise<void>;
}

/** What a sink answers for a delivery that it has. */
export const DELIVERED: DeliveryOutcome = { done: true };
