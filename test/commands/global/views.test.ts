import { describe, expect, it } from 'vitest';
import { conflictJson, conflictText, summaryText } from '../../../src/commands/global/conflicts-view.js';
import { lagText, lagWarnings } from '../../../src/commands/global/lag-view.js';
import { statusDocument, statusText, statusWarnings } from '../../../src/commands/global/status-view.js';
import type { Prices } from '../../../src/commands/global/open-prices.js';
import { costText, differenceText, verdictText } from '../../../src/commands/global/verify-view.js';
import type { Conflict } from '../../../src/lib/global/conflict-finder.js';
import type { LagReport, PairLag } from '../../../src/lib/global/lag.js';
import type { GlobalStatus, RegionStatus } from '../../../src/lib/global/status.js';
import { AwsError } from '../../../src/lib/aws/aws-error.js';
import { fakeIo } from '../../support/fake-io.js';
import { exact } from '../../../src/lib/model/exact.js';
import { aRegionTable } from '../../support/fake-global.js';

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE_MS = 60_000;
const denied = new AwsError({
  kind: 'denied',
  code: 'AccessDeniedException',
  message: 'no',
  service: 'dynamodb',
  operation: 'DescribeTable',
  region: 'eu-west-1',
  resource: 'Orders',
});

function aRegion(region: string, change: Partial<RegionStatus> = {}): RegionStatus {
  return {
    region,
    role: region === 'us-east-1' ? 'asked' : 'replica',
    table: { known: true, value: aRegionTable(region, { itemCount: 12_034, sizeBytes: 3_300_000 }) },
    replica: {
      region,
      status: 'ACTIVE',
      statusDescription: undefined,
      percent: undefined,
      kmsKey: undefined,
      tableClass: undefined,
      readCapacityOverride: undefined,
      inaccessibleSinceMs: undefined,
    },
    recovery: { known: true, value: { enabled: true, days: 14 } },
    timeToLive: { known: true, value: 'expires' },
    lag: undefined,
    inaccessible: undefined,
    ...change,
  };
}

function aStatus(regions: readonly RegionStatus[], change: Partial<GlobalStatus> = {}): GlobalStatus {
  return {
    tableName: 'Orders',
    version: '2019.11.21',
    consistency: 'eventual',
    regions,
    witnesses: [],
    lagFailures: [],
    ...change,
  };
}

describe('a status', () => {
  it('has a row for each Region, in both tables, also for one that was not reached', async () => {
    const lag = { averageMs: 740, maximumMs: 1_200, atMs: NOW };
    const status = aStatus([
      aRegion('us-east-1', { lag }),
      aRegion('eu-west-1', { table: { known: false, error: denied } }),
    ]);
    expect((await statusText(status, fakeIo())).split('\n')).toEqual([
      'Orders: global table 2019.11.21, eventually consistent (MREC), 2 Regions',
      '',
      'REGION     ROLE     REPLICA  TABLE        INDEXES   ITEMS   SIZE     LAG (MAX)  INACCESSIBLE',
      'us-east-1  asked    ACTIVE   ACTIVE       -        12,034  3.1MB  740ms (1.2s)  -',
      'eu-west-1  replica  ACTIVE   not reached',
      '',
      'REGION     BILLING      CLASS     KEY           STREAM  PROTECTED  RECOVERY  TTL',
      'us-east-1  on demand    standard  owned by AWS  off     no         14 days   expires',
      'eu-west-1  not reached',
    ]);
    expect(statusWarnings(status)).toEqual([
      'eu-west-1: Access denied: the caller is not allowed dynamodb:DescribeTable on Orders in eu-west-1.',
    ]);
    expect(statusDocument(status)).toMatchObject({
      active: 1,
      failed: [{ region: 'eu-west-1', code: 'access-denied' }],
      regions: [
        { items: 12_034, replicationLatency: { averageMs: 740 } },
        { items: null, error: { code: 'access-denied' } },
      ],
    });
  });

  it('says what a replica that DynamoDB cannot use comes to, and how long is left', () => {
    const inaccessible = { sinceMs: NOW - 3 * 3_600_000, leftMs: 17 * 3_600_000 };
    expect(statusWarnings(aStatus([aRegion('eu-west-1', { inaccessible })]))).toEqual([
      'eu-west-1: DynamoDB cannot use this replica since 2026-11-24T09:00:00Z; when that is not mended it leaves the group for good (17 h left). Look at its KMS key, and whether the Region is enabled.',
    ]);
    const late = statusWarnings(aStatus([aRegion('eu-west-1', { inaccessible: { ...inaccessible, leftMs: 0 } })]));
    expect(late[0]).toContain('is over');
  });

  it('recognises a legacy table, and a witness', async () => {
    const legacy = aStatus([aRegion('us-east-1')], { version: '2017.11.29' });
    expect(statusWarnings(legacy)[0]).toContain('legacy version 2017.11.29');
    expect(statusDocument(legacy).legacy).toBe(true);
    const strong = aStatus([aRegion('us-east-1')], {
      consistency: 'strong',
      witnesses: [{ region: 'us-west-2', status: 'ACTIVE' }],
    });
    expect(await statusText(strong, fakeIo())).toMatch(
      /strongly consistent \(MRSC\), 1 Region and a witness\n[^]*us-west-2 {2}witness/,
    );
  });
});

