import { resourceNotFound, validationError } from '../aws-error.js';
import type { Call } from '../call.js';
import { counted } from '../dynamodb/counted-operations.js';
import { recordGetRecords } from '../dynamodb/table-metrics.js';
import { dynamodbErrorType } from '../http/dynamodb-error-type.js';
import type { JsonService } from '../http/json-service.js';
import { RawJson } from '../http/raw-json.js';
import {
  type Members,
  optionalChoice,
  optionalInteger,
  optionalMembers,
  optionalString,
  requiredChoice,
  requiredString,
} from '../members.js';
import { assertFresh, assertNotTrimmed, formatIterator, parseIterator, trimmedData } from './iterator.js';
import { after, parseSequence, type SequencePoint } from './sequence.js';
import { endOf, type Shard } from './shard.js';
import { describeShard, describeStream } from './stream-description.js';
import type { TableStream } from './table-stream.js';

const MAX_LISTED = 100;
const MAX_RECORDS = 1000;

/** DynamoDB Streams. */
export const streamsService: JsonService = {
  target: 'DynamoDBStreams_20120810',
  version: '1.0',
  errorType: dynamodbErrorType,
  operations: counted({
    ListStreams: listStreams,
    DescribeStream: describe,
    GetShardIterator: getShardIterator,
    GetRecords: getRecords,
  }),
};

function listStreams(input: Members, { region }: Call): unknown {
  const table = optionalString(input, 'TableName');
  const limit = optionalInteger(input, 'Limit', { min: 1, max: MAX_LISTED }) ?? MAX_LISTED;
  const from = optionalString(input, 'ExclusiveStartStreamArn');
  const tableName = table?.startsWith('arn:') === true ? table.slice(table.indexOf('/') + 1) : table;
  const streams = [...region.streams.values()]
    .map(stream => stream.identity)
    .filter(({ arn, tableName: name }) => (tableName === undefined || name === tableName) && (!from || arn > from))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const page = streams.slice(0, limit);
  return {
    Streams: page.map(({ arn, tableName: name, label }) => ({ StreamArn: arn, TableName: name, StreamLabel: label })),
    LastEvaluatedStreamArn: streams.length > page.length ? page.at(-1)?.arn : undefined,
  };
}

function describe(input: Members, { region }: Call): unknown {
  const stream = findStream(region.streams, requiredString(input, 'StreamArn'));
  const limit = optionalInteger(input, 'Limit', { min: 1, max: MAX_LISTED }) ?? MAX_LISTED;
  const from = optionalString(input, 'ExclusiveStartShardId');
  const shards = filteredShards(stream, optionalMembers(input, 'ShardFilter')).filter(({ id }) => !from || id > from);
  const page = shards.slice(0, limit);
  return {
    StreamDescription: {
      ...describeStream(stream),
      Shards: page.map(describeShard),
      LastEvaluatedShardId: shards.length > page.length ? page.at(-1)?.id : undefined,
    },
  };
}

function filteredShards(stream: TableStream, filter: Members | undefined): readonly Shard[] {
  if (filter === undefined) return stream.shards;
  const type = optionalChoice(filter, 'Type', ['CHILD_SHARDS'] as const);
  const parentId = optionalString(filter, 'ShardId');
  if (type === undefined || parentId === undefined) {
    throw validationError('ShardFilter needs both Type and ShardId');
  }
  // UNVERIFIED what AWS answers for a parent that is not listed any more; its children are found all the same.
  return stream.shards.filter(shard => shard.parentId === parentId);
}

function getShardIterator(input: Members, { region, state }: Call): unknown {
  const streamArn = requiredString(input, 'StreamArn');
  const shardId = requiredString(input, 'ShardId');
  const type = requiredChoice(input, 'ShardIteratorType', [
    'AT_SEQUENCE_NUMBER',
    'AFTER_SEQUENCE_NUMBER',
    'LATEST',
    'TRIM_HORIZON',
  ] as const);
  const stream = findStream(region.streams, streamArn);
  const shard = stream.findShard(shardId);
  if (shard === undefined || stream.hasVanished(shard)) {
    throw resourceNotFound('Requested resource not found: Shard does not exist');
  }
  const point = startingPoint(type, shard, optionalString(input, 'SequenceNumber'));
  assertNotTrimmed(shard, point);
  const issuedAtMs = state.clock.now();
  return { ShardIterator: formatIterator({ streamArn, shardId, point, issuedAtMs, epoch: stream.iteratorEpoch }) };
}

function startingPoint(
  type: 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER' | 'LATEST' | 'TRIM_HORIZON',
  shard: Shard,
  sequenceNumber: string | undefined,
): SequencePoint | undefined {
  if (type === 'TRIM_HORIZON') return undefined;
  if (type === 'LATEST') return endOf(shard);
  if (sequenceNumber === undefined) {
    throw validationError(`SequenceNumber must be given with a ShardIteratorType of ${type}`);
  }
  const point = parseSequence(sequenceNumber);
  if (point === undefined) throw validationError(`Invalid SequenceNumber: ${sequenceNumber}`);
  return type === 'AT_SEQUENCE_NUMBER' ? point : after(point);
}

function getRecords(input: Members, { region, state }: Call): RawJson {
  const position = parseIterator(requiredString(input, 'ShardIterator'));
  const limit = optionalInteger(input, 'Limit', { min: 1, max: MAX_RECORDS }) ?? MAX_RECORDS;
  const stream = findStream(region.streams, position.streamArn);
  const nowMs = state.clock.now();
  assertFresh(position, nowMs, stream.iteratorEpoch);
  const shard = stream.findShard(position.shardId);
  if (shard === undefined) throw resourceNotFound('Requested resource not found: Shard does not exist');
  assertNotTrimmed(shard, position.point);
  if (stream.hasVanished(shard) && position.point === undefined) throw trimmedData();

  const { log } = shard;
  const index = position.point === undefined ? log.firstIndex : log.indexAtOrAfter(position.point);
  const { chunks, count, nextIndex } = log.page(index, limit);
  const isEnded = shard.endingPoint !== undefined && nextIndex >= log.nextIndex;
  const next = count > 0 ? after(log.pointAt(nextIndex - 1)) : (position.point ?? endOf(shard));
  const iterator = formatIterator({ ...position, point: next, issuedAtMs: nowMs });
  const bytes = chunks.reduce((total, chunk) => total + chunk.length, 0);
  recordGetRecords(state, stream.identity, { records: count, bytes });
  const head = isEnded ? '{"Records":[' : `{"NextShardIterator":${JSON.stringify(iterator)},"Records":[`;
  return new RawJson([Buffer.from(head), ...chunks, Buffer.from(']}')]);
}

function findStream(streams: ReadonlyMap<string, TableStream>, arn: string): TableStream {
  const stream = streams.get(arn);
  if (stream === undefined) throw resourceNotFound(`Requested resource not found: Stream: ${arn} not found`);
  return stream;
}
