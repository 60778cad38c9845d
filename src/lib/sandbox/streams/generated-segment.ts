import type { AttributeMap, AttributeValue } from '../../model/attribute-value.js';
import { emptyAttributes } from '../dynamodb/attribute-value.js';
import { type KeyNames, type KeyType, type KeyTypes, keyAttributes } from '../dynamodb/key.js';
import { type RecordedChange, recordJson, type StreamViewType } from './record-json.js';
import type { Segment } from './segment.js';
import type { GeneratedRun } from './table-stream.js';

/** What made-up records look like. */
export interface GeneratedRecords {
  readonly region: string;
  readonly viewType: StreamViewType;
  readonly keys: KeyNames;
  readonly keyTypes: KeyTypes;
  /** About how long the JSON text of one record is. */
  readonly recordBytes: number;
  /** One event for all, or `mixed`: every item is inserted, changed twice and removed. */
  readonly event: GeneratedEvent;
  /** 16 hexadecimal digits with which all event ids begin. */
  readonly eventIdPrefix: string;
}

/** A run of made-up records as it is saved. */
export interface SavedGeneratedSegment {
  readonly kind: 'generated';
  readonly run: GeneratedRun;
  readonly records: Omit<GeneratedRecords, 'keyTypes'> & { readonly keyTypes: readonly (readonly [string, KeyType])[] };
  readonly startMs: number;
  readonly endMs: number;
}

/** The events that made-up records can tell. */
export type GeneratedEvent = 'INSERT' | 'MODIFY' | 'REMOVE' | 'mixed';

/** A record's text with the places where its numbers go. */
interface Template {
  readonly text: Buffer;
  readonly sequenceEnds: readonly number[];
  readonly eventIdEnds: readonly number[];
  readonly timeEnds: readonly number[];
  readonly keyEnds: readonly number[];
}

// Digits that stand for what differs from record to record, until their places are known.
const SEQUENCE_MARK = '70717273747576777879';
const EVENT_ID_MARK = '8081828384858687';
const TIME_MARK = 6162636465;
const KEY_MARK = '505152535455';

const KEYS_PER_SHARD = 1_000_000_000;
const LIFE: readonly Exclude<GeneratedEvent, 'mixed'>[] = ['INSERT', 'MODIFY', 'MODIFY', 'REMOVE'];

/**
 * A run of made-up records that takes no memory: each is written from a template when it is asked for,
 * with its own sequence number, event id, time and key.
 */
export function createGeneratedSegment(
  run: GeneratedRun,
  records: GeneratedRecords,
  startMs: number,
  endMs: number,
): Segment {
  const events = records.event === 'mixed' ? LIFE : [records.event];
  const templates = events.map((event, version) => createTemplate(records, run.generation, event, version));
  const template = (index: number): Template => {
    const found = templates[index % templates.length];
    if (found === undefined) throw new RangeError('A run of records needs a template');
    return found;
  };
  const stepMs = (endMs - startMs) / run.count;
  const offsetAt = (index: number): number => run.firstOffset + index * run.stride;
  const writtenAtMs = (index: number): number => Math.floor(startMs + index * stepMs);
  const sizeAt = (index: number): number => template(index).text.length;

  const writeRecord = (page: Buffer, at: number, index: number): number => {
    const { text, sequenceEnds, eventIdEnds, timeEnds, keyEnds } = template(index);
    text.copy(page, at);
    const offset = offsetAt(index);
    const seconds = Math.floor(writtenAtMs(index) / 1000);
    const key = run.position * KEYS_PER_SHARD + Math.floor(index / templates.length);
    for (const end of sequenceEnds) writeDigits(page, at + end, offset);
    for (const end of eventIdEnds) writeDigits(page, at + end, offset);
    for (const end of timeEnds) writeDigits(page, at + end, seconds);
    for (const end of keyEnds) writeDigits(page, at + end, key);
    return at + text.length;
  };

  return {
    generation: run.generation,
    count: () => run.count,
    offsetAt,
    writtenAtMs,
    sizeAt,
    save: () => ({ kind: 'generated', run, records: { ...records, keyTypes: [...records.keyTypes] }, startMs, endMs }),
    write: (from, to, chunks) => {
      let bytes = to - from - 1;
      for (let index = from; index < to; index += 1) bytes += sizeAt(index);
      const page = Buffer.allocUnsafe(bytes);
      let at = 0;
      for (let index = from; index < to; index += 1) {
        if (index > from) page[at++] = 0x2c;
        at = writeRecord(page, at, index);
      }
      chunks.push(page);
    },
  };
}

