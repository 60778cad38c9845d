import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/lib/sandbox/mappings/delivery-log.js';
import { type Sandbox, startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { readStream, START_MS, seededRandom } from './harness.js';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { wireCall } from './wire.js';

/** Throws for a poisoned item and every fifth time, and names the first sour item, which counts where it is asked to. */
const HANDLER = `let calls = 0;
const first = ({ Records }, note) => Records.find(({ dynamodb }) => dynamodb.NewImage?.note?.S === note);
export const handler = async event => {
  calls += 1;
  if (calls % 5 === 0 || first(event, 'poison') !== undefined) throw new Error('no');
  const sour = first(event, 'sour');
  return { state: {}, batchItemFailures: sour === undefined ? [] : [{ itemIdentifier: sour.dynamodb.SequenceNumber }] };
};`;

const settings = fc.record({
  BatchSize: fc.integer({ min: 1, max: 6 }),
  MaximumBatchingWindowInSeconds: fc.constantFrom(0, 5),
  ParallelizationFactor: fc.integer({ min: 1, max: 4 }),
  MaximumRetryAttempts: fc.integer({ min: 0, max: 2 }),
  MaximumRecordAgeInSeconds: fc.constantFrom(-1, 60),
  BisectBatchOnFunctionError: fc.boolean(),
  TumblingWindowInSeconds: fc.constantFrom(0, 0, 10),
  FunctionResponseTypes: fc.constantFrom([], ['ReportBatchItemFailures']),
  FilterCriteria: fc.constantFrom(
    {},
    { Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"note":{"S":["poison","sour","keep"]}}}}' }] },
  ),
});

const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      key: fc.integer({ min: 0, max: 4 }),
      note: fc.constantFrom('keep', 'keep', 'drop', 'poison', 'sour'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 20_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('split' as const, 'roll' as const, 'pause' as const, 'resume' as const, 'throttle' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('update' as const), settings }) },
);

let folder: string;
let handlerPath: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-mappings-'));
  handlerPath = join(folder, 'handler.mjs');
  await writeFile(handlerPath, HANDLER);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('event source mappings, whatever happens', { timeout: 120_000 }, () => {
  it('B.4: hand every record to the function or to the failure queue, in the order of each item', async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.array(action, { minLength: 5, maxLength: 30 }), async (first, actions) => {
        const sandbox = await startSandbox({
          clock: { now: () => START_MS, sleep: async () => {} },
          random: seededRandom(7),
          statusDelayMs: 0,
          shardsPerTable: 2,
        });
        try {
          const streamArn = await createTable(sandbox);
          await wireCall(sandbox.url, 'AmazonSQS.CreateQueue', { QueueName: 'failures' });
          sandbox.control.addFunction({ name: 'orders', handlerPath });
          const uuid = await create(sandbox, streamArn, first);
          let puts = 0;
          for (const each of actions) {
            await act(sandbox, uuid, each, () => (puts += 1));
            if (each.do !== 'put') await sandbox.control.settleMappings();
          }
          await update(sandbox, uuid, { Enabled: true });
          await sandbox.control.settleMappings({ advanceMs: 3_600_000 });
          await check(sandbox, streamArn);
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 12 },
    );
  });
});

