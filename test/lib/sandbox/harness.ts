import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
  type Shard,
  type ShardIteratorType,
} from '@aws-sdk/client-dynamodb-streams';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/lib/sandbox/sandbox.js';

/** When the sandbox's stopped clock stands at the beginning of a test. */
export const START_MS = Date.UTC(2026, 10, 20, 10, 11, 12, 123);

/** How long a status change takes in tests that look at it. */
export const STATUS_DELAY_MS = 100;

/** A sandbox whose time stands still unless it is advanced, with clients that do not try again. */
export interface Harness {
  readonly sandbox: Sandbox;
  readonly log: readonly string[];
  dynamodb(region?: string): DynamoDBClient;
  streams(region?: string): DynamoDBStreamsClient;
  lambda(region?: string): LambdaClient;
  cloudwatch(region?: string): CloudWatchClient;
  sqs(region?: string): SQSClient;
  scaling(region?: string): ApplicationAutoScalingClient;
  kms(region?: string): KMSClient;
  sns(region?: string): SNSClient;
  s3(region?: string): S3Client;
  sts(region?: string): STSClient;
  /** A request as it goes over the wire, without an SDK. */
  raw(
    target: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Response>;
  close(): Promise<void>;
}

/** Starts a sandbox for a test. */
export async function startHarness(options: SandboxOptions = {}): Promise<Harness> {
  const log: string[] = [];
  const sandbox = await startSandbox({
    clock: { now: () => START_MS, sleep: async () => {} },
    random: seededRandom(1),
    statusDelayMs: 0,
    log: line => log.push(line),
    ...options,
  });
  const clients: { destroy(): void }[] = [];
  const keep = <T extends { destroy(): void }>(client: T): T => {
    clients.push(client);
    return client;
  };
  const config = (region: string) => ({
    endpoint: sandbox.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  });
  return {
    sandbox,
    log,
    dynamodb: (region = 'us-east-1') => keep(new DynamoDBClient(config(region))),
    streams: (region = 'us-east-1') => keep(new DynamoDBStreamsClient(config(region))),
    lambda: (region = 'us-east-1') => keep(new LambdaClient(config(region))),
    cloudwatch: (region = 'us-east-1') => keep(new CloudWatchClient(config(region))),
    sqs: (region = 'us-east-1') => keep(new SQSClient(config(region))),
    scaling: (region = 'us-east-1') => keep(new ApplicationAutoScalingClient(config(region))),
    kms: (region = 'us-east-1') => keep(new KMSClient(config(region))),
    sns: (region = 'us-east-1') => keep(new SNSClient(config(region))),
    s3: (region = 'us-east-1') => keep(new S3Client({ ...config(region), forcePathStyle: true })),
    sts: (region = 'us-east-1') => keep(new STSClient(config(region))),
    raw: (target, body, headers = {}, signal) =>
      fetch(sandbox.url, {
        method: 'POST',
        headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(signal === undefined ? {} : { signal }),
      }),
    close: async () => {
      for (const client of clients) client.destroy();
      await sandbox.close();
    },
  };
}

/** Numbers that look random and are the same each time. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** The input of CreateTable for a table `Orders` with the key `pk`. */
export function ordersTable(viewType?: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES') {
  return {
    TableName: 'Orders',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
    BillingMode: 'PAY_PER_REQUEST' as const,
    ...(viewType === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: viewType } }),
  };
}

/** All shards of a stream, page by page. */
export async function allShards(client: DynamoDBStreamsClient, arn: string, limit = 100): Promise<readonly Shard[]> {
  const shards: Shard[] = [];
  let from: string | undefined;
  do {
    const { StreamDescription: page } = await client.send(
      new DescribeStreamCommand({ StreamArn: arn, ExclusiveStartShardId: from, Limit: limit }),
    );
    shards.push(...(page?.Shards ?? []));
    from = page?.LastEvaluatedShardId;
  } while (from !== undefined);
  return shards;
}

/** An iterator at one of the two ends of a shard. */
export async function iteratorAt(
  client: DynamoDBStreamsClient,
  arn: string,
  shardId: string | undefined,
  type: ShardIteratorType = 'TRIM_HORIZON',
  sequenceNumber?: string,
): Promise<string | undefined> {
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({
      StreamArn: arn,
      ShardId: shardId,
      ShardIteratorType: type,
      SequenceNumber: sequenceNumber,
    }),
  );
  return ShardIterator;
}

/** What is in one shard now, from its oldest record on. */
export async function readShard(
  client: DynamoDBStreamsClient,
  arn: string,
  shardId: string | undefined,
  limit?: number,
): Promise<readonly StreamRecord[]> {
  const records: StreamRecord[] = [];
  let iterator = await iteratorAt(client, arn, shardId);
  while (iterator !== undefined) {
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }));
    records.push(...(page.Records ?? []));
    if (page.Records?.length === 0) break;
    iterator = page.NextShardIterator;
  }
  return records;
}

/** What is in a stream now, shard by shard, parents before children. */
export async function readStream(
  client: DynamoDBStreamsClient,
  arn: string,
  limit?: number,
): Promise<readonly StreamRecord[]> {
  const records: StreamRecord[] = [];
  for (const shard of await allShards(client, arn)) {
    records.push(...(await readShard(client, arn, shard.ShardId, limit)));
  }
  return records;
}
