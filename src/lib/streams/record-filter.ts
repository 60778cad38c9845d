import { askedMembers } from '../filter/asked-members.js';
import { compileMatcher } from '../filter/compile-matcher.js';
import { decideEarly } from '../filter/decide-early.js';
import type { Pattern } from '../filter/pattern.js';
import { type AttributePath, parsePath, valueAt } from '../model/attribute-path.js';
import { type AttributeValue, equalValues } from '../model/attribute-value.js';
import { toLambdaRecord } from './lambda-event.js';
import { compileProjection } from './project-record.js';
import type { EventName, StreamRecord } from './stream-record.js';

/** Which records are wanted; whatever is left out does not matter, and all that is given must hold. */
export interface RecordFilter {
  readonly events?: readonly EventName[] | undefined;
  /** Key attributes; `value` is compared by the type that the key has: text, decimal number, or base64. */
  readonly keys?: readonly KeyCondition[] | undefined;
  /** Attribute paths of which a MODIFY must have changed at least one; needs a stream that holds both images. */
  readonly changed?: readonly string[] | undefined;
  readonly ttl?: 'only' | 'exclude' | undefined;
  /** From this instant on. A record tells its second only (FACTS A.3), so the whole second counts as in. */
  readonly sinceMs?: number | undefined;
  /** Before this instant. */
  readonly untilMs?: number | undefined;
  /** Filter patterns of event source mappings; one of them must let the record pass (FACTS B.6). */
  readonly patterns?: readonly Pattern[] | undefined;
  /** Asked last, of records that pass everything else. */
  readonly custom?: ((record: StreamRecord) => boolean) | undefined;
}

/** A key attribute and the value it must have. */
export interface KeyCondition {
  readonly name: string;
  readonly value: string;
}

/** Answers whether a record is wanted. Patterns can ask for the stream's ARN, which a record does not carry itself. */
export type RecordTest = (record: StreamRecord, eventSourceArn?: string) => boolean;

/** AWS rounds the time of a record down to the second (FACTS A.3). */
const RECORD_TIME_STEP_MS = 1000;

/**
 * Compiles a filter. Event, time and TTL are tested without parsing the record, and so are patterns that the event alone decides.
 *
 * @throws DdbxError (usage) for a path that is none.
 */
export function compileRecordFilter(filter: RecordFilter): RecordTest {
  const tests: RecordTest[] = [];
  const { events, keys, changed, ttl, sinceMs, untilMs, patterns, custom } = filter;
  if (events !== undefined) tests.push(record => events.includes(record.eventName));
  if (sinceMs !== undefined) tests.push(record => record.createdAtMs + RECORD_TIME_STEP_MS > sinceMs);
  if (untilMs !== undefined) tests.push(record => record.createdAtMs < untilMs);
  if (ttl !== undefined) tests.push(record => record.isTtlDelete === (ttl === 'only'));
  if (keys !== undefined) tests.push(record => keys.every(condition => hasKey(record, condition)));
  if (changed !== undefined) {
    const paths = changed.map(parsePath);
    tests.push(record => record.eventName === 'MODIFY' && paths.some(path => hasChangedAt(record, path)));
  }
  if (patterns !== undefined) tests.push(compilePatterns(patterns));
  if (custom !== undefined) tests.push(custom);
  return (record, eventSourceArn) => tests.every(test => test(record, eventSourceArn));
}

/** In these a record differs from what Lambda delivers, see `toLambdaRecord`. */
const ADDED_BY_LAMBDA = ['userIdentity', 'eventSourceARN'] as const;

/**
 * Judges a record as Lambda delivers it. Its event alone may decide; if not, only the members that the patterns ask for
 * are read, and the whole record only when it is spelled so that a parser is needed.
 */
function compilePatterns(patterns: readonly Pattern[]): RecordTest {
  const matches = compileMatcher(patterns);
  const byEvent: Readonly<Record<EventName, boolean | undefined>> = {
    INSERT: decideEarly(patterns, { eventName: 'INSERT' }),
    MODIFY: decideEarly(patterns, { eventName: 'MODIFY' }),
    REMOVE: decideEarly(patterns, { eventName: 'REMOVE' }),
  };
  const asked = askedMembers(patterns);
  const project = ADDED_BY_LAMBDA.some(name => asked.has(name)) ? undefined : compileProjection(asked);
  return (record, eventSourceArn) =>
    byEvent[record.eventName] ?? matches(project?.(record.bytes) ?? toLambdaRecord(record.parsed(), eventSourceArn));
}

function hasKey(record: StreamRecord, { name, value }: KeyCondition): boolean {
  const keys = record.parsed().dynamodb.Keys;
  const key = keys === undefined ? undefined : valueAt(keys, [name]);
  if (key === undefined) return false;
  if ('S' in key) return key.S === value;
  if ('N' in key) return equalValues(key, { N: value });
  return 'B' in key && equalValues(key, { B: value });
}

function hasChangedAt(record: StreamRecord, path: AttributePath): boolean {
  const { NewImage, OldImage } = record.parsed().dynamodb;
  if (NewImage === undefined || OldImage === undefined) return false;
  return !isSame(valueAt(OldImage, path), valueAt(NewImage, path));
}

function isSame(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  return a === undefined || b === undefined ? a === b : equalValues(a, b);
}
