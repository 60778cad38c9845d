import { type PlainObject, toPlainObject } from '../model/attribute-value.js';
import { formatInstant } from '../model/instant.js';
import { diffImages } from './image-diff.js';
import type { EventName, StreamRecord } from './stream-record.js';

/** A stream record as ordinary JSON: what `--record plain` prints and templates read. */
export interface PlainRecord {
  /** When the item was written, ISO 8601 in whole seconds. */
  readonly at: string;
  readonly event: EventName;
  readonly table: string;
  readonly region: string;
  readonly keys: PlainObject;
  /** The item after the change; `null` when the stream does not hold it, or the item is gone. */
  readonly new: PlainObject | null;
  /** The item before the change; `null` when the stream does not hold it, or the item was not there. */
  readonly old: PlainObject | null;
  /** Paths that a MODIFY changed; `null` for other events, and when the stream does not hold both images. */
  readonly changed: readonly string[] | null;
  /** Deleted because its time to live was over. */
  readonly ttl: boolean;
  readonly shardId: string;
  readonly sequenceNumber: string;
}

/** Where a record was read; it does not say so itself. */
export interface RecordOrigin {
  readonly table: string;
  readonly region: string;
  readonly shardId: string;
}

/** Values as `toPlain` gives them: numbers that a double cannot hold stay strings, binary stays base64. */
export function toPlainRecord(record: StreamRecord, { table, region, shardId }: RecordOrigin): PlainRecord {
  const { Keys, NewImage, OldImage } = record.parsed().dynamodb;
  const isComparable = record.eventName === 'MODIFY' && NewImage !== undefined && OldImage !== undefined;
  return {
    at: formatInstant(record.createdAtMs),
    event: record.eventName,
    table,
    region,
    keys: toPlainObject(Keys ?? {}),
    new: NewImage === undefined ? null : toPlainObject(NewImage),
    old: OldImage === undefined ? null : toPlainObject(OldImage),
    changed: isComparable ? diffImages(OldImage, NewImage).map(change => change.path) : null,
    ttl: record.isTtlDelete,
    shardId,
    sequenceNumber: record.sequenceNumber,
  };
}
