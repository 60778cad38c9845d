import { describe, expect, it } from 'vitest';
import { emptyScan, formatScan, parseScan, type ScanState } from '../../../src/lib/global/scan-state.js';
import { type VerifyEvent, verifyReplicas } from '../../../src/lib/global/verify.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { aRegionTable } from '../../support/fake-global.js';
import { type FakeItems, fakeItems } from '../../support/fake-items.js';

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1'] as const;

const order = (n: number, status = 'placed') => ({ pk: { S: `order#${n}` }, status: { S: status } });

function stage(items = 200) {
  const clock = fakeClock(0);
  const fake = fakeItems(clock, REGIONS);
  for (let n = 0; n < items; n += 1) fake.putAll(order(n));
  return { clock, fake };
}

interface Verifying {
  readonly state?: ScanState;
  readonly maxUnitsPerSecond?: number;
  readonly signal?: AbortSignal;
  readonly save?: (state: ScanState) => Promise<void>;
}

const newState = (): ScanState => emptyScan('Orders', REGIONS, 8, 64);

async function verifying(fake: FakeItems, clock: FakeClock, options: Verifying = {}): Promise<readonly VerifyEvent[]> {
  const events: VerifyEvent[] = [];
  const verification = verifyReplicas({
    aws: { items: region => fake.items(region) },
    home: aRegionTable('us-east-1', { itemCount: 200, sizeBytes: 20_000 }),
    state: options.state ?? newState(),
    parallel: 2,
    maxUnitsPerSecond: options.maxUnitsPerSecond,
    settleMs: 5_000,
    clock,
    signal: options.signal ?? new AbortController().signal,
    save: options.save ?? (async () => {}),
  });
  for await (const event of verification) events.push(event);
  return events;
}

const keysOf = (events: readonly VerifyEvent[]): readonly string[] =>
  events
    .flatMap(event =>
      event.type === 'difference' && event.key['pk'] !== undefined && 'S' in event.key['pk'] ? [event.key['pk'].S] : [],
    )
    .sort();

const summaryOf = (events: readonly VerifyEvent[]) => events.find(event => event.type === 'summary');

describe('comparing replicas', () => {
  it('that hold the same items reads each once, and waits for nothing', async () => {
    const { clock, fake } = stage();
    const events = await verifying(fake, clock);
    expect(summaryOf(events)).toEqual({
      type: 'summary',
      regions: REGIONS.map(region => ({ region, items: 200, units: 100 })),
      differences: 0,
      changing: 0,
      complete: true,
    });
    expect(events.find(event => event.type === 'compared')).toMatchObject({ differingRanges: 0, segmentsToReread: 0 });
    expect(clock.sleeps).toEqual([]);
  });

  it('finds the one item that differs, and reads only its segment again', async () => {
    const { clock, fake } = stage();
    fake.putOnly('eu-west-1', order(77, 'paid'));
    const segmentsReadAgain = new Set<number>();
    fake.onScan = (_region, segment) => {
      if (clock.now() > 0) segmentsReadAgain.add(segment);
    };
    const events = await verifying(fake, clock);
    expect(events.find(event => event.type === 'compared')).toMatchObject({ differingRanges: 1, segmentsToReread: 1 });
    expect(events.filter(event => event.type === 'difference')).toEqual([
      {
        type: 'difference',
        key: { pk: { S: 'order#77' } },
        items: [
          { region: 'us-east-1', digest: expect.stringMatching(/^[0-9a-f]{32}$/) },
          { region: 'eu-west-1', digest: expect.stringMatching(/^[0-9a-f]{32}$/) },
          { region: 'ap-south-1', digest: expect.stringMatching(/^[0-9a-f]{32}$/) },
        ],
      },
    ]);
    expect(segmentsReadAgain.size).toBe(1);
  });

  it('finds what is missing, and what is there too much', async () => {
    const { clock, fake } = stage();
    fake.removeOnly('ap-south-1', order(5));
    fake.putOnly('us-east-1', order(1_000));
    const events = await verifying(fake, clock);
    expect(keysOf(events)).toEqual(['order#1000', 'order#5']);
    const missing = events.flatMap(event =>
      event.type === 'difference' ? event.items.flatMap(({ region, digest }) => (digest === null ? [region] : [])) : [],
    );
    expect(missing.sort()).toEqual(['ap-south-1', 'ap-south-1', 'eu-west-1']);
  });

  it('takes the order of set members and the spelling of numbers for no difference', async () => {
    const { clock, fake } = stage(0);
    fake.putOnly('us-east-1', { pk: { S: 'a' }, tags: { SS: ['x', 'y'] }, n: { N: '1.50' } });
    for (const region of ['eu-west-1', 'ap-south-1']) {
      fake.putOnly(region, { n: { N: '1.5' }, tags: { SS: ['y', 'x'] }, pk: { S: 'a' } });
    }
    expect(summaryOf(await verifying(fake, clock))).toMatchObject({ differences: 0 });
  });

  it('takes replication in flight for no difference', async () => {
    const { clock, fake } = stage();
    fake.putOnly('us-east-1', order(3, 'paid'));
    fake.onScan = () => {
      if (clock.now() >= 5_000) fake.putAll(order(3, 'paid'));
    };
    const events = await verifying(fake, clock);
    expect(events.find(event => event.type === 'narrowed')).toMatchObject({ candidates: 0 });
    expect(summaryOf(events)).toMatchObject({ differences: 0, changing: 0 });
  });

  it('leaves a key that changes at every look undecided', async () => {
    const { clock, fake } = stage();
    fake.putOnly('us-east-1', order(3, 'paid'));
    let version = 0;
    fake.onGet = region => {
      version += 1;
      fake.putOnly(region, order(3, `v${version}`));
    };
    expect(summaryOf(await verifying(fake, clock))).toMatchObject({ differences: 0, changing: 1 });
  });

  it('finds the same when a Region cuts its segments differently', async () => {
    const { clock, fake } = stage();
    fake.putOnly('eu-west-1', order(77, 'paid'));
    const shifted: FakeItems = {
      ...fake,
      items: async region => {
        const gateway = await fake.items(region);
        if (region !== 'eu-west-1') return gateway;
        return {
          ...gateway,
          scan: (table, input, signal) =>
            gateway.scan(table, { ...input, segment: (input.segment + 1) % input.segments }, signal),
        };
      },
    };
    expect(keysOf(await verifying(shifted, clock))).toEqual(['order#77']);
    const same = stage();
    const equal: FakeItems = { ...same.fake, items: shifted.items };
    fake.putOnly('eu-west-1', order(77));
    expect(summaryOf(await verifying(equal, same.clock))).toMatchObject({ differences: 0 });
  });

  it('keeps to the limit of read units, in each Region', async () => {
    const { clock, fake } = stage();
    await verifying(fake, clock, { maxUnitsPerSecond: 10 });
    // 100 units in each Region; the last page is not waited for.
    expect(clock.now()).toBeGreaterThanOrEqual(9_000);
    expect(clock.now()).toBeLessThan(12_000);
  });
});