describe('latencies', () => {
  const pair = (change: Partial<PairLag>): PairLag => ({
    from: 'us-east-1',
    to: 'eu-west-1',
    state: 'flowing',
    latest: undefined,
    averagesMs: [100, null, 400, 800],
    maximumMs: 800,
    silentSinceMs: undefined,
    writesSince: undefined,
    ...change,
  });
  const report = (pairs: readonly PairLag[]): LagReport => ({
    tableName: 'Orders',
    startMs: NOW - 4 * MINUTE_MS,
    endMs: NOW,
    periodMs: MINUTE_MS,
    pairs,
    failures: [],
  });

  it('are drawn on one scale, a gap where nothing was measured', async () => {
    const flowing = pair({ latest: { averageMs: 800, maximumMs: 800, atMs: NOW } });
    const text = await lagText(
      report([flowing, pair({ to: 'sa-east-1', averagesMs: [400, 400, 400, 400], state: 'no-data' })]),
      fakeIo(),
    );
    expect(text.split('\n')).toEqual([
      'FROM       TO           NOW    MAX  LAST 4m  STATE',
      'us-east-1  eu-west-1  800ms  800ms  ▁ ▄█     flowing',
      'us-east-1  sa-east-1      -  800ms  ▄▄▄▄     no data',
    ]);
  });

  it('that ceased are told as a stall or a silence, never as zero', () => {
    const silentSinceMs = NOW - 10 * MINUTE_MS;
    expect(lagWarnings(report([pair({ state: 'stalled', silentSinceMs, writesSince: 1_234 })]))[0]).toMatch(
      /no latency is reported any more, although 1,234 units were written there since\. Replication may have stalled/,
    );
    expect(lagWarnings(report([pair({ state: 'silent', silentSinceMs })]))[0]).toContain(
      'Either nothing was written, or',
    );
  });
});

describe('a conflict', () => {
  const base = { pk: { S: 'order#1' }, status: { S: 'placed' }, total: { N: '10' } };
  const conflict: Conflict = {
    type: 'conflict',
    key: { pk: { S: 'order#1' } },
    atMs: NOW,
    certainty: 'certain',
    base,
    versions: [
      { regions: ['eu-west-1'], atMs: NOW, item: { ...base, status: { S: 'paid' } } },
      { regions: ['us-east-1'], atMs: NOW, item: undefined },
    ],
    decided: true,
  };

  it('shows who won and what was lost, by what each had changed', () => {
    expect(conflictText(conflict, fakeIo()).split('\n')).toEqual([
      '2026-11-24T12:00:00Z  pk=order#1',
      '  won   eu-west-1  status: "placed" -> "paid"',
      '  lost  us-east-1  deleted',
    ]);
    expect(conflictJson(conflict)).toMatchObject({
      winner: { regions: ['eu-west-1'], item: { status: 'paid' } },
      loser: { regions: ['us-east-1'], item: null },
      versions: null,
    });
  });

  it('that is not certain, or not decided, says so', () => {
    const text = conflictText({ ...conflict, certainty: 'possible', decided: false }, fakeIo());
    expect(text.split('\n')[0]).toBe(
      '2026-11-24T12:00:00Z  pk=order#1  possible  undecided: neither replaced the other',
    );
    expect(conflictJson({ ...conflict, decided: false })).toMatchObject({
      winner: null,
      loser: null,
      versions: [{}, {}],
    });
  });

  it('cannot steer the terminal by what it holds', () => {
    const evil = { ...conflict, key: { pk: { S: 'a\u001b[2Jb' } } };
    expect(conflictText(evil, fakeIo())).not.toContain('\u001b');
  });

  it('is counted at the end, with the keys that have the most', () => {
    const summary = {
      type: 'summary' as const,
      records: [{ region: 'us-east-1', records: 5 }],
      certain: 2,
      possible: 1,
      gaps: 0,
      letGo: 0,
      keys: [{ key: 'pk=a', conflicts: 3 }],
    };
    expect(summaryText(summary, ['us-east-1', 'eu-west-1'])).toBe(
      '2 conflicts, and 1 possible, in 5 records of 2 Regions.\nMost often: pk=a (3)',
    );
  });
});

