import { DescribeTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSeed, parseSeed } from '../../../src/lib/sandbox/seed.js';
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

  it.each([
    [null, 'A seed is a JSON object with a list of "tables"'],
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
