import {
  BACKSLASH,
  CLOSE_BRACE,
  COLON,
  COMMA,
  DIGIT_0,
  equalsAt,
  isDigit,
  NOT_AS_EXPECTED,
  OPEN_BRACE,
  QUOTE,
  readString,
  SPACE,
  skipScalar,
  skipSpaces,
  skipString,
  skipValue,
} from './json-bytes.js';

/** What a stream record says about itself on the wire (FACTS A.3). */
export type EventName = 'INSERT' | 'MODIFY' | 'REMOVE';

/**
 * Where the interesting parts of one record stand in the bytes that hold it. Offsets count from the start of those
 * bytes; the object is reused from record to record, so nobody keeps it.
 */
export interface RecordMarks {
  /** Offset of the record's opening brace. */
  start: number;
  /** Offset just after the record's closing brace. */
  end: number;
  sequenceNumberStart: number;
  sequenceNumberEnd: number;
  eventName: EventName;
  createdAtMs: number;
  isTtlDelete: boolean;
  /** Offset of the `P` of a `PrincipalId` in `userIdentity`; -1 when there is none, or it is in lower case already. */
  principalIdKeyAt: number;
  /** Offset of the `T` of a `Type` in `userIdentity`; -1 when there is none, or it is in lower case already. */
  typeKeyAt: number;
}

/** Marks to be filled by `scanRecord`. */
export function emptyMarks(): RecordMarks {
  return {
    start: 0,
    end: 0,
    sequenceNumberStart: -1,
    sequenceNumberEnd: -1,
    eventName: 'INSERT',
    createdAtMs: 0,
    isTtlDelete: false,
    principalIdKeyAt: -1,
    typeKeyAt: -1,
  };
}

const DYNAMODB = Buffer.from('dynamodb');
const EVENT_NAME = Buffer.from('eventName');
const USER_IDENTITY = Buffer.from('userIdentity');
const EVENT_SOURCE_ARN = Buffer.from('eventSourceARN');
const SHARD_ID = Buffer.from('shardId');
const SEQUENCE_NUMBER = Buffer.from('SequenceNumber');
const CREATION_TIME = Buffer.from('ApproximateCreationDateTime');
const INSERT = Buffer.from('INSERT"');
const MODIFY = Buffer.from('MODIFY"');
const REMOVE = Buffer.from('REMOVE"');
/** Written with escapes, these are left to a parser. */
const NAMES_THAT_MATTER: ReadonlySet<string> = new Set([
  ...['Records', 'NextShardIterator', 'dynamodb', 'eventName', 'userIdentity', 'eventSourceARN', 'shardId'],
  ...['SequenceNumber', 'ApproximateCreationDateTime', 'PrincipalId', 'principalId', 'Type', 'type'],
]);

/**
 * Reads one stream record, whose opening brace stands at `at`, in a single pass, and fills `marks`.
 *
 * It understands the record's own members and steps over everything else by strings and brackets, so what an item
 * holds can never be taken for the record's own. It does not validate the JSON of the items.
 *
 * @returns the offset after the record, or `NOT_AS_EXPECTED` for whatever only a real JSON parser should judge:
 * escaped or repeated member names, missing members, a control byte (which could break a line of NDJSON), a wrong type,
 * and the two members that Lambda adds, `eventSourceARN` and `shardId`.
 */
