import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, startHarness } from './harness.js';

describe('the tester’s hands on global tables', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await startHarness({ regions: ['us-east-1', 'us-west-2'] });
    await harness.dynamodb().send(new CreateTableCommand(ordersTable()));
  });
  afterEach(() => harness.close());

  const post = async (operation: string, body: unknown) => {
    const answer = await fetch(`${harness.sandbox.url}/_ddbx/${operation}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  };

  it.each<[string, unknown, string]>([
    ['setReplicationLag', { ms: -1 }, '"ms" must be a number of at least 0'],
    ['setReplicationLag', { ms: 1, from: 'us-east-1' }, 'Give both "from" and "to", or neither for all Regions'],
    ['setReplicationLag', { ms: 1, from: 'us-east-1', to: 'mars' }, 'There is no Region mars'],
    ['setReplicaDurations', { appearS: 1 }, 'There is no member "appearS"; there is: appearMs, createMs'],
    ['setReplicaDurations', { appearMs: 'x' }, '"appearMs" must be a number'],
    ['makeReplicaFail', { table: 'Orders' }, '"region" is missing'],
    ['makeReplicaVanish', { region: 'us-west-2' }, '"table" is missing'],
    ['cutRegion', {}, '"region" is missing'],
    ['healRegion', { region: 'mars' }, 'There is no Region mars; there is: us-east-1, us-west-2'],
    ['disableRegion', { region: 'us-west-2', ms: 1 }, 'There is no member "ms"; there is: region'],
    ['enableRegion', {}, '"region" is missing'],
    ['createKey', { alias: 'orders' }, '"alias" must begin with alias/'],
    ['createKey', { alias: 'alias/aws/dynamodb' }, '"alias" must begin with alias/, and not with alias/aws/'],
    ['disableKey', { keyId: 'nothing' }, 'There is no key nothing in us-east-1; there is: none'],
    ['enableKey', {}, '"keyId" is missing'],
    ['setLimits', { tableMaxReadUnits: 0 }, '"tableMaxReadUnits" must be a number of at least 1'],
  ])('%s refuses %o', async (operation, input, message) => {
    const { status, body } = await post(operation, input);
    expect(status).toBe(400);
    expect(body.error).toContain(message);
  });

  it('a key is not made twice', async () => {
    expect((await post('createKey', { keyId: 'k', alias: 'alias/orders' })).body).toEqual({
      keyId: 'k',
      arn: 'arn:aws:kms:us-east-1:111122223333:key/k',
    });
    expect((await post('createKey', { keyId: 'k' })).body.error).toContain('There is a key k in us-east-1 already');
    expect((await post('createKey', { alias: 'alias/orders' })).body.error).toContain('There is a key alias/orders');
    expect((await post('createKey', { region: 'us-west-2', keyId: 'k' })).status).toBe(200);
  });

  it('durations that are left out stay', async () => {
    const before = (await post('setReplicaDurations', {})).body;
    expect((await post('setReplicaDurations', { createMs: 5000 })).body).toEqual({ ...before, createMs: 5000 });
  });

  it('disabling and enabling give the Regions and keys that are so now', async () => {
    expect((await post('disableRegion', { region: 'us-west-2' })).body).toEqual({ disabled: ['us-west-2'] });
    expect((await post('enableRegion', { region: 'us-west-2' })).body).toEqual({ disabled: [] });
    const { arn } = (await post('createKey', {})).body;
    expect((await post('disableKey', { keyId: arn })).body).toEqual({ arn });
    expect((await post('enableKey', { keyId: arn })).body).toEqual({ arn });
  });
});
