import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  type StreamViewType,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { credentials, type Endpoint } from './endpoint.js';

const LOOK_EVERY_MS = 20;
const MOST_LOOKS = 3_000;
/** An endpoint may answer empty pages before the first records; so many in a row are the end of an open shard. */
const EMPTY_PAGES = 5;

/** What a write is to write: order number 1, line 2, and so on. */
export interface OrderLine {
  readonly order: string;
  readonly line: number;
}

/** A table of orders at the endpoint under test, written and read by the plain SDK, so that ddbx is not its own witness. */
export interface OrdersTable {
  readonly name: string;
  put(line: OrderLine, attributes: Record<string, AttributeValue>): Promise<void>;
  setStatus(line: OrderLine, status: string): Promise<void>;
  remove(line: OrderLine): Promise<void>;
  /** The newest stream; undefined when there never was one. */
  latestStreamArn(): Promise<string | undefined>;
  /** Every record of a stream that can be read now, shard after shard. */
  records(streamArn: string): Promise<readonly _Record[]>;
  drop(): Promise<void>;
}

/** Makes a table of a name that nobody else has, with a stream when a view type is given. */
export async function createOrdersTable(endpoint: Endpoint, viewType?: StreamViewType): Promise<OrdersTable> {
  const name = `ddbx-endpoint-${randomUUID()}`;
  const config = { endpoint: endpoint.url, region: endpoint.region, credentials };
  const dynamodb = new DynamoDBClient(config);
  const streams = new DynamoDBStreamsClient(config);
  await dynamodb.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'line', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'line', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      ...(viewType === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: viewType } }),
    }),
  );
  const describe = async () => (await dynamodb.send(new DescribeTableCommand({ TableName: name }))).Table;
  await until(`${name} is ACTIVE`, async () => (await describe())?.TableStatus === 'ACTIVE');

  return {
    name,
    async put(line, attributes) {
      await dynamodb.send(new PutItemCommand({ TableName: name, Item: { ...keyOf(line), ...attributes } }));
    },
    async setStatus(line, status) {
      await dynamodb.send(
        new UpdateItemCommand({
          TableName: name,
          Key: keyOf(line),
          UpdateExpression: 'SET #status = :status',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':status': { S: status } },
        }),
      );
    },
    async remove(line) {
      await dynamodb.send(new DeleteItemCommand({ TableName: name, Key: keyOf(line) }));
    },
    latestStreamArn: async () => (await describe())?.LatestStreamArn,
    records: streamArn => readAll(streams, streamArn),
    async drop() {
      await dynamodb.send(new DeleteTableCommand({ TableName: name }));
      dynamodb.destroy();
      streams.destroy();
    },
  };
}

function keyOf({ order, line }: OrderLine): Record<string, AttributeValue> {
  return { pk: { S: order }, line: { N: String(line) } };
}

async function readAll(streams: DynamoDBStreamsClient, streamArn: string): Promise<readonly _Record[]> {
  const records: _Record[] = [];
  let after: string | undefined;
  do {
    const page = await streams.send(
      new DescribeStreamCommand({
        StreamArn: streamArn,
        ...(after === undefined ? {} : { ExclusiveStartShardId: after }),
      }),
    );
    for (const { ShardId } of page.StreamDescription?.Shards ?? []) {
      if (ShardId !== undefined) records.push(...(await readShard(streams, streamArn, ShardId)));
    }
    after = page.StreamDescription?.LastEvaluatedShardId;
  } while (after !== undefined);
  return records;
}

async function readShard(streams: DynamoDBStreamsClient, streamArn: string, shardId: string): Promise<_Record[]> {
  const start = new GetShardIteratorCommand({
    StreamArn: streamArn,
    ShardId: shardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  let iterator = (await streams.send(start)).ShardIterator;
  const records: _Record[] = [];
  for (let empty = 0; iterator !== undefined && empty < EMPTY_PAGES; ) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    records.push(...(page.Records ?? []));
    empty = page.Records?.length ? 0 : empty + 1;
    iterator = page.NextShardIterator;
  }
  return records;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    if (await holds()) return;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error(`It did not come to pass that ${what}.`);
}