/** The prices of two Regions, as the bundled book tells them. */
const prices: Prices = (region, dimension) => {
  if (region === 'us-east-1') return { usd: exact(dimension === 'ia-rru' ? '0.155' : '0.125'), asOf: '2026-09-06' };
  return region === 'eu-west-1' ? { usd: exact('0.1415'), asOf: '2026-10-09' } : undefined;
};

describe('a comparison of items', () => {
  it('says what it takes before it begins', () => {
    const home = aRegionTable('us-east-1', { itemCount: 1_000_000, sizeBytes: 8_192 * 1_000_000 });
    expect(costText(home, ['us-east-1', 'eu-west-1'], 500, prices)).toBe(
      'Comparing Orders in us-east-1, eu-west-1 (1,000,000 items, 7.6GB by the last count): about 1,000,000 read units in each, at least 33m20s at 500 a second; $0.27 on demand (us-east-1 $0.125 a million as of 2026-09-06, eu-west-1 $0.1415 a million as of 2026-10-09).',
    );
  });

  it('says which prices are not known, and takes no neighbour for them', () => {
    const home = aRegionTable('us-east-1', { sizeBytes: 8_192 * 1_000_000 });
    const cost = (regions: readonly string[], change = {}) =>
      costText({ ...home, ...change }, regions, undefined, prices).replace(/.* in each; /, '');
    expect(cost(['us-east-1', 'sa-east-1'])).toBe(
      'at least $0.13 on demand (us-east-1 $0.125 a million as of 2026-09-06); the price of reading in sa-east-1 is not known.',
    );
    expect(cost(['sa-east-1', 'me-south-1'])).toBe('the price of reading in sa-east-1, me-south-1 is not known.');
    expect(cost(['us-east-1'], { tableClass: 'STANDARD_INFREQUENT_ACCESS' })).toBe(
      '$0.16 on demand (us-east-1 $0.155 a million as of 2026-09-06).',
    );
    expect(cost(['us-east-1'], { capacity: { readUnits: 5, writeUnits: 5 } })).toBe(
      'they come out of the provisioned capacity.',
    );
  });

  it('shows which Regions agree on a key', () => {
    const items = [
      { region: 'us-east-1', digest: 'aaaaaaaa11' },
      { region: 'eu-west-1', digest: null },
      { region: 'sa-east-1', digest: 'aaaaaaaa11' },
    ];
    expect(differenceText({ type: 'difference', key: { pk: { N: '7' } }, items }, fakeIo())).toBe(
      'pk=7: aaaaaaaa in us-east-1, sa-east-1; missing in eu-west-1',
    );
  });

  it('ends with a verdict', () => {
    const summary = {
      type: 'summary' as const,
      regions: [{ region: 'us-east-1', items: 5, units: 1 }],
      differences: 0,
      changing: 0,
      complete: true,
    };
    expect(verdictText(summary)).toBe('The Regions hold the same items (items read: us-east-1 5).');
    expect(verdictText({ ...summary, differences: 1, changing: 2 })).toBe(
      '1 key differs (items read: us-east-1 5). 2 keys changed all the time and could not be judged.',
    );
  });
});
