import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, readStream, START_MS, STATUS_DELAY_MS, startHarness } from './harness.js';

const NOW_SECONDS = Math.floor(START_MS / 1000);

describe('time to live, FACTS A.3', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;
  let arn: string;

  beforeEach(async () => {
    harness = await startHarness({ statusDelayMs: STATUS_DELAY_MS });
    dynamodb = harness.dynamodb();
    const created = await dynamodb.send(new CreateTableCommand(ordersTable('NEW_AND_OLD_IMAGES')));
    arn = created.TableDescription?.LatestStreamArn ?? '';
    settle();
  });
  afterEach(() => harness.close());

  const settle = () => harness.sandbox.control.advanceClock({ ms: STATUS_DELAY_MS });
  const change = (Enabled: boolean, AttributeName = 'expires') =>
    dynamodb.send(
      new UpdateTimeToLiveCommand({ TableName: 'Orders', TimeToLiveSpecification: { AttributeName, Enabled } }),
    );
  const description = async () =>
    (await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: 'Orders' }))).TimeToLiveDescription;
  const put = (pk: string, expires: { N: string } | { S: string }) =>
    dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: pk }, expires } }));
  const isThere = async (pk: string) =>
    (await dynamodb.send(new GetItemCommand({ TableName: 'Orders', Key: { pk: { S: pk } } }))).Item !== undefined;

  it('is ENABLING, ENABLED, DISABLING, DISABLED', async () => {
    expect(await description()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await change(true);
    expect(await description()).toEqual({ TimeToLiveStatus: 'ENABLING', AttributeName: 'expires' });
    settle();
    expect(await description()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    await change(false);
    expect((await description())?.TimeToLiveStatus).toBe('DISABLING');
    settle();
    expect(await description()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });

  it('refuses what is so already', async () => {
    await expect(change(false)).rejects.toMatchObject({ message: 'TimeToLive is already disabled' });
    await change(true);
    settle();
    await expect(change(true)).rejects.toMatchObject({ message: 'TimeToLive is already enabled' });
    await expect(change(true, 'other')).rejects.toMatchObject({
      message: 'TimeToLive is active on a different AttributeName: current AttributeName is expires',
    });
  });

  it('deletes what has expired, and nothing else, with the identity of the service', async () => {
    await change(true);
    settle();
    await put('expired', { N: String(NOW_SECONDS - 10) });
    await put('later', { N: String(NOW_SECONDS + 3600) });
    await put('text', { S: String(NOW_SECONDS - 10) });
    await put('six years old', { N: String(NOW_SECONDS - 6 * 365 * 86_400) });
    expect(harness.sandbox.control.sweepTtl()).toEqual({ deleted: 1 });
    const removals = (await readStream(harness.streams(), arn)).filter(record => record.eventName === 'REMOVE');
    expect(removals.map(record => [record.dynamodb?.Keys?.['pk']?.S, record.userIdentity])).toEqual([
      ['expired', { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' }],
    ]);
    expect(await isThere('later')).toBe(true);
  });

  it('comes by on its own in a minute of the sandbox’s time', async () => {
    await change(true);
    settle();
    await put('expired', { N: String(NOW_SECONDS - 10) });
    expect(await isThere('expired')).toBe(true);
    harness.sandbox.control.advanceClock({ ms: 60_000 });
    expect(await isThere('expired')).toBe(false);
  });

  it('does nothing where it is not enabled', async () => {
    await put('expired', { N: String(NOW_SECONDS - 10) });
    expect(harness.sandbox.control.sweepTtl()).toEqual({ deleted: 0 });
  });
});
