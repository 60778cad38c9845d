import { hashOf } from '../dynamodb/key.js';
import { isMembers, type Members } from '../members.js';
import { after, formatSequence, type SequencePoint } from '../streams/sequence.js';
import type { Shard } from '../streams/shard.js';

/** A record as it lies in the shard. */
export interface SourceRecord {
  readonly point: SequencePoint;
  readonly sequenceNumber: string;
  readonly writtenAtMs: number;
  readonly record: Members;
}

/** Reads a shard record by record, for all lanes of a mapping: what one has parsed, the others find. */
export interface ShardSource {
  /** Where the first record is that lies at `point` or behind it. */
  indexFrom(point: SequencePoint): number;
  /** The index behind the last record. */
  endIndex(): number;
  /** A number that all records of one item share. */
  itemHash(index: number): number;
  at(index: number): SourceRecord;
  /** The position right behind a record. */
  behind(index: number): SequencePoint;
}

interface Page {
  readonly firstIndex: number;
  readonly records: readonly Members[];
  readonly hashes: (number | undefined)[];
}

const PAGE_RECORDS = 200;

/** Makes a source over a shard's log that keeps so many parsed pages. */
export function createShardSource({ log }: Shard, mostPages: number): ShardSource {
  const pages: Page[] = [];

  const pageWith = (index: number): Page => {
    const known = pages.find(({ firstIndex, records }) => index >= firstIndex && index < firstIndex + records.length);
    if (known !== undefined) return known;
    const page = { firstIndex: index, records: parsePage(log.page(index, PAGE_RECORDS).chunks), hashes: [] };
    pages.push(page);
    if (pages.length > mostPages) pages.shift();
    return page;
  };

  const recordAt = (index: number): Members => {
    const { firstIndex, records } = pageWith(index);
    return records[index - firstIndex] ?? {};
  };

  return {
    indexFrom: point => log.indexAtOrAfter(point),
    endIndex: () => log.nextIndex,
    itemHash: index => {
      const { firstIndex, hashes } = pageWith(index);
      return (hashes[index - firstIndex] ??= hashOf(keysText(recordAt(index))));
    },
    at: index => {
      const point = log.pointAt(index);
      return {
        point,
        sequenceNumber: formatSequence(point),
        writtenAtMs: log.writtenAtMs(index),
        record: recordAt(index),
      };
    },
    behind: index => after(log.pointAt(index)),
  };
}

function parsePage(chunks: readonly Buffer[]): readonly Members[] {
  const parsed: unknown = JSON.parse(`[${Buffer.concat(chunks).toString()}]`);
  return Array.isArray(parsed) ? parsed.filter(isMembers) : [];
}

function keysText({ dynamodb }: Members): string {
  return isMembers(dynamodb) ? JSON.stringify(dynamodb['Keys']) : '';
}
