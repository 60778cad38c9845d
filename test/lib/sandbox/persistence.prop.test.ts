import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { seededRandom, START_MS } from './harness.js';

const REGIONS = ['us-east-1', 'eu-west-1'];
const TABLES = ['Orders', 'Customers'];

/** A step of a sandbox's life; it may be refused. */
type Step = (sandbox: Sandbox) => Promise<unknown>;

interface Answered {
  readonly Table?: { readonly LatestStreamArn?: string };
  readonly TableNames?: readonly string[];
  readonly StreamDescription?: { readonly Shards: readonly { readonly ShardId: string }[] };
  readonly ShardIterator?: string;
  readonly Streams?: readonly { readonly StreamArn: string }[];
}

async function call(sandbox: Sandbox, region: string, target: string, body: object): Promise<Answered> {
  const answer = await fetch(sandbox.url, {
    method: 'POST',
    headers: {
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261120/${region}/any/aws4_request`,
    },
    body: JSON.stringify(body),
  });
  const answered: Answered = JSON.parse(await answer.text());
  return answered;
}

const dynamodb = (region: string, operation: string, body: object): Step => {
  return sandbox => call(sandbox, region, `DynamoDB_20120810.${operation}`, body);
};
const sqs = (operation: string, body: object): Step => {
  return sandbox => call(sandbox, 'us-east-1', `AmazonSQS.${operation}`, body);
};
const control = (operation: string, body: object): Step => {
  return async sandbox => {
    const answer = await fetch(`${sandbox.url}/_ddbx/${operation}`, { method: 'POST', body: JSON.stringify(body) });
    return answer.status;
  };
};

const region = fc.constantFrom(...REGIONS);
const table = fc.constantFrom(...TABLES);
const key = fc.integer({ min: 1, max: 6 }).map(at => ({ pk: { S: `order#${at}` } }));
const attributes = fc.record({
  note: fc.string().map(text => ({ S: text })),
  flags: fc.constantFrom({ NULL: true }, { BOOL: false }, { L: [{ N: '1.50' }] }),
  tags: fc.constantFrom({ SS: ['a', 'b'] }, { NS: ['1', '2'] }, { M: { constructor: { B: 'b3Jk' } } }),
  until: fc.integer({ min: 0, max: 4 }).map(hours => ({ N: String(START_MS / 1000 + hours * 3600) })),
});
const viewType = fc.constantFrom('KEYS_ONLY', 'NEW_AND_OLD_IMAGES');
const on = <T>(values: fc.Arbitrary<T>, body: (name: string, value: T) => object, operation: string) =>
  fc.tuple(region, table, values).map(([where, name, value]) => dynamodb(where, operation, body(name, value)));
const nothing = fc.constant({});

const step: fc.Arbitrary<Step> = fc.oneof(
  on(
    fc.option(viewType),
    (TableName, view) => ({
      TableName,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      ...(view === null ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: view } }),
    }),
    'CreateTable',
  ),
  {
    weight: 5,
    arbitrary: on(
      fc.tuple(key, attributes),
      (TableName, [id, rest]) => ({ TableName, Item: { ...id, ...rest } }),
      'PutItem',
    ),
  },
  on(key, (TableName, Key) => ({ TableName, Key }), 'DeleteItem'),
  on(nothing, TableName => ({ TableName }), 'DeleteTable'),
  on(nothing, TableName => ({ TableName, StreamSpecification: { StreamEnabled: false } }), 'UpdateTable'),
  on(
    viewType,
    (TableName, StreamViewType) => ({ TableName, StreamSpecification: { StreamEnabled: true, StreamViewType } }),
    'UpdateTable',
  ),
  on(region, (TableName, RegionName) => ({ TableName, ReplicaUpdates: [{ Create: { RegionName } }] }), 'UpdateTable'),
  on(region, (TableName, RegionName) => ({ TableName, ReplicaUpdates: [{ Delete: { RegionName } }] }), 'UpdateTable'),
  on(
    fc.boolean(),
    (TableName, Enabled) => ({ TableName, TimeToLiveSpecification: { AttributeName: 'until', Enabled } }),
    'UpdateTimeToLive',
  ),
  on(
    key,
    (TableName, Key) => ({ ClientRequestToken: 'once', TransactItems: [{ Delete: { TableName, Key } }] }),
    'TransactWriteItems',
  ),
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(0, 60, 150, 61_000, 2 * 3_600_000, 25 * 3_600_000)
      .map(ms => control('advanceClock', { ms })),
  },
  fc.tuple(region, table).map(([where, name]) => control('splitShard', { region: where, table: name })),
  fc.tuple(region, table).map(([where, name]) => control('rollShard', { region: where, table: name })),
  table.map(name => control('trim', { table: name, olderThanMs: 100 })),
  table.map(name => control('seedRecords', { table: name, count: 7, spanMs: 1000 })),
  table.map(name => control('expireIterators', { table: name })),
  fc.constantFrom(0, 200).map(ms => control('setReplicationLag', { ms })),
  fc.constant(sqs('CreateQueue', { QueueName: 'orders-dlq', Attributes: { DelaySeconds: '1' } })),
  fc.string({ minLength: 1 }).map(text => sqs('SendMessage', { QueueUrl: 'orders-dlq', MessageBody: text })),
  fc.constant(sqs('ReceiveMessage', { QueueUrl: 'orders-dlq', VisibilityTimeout: 5 })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(
    Value => (sandbox: Sandbox) =>
      call(sandbox, 'us-east-1', 'GraniteServiceVersion20100801.PutMetricData', {
        Namespace: 'Orders',
        MetricData: [{ MetricName: 'Lag', Value }],
      }),
  ),
);

/** All that a client can read of tables, items, streams, queues and metrics. */
async function everything(sandbox: Sandbox): Promise<unknown> {
  const seen: unknown[] = [];
  for (const where of REGIONS) {
    const read = async (target: string, body: object): Promise<Answered> => {
      const answer = await call(sandbox, where, target, body);
      // An iterator holds its own time, which is the same; nothing else in an answer is new each time.
      seen.push(answer);
      return answer;
    };
    const { TableNames = [] } = await read('DynamoDB_20120810.ListTables', {});
    for (const TableName of TableNames) {
      for (const operation of ['DescribeTable', 'Scan', 'DescribeTimeToLive']) {
        await read(`DynamoDB_20120810.${operation}`, { TableName });
      }
    }
    const { Streams = [] } = await read('DynamoDBStreams_20120810.ListStreams', {});
    for (const { StreamArn } of Streams) {
      const { StreamDescription } = await read('DynamoDBStreams_20120810.DescribeStream', { StreamArn });
      for (const { ShardId } of StreamDescription?.Shards ?? []) {
        const place = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
        const { ShardIterator } = await read('DynamoDBStreams_20120810.GetShardIterator', place);
        await read('DynamoDBStreams_20120810.GetRecords', { ShardIterator });
      }
    }
    await read('AmazonSQS.GetQueueAttributes', { QueueUrl: 'orders-dlq', AttributeNames: ['All'] });
    await read('GraniteServiceVersion20100801.GetMetricStatistics', {
      Namespace: 'Orders',
      MetricName: 'Lag',
      StartTime: START_MS / 1000 - 3600,
      EndTime: START_MS / 1000 + 30 * 3600,
      Period: 3600,
      Statistics: ['Sum', 'SampleCount', 'Minimum', 'Maximum'],
    });
  }
  return seen;
}

/** A store in memory. */
function memoryStore() {
  let text: string | undefined;
  return {
    text: () => text,
    read: () => Promise.resolve(text),
    write: (written: string) => {
      text = written;
      return Promise.resolve();
    },
  };
}

function start(store: ReturnType<typeof memoryStore>): Promise<Sandbox> {
  return startSandbox({
    // Time stands still, so that the state is saved at the end alone.
    clock: {
      now: () => START_MS,
      sleep: (_, signal) => new Promise(resolve => signal?.addEventListener('abort', () => resolve())),
    },
    random: seededRandom(1),
    statusDelayMs: 100,
    store,
  });
}

/** Ends a sandbox, and has it save whatever it holds: a call that changes nothing counts as a change. */
async function save(sandbox: Sandbox): Promise<void> {
  await control('setAccess', {})(sandbox);
  await sandbox.close();
}

describe('a state that is kept', () => {
  it('gives the same answers after a restart, and the same text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async steps => {
        const store = memoryStore();
        const first = await start(store);
        for (const each of steps) await each(first);
        const before = await everything(first);
        await save(first);
        const saved = store.text();
        await save(await start(store));
        expect(store.text()).toBe(saved);
        const second = await start(store);
        expect(await everything(second)).toEqual(before);
        await second.close();
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('comes to the end of what was on its way, as if it had not been stopped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }), async steps => {
        const store = memoryStore();
        const first = await start(store);
        for (const each of steps) await each(first);
        await save(first);
        const second = await start(store);
        await control('advanceClock', { ms: 1_000 })(second);
        for (const where of REGIONS) {
          for (const name of TABLES) {
            const { Table } = await call(second, where, 'DynamoDB_20120810.DescribeTable', { TableName: name });
            if (Table !== undefined) expect(Table).toMatchObject({ TableStatus: 'ACTIVE' });
          }
        }
        const streams = second.control.status().regions.flatMap(each => each.streams);
        for (const { status } of streams) expect(['ENABLED', 'DISABLED']).toContain(status);
        await second.close();
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});
