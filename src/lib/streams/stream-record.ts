import type { AttributeMap } from '../model/attribute-value.js';
import { DdbxError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import { type EventName, emptyMarks, type RecordMarks, scanRecord } from './record-scan.js';

export type { EventName } from './record-scan.js';

/** A stream record as GetRecords sends it (FACTS A.3); AWS may add members. */
export interface WireRecord {
  readonly eventID?: string;
  readonly eventName: EventName;
  readonly eventVersion?: string;
  readonly eventSource?: string;
  readonly awsRegion?: string;
  readonly dynamodb: WireStreamData;
  readonly userIdentity?: WireIdentity;
}

/** What happened to the item. */
export interface WireStreamData {
  /** Seconds since the epoch, rounded down by AWS. */
  readonly ApproximateCreationDateTime: number;
  readonly Keys?: AttributeMap | undefined;
  readonly NewImage?: AttributeMap | undefined;
  readonly OldImage?: AttributeMap | undefined;
  readonly SequenceNumber: string;
  readonly SizeBytes?: number;
  readonly StreamViewType?: string;
}

/** Who did it, when it was a service; GetRecords and Lambda spell the members differently (FACTS A.3). */
export interface WireIdentity {
  readonly PrincipalId?: string;
  readonly Type?: string;
  readonly principalId?: string;
  readonly type?: string;
}

const LOWER_P = 0x70;
const LOWER_T = 0x74;
const CLOSE_BRACE = 0x7d;
const NEWLINE = 0x0a;

/**
 * One stream record: a slice of the page it came in, and what the scan read on the way. It keeps the whole page alive
 * (up to 1 MB), so what holds records for long should hold few of them.
 */
export class StreamRecord {
  readonly eventName: EventName;
  /** Milliseconds since the epoch; AWS tells whole seconds. */
  readonly createdAtMs: number;
  /** An item that expired by TTL in this Region; replicas see an ordinary REMOVE (FACTS A.3). */
  readonly isTtlDelete: boolean;
  /** Length of the record in bytes of JSON. */
  readonly byteLength: number;
  readonly #page: Buffer;
  readonly #start: number;
  readonly #sequenceNumberStart: number;
  readonly #sequenceNumberEnd: number;
  readonly #principalIdKeyAt: number;
  readonly #typeKeyAt: number;
  #parsed: WireRecord | undefined;

  /** @param page the bytes that hold the record where `marks` says. */
  constructor(page: Buffer, marks: Readonly<RecordMarks>) {
    this.eventName = marks.eventName;
    this.createdAtMs = marks.createdAtMs;
    this.isTtlDelete = marks.isTtlDelete;
    this.byteLength = marks.end - marks.start;
    this.#page = page;
    this.#start = marks.start;
    this.#sequenceNumberStart = marks.sequenceNumberStart;
    this.#sequenceNumberEnd = marks.sequenceNumberEnd;
    this.#principalIdKeyAt = marks.principalIdKeyAt;
    this.#typeKeyAt = marks.typeKeyAt;
    this.#parsed = undefined;
  }

  /** The record exactly as it came, one line of JSON; shares memory with its page. */
  get bytes(): Buffer {
    return this.#page.subarray(this.#start, this.#start + this.byteLength);
  }

  /** Digits; too long for a number (FACTS A.1), see `compareSequenceNumbers`. */
  get sequenceNumber(): string {
    return this.#page.toString('latin1', this.#sequenceNumberStart, this.#sequenceNumberEnd);
  }

  /** The record as an object; parsed on the first call, which costs more than everything else here. */
  parsed(): WireRecord {
    this.#parsed ??= JSON.parse(this.#page.toString('utf8', this.#start, this.#start + this.byteLength)) as WireRecord;
    return this.#parsed;
  }

  /**
   * Writes the record as Lambda delivers it, and a newline, into `target` at `at`.
   *
   * @returns the offset after the newline: `at + byteLength + splice.length + 1`.
   */
  writeLine(target: Buffer, at: number, splice: Buffer): number {
    const bodyLength = this.byteLength - 1;
    this.#page.copy(target, at, this.#start, this.#start + bodyLength);
    // Lambda spells these two members with a small first letter; nothing else differs.
    if (this.#principalIdKeyAt >= 0) target[at + this.#principalIdKeyAt - this.#start] = LOWER_P;
    if (this.#typeKeyAt >= 0) target[at + this.#typeKeyAt - this.#start] = LOWER_T;
    const spliceAt = at + bodyLength;
    target.set(splice, spliceAt);
    const end = spliceAt + splice.length;
    target[end] = CLOSE_BRACE;
    target[end + 1] = NEWLINE;
    return end + 2;
  }
}

/** What `writeNdjson` adds to each record of one shard: `eventSourceARN` (FACTS B.7), and `shardId`, which is ours. */
export function lambdaSplice(eventSourceArn: string, shardId: string): Buffer {
  return Buffer.from(`,"eventSourceARN":${JSON.stringify(eventSourceArn)},"shardId":${JSON.stringify(shardId)}`);
}

/** The records as lines of NDJSON in one buffer, each a Lambda event record (FACTS B.7) with the splice in it. */
export function writeNdjson(records: readonly StreamRecord[], splice: Buffer): Buffer {
  let length = records.length * (splice.length + 1);
  for (const record of records) length += record.byteLength;
  const lines = Buffer.allocUnsafe(length);
  let at = 0;
  for (const record of records) at = record.writeLine(lines, at, splice);
  return lines;
}

/**
 * The record that stands alone in `bytes`.
 *
 * @returns `undefined` when `bytes` is not one record on one line, or holds the members that Lambda adds.
 */
export function recordFromBytes(bytes: Buffer): StreamRecord | undefined {
  const marks = emptyMarks();
  return scanRecord(bytes, 0, marks) === bytes.length ? new StreamRecord(bytes, marks) : undefined;
}

/**
 * Makes a record of a parsed one, from the wire or from Lambda. What Lambda adds (`eventSourceARN`), and our `shardId`,
 * are left out; a time written as ISO text, as some emulators do, becomes seconds.
 *
 * @throws DdbxError `malformed-record`, whose message goes on from "the record": `has no "dynamodb" member`.
 */
export function recordFromWire(wire: unknown): StreamRecord {
  if (!isJsonObject(wire)) throw malformedRecord('is not a JSON object');
  const data = wire['dynamodb'];
  if (!isJsonObject(data)) throw malformedRecord('has no "dynamodb" member');
  const sequenceNumber = data['SequenceNumber'];
  if (typeof sequenceNumber !== 'string' || !/^\d+$/.test(sequenceNumber)) {
    throw malformedRecord('has no "dynamodb.SequenceNumber" made of digits');
  }
  if (!['INSERT', 'MODIFY', 'REMOVE'].includes(String(wire['eventName']))) {
    throw malformedRecord('has no "eventName" of INSERT, MODIFY or REMOVE');
  }
  const createdAt = data['ApproximateCreationDateTime'];
  const createdAtSeconds = typeof createdAt === 'string' ? Date.parse(createdAt) / 1000 : createdAt;
  if (typeof createdAtSeconds !== 'number' || !Number.isFinite(createdAtSeconds)) {
    throw malformedRecord('has no "dynamodb.ApproximateCreationDateTime" in seconds');
  }
  const { eventSourceARN: _arn, shardId: _shard, ...rest } = wire;
  const own = { ...rest, dynamodb: { ...data, ApproximateCreationDateTime: createdAtSeconds } };
  const record = recordFromBytes(Buffer.from(JSON.stringify(own)));
  if (record === undefined) throw malformedRecord('names a member twice, in two spellings');
  return record;
}

/** A record as it was kept: with where it came from, as far as the recording tells. */
export interface RecordedRecord {
  readonly record: StreamRecord;
  readonly eventSourceArn: string | undefined;
  readonly shardId: string | undefined;
}

/**
 * Reads a line that `writeNdjson` wrote, any record of a Lambda event, or a bare record of GetRecords. The bytes of a
 * line of `writeNdjson` come back as they were (but for the spelling of `userIdentity`).
 *
 * @throws DdbxError `malformed-record`, as `recordFromWire` does.
 */
export function fromLambdaRecord(line: Buffer | string): RecordedRecord {
  const bytes = typeof line === 'string' ? Buffer.from(line) : line;
  let wire: unknown;
  try {
    wire = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw malformedRecord(`is not JSON (${error instanceof Error ? error.message : String(error)})`, error);
  }
  const recorded = recordedFromWire(wire);
  const { eventSourceArn, shardId } = recorded;
  if (eventSourceArn === undefined || shardId === undefined) return recorded;
  const tail = Buffer.concat([lambdaSplice(eventSourceArn, shardId), Buffer.from('}')]);
  const body = bytes.subarray(0, bytes.length - (bytes.at(-1) === NEWLINE ? 1 : 0));
  if (!body.subarray(-tail.length).equals(tail)) return recorded;
  const exact = recordFromBytes(Buffer.concat([body.subarray(0, -tail.length), Buffer.from('}')]));
  return exact === undefined ? recorded : { ...recorded, record: exact };
}

/** As `fromLambdaRecord`, for a record that is parsed already. */
export function recordedFromWire(wire: unknown): RecordedRecord {
  const record = recordFromWire(wire);
  const members = isJsonObject(wire) ? wire : {};
  return { record, eventSourceArn: text(members['eventSourceARN']), shardId: text(members['shardId']) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function malformedRecord(what: string, cause?: unknown): DdbxError {
  return new DdbxError({ code: 'malformed-record', message: what, cause });
}
