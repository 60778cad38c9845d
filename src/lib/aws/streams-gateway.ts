import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { type ServiceContext, call } from './call.js';
import { getRecordsBody } from './records-body.js';
import { observeServerClock } from './server-clock.js';

/** One of the four views that a stream can carry (FACTS A.3). */
export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** The states of a stream (FACTS A.1). */
export type StreamStatus = 'ENABLING' | 'ENABLED' | 'DISABLING' | 'DISABLED';

/** A stream as ListStreams names it. */
export interface StreamName {
  readonly streamArn: string;
  readonly tableName: string;
  readonly label: string;
}

/** A shard as DescribeStream shows it. Open means: no ending sequence number (FACTS A.2). */
export interface Shard {
  readonly shardId: string;
  /** May name a shard that is trimmed and no longer listed. */
  readonly parentShardId: string | undefined;
  readonly startingSequenceNumber: string | undefined;
  readonly endingSequenceNumber: string | undefined;
}

/** One page of DescribeStream. */
export interface StreamPage {
  readonly streamArn: string;
  readonly label: string;
  readonly tableName: string;
  readonly status: StreamStatus;
  readonly viewType: StreamViewType | undefined;
  readonly createdAtMs: number | undefined;
  readonly shards: readonly Shard[];
  readonly lastEvaluatedShardId: string | undefined;
}

/** Where in a shard an iterator begins. There is no AT_TIMESTAMP (FACTS A.1). */
export type IteratorStart =
  | { readonly type: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly type: 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER'; readonly sequenceNumber: string };

/** The four operations of DynamoDB Streams in one Region. Every method throws AwsError. */
export interface StreamsGateway {
  readonly region: string;
  /** The time by the endpoint's own clock, to the second: what ages and lags are measured against. */
  serverNow(): number;
  listStreams(
    input: { readonly tableName?: string | undefined; readonly after?: string | undefined },
    signal?: AbortSignal,
  ): Promise<{ readonly streams: readonly StreamName[]; readonly lastEvaluatedStreamArn: string | undefined }>;
  /** `childrenOf` asks for the children of one shard only (ShardFilter CHILD_SHARDS). */
  describeStream(
    input: {
      readonly streamArn: string;
      readonly after?: string | undefined;
      readonly childrenOf?: string | undefined;
    },
    signal?: AbortSignal,
  ): Promise<StreamPage>;
  getShardIterator(
    input: { readonly streamArn: string; readonly shardId: string; readonly start: IteratorStart },
    signal?: AbortSignal,
  ): Promise<string>;
  /** The body of GetRecords as it came over the wire: up to 1 MB, never re-encoded (DESIGN section 4). */
  getRecords(
    input: { readonly iterator: string; readonly limit?: number | undefined; readonly streamArn: string },
    signal?: AbortSignal,
  ): Promise<Buffer>;
}

/**
 * The gateway over the SDK.
 * @param client repeats calls by the retry policy
 * @param reader makes each GetRecords once: the reading loop repeats it itself, so that throttles are seen and counted
 */
export function sdkStreamsGateway(
  client: DynamoDBStreamsClient,
  reader: DynamoDBStreamsClient,
  context: ServiceContext,
): StreamsGateway {
  const skew = observeServerClock([client, reader], context.clock);
  const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  return {
    region: context.region,
    serverNow: () => context.clock.now() + skew.ms,
    async listStreams(input, signal) {
      const command = new ListStreamsCommand({ TableName: input.tableName, ExclusiveStartStreamArn: input.after });
      const output = await call(context, 'ListStreams', input.tableName, () =>
        client.send(command, withSignal(signal)),
      );
      return {
        streams: (output.Streams ?? []).map(stream => ({
          streamArn: stream.StreamArn ?? '',
          tableName: stream.TableName ?? '',
          label: stream.StreamLabel ?? '',
        })),
        lastEvaluatedStreamArn: output.LastEvaluatedStreamArn,
      };
    },
    async describeStream(input, signal) {
      const command = new DescribeStreamCommand({
        StreamArn: input.streamArn,
        ExclusiveStartShardId: input.after,
        ...(input.childrenOf === undefined ? {} : { ShardFilter: { Type: 'CHILD_SHARDS', ShardId: input.childrenOf } }),
      });
      const output = await call(context, 'DescribeStream', input.streamArn, () =>
        client.send(command, withSignal(signal)),
      );
      const stream = output.StreamDescription;
      return {
        streamArn: stream?.StreamArn ?? input.streamArn,
        label: stream?.StreamLabel ?? '',
        tableName: stream?.TableName ?? '',
        status: stream?.StreamStatus ?? 'DISABLED',
        viewType: stream?.StreamViewType,
        createdAtMs: stream?.CreationRequestDateTime?.getTime(),
        shards: (stream?.Shards ?? []).map(shard => ({
          shardId: shard.ShardId ?? '',
          parentShardId: shard.ParentShardId,
          startingSequenceNumber: shard.SequenceNumberRange?.StartingSequenceNumber,
          endingSequenceNumber: shard.SequenceNumberRange?.EndingSequenceNumber,
        })),
        lastEvaluatedShardId: stream?.LastEvaluatedShardId,
      };
    },
    async getShardIterator(input, signal) {
      const command = new GetShardIteratorCommand({
        StreamArn: input.streamArn,
        ShardId: input.shardId,
        ShardIteratorType: input.start.type,
        ...('sequenceNumber' in input.start ? { SequenceNumber: input.start.sequenceNumber } : {}),
      });
      const output = await call(context, 'GetShardIterator', input.streamArn, () =>
        client.send(command, withSignal(signal)),
      );
      return output.ShardIterator ?? '';
    },
    async getRecords(input, signal) {
      const output = await call(context, 'GetRecords', input.streamArn, () =>
        getRecordsBody(reader, { ShardIterator: input.iterator, Limit: input.limit }, signal),
      );
      return output.body;
    },
  };
}
