import { describe, expect, it } from 'vitest';
import { estimate } from '../../../src/lib/cost/estimate.js';
import { exact } from '../../../src/lib/model/exact.js';
import { aLoad, aWorkload, bundledRates, monthly, oldRates, plainEstimate, quantities } from './workloads.js';

const threeRegions = [aLoad('us-east-1', 1_000_000), aLoad('us-east-2'), aLoad('us-west-2')];

describe('hand-worked cases', () => {
  it("AWS's example of billing: 150 writes of 1 KB in 2 Regions are 300 rWRU and no WRU (FACTS D.9)", () => {
    const { lines } = plainEstimate(
      aWorkload({ regions: [aLoad('us-east-1', 150), aLoad('us-east-2')], itemBytes: 1024 }),
    );
    // 150 x 1 KB = 150 rWRU in each of the two Regions.
    expect(lines.map(({ dimension, quantity }) => [dimension, quantity.low.toNumber()])).toEqual([
      ['rwru', 150],
      ['rwru', 150],
    ]);
  });

  it('3 million replicated writes in us-east-2 come to $1.88, rounded', () => {
    const { perRegion } = plainEstimate(
      aWorkload({ regions: [aLoad('us-east-1'), aLoad('us-east-2', 3_000_000)], itemBytes: 1000 }),
    );
    // 3 x $0.625 = $1.875.
    expect(perRegion.get('us-east-2')?.usd.low.toFixed()).toBe('1.875');
  });

  it('20 rWCU for a month of 730 hours come to $9.49', () => {
    // 14 writes a second x 730 h x 3,600 s = 36,792,000 writes; 14 / 0.7 = 20 rWCU; 20 x 730 x $0.00065 = $9.49.
    const { perRegion, lines } = plainEstimate(
      aWorkload({
        regions: [aLoad('us-east-1', 14 * 730 * 3600), aLoad('us-east-2')],
        capacity: { mode: 'provisioned', utilization: exact('0.7') },
      }),
    );
    expect(lines[0]?.arithmetic).toContain('= 20 rWCU x 730 h');
    expect(perRegion.get('us-east-1')?.usd.low.toFixed()).toBe('9.49');
  });

  it('a million writes to three Regions cost $1.875 now', () => {
    // 3 x $0.625.
    expect(monthly(plainEstimate(aWorkload({ regions: threeRegions })))).toBe('1.875');
  });

  it('and cost $5.625 until 2024-10-31, at the prices of us-east-1 as articles had it', () => {
    // 3 x $1.875; of the other Regions' old prices only that they were not us-east-1's is certain.
    expect(monthly(plainEstimate(aWorkload({ regions: threeRegions }), oldRates({ pricedAs: 'us-east-1' })))).toBe(
      '5.625',
    );
    expect(monthly(plainEstimate(aWorkload({ regions: threeRegions }), oldRates()))).toBe('at least 1.875');
  });

  it('three Regions make a write three times as dear, and not 4.5 times', () => {
    const one = plainEstimate(aWorkload({ regions: [aLoad('us-east-1', 1_000_000)] }));
    const three = plainEstimate(aWorkload({ regions: threeRegions }));
    expect([monthly(one), monthly(three)]).toEqual(['0.625', '1.875']);
    // The old rates: $1.25 became $5.625, which is 4.5 times; today it is 3 times.
    const old = [aWorkload({ regions: threeRegions.slice(0, 1) }), aWorkload({ regions: threeRegions })].map(workload =>
      plainEstimate(workload, oldRates({ pricedAs: 'us-east-1' })),
    );
    expect(old.map(monthly)).toEqual(['1.25', '5.625']);
  });

  it('a trigger reads the stream of 100 million writes a day for nothing; an own reader pays for calls, not records', () => {
    const writes = 100_000_000 * (730 / 24);
    const trigger = {
      batchSize: 100,
      duration: undefined,
      architecture: 'x86',
      passShare: exact(1),
      failedShare: exact(0),
    } as const;
    const withTrigger = plainEstimate(aWorkload({ regions: [aLoad('us-east-1', String(writes))], trigger }));
    expect(withTrigger.lines.map(line => line.dimension)).toEqual(['wru', 'lambda-requests']);

    const readers = { count: 1, pollIntervalMs: 1000, shards: 4 };
    const withReader = plainEstimate(
      aWorkload({ regions: [aLoad('us-east-1', String(writes))], streamReaders: readers }),
    );
    const reads = withReader.lines.find(line => line.dimension === 'streams');
    // 4 shards x 2,628,000 s = 10,512,000 calls; at $0.02 per 100,000: $2.1024. As records they would be $608.
    expect([reads?.quantity.low.toFixed(), reads?.cost?.low.toFixed()]).toEqual(['10512000', '2.1024']);
  });

  it.each([
    // bytes, write units of one write
    [1, '1'],
    [1024, '1'],
    [1025, '2'],
    [1536, '2'],
    [400 * 1024, '400'],
  ])('an item of %i bytes takes %s write units', (itemBytes, units) => {
    expect(quantities(plainEstimate(aWorkload({ regions: [aLoad('us-east-1', 1)], itemBytes })))).toEqual({
      'us-east-1/writes': units,
    });
  });

  it.each([
    [4096, 'eventual', '0.5'],
    [4097, 'eventual', '1'],
    [4096, 'strong', '1'],
    [10_000, 'strong', '3'],
  ] as const)('a read of %i bytes, %s, takes %s read units', (itemBytes, readConsistency, units) => {
    const load = aLoad('us-east-1', 0, 1);
    expect(quantities(plainEstimate(aWorkload({ regions: [load], itemBytes, readConsistency })))).toEqual({
      'us-east-1/reads': units,
    });
  });

  it('transactional writes count twice where they are requested; what replicas are charged is a range', () => {
    const transactionalShare = exact('0.1');
    expect(
      quantities(plainEstimate(aWorkload({ regions: [aLoad('us-east-1', 100)], itemBytes: 2000, transactionalShare }))),
    ).toEqual({
      // 90 x 2 + 10 x 2 x 2
      'us-east-1/writes': '220',
    });
    expect(
      quantities(
        plainEstimate(aWorkload({ regions: [aLoad('us-east-1', 100), aLoad('us-east-2', 50)], transactionalShare })),
      ),
    ).toEqual({
      // own 100 x 1.1 + others' 50, or 50 x 1.1
      'us-east-1/writes': '160 to 165',
      // own 50 x 1.1 + others' 100, or 100 x 1.1
      'us-east-2/writes': '155 to 165',
    });
  });

  it('deletes by TTL are free at home, and replicated writes elsewhere', () => {
    const ttlDeletes = exact(1000);
    expect(quantities(plainEstimate(aWorkload({ regions: [aLoad('us-east-1')], ttlDeletes })))).toEqual({});
    expect(
      quantities(plainEstimate(aWorkload({ regions: [aLoad('us-east-1'), aLoad('us-west-2')], ttlDeletes }))),
    ).toEqual({ 'us-west-2/writes': '1000' });
  });

  it('index writes are ordinary write units in every Region', () => {
    const indexes = [{ name: 'byDate', share: exact('0.5'), itemBytes: 1500 }];
    const { lines } = plainEstimate(aWorkload({ regions: [aLoad('us-east-1', 100), aLoad('us-east-2')], indexes }));
    expect(lines.map(({ id, dimension, quantity }) => [id, dimension, quantity.low.toFixed()])).toEqual([
      ['us-east-1/writes', 'rwru', '100'],
      // 100 x 50% x 2 KB
      ['us-east-1/index byDate writes', 'wru', '100'],
      ['us-east-2/writes', 'rwru', '100'],
      ['us-east-2/index byDate writes', 'wru', '100'],
    ]);
  });

  it('storage, recovery and a replica that is added to 250 GB in us-east-2', () => {
    const result = plainEstimate(
      aWorkload({
        regions: [aLoad('us-west-2'), aLoad('us-east-2')],
        storageGb: exact(250),
        pitr: 'everywhere',
        addedRegions: ['us-east-2'],
      }),
    );
    // us-east-2: 250 x $0.25 + 250 x $0.20 = $112.50 a month, and once 250 x $0.15 = $37.50.
    expect(result.perRegion.get('us-east-2')?.usd.low.toFixed()).toBe('112.5');
    expect(result.once.usd.low.toFixed()).toBe('37.5');
    expect(result.yearly.usd.low.eq(result.monthly.usd.low.times(12))).toBe(true);
  });

  it('a filter that lets 12% pass, in batches of 100, of 200 ms and 512 MB', () => {
    const result = plainEstimate(
      aWorkload({
        regions: [aLoad('us-east-1', 10_000_000)],
        trigger: {
          batchSize: 100,
          duration: { ms: 200, memoryMb: 512 },
          architecture: 'x86',
          passShare: exact('0.12'),
          failedShare: exact('0.01'),
        },
      }),
    );
    expect(quantities(result)).toEqual({
      'us-east-1/writes': '10000000',
      // 10,000,000 x 12% / 100
      'us-east-1/trigger requests': '12000',
      // 12,000 x 0.2 s x 0.5 GB
      'us-east-1/trigger duration': '1200',
      // 120 batches x 3
      'us-east-1/failure queue': '360',
    });
    // 10 x $0.625 + 0.012 x $0.20 + 1,200 x $0.0000166667 + 0.00036 x $0.40
    expect(monthly(result)).toBe('6.27254404');
  });

  it('free allowances are taken off once, over all lines that they serve', () => {
    const workload = aWorkload({
      regions: [aLoad('us-east-1', 15 * 730 * 3600)],
      indexes: [{ name: 'byDate', share: exact(1), itemBytes: 100 }],
      capacity: { mode: 'provisioned', utilization: exact(1) },
      storageGb: exact(30),
    });
    const { lines } = estimate(workload, bundledRates(), { includeTransfer: false, freeTier: true });
    // 15 WCU x 730 h = 10,950 of 18,600 free hours; the index has 7,650 left: 10,950 - 7,650 = 3,300.
    expect(lines.map(({ id, billed }) => [id, billed.low.toFixed()])).toEqual([
      ['us-east-1/writes', '0'],
      ['us-east-1/index byDate writes', '3300'],
      ['us-east-1/storage', '5'],
    ]);
  });

  it('transfer is priced only where it is asked for, and has its own price between two neighbours', () => {
    const regions = [aLoad('us-east-1', 1024 * 1024), aLoad('us-east-2'), aLoad('us-west-2')];
    const workload = aWorkload({ regions });
    const { lines } = estimate(workload, bundledRates(), { includeTransfer: true, freeTier: false });
    // 1,048,576 x 1 KB = 1 GB to each.
    expect(
      lines.filter(each => each.dimension === 'transfer').map(({ id, cost }) => [id, cost?.low.toFixed()]),
    ).toEqual([
      ['us-east-1/transfer to us-east-2', '0.01'],
      ['us-east-1/transfer to us-west-2', '0.02'],
    ]);
    expect(plainEstimate(workload).lines.some(each => each.dimension === 'transfer')).toBe(false);
  });
});

describe('a price that is not known', () => {
  it('leaves its line without a cost, and the totals at least what they are', () => {
    const result = plainEstimate(
      aWorkload({ regions: [aLoad('us-east-1', 1_000_000), aLoad('ap-southeast-1')], storageGb: exact(1) }),
    );
    expect(result.unknown).toEqual([
      { region: 'ap-southeast-1', dimension: 'rwru' },
      { region: 'ap-southeast-1', dimension: 'storage' },
    ]);
    expect(monthly(result)).toBe('at least 0.875');
    expect(result.perRegion.get('us-east-1')?.atLeast).toBe(false);
    expect(result.perRegion.get('ap-southeast-1')).toMatchObject({ atLeast: true });
  });

  it('is known when it is typed', () => {
    const typed = [{ region: 'ap-southeast-1', dimension: 'rwru', usd: exact('0.7') }] as const;
    const workload = aWorkload({ regions: [aLoad('us-east-1', 1_000_000), aLoad('ap-southeast-1')] });
    expect(monthly(plainEstimate(workload, bundledRates({ typed })))).toBe('1.325');
  });
});