/** Writes a number over the zeros that end at `end`; eight digits at a time, which are whole numbers to the processor. */
function writeDigits(page: Buffer, end: number, value: number): void {
  let at = end;
  let high = Math.floor(value / 1e8);
  let low = (value - high * 1e8) | 0;
  while (low > 0 || high > 0) {
    const stop = at - 8;
    while (low > 0) {
      const rest = (low / 10) | 0;
      at -= 1;
      page[at] = 0x30 + low - rest * 10;
      low = rest;
    }
    at = stop;
    low = (high % 1e8) | 0;
    high = Math.floor(high / 1e8);
  }
}

function createTemplate(
  records: GeneratedRecords,
  generation: number,
  event: Exclude<GeneratedEvent, 'mixed'>,
  version: number,
): Template {
  const build = (padding: number): string =>
    recordJson(changeOf(records, event, version, padding), {
      eventId: records.eventIdPrefix + EVENT_ID_MARK,
      region: records.region,
      sequenceNumber: `${generation}${SEQUENCE_MARK}`,
      viewType: records.viewType,
      writtenAtMs: TIME_MARK * 1000,
    });
  const bare = build(0).length;
  const images = build(1).length - bare || 1;
  const text = build(Math.max(0, Math.floor((records.recordBytes - bare) / images)));
  return {
    text: Buffer.from(
      [SEQUENCE_MARK, EVENT_ID_MARK, String(TIME_MARK), KEY_MARK].reduce(
        (all, mark) => all.replaceAll(mark, '0'.repeat(mark.length)),
        text,
      ),
    ),
    sequenceEnds: endsOf(text, SEQUENCE_MARK),
    eventIdEnds: endsOf(text, EVENT_ID_MARK),
    timeEnds: endsOf(text, String(TIME_MARK)),
    keyEnds: endsOf(text, KEY_MARK),
  };
}

function changeOf(
  { keys, keyTypes }: GeneratedRecords,
  event: Exclude<GeneratedEvent, 'mixed'>,
  version: number,
  padding: number,
): RecordedChange {
  const key = emptyAttributes();
  for (const name of keyAttributes(keys)) {
    key[name] = name === keys.hash ? keyValue(keyTypes.get(name) ?? 'S') : fixedValue(keyTypes.get(name) ?? 'S');
  }
  const image = (imageVersion: number): AttributeMap =>
    Object.assign(emptyAttributes(), {
      ...key,
      orderStatus: { S: ['SHIPPED', 'PLACED', 'PAID', 'PACKED'][imageVersion % 4] ?? 'PLACED' },
      totalCents: { N: '4250' },
      note: { S: 'x'.repeat(padding) },
    });
  return {
    keys: key,
    oldItem: event === 'INSERT' ? undefined : image(version),
    newItem: event === 'REMOVE' ? undefined : image(version + 1),
    byTtl: false,
  };
}

function keyValue(type: KeyType): AttributeValue {
  switch (type) {
    case 'S':
      return { S: `order-${KEY_MARK}` };
    case 'N':
      return { N: `1${KEY_MARK}` };
    case 'B':
      return { B: KEY_MARK };
  }
}

function fixedValue(type: KeyType): AttributeValue {
  switch (type) {
    case 'S':
      return { S: 'order' };
    case 'N':
      return { N: '1' };
    case 'B':
      return { B: 'b3Jk' };
  }
}

function endsOf(text: string, mark: string): readonly number[] {
  const ends: number[] = [];
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) ends.push(at + mark.length);
  return ends;
}
