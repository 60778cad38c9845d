import { quoteText } from '../model/attribute-value.js';
import { DdbxError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import {
  CLOSE_BRACE,
  COLON,
  COMMA,
  equalsAt,
  NOT_AS_EXPECTED,
  OPEN_BRACE,
  QUOTE,
  readString,
  skipString,
  skipValue,
} from './json-bytes.js';
import { emptyMarks, scanKey, scanRecord } from './record-scan.js';
import { recordFromWire, StreamRecord } from './stream-record.js';

/** What one GetRecords call answered. */
export interface RecordPage {
  /** In the order of the shard. */
  readonly records: StreamRecord[];
  /** `undefined` when the shard is closed and read to its end (FACTS A.1). */
  readonly nextShardIterator: string | undefined;
}

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const RECORDS = Buffer.from('Records');
const NEXT_SHARD_ITERATOR = Buffer.from('NextShardIterator');

/**
 * Cuts the body of a GetRecords answer into its records, without parsing or copying them: each record is a slice of
 * `body`, and keeps it alive. A page that is not shaped as AWS shapes it is parsed instead, and its records are
 * written anew.
 *
 * @throws DdbxError `malformed-page` when the body is no answer of GetRecords at all.
 */
export function scanPage(body: Buffer): RecordPage {
  return cutPage(body) ?? parsePage(body);
}

/** The fast way; `undefined` when the page needs a parser. */
function cutPage(body: Buffer): RecordPage | undefined {
  let records: StreamRecord[] | undefined;
  let nextShardIterator: string | undefined;
  let i = skipWhitespace(body, 0);
  if (body[i] !== OPEN_BRACE) return undefined;
  i = skipWhitespace(body, i + 1);
  if (body[i] === CLOSE_BRACE) i = skipWhitespace(body, i + 1);
  else {
    for (;;) {
      const keyAt = i + 1;
      const keyEnd = scanKey(body, i);
      if (keyEnd < 0) return undefined;
      i = skipWhitespace(body, keyEnd + 1);
      if (body[i] !== COLON) return undefined;
      const valueAt = skipWhitespace(body, i + 1);
      if (keyEnd - keyAt === RECORDS.length && equalsAt(body, keyAt, RECORDS)) {
        if (records !== undefined) return undefined;
        records = [];
        i = cutRecords(body, valueAt, records);
      } else if (keyEnd - keyAt === NEXT_SHARD_ITERATOR.length && equalsAt(body, keyAt, NEXT_SHARD_ITERATOR)) {
        if (nextShardIterator !== undefined || body[valueAt] !== QUOTE) return undefined;
        i = skipString(body, valueAt);
        if (i < 0) return undefined;
        nextShardIterator = readString(body, valueAt, i);
        if (nextShardIterator === undefined) return undefined;
      } else i = skipValue(body, valueAt);
      if (i < 0) return undefined;
      i = skipWhitespace(body, i);
      const byte = body[i];
      if (byte === COMMA) i = skipWhitespace(body, i + 1);
      else if (byte === CLOSE_BRACE) break;
      else return undefined;
    }
    i = skipWhitespace(body, i + 1);
  }
  return i === body.length ? { records: records ?? [], nextShardIterator } : undefined;
}

function cutRecords(body: Buffer, at: number, records: StreamRecord[]): number {
  if (body[at] !== OPEN_BRACKET) return NOT_AS_EXPECTED;
  let i = skipWhitespace(body, at + 1);
  if (body[i] === CLOSE_BRACKET) return i + 1;
  const marks = emptyMarks();
  for (;;) {
    i = scanRecord(body, i, marks);
    if (i < 0) return NOT_AS_EXPECTED;
    records.push(new StreamRecord(body, marks));
    i = skipWhitespace(body, i);
    const byte = body[i];
    if (byte === COMMA) i = skipWhitespace(body, i + 1);
    else if (byte === CLOSE_BRACKET) return i + 1;
    else return NOT_AS_EXPECTED;
  }
}

/** The slow way: for endpoints that format their JSON, escape member names or write dates as text. */
function parsePage(body: Buffer): RecordPage {
  const page = parseObject(body);
  const records = page['Records'] ?? [];
  const nextShardIterator = page['NextShardIterator'] ?? undefined;
  if (!Array.isArray(records)) throw malformedPage('"Records" is not a list');
  if (nextShardIterator !== undefined && typeof nextShardIterator !== 'string') {
    throw malformedPage('"NextShardIterator" is not a string');
  }
  return {
    records: records.map((wire: unknown, index) => {
      try {
        return recordFromWire(wire);
      } catch (error) {
        throw malformedPage(`record ${index + 1} ${error instanceof Error ? error.message : String(error)}`, error);
      }
    }),
    nextShardIterator,
  };
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> {
  let page: unknown;
  try {
    page = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw malformedPage(`it is not JSON, and begins with ${quoteText(body.toString('utf8', 0, 40))}`, error);
  }
  if (!isJsonObject(page)) throw malformedPage('it is not a JSON object');
  return page;
}

function malformedPage(what: string, cause?: unknown): DdbxError {
  return new DdbxError({
    code: 'malformed-page',
    message: `The endpoint answered GetRecords with something that is not a page of stream records: ${what}.`,
    hint: 'The endpoint may not be DynamoDB Streams: check --endpoint-url, AWS_ENDPOINT_URL and any proxy between.',
    cause,
  });
}

/** Between records any JSON whitespace may stand; inside a record only spaces, since a line must stay one line. */
function skipWhitespace(bytes: Buffer, at: number): number {
  let i = at;
  for (let byte = bytes[i]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[++i]);
  return i;
}