describe('a comparison that was stopped', () => {
  it('goes on from what was kept, and comes to the same end', async () => {
    for (const stopAfter of [1, 7, 30, 59]) {
      const { clock, fake } = stage();
      fake.putOnly('eu-west-1', order(77, 'paid'));
      const stop = new AbortController();
      let pages = 0;
      fake.onScan = () => {
        pages += 1;
        if (pages === stopAfter) stop.abort(new Error('stopped'));
      };
      let kept = '';
      const save = async (state: ScanState): Promise<void> => {
        kept = formatScan(state);
      };
      await expect(verifying(fake, clock, { signal: stop.signal, save })).rejects.toThrow();
      fake.onScan = () => undefined;
      const read = fake.scans.length;
      const state = parseScan(kept, 'verify.json', 'Orders', REGIONS);
      const done = state.regions.reduce((sum, region) => sum + region.items, 0);
      const events = await verifying(fake, clock, { state });
      expect(keysOf(events)).toEqual(['order#77']);
      expect(summaryOf(events)).toMatchObject({ regions: REGIONS.map(region => ({ region, items: 200 })) });
      if (done > 100) expect(fake.scans.length - read).toBeLessThan(read + 60);
    }
  });

  it('keeps what it has also when AWS fails', async () => {
    const { clock, fake } = stage();
    let saves = 0;
    fake.failNext('Scan', 'denied');
    const save = async (): Promise<void> => {
      saves += 1;
    };
    await expect(verifying(fake, clock, { save })).rejects.toMatchObject({ kind: 'denied' });
    expect(saves).toBe(1);
  });
});

describe('a checkpoint', () => {
  it.each([
    ['no JSON', 'x'],
    ['something else', '{"ddbx":"tail"}'],
    ['cut off', formatScan(newState()).slice(0, 300)],
    [
      'without a Region',
      JSON.stringify({ ddbx: 'global-verify', version: 1, table: 'Orders', segments: 1, ranges: 1, regions: [7] }),
    ],
  ])('that is %s is refused', (_what, text) => {
    expect(() => parseScan(text, 'verify.json', 'Orders', REGIONS)).toThrow(/verify\.json is no checkpoint/);
  });

  it('of another table or other Regions is refused', () => {
    const text = formatScan(newState());
    expect(() => parseScan(text, 'verify.json', 'Carts', REGIONS)).toThrow(/checkpoint of Orders in us-east-1/);
    expect(() => parseScan(text, 'verify.json', 'Orders', ['us-east-1', 'eu-west-1'])).toThrow(/not of Orders/);
    expect(parseScan(text, 'verify.json', 'Orders', REGIONS)).toEqual(newState());
  });
});