export function scanRecord(bytes: Buffer, at: number, marks: RecordMarks): number {
  marks.start = at;
  marks.isTtlDelete = false;
  marks.principalIdKeyAt = -1;
  marks.typeKeyAt = -1;
  let hasEventName = false;
  let hasData = false;
  let hasIdentity = false;
  if (bytes[at] !== OPEN_BRACE) return NOT_AS_EXPECTED;
  let i = skipSpaces(bytes, at + 1);
  for (;;) {
    const keyAt = i + 1;
    const keyEnd = scanKey(bytes, i);
    const valueAt = scanColon(bytes, keyEnd);
    if (valueAt < 0) return NOT_AS_EXPECTED;
    switch (keyEnd - keyAt) {
      case 8:
        if (equalsAt(bytes, keyAt, DYNAMODB)) {
          if (hasData) return NOT_AS_EXPECTED;
          hasData = true;
          i = scanStreamData(bytes, valueAt, marks);
        } else i = skipValue(bytes, valueAt);
        break;
      case 9:
        if (equalsAt(bytes, keyAt, EVENT_NAME)) {
          if (hasEventName) return NOT_AS_EXPECTED;
          hasEventName = true;
          i = scanEventName(bytes, valueAt, marks);
        } else i = skipValue(bytes, valueAt);
        break;
      case 12:
        if (equalsAt(bytes, keyAt, USER_IDENTITY)) {
          if (hasIdentity) return NOT_AS_EXPECTED;
          hasIdentity = true;
          i = scanUserIdentity(bytes, valueAt, marks);
        } else i = skipValue(bytes, valueAt);
        break;
      case 7:
        if (equalsAt(bytes, keyAt, SHARD_ID)) return NOT_AS_EXPECTED;
        i = skipValue(bytes, valueAt);
        break;
      case 14:
        if (equalsAt(bytes, keyAt, EVENT_SOURCE_ARN)) return NOT_AS_EXPECTED;
        i = skipValue(bytes, valueAt);
        break;
      default:
        i = skipValue(bytes, valueAt);
    }
    if (i < 0) return NOT_AS_EXPECTED;
    i = skipSpaces(bytes, i);
    const byte = bytes[i];
    if (byte === COMMA) i = skipSpaces(bytes, i + 1);
    else if (byte === CLOSE_BRACE) break;
    else return NOT_AS_EXPECTED;
  }
  if (!hasData || !hasEventName) return NOT_AS_EXPECTED;
  marks.end = i + 1;
  marks.isTtlDelete &&= marks.eventName === 'REMOVE';
  return i + 1;
}

/** The member `dynamodb`: the images are stepped over, the sequence number and the time are read. */
function scanStreamData(bytes: Buffer, at: number, marks: RecordMarks): number {
  marks.sequenceNumberStart = -1;
  let hasTime = false;
  if (bytes[at] !== OPEN_BRACE) return NOT_AS_EXPECTED;
  let i = skipSpaces(bytes, at + 1);
  for (;;) {
    const keyAt = i + 1;
    const keyEnd = scanKey(bytes, i);
    const valueAt = scanColon(bytes, keyEnd);
    if (valueAt < 0) return NOT_AS_EXPECTED;
    const keyLength = keyEnd - keyAt;
    if (keyLength === 14 && equalsAt(bytes, keyAt, SEQUENCE_NUMBER)) {
      if (marks.sequenceNumberStart !== -1) return NOT_AS_EXPECTED;
      i = scanSequenceNumber(bytes, valueAt, marks);
    } else if (keyLength === 27 && equalsAt(bytes, keyAt, CREATION_TIME)) {
      if (hasTime) return NOT_AS_EXPECTED;
      hasTime = true;
      i = scanCreationTime(bytes, valueAt, marks);
    } else i = skipValue(bytes, valueAt);
    if (i < 0) return NOT_AS_EXPECTED;
    i = skipSpaces(bytes, i);
    const byte = bytes[i];
    if (byte === COMMA) i = skipSpaces(bytes, i + 1);
    else if (byte === CLOSE_BRACE) break;
    else return NOT_AS_EXPECTED;
  }
  return hasTime && marks.sequenceNumberStart !== -1 ? i + 1 : NOT_AS_EXPECTED;
}

