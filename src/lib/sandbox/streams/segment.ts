import type { SavedGeneratedSegment } from './generated-segment.js';

/** A run of records of one generation in a shard, ready to be served: `index` counts from 0 within the run. */
export interface Segment {
  readonly generation: number;
  count(): number;
  /** The offset of a record's sequence number. */
  offsetAt(index: number): number;
  /** When a record was written, in milliseconds of the sandbox's time. */
  writtenAtMs(index: number): number;
  /** The bytes of a record's JSON text. */
  sizeAt(index: number): number;
  /** Appends the JSON texts of the records `from` to `to` (without `to`), with commas between them, to `chunks`. */
  write(from: number, to: number, chunks: Buffer[]): void;
  /** JSON from which `loadSegment` makes the same run again. */
  save(): SavedSegment;
}

/** A run of records as it is saved: single ones with their texts, made-up ones with what they are made from. */
export type SavedSegment =
  | {
      readonly kind: 'stored';
      readonly generation: number;
      /** Offset, time in milliseconds, and JSON text of each record. */
      readonly records: readonly (readonly [number, number, string])[];
    }
  | SavedGeneratedSegment;

/** A segment to which single records are added. */
export interface StoredSegment extends Segment {
  add(offset: number, writtenAtMs: number, json: Buffer): void;
}

/** How many records a stored segment takes, so that trimming gives memory back. */
export const STORED_SEGMENT_RECORDS = 4096;

const COMMA = Buffer.from(',');

/** An empty segment of records whose texts are kept. */
export function createStoredSegment(generation: number): StoredSegment {
  const records: { readonly offset: number; readonly writtenAtMs: number; readonly json: Buffer }[] = [];
  return {
    generation,
    count: () => records.length,
    offsetAt: index => records[index]?.offset ?? Number.POSITIVE_INFINITY,
    writtenAtMs: index => records[index]?.writtenAtMs ?? 0,
    sizeAt: index => records[index]?.json.length ?? 0,
    write: (from, to, chunks) => {
      for (let index = from; index < to; index += 1) {
        const record = records[index];
        if (record === undefined) break;
        if (index > from) chunks.push(COMMA);
        chunks.push(record.json);
      }
    },
    add: (offset, writtenAtMs, json) => {
      records.push({ offset, writtenAtMs, json });
    },
    save: () => ({
      kind: 'stored',
      generation,
      records: records.map(({ offset, writtenAtMs, json }) => [offset, writtenAtMs, json.toString()]),
    }),
  };
}
