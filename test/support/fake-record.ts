import type { WireRecord } from '../../src/lib/streams/stream-record.js';

/** The record of a new order, as GetRecords sends it; `bytes` makes it longer. */
export function fakeRecord(index: number, sequenceNumber: string, seconds: number, bytes: number): WireRecord {
  return {
    awsRegion: 'eu-central-1',
    eventID: sequenceNumber,
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    eventVersion: '1.1',
    dynamodb: {
      ApproximateCreationDateTime: seconds,
      Keys: { pk: { S: `order#${index}` } },
      NewImage: { pk: { S: `order#${index}` }, note: { S: padding(bytes) } },
      SequenceNumber: sequenceNumber,
      SizeBytes: 39 + bytes,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

const paddings = new Map<number, string>();

/** One string for each length, so that pages of a megabyte cost memory only on the wire. */
function padding(bytes: number): string {
  const known = paddings.get(bytes) ?? 'x'.repeat(bytes);
  paddings.set(bytes, known);
  return known;
}
