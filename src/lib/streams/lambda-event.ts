import type { StreamRecord, WireRecord } from './stream-record.js';

/** A record as a batch carries it to a function. */
export interface EventRecord {
  readonly record: StreamRecord;
  /** Undefined when the recording does not tell it; then the event does not tell it either. */
  readonly eventSourceArn: string | undefined;
}

const HEAD = Buffer.from('{"Records":[');
const TAIL = Buffer.from(']}');
const COMMA = 0x2c;
const NOTHING = Buffer.alloc(0);
const splices = new Map<string, Buffer>();

/** Bytes of an event without records. */
export const emptyEventBytes: number = HEAD.length + TAIL.length;

/** Bytes that a record adds to an event. */
export function eventRecordBytes({ record, eventSourceArn }: EventRecord): number {
  return record.byteLength + arnSplice(eventSourceArn).length + 1;
}

/** The event that Lambda would give to a function for these records (FACTS B.7), as one line of JSON. */
export function lambdaEvent(records: readonly EventRecord[]): Buffer {
  let length = emptyEventBytes;
  for (const record of records) length += eventRecordBytes(record);
  // A line is written with its line end, which then becomes a comma; the last one gives its place to the tail.
  const event = Buffer.allocUnsafe(length);
  let at = HEAD.copy(event);
  for (const { record, eventSourceArn } of records) {
    at = record.writeLine(event, at, arnSplice(eventSourceArn));
    event[at - 1] = COMMA;
  }
  if (records.length > 0) at -= 1;
  at += TAIL.copy(event, at);
  return event.subarray(0, at);
}

/** A parsed record as Lambda delivers it: with its stream's ARN, and `userIdentity` in small letters (FACTS A.3, B.7). */
export function toLambdaRecord(
  wire: WireRecord,
  eventSourceARN: string | undefined,
): Readonly<Record<string, unknown>> {
  const { userIdentity, ...rest } = wire;
  const { principalId = userIdentity?.PrincipalId, type = userIdentity?.Type } = userIdentity ?? {};
  return {
    ...rest,
    ...(userIdentity === undefined || userIdentity === null ? {} : { userIdentity: { principalId, type } }),
    ...(eventSourceARN === undefined ? {} : { eventSourceARN }),
  };
}

function arnSplice(eventSourceArn: string | undefined): Buffer {
  if (eventSourceArn === undefined) return NOTHING;
  const known = splices.get(eventSourceArn);
  if (known !== undefined) return known;
  const splice = Buffer.from(`,"eventSourceARN":${JSON.stringify(eventSourceArn)}`);
  splices.set(eventSourceArn, splice);
  return splice;
}
