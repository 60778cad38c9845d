import type { PlainObject } from '../model/attribute-value.js';
import type { EventName } from '../streams/stream-record.js';
import type { DrainTotals } from './drain-count.js';
import type { StreamBatchMessage } from './failure-message.js';
import type { Loss } from './range-work.js';

/** What became of a message. */
export type MessageOutcome =
  /** Delivered, and deleted. */
  | 'deleted'
  /** Left in the queue on purpose: --keep, a dry run, or not among those that were asked for. */
  | 'kept'
  /** No failure message of a DynamoDB stream; left. */
  | 'foreign'
  /** Records of it are trimmed, all or some; `fate` says what was done with the message. */
  | 'expired'
  /** Left in the queue because something went wrong. */
  | 'failed';

/** A message that was dealt with. */
export interface SettledMessage {
  readonly type: 'message';
  readonly messageId: string;
  readonly outcome: MessageOutcome;
  /** What the message points to; undefined for a foreign one. */
  readonly message: StreamBatchMessage | undefined;
  /** Records that were delivered. */
  readonly records: number;
  /** Records of the range that the mapping's filter left out. */
  readonly leftOut: number;
  readonly loss: Loss | undefined;
  /** What was done with the message. */
  readonly fate: 'deleted' | 'left';
  /** Metadata of the lost records were written to the archive. */
  readonly archived: boolean;
  /** Why it is not simply done. */
  readonly reason: string | undefined;
}

/** What happens during a drain. */
export type DrainEvent =
  | SettledMessage
  /** The stream holds another number of records in the range than the batch had, and nothing is trimmed. */
  | {
      readonly type: 'count-differs';
      readonly messageId: string;
      readonly message: StreamBatchMessage;
      readonly records: number;
      readonly batchSize: number;
      readonly why: string;
    }
  /** One record alone that a sink does not take. */
  | {
      readonly type: 'poison-record';
      readonly messageId: string;
      readonly sink: string;
      readonly shardId: string;
      readonly sequenceNumber: string;
      readonly eventName: EventName;
      readonly keys: PlainObject;
      readonly reason: string;
      /** As Lambda would get it. */
      readonly record: unknown;
    }
  /** Something failed that is tried again. */
  | { readonly type: 'retrying'; readonly what: string; readonly reason: string; readonly delayMs: number }
  /** A message became visible to others while it was in hand, so it may be worked on twice. */
  | { readonly type: 'visibility-lost'; readonly messageId: string; readonly reason: string }
  | { readonly type: 'released'; readonly messages: number }
  | { readonly type: 'summary'; readonly totals: DrainTotals };
