import { describe, expect, it } from 'vitest';
import type { OtherReplica, RegionTable } from '../../../src/lib/aws/region-table.js';
import type { NewReplica } from '../../../src/lib/aws/replicas-gateway.js';
import type { Check } from '../../../src/lib/global/check.js';
import type { PriceIn } from '../../../src/lib/global/known-price.js';
import { preflight } from '../../../src/lib/global/preflight.js';
import type { AddRequest } from '../../../src/lib/global/preflight-facts.js';
import { exact } from '../../../src/lib/model/exact.js';
import { fakeClock } from '../../support/fake-clock.js';
import { aKey, aRegionTable, type FakeGlobal, fakeGlobal } from '../../support/fake-global.js';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/home';
const EU_KEY = 'arn:aws:kms:eu-west-1:111122223333:key/eu';

interface Checking extends Partial<Omit<AddRequest, 'home' | 'replicas'>> {
  readonly home?: Partial<RegionTable>;
  readonly replicas?: readonly NewReplica[];
  readonly prepare?: (fake: FakeGlobal) => void;
  readonly restorePrice?: PriceIn;
}

async function checking(options: Checking): Promise<readonly Check[]> {
  const { home = {}, replicas = [{ region: 'eu-west-1' }], consistency = 'eventual', witness } = options;
  const { restorePrice = () => undefined } = options;
  const fake = fakeGlobal(fakeClock(0), 'us-east-1', home);
  options.prepare?.(fake);
  const request = { home: aRegionTable('us-east-1', home), replicas, consistency, witness };
  return preflight(request, { aws: fake.aws, signal: new AbortController().signal, restorePrice });
}

/** The checks of one name, as `fail: what is so`. */
async function outcome(id: string, options: Checking): Promise<readonly string[]> {
  return (await checking(options)).filter(check => check.id === id).map(({ level, fact }) => `${level}: ${fact}`);
}

const aReplica = (region: string, change: Partial<OtherReplica> = {}): OtherReplica => ({
  region,
  status: 'ACTIVE',
  statusDescription: undefined,
  percent: undefined,
  kmsKey: undefined,
  tableClass: undefined,
  readCapacityOverride: undefined,
  inaccessibleSinceMs: undefined,
  ...change,
});

const anIndex = (name: string, change: Partial<RegionTable['indexes'][number]> = {}) => ({
  name,
  status: 'ACTIVE',
  capacity: undefined,
  sizeBytes: 0,
  ...change,
});

const customersKey = { status: 'ENABLED', kmsKeyArn: KEY, inaccessibleSinceMs: undefined };
const withHomeKey = (fake: FakeGlobal): void => {
  fake.keys.set(KEY, aKey(KEY));
};

describe('a table on demand with no replica yet', () => {
  it('passes everything but the warning about its role as a source', async () => {
    const checks = await checking({});
    expect(checks.map(({ id, region, level }) => `${level} ${id}${region === undefined ? '' : ` ${region}`}`)).toEqual([
      'pass version',
      'pass table-status',
      'pass replica-in-flight',
      'pass billing',
      'pass stream',
      'pass service-linked-role',
      'warn source-lock',
      'pass size',
      'pass region eu-west-1',
      'pass name-free eu-west-1',
      'pass kms-key eu-west-1',
      'pass quota eu-west-1',
    ]);
  });
});

