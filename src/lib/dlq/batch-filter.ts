import type { StreamRecord } from '../streams/stream-record.js';
import type { StreamBatchMessage } from './failure-message.js';

/** Which records of a range a consumer was given. */
export interface BatchFilter {
  readonly accepts: (record: StreamRecord) => boolean;
  /** Why the consumer's own filter is not applied; undefined when it is, or when it has none. */
  readonly unknown: string | undefined;
}

/** Looks up the filter of the consumer that a message names. */
export type FilterLookup = (message: StreamBatchMessage) => Promise<BatchFilter>;

/** All records of the range. */
export const everyRecord: BatchFilter['accepts'] = () => true;
