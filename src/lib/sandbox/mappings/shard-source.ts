import { asMembers, isMembers, type Members } from '../members.js';
import { formatSequence, type SequencePoint } from '../streams/sequence.js';
import type { Shard } from '../streams/shard.js';

/** A record as it lies in the shard. */
export interface SourceRecord {
  readonly point: SequencePoint;
  readonly sequenceNumber: string;
  readonly writtenAtMs: number;
  readonly record: Members;
}

/** Reads a shard record by record; pages are parsed once. */
export interface ShardSource {
  /** The first record at `point` or behind it that the shard has, or `undefined` at its end. */
  at(point: SequencePoint): SourceRecord | undefined;
}

const PAGE_RECORDS = 200;

/** Makes a source over a shard's log. */
export function createShardSource({ log }: Shard): ShardSource {
  let pageIndex = 0;
  let page: readonly Members[] = [];
  return {
    at: point => {
      const index = log.indexAtOrAfter(point);
      if (index >= log.nextIndex) return undefined;
      if (index < pageIndex || index >= pageIndex + page.length) {
        page = parsePage(log.page(index, PAGE_RECORDS).chunks);
        pageIndex = index;
      }
      const found = log.pointAt(index);
      return {
        point: found,
        sequenceNumber: formatSequence(found),
        writtenAtMs: log.writtenAtMs(index),
        record: asMembers(page[index - pageIndex]),
      };
    },
  };
}

function parsePage(chunks: readonly Buffer[]): readonly Members[] {
  const parsed: unknown = JSON.parse(`[${Buffer.concat(chunks).toString()}]`);
  return Array.isArray(parsed) ? parsed.filter(isMembers) : [];
}