describe('the table', () => {
  it('of the legacy version is refused', async () => {
    expect(await outcome('version', { home: { globalTableVersion: '2017.11.29' } })).toEqual([
      'fail: a global table of the legacy version 2017.11.29',
    ]);
  });

  it('that changes is waited for; one that has come to an end is refused', async () => {
    expect(await outcome('table-status', { home: { status: 'UPDATING' } })).toEqual([
      'warn: the table is UPDATING; add-replica waits until it is ACTIVE',
    ]);
    expect(await outcome('table-status', { home: { status: 'ARCHIVED' } })).toEqual(['fail: the table is ARCHIVED']);
  });

  it('has indexes that rest', async () => {
    const indexes = [anIndex('byDay'), anIndex('byUser', { status: 'CREATING' })];
    expect(await outcome('index-status', { home: { indexes } })).toEqual([
      'warn: byUser is CREATING; add-replica waits',
    ]);
    expect(await outcome('index-status', { home: { indexes: [anIndex('byDay')] } })).toEqual([
      'pass: all 1 indexes are ACTIVE',
    ]);
  });

  it('has no other replica in flight; the wanted one may be', async () => {
    expect(
      await outcome('replica-in-flight', { home: { replicas: [aReplica('sa-east-1', { status: 'DELETING' })] } }),
    ).toEqual(['warn: the replica is DELETING, and AWS changes one at a time; add-replica waits']);
    expect(
      await outcome('replica-in-flight', { home: { replicas: [aReplica('eu-west-1', { status: 'CREATING' })] } }),
    ).toEqual(['pass: no other replica is being changed']);
    const failed = aReplica('eu-west-1', { status: 'CREATION_FAILED', statusDescription: 'no key' });
    const checks = await checking({ home: { replicas: [failed] } });
    expect(checks.find(check => check.id === 'replica-in-flight')).toEqual({
      id: 'replica-in-flight',
      region: 'eu-west-1',
      level: 'fail',
      fact: 'an earlier try there failed: no key',
      mend: 'ddbx global remove-replica Orders eu-west-1',
    });
  });

  it('needs no stream beforehand, and keeps the one it has', async () => {
    expect(await outcome('stream', {})).toEqual([
      'pass: off; AWS turns one on with NEW_AND_OLD_IMAGES, and it stays on',
    ]);
    expect(await outcome('stream', { home: { streamViewType: 'KEYS_ONLY' } })).toEqual([
      'pass: on with KEYS_ONLY, which stays as it is and cannot be changed any more (ddbx global conflicts needs NEW_AND_OLD_IMAGES)',
    ]);
  });

  it('takes time and money by its size', async () => {
    const [small] = await outcome('size', { home: { itemCount: 1000, sizeBytes: 5 * 1024 ** 3 } });
    expect(small).toBe(
      'pass: 1000 items, 5GB; at least 10 minutes for each Region; charged once like a restore of 5GB in each: the price in eu-west-1 is not known',
    );
    const [huge] = await outcome('size', { home: { itemCount: 10, sizeBytes: 25 * 1024 ** 4 } });
    expect(huge).toMatch(/^warn: .*at least 3 days/);
  });

  it('is priced for each Region by its own price, never by a neighbour of it', async () => {
    const restorePrice: PriceIn = region =>
      region === 'us-east-2' ? { usd: exact('0.15'), asOf: '2026-05' } : undefined;
    const replicas = [{ region: 'eu-west-1' }, { region: 'us-east-2' }, { region: 'sa-east-1' }];
    const priced = async (sizeBytes: number) => {
      const [size = ''] = await outcome('size', { home: { itemCount: 1, sizeBytes }, replicas, restorePrice });
      return size.replace(/.* in each: /, '');
    };
    expect(await priced(50 * 1024 ** 3)).toBe(
      'us-east-2 $7.50 ($0.15 a GB as of 2026-05), the price in eu-west-1, sa-east-1 is not known',
    );
    expect(await priced(103)).toMatch(/^us-east-2 under \$0\.01 /);
  });
});

