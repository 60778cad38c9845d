import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSeed } from '../../../src/lib/sandbox/parse-seed.js';
import { loadSeed } from '../../../src/lib/sandbox/seed.js';
import { type Harness, ordersTable, startHarness } from './harness.js';

describe('a seed', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  it('makes tables in their Regions and fills them', async () => {
    const items = Array.from({ length: 60 }, (_, at) => ({ pk: { S: `o${at}` } }));
    const { BillingMode: _, ...onDemandByDefault } = ordersTable('NEW_IMAGE');
    await loadSeed(harness.sandbox, {
      tables: [
        { ...onDemandByDefault, region: 'eu-west-1', items },
        { ...ordersTable(), TableName: 'Empty' },
      ],
    });
    const scanned = await harness.dynamodb('eu-west-1').send(new ScanCommand({ TableName: 'Orders' }));
    const { Table } = await harness.dynamodb().send(new DescribeTableCommand({ TableName: 'Empty' }));
    expect(scanned.Count).toBe(60);
    expect(Table?.TableStatus).toBe('ACTIVE');
  });

  it('makes keys before the tables that they encrypt, and replicas after the items', async () => {
    await loadSeed(harness.sandbox, {
      keys: [{ keyId: 'orders-key', alias: 'alias/orders', region: 'eu-west-2' }],
      tables: [
        {
          ...ordersTable(),
          region: 'eu-west-2',
          SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'alias/orders' },
        },
        { ...ordersTable(), TableName: 'Global', items: [{ pk: { S: 'a' } }], replicas: ['us-west-2', 'eu-west-1'] },
      ],
    });
    const describe = async (region: string, TableName: string) =>
      (await harness.dynamodb(region).send(new DescribeTableCommand({ TableName }))).Table;
    expect((await describe('eu-west-2', 'Orders'))?.SSEDescription?.KMSMasterKeyArn).toContain('key/orders-key');
    const statuses = (await describe('us-east-1', 'Global'))?.Replicas?.map(replica => replica.ReplicaStatus);
    expect(statuses).toEqual(['ACTIVE', 'ACTIVE']);
    expect((await harness.dynamodb('eu-west-1').send(new ScanCommand({ TableName: 'Global' }))).Count).toBe(1);
  });

  it('makes queues in their Regions and fills them', async () => {
    await loadSeed(harness.sandbox, {
      queues: [
        { QueueName: 'dead', region: 'eu-west-1', messages: ['a', 'b'] },
        {
          QueueName: 'orders',
          region: 'eu-west-1',
          Attributes: {
            RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:dead","maxReceiveCount":3}',
          },
        },
      ],
    });
    const { regions } = harness.sandbox.control.status();
    expect(regions.find(({ region }) => region === 'eu-west-1')?.queues).toEqual([
      { queue: 'dead', messages: 2, inFlight: 0, delayed: 0, waitingReceives: 0 },
      { queue: 'orders', messages: 0, inFlight: 0, delayed: 0, waitingReceives: 0 },
    ]);
    await expect(loadSeed(harness.sandbox, { queues: [{ QueueName: 'a b' }] })).rejects.toThrow(
      "The seed's CreateQueue was refused: Can only include alphanumeric characters",
    );
  });

  it('adds functions by paths that begin in its folder, and mappings that hand them what the tables were filled with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ddbx-seed-'));
    try {
      await mkdir(join(folder, 'handlers'));
      await writeFile(join(folder, 'handlers', 'ship.mjs'), 'export const ship = async () => {};');
      const seed = {
        tables: [
          { ...ordersTable('NEW_IMAGE'), TableName: 'Mapped', region: 'us-west-2', items: [{ pk: { S: 'a' } }] },
        ],
        queues: [{ QueueName: 'failures', region: 'us-west-2' }],
        functions: [
          { name: 'ship', handler: 'handlers/ship.mjs', export: 'ship', timeoutMs: 1_000, region: 'us-west-2' },
        ],
        mappings: [
          {
            table: 'Mapped',
            FunctionName: 'ship',
            region: 'us-west-2',
            DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-west-2:111122223333:failures' } },
          },
        ],
      };
      await loadSeed(harness.sandbox, seed, folder);
      expect(harness.sandbox.control.listFunctions().functions).toEqual([
        {
          name: 'ship',
          region: 'us-west-2',
          handler: 'index.ship',
          path: join(folder, 'handlers', 'ship.mjs'),
          timeoutMs: 1_000,
        },
      ]);
      const { mappings } = await harness.sandbox.control.settleMappings();
      expect(mappings).toMatchObject([{ function: 'ship', state: 'Enabled', lastProcessingResult: 'OK' }]);
      const { deliveries } = harness.sandbox.control.dumpDeliveries();
      expect(deliveries).toMatchObject([{ region: 'us-west-2', function: 'ship', outcome: 'succeeded' }]);
      await expect(
        loadSeed(harness.sandbox, { functions: [{ name: 'pack', handler: 'pack.mjs' }] }, folder),
      ).rejects.toThrow(`The seed's function pack was refused: There is no file ${join(folder, 'pack.mjs')}`);
      await expect(
        loadSeed(harness.sandbox, { mappings: [{ table: 'Mapped', region: 'us-west-2', FunctionName: 'pack' }] }),
      ).rejects.toThrow("The seed's CreateEventSourceMapping was refused: Function does not exist");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('refuses a mapping of a table that has no stream', async () => {
    const { StreamSpecification: _, ...withoutStream } = ordersTable();
    await expect(
      loadSeed(harness.sandbox, {
        tables: [{ ...withoutStream, TableName: 'Still' }],
        mappings: [{ table: 'Still', FunctionName: 'ship' }],
      }),
    ).rejects.toThrow('The seed has a mapping for Still, which has no stream');
  });

  it('passes on what is wrong with a key', async () => {
    const key = { keyId: 'twice', alias: 'orders' };
    await expect(loadSeed(harness.sandbox, { keys: [key] })).rejects.toThrow("The seed's key twice was refused: ");
  });

  it.each([
    [null, 'A seed is a JSON object with a list of "tables", of "queues", of "keys", of "functions" or of "mappings"'],
    [{ table: [] }, 'A seed has no "table"; it has tables, queues, keys, functions, mappings'],
    [{ functions: [5] }, 'functions[0] of the seed must be an object'],
    [{ functions: [{}] }, 'functions[0] of the seed has no "name"'],
    [{ functions: [{ name: 'ship' }] }, 'ship has no "handler", the path of its module'],
    [{ functions: [{ name: 'ship', handler: 'a.mjs', export: 5 }] }, '"export" of ship must be a text'],
    [
      { functions: [{ name: 'ship', handler: 'a.mjs', timeoutMs: 0 }] },
      '"timeoutMs" of ship must be a number of at least 1',
    ],
    [{ functions: [{ name: 'ship', handler: 'a.mjs', Timeout: 3 }] }, 'A function of the seed has no "Timeout": ship'],
    [{ mappings: [5] }, 'mappings[0] of the seed must be an object'],
    [{ mappings: [{ FunctionName: 'ship' }] }, 'mappings[0] of the seed has no "table"'],
    [{ mappings: [{ table: 'Orders' }] }, 'mappings[0] of the seed has no "FunctionName"'],
    [{ keys: [{}] }, 'keys[0] of the seed has no "keyId"'],
    [{ keys: [5] }, 'keys[0] of the seed must be an object'],
    [{ keys: [{ keyId: 'k', alias: 5 }] }, '"alias" of k must be a text'],
    [{ tables: [{ TableName: 'Orders', replicas: 'us-west-2' }] }, '"replicas" of Orders must be a list of texts'],
    [{ tables: 5 }, '"tables" of the seed must be a list'],
    [{ queues: [5] }, 'queues[0] of the seed must be an object'],
    [{ queues: [{}] }, 'queues[0] of the seed has no "QueueName"'],
    [{ queues: [{ QueueName: 'failures', messages: [5] }] }, '"messages" of failures must be a list of texts'],
    [{ queues: [{ QueueName: 'failures', region: 1 }] }, '"region" of failures must be a text'],
    [{ tables: [5] }, 'tables[0] of the seed must be an object'],
    [{ tables: [{}] }, 'tables[0] of the seed has no "TableName"'],
    [{ tables: [{ TableName: 'Orders', items: {} }] }, '"items" of Orders must be a list'],
    [{ tables: [{ TableName: 'Orders', region: 1 }] }, '"region" of Orders must be a text'],
  ])('refuses %j', (json, message) => {
    expect(() => parseSeed(json)).toThrow(message);
  });

  it('passes on what the sandbox refuses', async () => {
    await expect(loadSeed(harness.sandbox, { tables: [{ TableName: 'x' }] })).rejects.toThrow(
      "The seed's CreateTable was refused: Invalid table/index name",
    );
  });
});
