import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { systemClock } from '../../../src/lib/model/clock.js';
import type { Sandbox, SandboxOptions } from '../../../src/lib/sandbox/sandbox.js';
import { loadSeed } from '../../../src/lib/sandbox/seed.js';
import { sampleBody } from '../../lib/dlq/samples.js';
import { createMapping } from '../../support/sandbox-mapping.js';

/** What a transcript begins with. */
export interface Scenario {
  readonly options: Pick<SandboxOptions, 'shardsPerTable' | 'regions'>;
  /** Fills the sandbox; what it does is `ageMs` old when the first command runs. */
  readonly fill: (sandbox: Sandbox) => Promise<void>;
}

/**
 * How old what a scenario has made is for the first command: no whole number of the units that ages are printed in, so that the seconds a transcript
 * takes do not show.
 */
export const ageMs = ((2 * 60 + 15) * 60 + 20) * 1000;

const ordersTable = {
  TableName: 'Orders',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const customersTable = {
  TableName: 'Customers',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

/** Three orders: one is inserted, paid and shipped, one is inserted and removed, one is inserted; and a table without a stream. */
async function fillOrders(sandbox: Sandbox): Promise<void> {
  await loadSeed(sandbox, { tables: [ordersTable, customersTable] });
  const put = (item: Readonly<Record<string, unknown>>) =>
    callDynamoDb(sandbox, 'PutItem', { TableName: ordersTable.TableName, Item: item });
  const first = { pk: { S: 'order#1' }, item: { S: 'lamp' }, quantity: { N: '2' }, total: { N: '39.90' } };
  await put({ ...first, status: { S: 'placed' } });
  await put({
    pk: { S: 'order#2' },
    item: { S: 'globe' },
    quantity: { N: '1' },
    total: { N: '120' },
    status: { S: 'placed' },
  });
  await put({ ...first, status: { S: 'paid' }, tags: { SS: ['gift', 'express'] } });
  await callDynamoDb(sandbox, 'DeleteItem', { TableName: ordersTable.TableName, Key: { pk: { S: 'order#2' } } });
  await put({ ...first, status: { S: 'shipped' }, tags: { SS: ['gift'] } });
  await put({
    pk: { S: 'order#3' },
    item: { S: 'desk' },
    quantity: { N: '1' },
    total: { N: '310.5' },
    status: { S: 'placed' },
  });
}

/** The scenarios that a transcript can name, besides `none`, which has no endpoint at all. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  /** A sandbox without a table. */
  empty: { options: {}, fill: () => Promise.resolve() },
  /** Orders, with one shard, so that the order of its six records is always the same; Customers has no stream. */
  orders: { options: { shardsPerTable: 1 }, fill: fillOrders },
  /** The same orders, and two functions behind them: one is given orders that were paid, the other everything. */
  filtered: {
    options: { shardsPerTable: 1 },
    fill: async sandbox => {
      await fillOrders(sandbox);
      const handlerPath = fileURLToPath(new URL('idle-handler.mjs', import.meta.url));
      for (const name of ['ship-orders', 'audit']) sandbox.control.addFunction({ name, handlerPath });
      const paid = '{"eventName":["MODIFY"],"dynamodb":{"NewImage":{"status":{"S":["paid"]}}}}';
      await createMapping(sandbox, { table: 'Orders', functionName: 'ship-orders', filters: [paid] });
      await createMapping(sandbox, { table: 'Orders', functionName: 'audit' });
    },
  },
  /**
   * The same orders, and a function that fails: its three batches of two are in the queue orders-failures. Another function does everything but order#2;
   * work-dlq is the dead-letter queue of the queue work, and holds three messages.
   */
  failures: {
    options: { shardsPerTable: 1 },
    fill: async sandbox => {
      await fillOrders(sandbox);
      await loadSeed(sandbox, {
        queues: [
          { QueueName: 'orders-failures' },
          { QueueName: 'replayed' },
          { QueueName: 'work-dlq', messages: ['one', 'two', 'three'] },
          {
            QueueName: 'work',
            Attributes: {
              RedrivePolicy:
                '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111122223333:work-dlq","maxReceiveCount":"3"}',
            },
          },
        ],
      });
      addFunctions(sandbox);
      await failInto(sandbox, 'arn:aws:sqs:us-east-1:111122223333:orders-failures', 2);
    },
  },
  /** The same orders, and a function that is given changed orders only, and fails: one batch of two, with a deleted order between them. */
  'filtered-failures': {
    options: { shardsPerTable: 1 },
    fill: async sandbox => {
      await fillOrders(sandbox);
      await loadSeed(sandbox, { queues: [{ QueueName: 'orders-failures' }] });
      addFunctions(sandbox);
      await failInto(sandbox, 'arn:aws:sqs:us-east-1:111122223333:orders-failures', 10, ['{"eventName":["MODIFY"]}']);
    },
  },
  /** Five hundred orders, and the batches of a hundred that a function gave up: all of them are in the queue orders-failures. */
  poison: {
    options: { shardsPerTable: 1 },
    fill: async sandbox => {
      await loadSeed(sandbox, { tables: [ordersTable], queues: [{ QueueName: 'orders-failures' }] });
      for (let order = 1; order <= 500; order += 1) {
        await callDynamoDb(sandbox, 'PutItem', { TableName: 'Orders', Item: { pk: { S: `order#${order}` } } });
      }
      addFunctions(sandbox);
      await failInto(sandbox, 'arn:aws:sqs:us-east-1:111122223333:orders-failures', 100);
    },
  },
  /** Two failed batches of long ago in the bucket failures, with their records, and an object that is none; and a topic with a queue behind it. */
  'failures-in-s3': {
    options: {},
    fill: async sandbox => {
      await loadSeed(sandbox, { queues: [{ QueueName: 'replayed' }] });
      const connection = { endpoint: sandbox.url, region: 'us-east-1', credentials };
      const s3 = new S3Client({ ...connection, forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: 'failures' }));
      const folder = 'aws/lambda/14e0db71-5d35-4eb5-b481-8945cf9d10c2/shardId-00000001573689847184-864758bb/2026/03/22';
      const objects = {
        [`${folder}/2026-03-22T00.13.49-1`]: sampleBody('s3-object.documented-string-payload'),
        [`${folder}/2026-03-22T00.13.49-2`]: sampleBody('s3-object.object-payload-variant'),
        'aws/lambda/readme.txt': 'failed batches',
      };
      for (const [Key, body] of Object.entries(objects)) {
        await s3.send(
          new PutObjectCommand({ Bucket: 'failures', Key, Body: body.replaceAll('2026-11-2', '2026-03-2') }),
        );
      }
      const sns = new SNSClient(connection);
      await sns.send(new CreateTopicCommand({ Name: 'orders' }));
      const subscription = { Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:111122223333:replayed' };
      await sns.send(new SubscribeCommand({ TopicArn: 'arn:aws:sns:us-east-1:111122223333:orders', ...subscription }));
      for (const client of [s3, sns]) client.destroy();
      addFunctions(sandbox);
    },
  },
  /** A queue with a message of every form that AWS sends, long ago, so that their stream is gone; and one that is none of them. */
  'failure-messages': {
    options: {},
    fill: async sandbox => {
      const forms = [
        ...['sqs-body', 'sqs-body.partial-batch', 'sqs-body.record-age', 'sqs-body.no-invocation', 'sns-notification'],
        ...['s3-object.documented-string-payload', 's3-object.object-payload-variant', 'pipe', 'kinesis'],
      ];
      const messages = forms.map(form => sampleBody(form).replaceAll('2026-11-2', '2026-03-2'));
      await loadSeed(sandbox, { queues: [{ QueueName: 'all-forms', messages: [...messages, 'order 17 failed'] }] });
    },
  },
  /** The same orders, and a function that nothing invokes yet; it fails on records that hold the word poison. */
  function: {
    options: { shardsPerTable: 1 },
    fill: async sandbox => {
      await fillOrders(sandbox);
      addPoisonable(sandbox);
    },
  },
  /** The same, and the function has been attached, paused, since; its stream has been replaced meanwhile. */
  orphaned: {
    options: { shardsPerTable: 1 },
    fill: async sandbox => {
      await fillOrders(sandbox);
      addPoisonable(sandbox);
      await createMapping(sandbox, { table: 'Orders', functionName: 'orders-indexer' });
      await replaceStream(sandbox);
    },
  },
  /** Orders with an index and a replica in us-east-2: two items of 100 KB are written in us-east-1, one in us-east-2, and one is read. */
  'two-regions': {
    options: { shardsPerTable: 1, regions: ['us-east-1', 'us-east-2'] },
    fill: async sandbox => {
      const { TableName } = ordersTable;
      const index = {
        IndexName: 'byStatus',
        KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      };
      const AttributeDefinitions = [
        ...ordersTable.AttributeDefinitions,
        { AttributeName: 'status', AttributeType: 'S' },
      ];
      await loadSeed(sandbox, {
        tables: [{ ...ordersTable, AttributeDefinitions, GlobalSecondaryIndexes: [index], replicas: ['us-east-2'] }],
      });
      for (const [at, region] of ['us-east-1', 'us-east-1', 'us-east-2'].entries()) {
        const Item = { pk: { S: `order#${at}` }, status: { S: 'placed' }, note: { S: 'x'.repeat(100_000) } };
        await callDynamoDb(sandbox, 'PutItem', { TableName, Item }, region);
      }
      await callDynamoDb(sandbox, 'GetItem', { TableName, Key: { pk: { S: 'order#0' } } });
    },
  },
  /** The same orders; then the shard has split, and the first child has been replaced by one of its own. */
  resharded: {
    options: { shardsPerTable: 1 },
    fill: async sandbox => {
      await fillOrders(sandbox);
      sandbox.control.splitShard({ table: 'Orders' });
      sandbox.control.rollShard({ table: 'Orders' });
    },
  },
};

/** A function that fails on everything, and one that does all but order#2. */
function addFunctions(sandbox: Sandbox): void {
  for (const [name, file] of [
    ['order-events', 'failing-handler.mjs'],
    ['order-replay', 'poison-handler.mjs'],
  ] as const) {
    sandbox.control.addFunction({ name, handlerPath: fileURLToPath(new URL(file, import.meta.url)) });
  }
}

/** Lets a mapping give every batch of the table Orders up, and waits until all of them are at its destination. */
async function failInto(
  sandbox: Sandbox,
  destination: string,
  batchSize: number,
  filters: readonly string[] = [],
): Promise<void> {
  await createMapping(sandbox, {
    table: 'Orders',
    functionName: 'order-events',
    filters,
    settings: {
      Enabled: true,
      BatchSize: batchSize,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: destination } },
    },
  });
  await sandbox.control.settleMappings({ advanceMs: 5_000 });
}

