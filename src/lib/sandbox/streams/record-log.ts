import { loadSegment } from './load-segment.js';
import {
  createStoredSegment,
  STORED_SEGMENT_RECORDS,
  type SavedSegment,
  type Segment,
  type StoredSegment,
} from './segment.js';
import { compareSequences, type SequencePoint } from './sequence.js';

/** What one GetRecords page may weigh: FACTS A.1. */
const MAX_PAGE_BYTES = 1024 * 1024;

/** Some records in order, as the JSON texts that a page is made of. */
export interface LogPage {
  readonly chunks: readonly Buffer[];
  readonly count: number;
  /** The index behind the last record of the page. */
  readonly nextIndex: number;
}

interface PlacedSegment {
  readonly firstIndex: number;
  readonly segment: Segment;
}

/** A log as it is saved. */
export interface SavedLog {
  readonly firstIndex: number;
  readonly nextIndex: number;
  readonly segments: readonly { readonly firstIndex: number; readonly segment: SavedSegment }[];
}

/** The records of one shard. Indexes count from the shard's first record and stay when records are trimmed. */
export class RecordLog {
  #segments: PlacedSegment[] = [];
  #tail: StoredSegment | undefined;
  #firstIndex = 0;
  #nextIndex = 0;

  /** The index of the oldest record that is still there. */
  get firstIndex(): number {
    return this.#firstIndex;
  }

  /** The index that the next record will have. */
  get nextIndex(): number {
    return this.#nextIndex;
  }

  /** The log as JSON. */
  save(): SavedLog {
    return {
      firstIndex: this.#firstIndex,
      nextIndex: this.#nextIndex,
      segments: this.#segments.map(({ firstIndex, segment }) => ({ firstIndex, segment: segment.save() })),
    };
  }

  /** The log that `save` gave; the next record begins a segment of its own. */
  static load({ firstIndex, nextIndex, segments }: SavedLog): RecordLog {
    const log = new RecordLog();
    log.#segments = segments.map(each => ({ firstIndex: each.firstIndex, segment: loadSegment(each.segment) }));
    log.#firstIndex = firstIndex;
    log.#nextIndex = nextIndex;
    return log;
  }

  append(point: SequencePoint, writtenAtMs: number, json: Buffer): void {
    let tail = this.#tail;
    if (tail === undefined || tail.generation !== point.generation || tail.count() >= STORED_SEGMENT_RECORDS) {
      tail = createStoredSegment(point.generation);
      this.#place(tail);
      this.#tail = tail;
    }
    tail.add(point.offset, writtenAtMs, json);
    this.#nextIndex += 1;
  }

  /** Adds a whole run of records that were made elsewhere. */
  appendSegment(segment: Segment): void {
    this.#tail = undefined;
    this.#place(segment);
    this.#nextIndex += segment.count();
  }

  /** The index of the first record that is still there at `point` or behind it. */
  indexAtOrAfter(point: SequencePoint): number {
    return this.#firstWhere(index => compareSequences(this.pointAt(index), point) >= 0);
  }

  /** The index of the first record that is still there and was written at `timeMs` or later. */
  indexWrittenSince(timeMs: number): number {
    return this.#firstWhere(index => this.writtenAtMs(index) >= timeMs);
  }

  pointAt(index: number): SequencePoint {
    const { segment, firstIndex } = this.#segmentOf(index);
    return { generation: segment.generation, offset: segment.offsetAt(index - firstIndex) };
  }

  writtenAtMs(index: number): number {
    const { segment, firstIndex } = this.#segmentOf(index);
    return segment.writtenAtMs(index - firstIndex);
  }

  /** The records from `index` on: at most `limit`, and at most a megabyte, but one if there is one. */
  page(index: number, limit: number): LogPage {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let at = Math.max(index, this.#firstIndex);
    const start = at;
    while (at < this.#nextIndex && at - start < limit) {
      const { segment, firstIndex } = this.#segmentOf(at);
      const from = at - firstIndex;
      const most = Math.min(segment.count(), from + limit - (at - start));
      let to = from;
      while (to < most && (bytes + segment.sizeAt(to) <= MAX_PAGE_BYTES || bytes === 0)) {
        bytes += segment.sizeAt(to);
        to += 1;
      }
      if (to === from) break;
      if (at > start) chunks.push(Buffer.from(','));
      segment.write(from, to, chunks);
      at = firstIndex + to;
      if (to < most) break;
    }
    return { chunks, count: at - start, nextIndex: at };
  }

  /** Forgets all records before `index`. */
  trimBefore(index: number): void {
    this.#firstIndex = Math.min(Math.max(index, this.#firstIndex), this.#nextIndex);
    const kept = this.#segments.findIndex(
      ({ firstIndex, segment }) => firstIndex + segment.count() > this.#firstIndex || segment === this.#tail,
    );
    if (kept !== 0) this.#segments = kept < 0 ? [] : this.#segments.slice(kept);
  }

  #place(segment: Segment): void {
    this.#segments.push({ firstIndex: this.#nextIndex, segment });
  }

  #segmentOf(index: number): PlacedSegment {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#segments[middle]?.firstIndex ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const found = this.#segments[low];
    if (found === undefined) throw new RangeError(`There is no record ${index} in this shard`);
    return found;
  }

  #firstWhere(isBehind: (index: number) => boolean): number {
    let low = this.#firstIndex;
    let high = this.#nextIndex;
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      if (isBehind(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
