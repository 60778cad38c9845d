import { compareSequenceNumbers } from '../model/sequence-number.js';
import { recordedFromWire } from '../streams/stream-record.js';
import { everyRecord } from './batch-filter.js';
import type { Resolved } from './range-work.js';
import type { DrainItem } from './settlement.js';
import type { WaitingMessage } from './waiting-room.js';

/** The records that a message of S3 carries; undefined when it carries none, or not all of its range's ends. */
export function carriedRecords({ taken, message }: WaitingMessage): Resolved<DrainItem> | undefined {
  const { batch, records: carried } = message;
  if (carried === undefined) return undefined;
  const within = (sequenceNumber: string): boolean =>
    compareSequenceNumbers(sequenceNumber, batch.startSequenceNumber) >= 0 &&
    compareSequenceNumbers(sequenceNumber, batch.endSequenceNumber) <= 0;
  try {
    const records = carried.map(wire => recordedFromWire(wire).record).filter(record => within(record.sequenceNumber));
    // A payload that does not hold what the message points to is worth less than the stream.
    if (records.length === 0 || records.length < (batch.batchSize ?? 0)) return undefined;
    const filter = { accepts: everyRecord, unknown: undefined };
    const item = { taken, message, batch, accepts: everyRecord, filter };
    return { item, records, leftOut: 0, loss: undefined, failure: undefined };
  } catch {
    return undefined;
  }
}