describe('billing', () => {
  const provisioned = { readUnits: 5, writeUnits: 5 };
  const home = { capacity: provisioned, indexes: [anIndex('byDay', { capacity: provisioned })] };
  const target = (indexName: string | undefined, hasPolicy: boolean) => ({
    indexName,
    dimension: 'write' as const,
    minUnits: 5,
    maxUnits: 500,
    hasPolicy,
  });

  it('with provisioned writes takes a target and a policy for the table and every index', async () => {
    const prepare = (fake: FakeGlobal): void => {
      fake.scaling.push(target(undefined, true), target('byDay', true), {
        ...target('byDay', true),
        dimension: 'read',
      });
    };
    expect(await outcome('billing', { home, prepare })).toEqual([
      'pass: the writes of the table are scaled between 5 and 500 units',
    ]);
    expect(await outcome('index-billing', { home, prepare })).toEqual([
      'pass: the writes of index byDay are scaled between 5 and 500 units',
    ]);
  });

  it.each([
    ['nothing', [], 'no scaling target', 'no scaling target'],
    ['a target without a policy', [target(undefined, false)], 'a scaling target, but no policy', 'no scaling target'],
    ['only the index', [target('byDay', true)], 'no scaling target', undefined],
    [
      'only reads',
      [{ ...target(undefined, true), dimension: 'read' as const }],
      'no scaling target',
      'no scaling target',
    ],
  ])('with %s scaled is refused', async (_what, targets, ofTable, ofIndex) => {
    const prepare = (fake: FakeGlobal): void => {
      fake.scaling.push(...targets);
    };
    expect(await outcome('billing', { home, prepare })).toEqual([
      `fail: the writes of the table are provisioned, with ${ofTable}`,
    ]);
    expect(await outcome('index-billing', { home, prepare })).toEqual([
      ofIndex === undefined
        ? 'pass: the writes of index byDay are scaled between 5 and 500 units'
        : `fail: the writes of index byDay are provisioned, with ${ofIndex}`,
    ]);
  });
});

describe('a Region', () => {
  it('must be free of another table of that name', async () => {
    const prepare = (fake: FakeGlobal): void => {
      fake.join('eu-west-1');
    };
    expect(await outcome('name-free', { prepare })).toEqual([
      'fail: another table Orders is there (ACTIVE), and AWS does not join two tables',
    ]);
    expect(await outcome('name-free', { prepare, home: { replicas: [aReplica('eu-west-1')] } })).toEqual([
      'pass: a replica is there already (ACTIVE)',
    ]);
  });

  it.each([
    ['credentials', 'fail', /switched off for this account/],
    ['network', 'fail', /cannot be reached/],
    ['denied', 'warn', /access to DescribeTable is denied/],
  ] as const)('that answers with a failure of %s comes out as %s', async (kind, level, fact) => {
    const checks = await checking({
      prepare: fake => {
        fake.breakRegion('eu-west-1', kind);
      },
    });
    const ofRegion = checks.filter(check => check.region === 'eu-west-1');
    expect(ofRegion.find(check => check.id === 'region')).toMatchObject({ level, fact: expect.stringMatching(fact) });
    expect(ofRegion.map(check => check.id)).not.toContain('name-free');
  });

  it('must have room for the table within its quotas', async () => {
    const lower = (fake: FakeGlobal): void => {
      fake.settings('eu-west-1').limits = { ...fake.settings('eu-west-1').limits, tableMaxWriteUnits: 10_000 };
    };
    expect(await outcome('quota', { prepare: lower })).toEqual([
      'warn: lower than in us-east-1 (40000 read and 10000 write units against 40000 read and 40000 write units); AWS wants them equal',
    ]);
    const warmThroughput = { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 20_000 };
    expect(await outcome('quota', { prepare: lower, home: { warmThroughput } })).toEqual([
      'fail: a table may have 40000 read and 10000 write units there, and this one needs 12000 and 20000',
    ]);
  });
});

