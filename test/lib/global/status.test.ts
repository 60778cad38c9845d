import { describe, expect, it } from 'vitest';
import { globalStatus } from '../../../src/lib/global/status.js';
import { describeHome } from '../../../src/lib/global/global-table.js';
import { fakeClock } from '../../support/fake-clock.js';
import { aRegionTable, type FakeGlobal, fakeGlobal } from '../../support/fake-global.js';

const NOW = Date.UTC(2026, 10, 24, 12);
const HOUR_MS = 3_600_000;

async function statusOf(fake: FakeGlobal, asked = 'us-east-1') {
  const signal = new AbortController().signal;
  const home = await (await fake.aws.replicas(asked)).describe('Orders');
  return globalStatus({ aws: fake.aws, home, nowMs: NOW, signal });
}

describe('the status of a table', () => {
  it('of one Region has one row, and asks CloudWatch nothing', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    const status = await statusOf(fake);
    expect(status).toMatchObject({ consistency: 'regional', version: undefined, witnesses: [], lagFailures: [] });
    expect(status.regions.map(({ region, role, replica }) => [region, role, replica])).toEqual([
      ['us-east-1', 'asked', undefined],
    ]);
    expect(fake.metrics('us-east-1').asked).toEqual([]);
  });

  it('has the asked Region first, and of each what it says itself and what the others say', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    fake.join('eu-west-1', { itemCount: 7 });
    fake.join('ap-south-1', {}, 'CREATING');
    fake.settings('eu-west-1').recovery = { enabled: true, days: 14 };
    fake.settings('eu-west-1').timeToLive = 'expires';
    const status = await statusOf(fake, 'eu-west-1');
    expect(status.regions.map(({ region, role, replica }) => [region, role, replica?.status])).toEqual([
      ['eu-west-1', 'asked', 'ACTIVE'],
      ['ap-south-1', 'replica', 'CREATING'],
      ['us-east-1', 'replica', 'ACTIVE'],
    ]);
    expect(status.regions[0]).toMatchObject({
      table: { known: true, value: { itemCount: 7 } },
      recovery: { known: true, value: { enabled: true, days: 14 } },
      timeToLive: { known: true, value: 'expires' },
    });
  });

  it('keeps the row of a Region that cannot be asked, with the reason', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    fake.join('eu-west-1');
    fake.breakRegion('eu-west-1', 'network');
    fake.metrics('eu-west-1').failNext('network');
    const status = await statusOf(fake);
    expect(status.regions[1]).toMatchObject({
      region: 'eu-west-1',
      table: { known: false, error: { kind: 'network' } },
      recovery: { known: false },
      replica: { status: 'ACTIVE' },
    });
    expect(status.lagFailures).toMatchObject([{ region: 'eu-west-1' }]);
  });

  it('shows the slowest latency that a Region receives with', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    fake.join('eu-west-1');
    fake.join('ap-south-1');
    const latency = (from: string, to: string, averageMs: number): void => {
      const metric = {
        namespace: 'AWS/DynamoDB',
        name: 'ReplicationLatency',
        dimensions: { TableName: 'Orders', ReceivingRegion: to },
      };
      fake.metrics(from).put(metric, 'Average', [{ atMs: NOW - 120_000, value: averageMs }]);
      fake.metrics(from).put(metric, 'Maximum', [{ atMs: NOW - 120_000, value: 2 * averageMs }]);
    };
    latency('us-east-1', 'ap-south-1', 700);
    latency('eu-west-1', 'ap-south-1', 900);
    const status = await statusOf(fake);
    expect(status.regions.find(({ region }) => region === 'ap-south-1')?.lag).toEqual({
      averageMs: 900,
      maximumMs: 1_800,
      atMs: NOW - 120_000,
    });
    expect(status.regions.find(({ region }) => region === 'eu-west-1')?.lag).toBeUndefined();
  });

  it.each([
    [false, 2, 18],
    [false, 30, 0],
    [true, 30, 138],
  ])(
    'counts down until an inaccessible replica leaves for good (strong: %s, since %i h)',
    async (strong, hours, left) => {
      const fake = fakeGlobal(fakeClock(NOW), 'us-east-1', { isStronglyConsistent: strong });
      const sinceMs = NOW - hours * HOUR_MS;
      fake.join('eu-west-1', { encryption: { status: 'ENABLED', kmsKeyArn: 'arn:key', inaccessibleSinceMs: sinceMs } });
      const status = await statusOf(fake);
      expect(status.regions[1]?.inaccessible).toEqual({ sinceMs, leftMs: left * HOUR_MS });
    },
  );
});

describe('looking for the table', () => {
  it('says what was probably meant when it is not there', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    fake.tables.put({ tableName: 'Orders2' });
    const looking = describeHome(fake.aws, { tableName: 'Orders1' }, 'eu-west-1', new AbortController().signal);
    await expect(looking).rejects.toMatchObject({ code: 'table-not-found', hint: expect.stringContaining('Orders2') });
  });

  it('refuses an ARN of another account', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    fake.tables.put({ tableName: 'Orders' });
    const ref = { tableName: 'Orders', account: '999988887777' };
    const looking = describeHome(fake.aws, ref, 'us-east-1', new AbortController().signal);
    await expect(looking).rejects.toMatchObject({ code: 'other-account' });
  });

  it('takes an ARN of the own account', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    const ref = { tableName: 'Orders', account: '111122223333' };
    const found = await describeHome(fake.aws, ref, 'us-east-1', new AbortController().signal);
    expect(found).toEqual(aRegionTable('us-east-1'));
  });
});
