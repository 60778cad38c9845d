import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type TableDescription,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type _Record as StreamRecord, DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { readStream } from '../harness.js';

/** A rule of DynamoDB or its streams that any endpoint has to keep, whatever its clock; each makes tables of its own. */
export interface StoreRule {
  readonly name: string;
  check(store: Store): Promise<void>;
}

/** An item, or the part of one, as the API has it. */
export type Item = Record<string, AttributeValue>;

/** An endpoint of DynamoDB and its streams, with what every rule needs of it. */
export interface Store {
  readonly region: string;
  readonly dynamodb: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  /** Makes a table of a name that nobody else has, with the key `pk` unless told otherwise, and waits until it is ACTIVE. */
  create(input?: Partial<CreateTableCommandInput>): Promise<StoreTable>;
  /** The same endpoint in another Region. */
  elsewhere(region: string): DynamoDBStreamsClient;
  /** A request as it goes over the wire, for what the SDK would not send. */
  raw(target: string, body: object): Promise<Response>;
  /** Drops the tables that were made. */
  close(): Promise<void>;
}

/** A table that a rule has made, with the calls that rules make most. */
export interface StoreTable {
  readonly name: string;
  /** The stream it was made with; empty when it was made without. */
  readonly streamArn: string;
  /** What CreateTable answered. */
  readonly statusWhenMade: string | undefined;
  put(item: Item): Promise<Item | undefined>;
  get(key: Item): Promise<Item | undefined>;
  remove(key: Item): Promise<void>;
  describe(): Promise<TableDescription | undefined>;
  /** Sends UpdateTable, and waits until the table is ACTIVE again. */
  update(input: Omit<UpdateTableCommandInput, 'TableName'>): Promise<TableDescription | undefined>;
  /** Deletes the table, and waits until it is not there; gives the status that DeleteTable answered, if it was there. */
  drop(): Promise<string | undefined>;
  /** What can be read of the stream it was made with. */
  records(): Promise<readonly StreamRecord[]>;
}

const LOOK_EVERY_MS = 20;
const MOST_LOOKS = 3_000;

/** The shape of a table with a stream of one view type. */
export function streaming(
  StreamViewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' = 'NEW_AND_OLD_IMAGES',
): Partial<CreateTableCommandInput> {
  return { StreamSpecification: { StreamEnabled: true, StreamViewType } };
}

/** Opens an endpoint for the rules; its clients do not try again. */
export function openStore(url: string, region = 'us-east-1'): Store {
  const config = (where: string) => ({
    endpoint: url,
    region: where,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  });
  const dynamodb = new DynamoDBClient(config(region));
  const streams = new DynamoDBStreamsClient(config(region));
  const others: DynamoDBStreamsClient[] = [];
  const tables: StoreTable[] = [];

  return {
    region,
    dynamodb,
    streams,
    async create(input = {}) {
      const TableName = input.TableName ?? `rules-${randomUUID()}`;
      const { TableDescription: made } = await dynamodb.send(
        new CreateTableCommand({
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          BillingMode: 'PAY_PER_REQUEST',
          ...input,
          TableName,
        }),
      );
      const table = tableOf(dynamodb, streams, TableName, made);
      tables.push(table);
      await untilActive(table);
      return table;
    },
    elsewhere(other) {
      const client = new DynamoDBStreamsClient(config(other));
      others.push(client);
      return client;
    },
    raw: (target, body) =>
      fetch(url, {
        method: 'POST',
        headers: {
          'x-amz-target': target,
          'content-type': 'application/x-amz-json-1.0',
          authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261120/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
        },
        body: JSON.stringify(body),
      }),
    async close() {
      for (const table of tables) await table.drop();
      for (const client of [dynamodb, streams, ...others]) client.destroy();
    },
  };
}

function tableOf(
  dynamodb: DynamoDBClient,
  streams: DynamoDBStreamsClient,
  name: string,
  made: TableDescription | undefined,
): StoreTable {
  const arn = made?.LatestStreamArn ?? '';
  const describe = async () => (await dynamodb.send(new DescribeTableCommand({ TableName: name }))).Table;
  const table: StoreTable = {
    name,
    streamArn: arn,
    statusWhenMade: made?.TableStatus,
    put: async Item =>
      (await dynamodb.send(new PutItemCommand({ TableName: name, Item, ReturnValues: 'ALL_OLD' }))).Attributes,
    get: async Key => (await dynamodb.send(new GetItemCommand({ TableName: name, Key, ConsistentRead: true }))).Item,
    remove: async Key => {
      await dynamodb.send(new DeleteItemCommand({ TableName: name, Key }));
    },
    describe,
    async update(input) {
      const { TableDescription: answered } = await dynamodb.send(new UpdateTableCommand({ ...input, TableName: name }));
      await untilActive(table);
      return answered;
    },
    async drop() {
      let status: string | undefined;
      try {
        if ((await describe())?.DeletionProtectionEnabled === true) {
          await table.update({ DeletionProtectionEnabled: false });
        }
        status = (await dynamodb.send(new DeleteTableCommand({ TableName: name }))).TableDescription?.TableStatus;
        for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
          await describe();
          await delay(LOOK_EVERY_MS);
        }
      } catch (error) {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return status;
        throw error;
      }
      throw new Error(`${name} is still there.`);
    },
    records: () => readStream(streams, arn),
  };
  return table;
}

async function untilActive({ name, describe }: StoreTable): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const table = await describe();
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    if (table?.TableStatus === 'ACTIVE' && indexes.every(index => index.IndexStatus === 'ACTIVE')) return;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error(`${name} did not become ACTIVE.`);
}
