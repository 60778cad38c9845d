import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { loadSeed } from '../../../src/lib/sandbox/seed.js';
import { callSandbox } from '../../support/call-sandbox.js';
import { failureBody } from '../../lib/dlq/samples.js';
import { startDdbx, wholeLines } from './process.js';
import { streamLines } from './stream-lines.js';

const QUEUE = 'orders-failures';
const ENTRIES = 10;

/** A failed batch in the queue, and the records that it points to. */
export interface FailedBatch {
  /** Shard and first sequence number: no two batches share both. */
  readonly key: string;
  readonly recordIds: readonly string[];
}

/** A sandbox whose queue orders-failures holds failed batches of the table Orders. */
export interface FailedBatches {
  readonly sandbox: Sandbox;
  readonly batches: readonly FailedBatch[];
  /** Messages that are in the queue, in somebody's hands or not. */
  left(): Promise<number>;
}

/** Over how many shards, and of how many records at most, batches fail. */
export interface FailedShape {
  readonly shards: number;
  readonly mostRecords: number;
}

/** Starts the sandbox, and fails so many batches. */
export async function startFailedBatches(
  count: number,
  random: () => number,
  folder: string,
  { shards, mostRecords }: FailedShape,
): Promise<FailedBatches> {
  const sandbox = await startSandbox({ random, statusDelayMs: 0, shardsPerTable: shards });
  await loadSeed(sandbox, {
    tables: [
      {
        TableName: 'Orders',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      },
    ],
    queues: [{ QueueName: QUEUE }],
  });
  sandbox.control.seedRecords({ table: 'Orders', count: count * mostRecords });
  const exported = join(folder, 'exported.ndjson');
  const exporting = startDdbx(['streams', 'export', 'Orders', '--to', exported, '--quiet'], sandbox.url, '/dev/null');
  const { exitCode, stderr } = await exporting.end();
  if (exitCode !== 0) throw new Error(`export: ${stderr}`);
  const [first = '{}'] = wholeLines(exported);
  const { eventSourceARN: streamArn }: { readonly eventSourceARN: string } = JSON.parse(first);

  const byShard = new Map<string, ReturnType<typeof streamLines>[number][]>();
  for (const line of streamLines(exported)) {
    const lines = byShard.get(line.shardId) ?? [];
    lines.push(line);
    byShard.set(line.shardId, lines);
  }
  const batches: FailedBatch[] = [];
  const bodies: string[] = [];
  for (const [shardId, lines] of byShard) {
    while (lines.length > 0 && batches.length < count) {
      const records = lines.splice(0, 1 + Math.floor(random() * mostRecords));
      const [start, end] = [records[0], records.at(-1)].map(line => String(line?.sequenceNumber ?? ''));
      batches.push({ key: `${shardId} ${start ?? ''}`, recordIds: records.map(line => line.id) });
      bodies.push(failureBody({ streamArn, shardId, start: start ?? '', end: end ?? '', batchSize: records.length }));
    }
  }
  const QueueUrl = `${sandbox.url}/111122223333/${QUEUE}`;
  for (let from = 0; from < bodies.length; from += ENTRIES) {
    const Entries = bodies
      .slice(from, from + ENTRIES)
      .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    await callSandbox(sandbox, 'AmazonSQS.SendMessageBatch', { QueueUrl, Entries });
  }
  return {
    sandbox,
    batches,
    async left() {
      const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
      const answer = await callSandbox(sandbox, 'AmazonSQS.GetQueueAttributes', { QueueUrl, AttributeNames: names });
      const attributes = answer['Attributes'] as Readonly<Record<string, string>>;
      return names.reduce((sum, name) => sum + Number(attributes[name]), 0);
    },
  };
}
