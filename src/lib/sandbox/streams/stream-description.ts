import { describeKeys } from '../dynamodb/key.js';
import { formatSequence } from './sequence.js';
import type { Shard } from './shard.js';
import type { TableStream } from './table-stream.js';

/** A stream as DescribeStream shows it, without its shards. */
export function describeStream({ identity, status }: TableStream): Readonly<Record<string, unknown>> {
  return {
    StreamArn: identity.arn,
    StreamLabel: identity.label,
    StreamStatus: status,
    StreamViewType: identity.viewType,
    CreationRequestDateTime: identity.createdAtMs / 1000,
    TableName: identity.tableName,
    KeySchema: describeKeys(identity.keys),
  };
}

/** A shard as DescribeStream shows it: only a closed one has an EndingSequenceNumber (FACTS A.2). */
export function describeShard(shard: Shard): Readonly<Record<string, unknown>> {
  return {
    ShardId: shard.id,
    ParentShardId: shard.parentId,
    SequenceNumberRange: {
      StartingSequenceNumber: formatSequence(shard.startingPoint),
      EndingSequenceNumber: shard.endingPoint === undefined ? undefined : formatSequence(shard.endingPoint),
    },
  };
}
