import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import type { Shard, StreamStatus, StreamsGateway, StreamViewType } from '../../src/lib/aws/streams-gateway.js';
import type { Clock } from '../../src/lib/model/clock.js';
import { compareSequenceNumbers } from '../../src/lib/model/sequence-number.js';
import { aWireRecord } from '../lib/streams/records.js';
import { fakeStreamArn } from './fake-tables.js';

/** A record by the two facts that matter when streams are listed. */
export interface ListedRecord {
  readonly sequenceNumber: string;
  readonly createdAtMs: number;
}

/** A shard and what is in it; `endingSequenceNumber` is the last record's when the shard is closed and nothing is said. */
export interface ListedShard {
  readonly shardId: string;
  readonly parentShardId?: string;
  readonly closed?: boolean;
  readonly endingSequenceNumber?: string;
  readonly records?: readonly ListedRecord[];
  /** Records older than this are trimmed; an iterator for one of them is refused. */
  readonly trimmedBeforeMs?: number;
  /** Empty pages before the first one with a record. */
  readonly emptyPages?: number;
}

export interface ListedStream {
  readonly tableName: string;
  /** ISO 8601 without the zone, as AWS makes it. */
  readonly label: string;
  readonly status?: StreamStatus;
  readonly viewType?: StreamViewType;
  readonly createdAtMs?: number | undefined;
  readonly shards?: readonly ListedShard[];
}

/** Streams in memory as far as listing and describing them goes, and a log of what was asked and when. */
export interface FakeListedStreams extends StreamsGateway {
  readonly calls: readonly { readonly operation: string; readonly atMs: number; readonly resource: string }[];
  /** How many GetRecords requests were under way at once, at most. */
  readonly mostReadsAtOnce: number;
  count(operation: string): number;
  /** Makes calls of an operation fail: all of them, or those about a resource that holds the text. */
  fail(operation: string, kind: AwsErrorKind, options?: { readonly times?: number; readonly about?: string }): void;
}

export interface FakeListedStreamsOptions {
  readonly clock: Clock;
  readonly streams: readonly ListedStream[];
  readonly region?: string;
  readonly shardsPerPage?: number;
  readonly streamsPerPage?: number;
  /** How far the endpoint's clock is ahead. */
  readonly skewMs?: number;
}

interface Failure {
  readonly kind: AwsErrorKind;
  readonly about: string | undefined;
  left: number;
}

