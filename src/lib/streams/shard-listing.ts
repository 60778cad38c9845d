import type { Shard, StreamPage, StreamStatus, StreamsGateway } from '../aws/streams-gateway.js';

/** A stream with all its shards, however many pages they came in. */
export type StreamListing = Omit<StreamPage, 'lastEvaluatedShardId'>;

/**
 * Reads all pages of DescribeStream, of all shards or of the children of one; only an absent LastEvaluatedShardId is the
 * end (FACTS A.1).
 * @throws AwsError
 */
export async function listShards(
  gateway: StreamsGateway,
  streamArn: string,
  signal?: AbortSignal,
  childrenOf?: string,
): Promise<StreamListing> {
  const shards = new Map<string, Shard>();
  let after: string | undefined;
  for (;;) {
    const page = await gateway.describeStream({ streamArn, after, childrenOf }, signal);
    // A shard that closes between two pages may be listed twice: the later word counts.
    for (const shard of page.shards) shards.set(shard.shardId, shard);
    const { lastEvaluatedShardId, ...stream } = page;
    if (lastEvaluatedShardId === undefined || lastEvaluatedShardId === after) {
      return { ...stream, shards: [...shards.values()] };
    }
    after = lastEvaluatedShardId;
  }
}

/** What is known of the children of a shard. */
export interface ChildListing {
  readonly status: StreamStatus;
  readonly children: readonly Shard[];
}

/** The children of a shard. An endpoint that ignores the filter answers with all shards, so it is applied here again. */
export async function listChildren(
  gateway: StreamsGateway,
  streamArn: string,
  parentShardId: string,
  signal?: AbortSignal,
): Promise<ChildListing> {
  const { status, shards } = await listShards(gateway, streamArn, signal, parentShardId);
  return { status, children: shards.filter(shard => shard.parentShardId === parentShardId) };
}

/** Open means: AWS has not said where it ends (FACTS A.2). */
export function isOpen(shard: Shard): boolean {
  return shard.endingSequenceNumber === undefined;
}