async function createTable(sandbox: Sandbox): Promise<string> {
  const answer = await wireCall(sandbox.url, 'DynamoDB_20120810.CreateTable', {
    TableName: 'Orders',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
  return answer.TableDescription?.LatestStreamArn ?? '';
}

const MAPPINGS = '/2015-03-31/event-source-mappings';

async function create(sandbox: Sandbox, streamArn: string, more: object): Promise<string> {
  const answer = await rest(sandbox, 'POST', MAPPINGS, {
    EventSourceArn: streamArn,
    FunctionName: 'orders',
    StartingPosition: 'TRIM_HORIZON',
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:failures' } },
    ...more,
  });
  await sandbox.control.settleMappings({ advanceMs: 0 });
  return String(answer['UUID']);
}

async function update(sandbox: Sandbox, uuid: string, more: object): Promise<void> {
  await rest(sandbox, 'PUT', `${MAPPINGS}/${uuid}`, more);
}

async function rest(sandbox: Sandbox, method: string, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(sandbox.url + path, { method, body: JSON.stringify(body) });
  const text = await answer.text();
  expect(answer.status, text).toBe(202);
  const parsed: Record<string, unknown> = JSON.parse(text);
  return parsed;
}

type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

async function act(sandbox: Sandbox, uuid: string, step: Action, nextNumber: () => number): Promise<void> {
  const { control } = sandbox;
  switch (step.do) {
    case 'put': {
      const Item = { pk: { S: `item${step.key}` }, note: { S: step.note }, number: { N: String(nextNumber()) } };
      await wireCall(sandbox.url, 'DynamoDB_20120810.PutItem', { TableName: 'Orders', Item });
      return;
    }
    case 'advance':
      control.advanceClock({ ms: step.ms });
      return;
    case 'split':
    case 'roll':
      control[step.do === 'split' ? 'splitShard' : 'rollShard']({ table: 'Orders' });
      return;
    case 'pause':
    case 'resume':
      await update(sandbox, uuid, { Enabled: step.do === 'resume' });
      return;
    case 'throttle':
      control.failNext({ operation: 'MappingInvoke', count: 2, error: 'throttle' });
      return;
    case 'update':
      await update(sandbox, uuid, step.settings);
      return;
  }
}

/** Looks through all deliveries: every record that the filters ever let through has an end, after those before it. */
async function check(sandbox: Sandbox, streamArn: string): Promise<void> {
  const client = new DynamoDBStreamsClient({
    endpoint: sandbox.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  });
  const records = (await readStream(client, streamArn)).map(({ dynamodb }) => ({
    number: dynamodb?.SequenceNumber ?? '',
    item: dynamodb?.Keys?.['pk']?.S ?? '',
    note: dynamodb?.NewImage?.['note']?.S,
  }));
  client.destroy();
  const before = new Map<string, readonly string[]>();
  const seenOfItem = new Map<string, string[]>();
  for (const { number, item } of records.toSorted((a, b) => (BigInt(a.number) < BigInt(b.number) ? -1 : 1))) {
    const seen = seenOfItem.get(item) ?? [];
    before.set(number, [...seen]);
    seenOfItem.set(item, [...seen, number]);
  }
  const dropped = new Set(records.filter(({ note }) => note === 'drop').map(({ number }) => number));
  const ended = new Set<string>();
  const { deliveries } = sandbox.control.dumpDeliveries();
  for (const delivery of deliveries) {
    expect(delivery.type).not.toBe('expiry');
    if (delivery.type === 'expiry') continue;
    const { sequenceNumbers } = delivery;
    for (const [at, number] of sequenceNumbers.entries()) {
      const isDealtWith = (each: string): boolean =>
        ended.has(each) || dropped.has(each) || sequenceNumbers.slice(0, at).includes(each);
      expect(before.get(number)?.filter(each => !isDealtWith(each))).toEqual([]);
    }
    for (const number of endedBy(delivery)) ended.add(number);
  }
  const wanted = records.filter(({ note }) => note !== 'drop').map(({ number }) => number);
  expect(wanted.filter(number => !ended.has(number))).toEqual([]);
  const discarded = deliveries.flatMap(each => (each.type === 'discard' ? [each] : []));
  expect(discarded.every(({ isDelivered }) => isDelivered)).toBe(true);
  expect(await messagesIn(sandbox)).toBe(discarded.length);
}

function endedBy(delivery: Exclude<Delivery, { type: 'expiry' }>): readonly string[] {
  const { sequenceNumbers } = delivery;
  if (delivery.type === 'discard') return sequenceNumbers;
  if (delivery.outcome === 'not-reached') return [];
  const from =
    delivery.failedFrom === undefined ? sequenceNumbers.length : sequenceNumbers.indexOf(delivery.failedFrom);
  return sequenceNumbers.slice(0, from);
}

async function messagesIn(sandbox: Sandbox): Promise<number> {
  const answer = await fetch(sandbox.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonSQS.GetQueueAttributes', 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({
      QueueUrl: `${sandbox.url}/111122223333/failures`,
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  });
  const { Attributes }: { Attributes?: Record<string, string> } = JSON.parse(await answer.text());
  return Number(Attributes?.['ApproximateNumberOfMessages']);
}
