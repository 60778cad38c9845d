import { createGeneratedSegment } from './generated-segment.js';
import { createStoredSegment, type SavedSegment, type Segment } from './segment.js';

/** The run of records that a segment's `save` gave. */
export function loadSegment(saved: SavedSegment): Segment {
  switch (saved.kind) {
    case 'stored': {
      const segment = createStoredSegment(saved.generation);
      for (const [offset, writtenAtMs, json] of saved.records) segment.add(offset, writtenAtMs, Buffer.from(json));
      return segment;
    }
    case 'generated': {
      const { run, records, startMs, endMs } = saved;
      return createGeneratedSegment(run, { ...records, keyTypes: new Map(records.keyTypes) }, startMs, endMs);
    }
  }
}
