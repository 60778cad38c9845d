import { existsSync, readFileSync } from 'node:fs';
import { parseCheckpoint } from '../../../src/lib/streams/checkpoint.js';
import type { ShardPosition } from '../../../src/lib/streams/read-events.js';
import { wholeLines } from './process.js';

/** A record of the output, as far as these tests look at it. */
export interface StreamLine {
  /** Shard and sequence number: no two records share both. */
  readonly id: string;
  readonly shardId: string;
  readonly sequenceNumber: bigint;
  readonly item: string;
  /** The change that made the record, counted over all items. */
  readonly change: number;
}

interface WireRecord {
  readonly shardId: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly Keys: { readonly pk: { readonly S: string } };
    readonly NewImage?: { readonly change?: { readonly N: string } };
  };
}

/** The records of an NDJSON file, in the order in which they lie there. Throws for a line that is no record. */
export function streamLines(path: string): readonly StreamLine[] {
  return wholeLines(path).map(line => {
    const { shardId, dynamodb }: WireRecord = JSON.parse(line);
    return {
      id: `${shardId} ${dynamodb.SequenceNumber}`,
      shardId,
      sequenceNumber: BigInt(dynamodb.SequenceNumber),
      item: dynamodb.Keys.pk.S,
      change: Number(dynamodb.NewImage?.change?.N ?? Number.NaN),
    };
  });
}

/** Tells whether a checkpoint file says that a record has been dealt with; without a file nothing has. */
export function coverageOf(path: string): (line: StreamLine) => boolean {
  const positions = new Map<string, ShardPosition>();
  if (existsSync(path)) {
    const { streams } = parseCheckpoint(readFileSync(path, 'utf8'), path);
    for (const shards of streams.values()) for (const [id, position] of shards) positions.set(id, position);
  }
  return ({ shardId, sequenceNumber }) => {
    const position = positions.get(shardId);
    if (position?.kind === 'ended') return true;
    return position?.kind === 'after' && sequenceNumber <= BigInt(position.sequenceNumber);
  };
}
