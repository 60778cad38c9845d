import pLimit from 'p-limit';
import type { Shard, StreamsGateway } from '../aws/streams-gateway.js';
import type { Clock } from '../model/clock.js';
import { RETENTION_MS } from './change-stream.js';
import { type FirstRecord, firstRecordFrom } from './first-record.js';
import { pacedGateway } from './paced-gateway.js';
import { isOpen, listShards, type StreamListing } from './shard-listing.js';

/** A shard and what is left in it. */
export interface ShardDescription extends Shard {
  readonly open: boolean;
  /** Undefined when nobody looked. */
  readonly oldestRecord: FirstRecord | undefined;
  /** Until the oldest record is trimmed, by the endpoint's clock; undefined when its time is not known. */
  readonly oldestRecordLeftMs: number | undefined;
}

/** A stream and all its shards. */
export interface StreamDescription extends Omit<StreamListing, 'shards'> {
  readonly shards: readonly ShardDescription[];
  readonly openShards: number;
  readonly closedShards: number;
  /** The time by the endpoint's clock. */
  readonly nowMs: number;
  /** Charged requests that were made (FACTS A.5). */
  readonly getRecordsRequests: number;
}

/** What describing a stream needs. */
export interface DescribeStreamOptions {
  readonly gateway: StreamsGateway;
  readonly streamArn: string;
  /** Whether to read the oldest record of each shard. */
  readonly peek: boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Told how many shards have been looked at. */
  readonly onProgress?: (looked: number, shards: number) => void;
}

const LOOKS_AT_ONCE = 8;

/** Lists all shards of a stream and, if wanted, dates the oldest record of each. @throws AwsError when it cannot be listed */
export async function describeStream(options: DescribeStreamOptions): Promise<StreamDescription> {
  const { streamArn, clock, random, signal } = options;
  const gateway = pacedGateway(options.gateway, clock);
  const stream = await listShards(gateway, streamArn, signal);
  let getRecordsRequests = 0;
  let looked = 0;
  const look = { gateway, streamArn, clock, random, signal, onRequest: () => void (getRecordsRequests += 1) };
  const parallel = pLimit(LOOKS_AT_ONCE);
  const shards = await Promise.all(
    stream.shards.map(shard =>
      parallel(async (): Promise<ShardDescription> => {
        const oldestRecord = options.peek
          ? await firstRecordFrom(look, shard.shardId, { type: 'TRIM_HORIZON' })
          : undefined;
        looked += 1;
        options.onProgress?.(looked, stream.shards.length);
        return {
          ...shard,
          open: isOpen(shard),
          oldestRecord,
          oldestRecordLeftMs:
            oldestRecord?.kind === 'record'
              ? Math.max(0, oldestRecord.createdAtMs + RETENTION_MS - gateway.serverNow())
              : undefined,
        };
      }),
    ),
  );
  const openShards = shards.filter(shard => shard.open).length;
  return {
    ...stream,
    shards,
    openShards,
    closedShards: shards.length - openShards,
    nowMs: gateway.serverNow(),
    getRecordsRequests,
  };
}