/** The member `userIdentity`, in the spelling of the wire or in that of Lambda (FACTS A.3). */
function scanUserIdentity(bytes: Buffer, at: number, marks: RecordMarks): number {
  let hasPrincipal = false;
  let hasType = false;
  let isTtlPrincipal = false;
  let isTtlType = false;
  if (bytes[at] !== OPEN_BRACE) return skipValue(bytes, at);
  let i = skipSpaces(bytes, at + 1);
  if (bytes[i] === CLOSE_BRACE) return i + 1;
  for (;;) {
    const keyAt = i + 1;
    const keyEnd = scanKey(bytes, i);
    const valueAt = scanColon(bytes, keyEnd);
    if (valueAt < 0) return NOT_AS_EXPECTED;
    i = skipValue(bytes, valueAt);
    if (i < 0) return NOT_AS_EXPECTED;
    const key = bytes.toString('latin1', keyAt, keyEnd);
    if (key === 'PrincipalId' || key === 'principalId') {
      if (hasPrincipal) return NOT_AS_EXPECTED;
      hasPrincipal = true;
      if (key === 'PrincipalId') marks.principalIdKeyAt = keyAt;
      isTtlPrincipal = readString(bytes, valueAt, i) === 'dynamodb.amazonaws.com';
    } else if (key === 'Type' || key === 'type') {
      if (hasType) return NOT_AS_EXPECTED;
      hasType = true;
      if (key === 'Type') marks.typeKeyAt = keyAt;
      isTtlType = readString(bytes, valueAt, i) === 'Service';
    }
    i = skipSpaces(bytes, i);
    const byte = bytes[i];
    if (byte === COMMA) i = skipSpaces(bytes, i + 1);
    else if (byte === CLOSE_BRACE) break;
    else return NOT_AS_EXPECTED;
  }
  marks.isTtlDelete = isTtlPrincipal && isTtlType;
  return i + 1;
}

function scanEventName(bytes: Buffer, at: number, marks: RecordMarks): number {
  if (bytes[at] !== QUOTE) return NOT_AS_EXPECTED;
  if (equalsAt(bytes, at + 1, INSERT)) marks.eventName = 'INSERT';
  else if (equalsAt(bytes, at + 1, MODIFY)) marks.eventName = 'MODIFY';
  else if (equalsAt(bytes, at + 1, REMOVE)) marks.eventName = 'REMOVE';
  else return NOT_AS_EXPECTED;
  return at + 1 + INSERT.length;
}

function scanSequenceNumber(bytes: Buffer, at: number, marks: RecordMarks): number {
  if (bytes[at] !== QUOTE) return NOT_AS_EXPECTED;
  let i = at + 1;
  while (isDigit(bytes[i])) i++;
  if (i === at + 1 || bytes[i] !== QUOTE) return NOT_AS_EXPECTED;
  marks.sequenceNumberStart = at + 1;
  marks.sequenceNumberEnd = i;
  return i + 1;
}

/** Seconds, mostly plain digits; `1795306399.0` and `1.795306399E9` are left to `Number`. */
function scanCreationTime(bytes: Buffer, at: number, marks: RecordMarks): number {
  let seconds = 0;
  let i = at;
  for (let byte = bytes[i]; isDigit(byte); byte = bytes[++i]) seconds = seconds * 10 + byte - DIGIT_0;
  const digitsEnd = i;
  i = skipScalar(bytes, at);
  if (i < 0) return NOT_AS_EXPECTED;
  if (i !== digitsEnd) seconds = Number(bytes.toString('latin1', at, i));
  if (!Number.isFinite(seconds)) return NOT_AS_EXPECTED;
  marks.createdAtMs = Math.round(seconds * 1000);
  return i;
}

/**
 * Offset of the quote that closes the member name opening at `at`. A name written with escapes passes when it is none
 * of those that matter here.
 */
export function scanKey(bytes: Buffer, at: number): number {
  if (bytes[at] !== QUOTE) return NOT_AS_EXPECTED;
  let i = at + 1;
  for (;;) {
    const byte = bytes[i];
    if (byte === QUOTE) return i;
    if (byte === BACKSLASH) return scanEscapedKey(bytes, at);
    if (byte === undefined || byte < SPACE) return NOT_AS_EXPECTED;
    i++;
  }
}

function scanEscapedKey(bytes: Buffer, at: number): number {
  const end = skipString(bytes, at);
  if (end < 0) return NOT_AS_EXPECTED;
  const name = readString(bytes, at, end);
  return name === undefined || NAMES_THAT_MATTER.has(name) ? NOT_AS_EXPECTED : end - 1;
}

/** Offset of the value that belongs to the name whose closing quote stands at `keyEnd`. */
function scanColon(bytes: Buffer, keyEnd: number): number {
  if (keyEnd < 0) return NOT_AS_EXPECTED;
  const i = skipSpaces(bytes, keyEnd + 1);
  return bytes[i] === COLON ? skipSpaces(bytes, i + 1) : NOT_AS_EXPECTED;
}