describe('keys', () => {
  it('are needed only for a table with a key of its own', async () => {
    expect(await outcome('kms-key', {})).toEqual([
      'pass: none needed: the table is encrypted with a key that AWS owns',
    ]);
    const home = { encryption: customersKey };
    const managed = (fake: FakeGlobal): void => {
      fake.keys.set(KEY, aKey(KEY, { manager: 'AWS' }));
    };
    expect(await outcome('kms-key', { home, prepare: managed })).toEqual([
      'pass: none needed: the table is encrypted with the AWS managed key alias/aws/dynamodb',
    ]);
    expect(await outcome('kms-key', { home, prepare: withHomeKey })).toEqual([
      'fail: missing: the table is encrypted with a customer managed key',
    ]);
    expect(await outcome('kms-key', { home })).toEqual([
      expect.stringMatching(/^warn: whether one is needed is not known/),
    ]);
  });

  it('must be of one kind', async () => {
    const replicas = [{ region: 'eu-west-1', kmsKey: EU_KEY }];
    expect(await outcome('kms-key', { replicas })).toEqual([
      'fail: a key was given, but the table is encrypted with a key that AWS owns, and all replicas share one kind',
    ]);
  });

  it.each([
    ['enabled', {}, `pass: ${EU_KEY} is enabled`],
    ['disabled', { state: 'Disabled' }, `fail: ${EU_KEY} is Disabled`],
    [
      'for signing',
      { usage: 'SIGN_VERIFY', spec: 'RSA_2048' },
      `fail: ${EU_KEY} is for SIGN_VERIFY with RSA_2048; a table takes a symmetric key`,
    ],
  ])('that are %s', async (_how, change, expected) => {
    const prepare = (fake: FakeGlobal): void => {
      withHomeKey(fake);
      fake.keys.set(EU_KEY, aKey(EU_KEY, change));
    };
    const replicas = [{ region: 'eu-west-1', kmsKey: EU_KEY }];
    expect(await outcome('kms-key', { home: { encryption: customersKey }, replicas, prepare })).toEqual([expected]);
  });

  it('that are not there', async () => {
    const replicas = [{ region: 'eu-west-1', kmsKey: 'alias/none' }];
    expect(await outcome('kms-key', { home: { encryption: customersKey }, replicas, prepare: withHomeKey })).toEqual([
      'fail: alias/none is not there',
    ]);
  });
});

describe('strong consistency', () => {
  const group: Checking = { consistency: 'strong', replicas: [{ region: 'us-east-2' }, { region: 'us-west-2' }] };

  it('takes an empty table in exactly three Regions', async () => {
    const checks = await checking(group);
    expect(checks.filter(check => check.level === 'fail')).toEqual([]);
    expect(await outcome('strong-regions', group)).toEqual([
      'pass: us-east-1, us-east-2, us-west-2: three, as AWS wants',
    ]);
    expect(await outcome('strong-empty', group)).toEqual([
      'pass: the table is empty; nobody may write to it until the group is there',
    ]);
    expect(await outcome('source-lock', group)).toEqual([]);
  });

  it('counts the witness', async () => {
    const one = { ...group, replicas: [{ region: 'us-east-2' }] };
    expect(await outcome('strong-regions', one)).toEqual([
      'fail: us-east-1, us-east-2: 2, and a strongly consistent table has exactly three',
    ]);
    expect(await outcome('strong-regions', { ...one, witness: 'us-west-2' })).toEqual([
      'pass: us-east-1, us-east-2, us-west-2: three, as AWS wants',
    ]);
  });

  it('refuses items, time to live and local indexes', async () => {
    const prepare = (fake: FakeGlobal): void => {
      fake.holdsItems = true;
      fake.settings('us-east-1').timeToLive = 'expires';
    };
    const failed = (await checking({ ...group, prepare, home: { localIndexNames: ['byDate'] } })).filter(
      check => check.level === 'fail',
    );
    expect(failed.map(check => check.id)).toEqual(['strong-empty', 'strong-ttl', 'strong-local-indexes']);
    expect(failed[1]?.mend).toContain('Enabled=false,AttributeName=expires');
  });

  it('leaves the Region set to AWS, and only says what no page names', async () => {
    const odd = { ...group, replicas: [{ region: 'us-east-2' }, { region: 'us-west-1' }] };
    expect(await outcome('strong-region-set', group)).toEqual([]);
    expect(await outcome('strong-region-set', odd)).toEqual([
      'warn: not among the Regions that AWS names for strong consistency; AWS will be the judge',
    ]);
  });

  it('cannot be given to, nor taken from, a global table', async () => {
    const replicas = [aReplica('us-east-2')];
    expect((await outcome('consistency', { ...group, home: { replicas } }))[0]).toMatch(
      /^fail: the table has replicas/,
    );
    const strong = { isStronglyConsistent: true, replicas: [aReplica('us-east-2'), aReplica('us-west-2')] };
    expect((await outcome('consistency', { home: strong }))[0]).toMatch(/^fail: the table is strongly consistent/);
    expect(await outcome('consistency', { ...group, home: strong })).toEqual([]);
  });
});