function addPoisonable(sandbox: Sandbox): void {
  const handlerPath = fileURLToPath(new URL('picky-handler.mjs', import.meta.url));
  sandbox.control.addFunction({ name: 'orders-indexer', handlerPath });
}

/** Disables the stream of Orders and enables another one, each as soon as the table is ACTIVE. */
async function replaceStream(sandbox: Sandbox): Promise<void> {
  const { TableName } = ordersTable;
  for (const StreamSpecification of [{ StreamEnabled: false }, { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' }]) {
    await callDynamoDb(sandbox, 'UpdateTable', { TableName, StreamSpecification });
    await untilActive(sandbox, TableName);
  }
}

async function untilActive(sandbox: Sandbox, TableName: string): Promise<void> {
  for (;;) {
    const answer = await callDynamoDb(sandbox, 'DescribeTable', { TableName });
    if (answer.includes('"TableStatus":"ACTIVE"')) return;
    await systemClock.sleep(5);
  }
}

/** Calls an operation of DynamoDB as any client does; throws with what came back when it is refused. */
async function callDynamoDb(
  sandbox: Sandbox,
  operation: string,
  input: unknown,
  region = 'us-east-1',
): Promise<string> {
  const response = await fetch(sandbox.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=scenario/20000101/${region}/dynamodb/aws4_request`,
    },
    body: JSON.stringify(input),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${answer}`);
  return answer;
}
