import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll } from 'vitest';
import { startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { loadSeed } from '../../../src/lib/sandbox/seed.js';
import { sampleBody } from '../../lib/dlq/samples.js';
import { holdLeastPolicies, type Line, type Stage } from '../../support/least-policies.js';
import { createMapping } from '../../support/sandbox-mapping.js';

const region = 'us-east-1';
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:orders';
const SOON = ['--idle-timeout', '1s'];

/** The command lines that together need all that a verb declares, and how each ends. */
const LINES: Readonly<Record<string, readonly Line[]>> = {
  'dlq status': [[0, 'status', 'Orders']],
  'dlq peek': [
    [0, 'peek', 'orders-failures'],
    [1, 'peek', 'order-failures'],
    [0, 'peek', 's3://failures'],
  ],
  'dlq redrive': [
    [0, 'redrive', 'work-dlq', '--to', 'work', '--rate', '1', '--no-wait'],
    [0, 'redrive', 'work-dlq', '--cancel'],
    [1, 'redrive', 'orders-failures'],
    [1, 'redrive', 'order-failures'],
  ],
  'dlq drain': [
    [0, 'drain', 'orders-failures', '--dry-run', ...SOON],
    [0, 'drain', 'orders-failures', '--to', 'lambda:handler', '--to', 'sqs:replayed', '--to', `sns:${TOPIC}`, ...SOON],
    [1, 'drain', 'order-failures', '--to', 'sqs:replayed'],
    [0, 'drain', 's3://failures', '--to', 'sqs:replayed', '--move-to', 'done'],
  ],
  'dlq create': [
    [0, 'create', 'orders-failures', '--retention', '3d', '--tag', 'team=orders', '--attach', 'Orders:handler'],
    [0, 'create', 'new-failures', '--tag', 'team=orders'],
    [0, 'create', 'new-failures', '--attach', 'mapping'],
  ],
};

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ddbx-dlq-policy-'));
  writeFileSync(join(folder, 'handler.mjs'), 'export const handler = async () => ({});\n');
  const failing = "export const handler = async () => { throw new Error('no'); };\n";
  writeFileSync(join(folder, 'failing.mjs'), failing);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A sandbox with failed batches in a queue and in a bucket, and all that they can be drained to. */
async function filledSandbox(log: (text: string) => void): Promise<Stage> {
  const sandbox = await startSandbox({ statusDelayMs: 0, shardsPerTable: 1, log });
  const redrive = '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111122223333:work-dlq","maxReceiveCount":"3"}';
  await loadSeed(sandbox, {
    tables: [
      {
        TableName: 'Orders',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        items: [{ pk: { S: 'order#1' } }, { pk: { S: 'order#2' } }],
      },
    ],
    queues: [
      { QueueName: 'orders-failures' },
      { QueueName: 'replayed' },
      { QueueName: 'work-dlq', messages: Array.from({ length: 40 }, (_, index) => `job ${index}`) },
      { QueueName: 'work', Attributes: { RedrivePolicy: redrive } },
    ],
  });
  const connection = { endpoint: sandbox.url, region, credentials };
  const s3 = new S3Client({ ...connection, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'failures' }));
  const Body = sampleBody('s3-object.object-payload-variant');
  await s3.send(new PutObjectCommand({ Bucket: 'failures', Key: 'aws/lambda/1', Body }));
  const sns = new SNSClient(connection);
  await sns.send(new CreateTopicCommand({ Name: 'orders' }));
  for (const client of [s3, sns]) client.destroy();
  sandbox.control.addFunction({ name: 'handler', handlerPath: join(folder, 'handler.mjs') });
  sandbox.control.addFunction({ name: 'failing', handlerPath: join(folder, 'failing.mjs') });
  const mapping = await createMapping(sandbox, { table: 'Orders', functionName: 'handler' });
  await createMapping(sandbox, {
    table: 'Orders',
    functionName: 'failing',
    settings: {
      Enabled: true,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:orders-failures' } },
    },
  });
  await sandbox.control.settleMappings({ advanceMs: 5_000 });
  return { sandbox, words: { mapping } };
}

holdLeastPolicies({
  nouns: ['dlq'],
  lines: LINES,
  fill: filledSandbox,
  neverAsked: {
    'kms:Decrypt': 'no sandbox asks for keys on queues',
    'lambda:GetEventSourceMapping': 'its filters are not encrypted',
  },
});