export function fakeListedStreams(options: FakeListedStreamsOptions): FakeListedStreams {
  const { clock, region = 'eu-central-1', shardsPerPage = 100, streamsPerPage = 100 } = options;
  const streams = new Map(
    options.streams.map(stream => [fakeStreamArn(stream.tableName, stream.label, region), stream]),
  );
  const calls: { operation: string; atMs: number; resource: string }[] = [];
  const failures = new Map<string, Failure[]>();
  let readsAtOnce = 0;
  let mostReadsAtOnce = 0;

  const failed = (operation: string, resource: string, kind: AwsErrorKind, code: string) =>
    new AwsError({ kind, code, message: code, service: 'dynamodbstreams', operation, region, resource });
  const enter = async (operation: string, resource: string, signal: AbortSignal | undefined): Promise<void> => {
    calls.push({ operation, atMs: clock.now(), resource });
    await Promise.resolve();
    if (signal?.aborted === true) throw failed(operation, resource, 'aborted', 'AbortError');
    const failure = failures
      .get(operation)
      ?.find(({ about, left }) => left > 0 && (about === undefined || resource.includes(about)));
    if (failure === undefined) return;
    failure.left -= 1;
    throw failed(operation, resource, failure.kind, `Fake-${failure.kind}`);
  };
  const find = (operation: string, streamArn: string): ListedStream => {
    const stream = streams.get(streamArn);
    if (stream === undefined) throw failed(operation, streamArn, 'not-found', 'ResourceNotFoundException');
    return stream;
  };
  const readable = (shard: ListedShard): readonly ListedRecord[] =>
    (shard.records ?? []).filter(record => record.createdAtMs >= (shard.trimmedBeforeMs ?? 0));

  return {
    region,
    calls,
    get mostReadsAtOnce() {
      return mostReadsAtOnce;
    },
    count: operation => calls.filter(call => call.operation === operation).length,
    fail(operation, kind, { times = Number.POSITIVE_INFINITY, about } = {}) {
      failures.set(operation, [...(failures.get(operation) ?? []), { kind, about, left: times }]);
    },
    serverNow: () => clock.now() + (options.skewMs ?? 0),
    async listStreams({ tableName, after }, signal) {
      await enter('listStreams', tableName ?? '', signal);
      const arns = [...streams.keys()].filter(
        arn => tableName === undefined || streams.get(arn)?.tableName === tableName,
      );
      const from = after === undefined ? 0 : arns.indexOf(after) + 1;
      const page = arns.slice(from, from + streamsPerPage);
      return {
        streams: page.map(streamArn => {
          const { tableName: table, label } = find('listStreams', streamArn);
          return { streamArn, tableName: table, label };
        }),
        lastEvaluatedStreamArn: from + streamsPerPage < arns.length ? page.at(-1) : undefined,
      };
    },
    async describeStream({ streamArn, after }, signal) {
      await enter('describeStream', streamArn, signal);
      const stream = find('describeStream', streamArn);
      const shards = stream.shards ?? [];
      const from = after === undefined ? 0 : shards.findIndex(shard => shard.shardId === after) + 1;
      const page = shards.slice(from, from + shardsPerPage);
      return {
        streamArn,
        label: stream.label,
        tableName: stream.tableName,
        status: stream.status ?? 'ENABLED',
        viewType: stream.viewType ?? 'NEW_IMAGE',
        createdAtMs: 'createdAtMs' in stream ? stream.createdAtMs : Date.parse(`${stream.label}Z`),
        shards: page.map(
          (shard): Shard => ({
            shardId: shard.shardId,
            parentShardId: shard.parentShardId,
            startingSequenceNumber: shard.records?.[0]?.sequenceNumber ?? '100',
            endingSequenceNumber:
              shard.closed === true
                ? (shard.endingSequenceNumber ?? shard.records?.at(-1)?.sequenceNumber ?? '100')
                : undefined,
          }),
        ),
        lastEvaluatedShardId: from + shardsPerPage < shards.length ? page.at(-1)?.shardId : undefined,
      };
    },
    async getShardIterator({ streamArn, shardId, start }, signal) {
      await enter('getShardIterator', shardId, signal);
      const shard = find('getShardIterator', streamArn).shards?.find(candidate => candidate.shardId === shardId);
      if (shard === undefined) throw failed('getShardIterator', shardId, 'not-found', 'ResourceNotFoundException');
      const records = readable(shard);
      if (start.type === 'TRIM_HORIZON') return `${shardId} 0 ${shard.emptyPages ?? 0}`;
      if (!('sequenceNumber' in start)) return `${shardId} ${records.length} 0`;
      const { sequenceNumber } = start;
      const trimmed = (shard.records ?? []).filter(record => !records.includes(record)).at(-1);
      if (trimmed !== undefined && compareSequenceNumbers(sequenceNumber, trimmed.sequenceNumber) <= 0) {
        throw failed('getShardIterator', shardId, 'trimmed', 'TrimmedDataAccessException');
      }
      const at = records.findIndex(record => compareSequenceNumbers(record.sequenceNumber, sequenceNumber) >= 0);
      return `${shardId} ${at === -1 ? records.length : at} 0`;
    },
    async getRecords({ iterator, limit, streamArn }, signal) {
      readsAtOnce += 1;
      mostReadsAtOnce = Math.max(mostReadsAtOnce, readsAtOnce);
      try {
        const [shardId = '', index = '0', empty = '0'] = iterator.split(' ');
        await enter('getRecords', shardId, signal);
        const shard = find('getRecords', streamArn).shards?.find(candidate => candidate.shardId === shardId);
        if (shard === undefined) throw failed('getRecords', shardId, 'not-found', 'ResourceNotFoundException');
        const from = Number(index);
        const emptyLeft = Number(empty);
        const all = readable(shard);
        const page = emptyLeft > 0 ? [] : all.slice(from, from + (limit ?? 1_000));
        const next = `${shardId} ${from + page.length} ${Math.max(0, emptyLeft - 1)}`;
        const atEnd = shard.closed === true && emptyLeft === 0 && from + page.length >= all.length;
        const Records = page.map(({ sequenceNumber, createdAtMs }) =>
          aWireRecord(
            {},
            { SequenceNumber: sequenceNumber, ApproximateCreationDateTime: Math.floor(createdAtMs / 1_000) },
          ),
        );
        return Buffer.from(JSON.stringify({ Records, ...(atEnd ? {} : { NextShardIterator: next }) }));
      } finally {
        readsAtOnce -= 1;
      }
    },
  };
}
