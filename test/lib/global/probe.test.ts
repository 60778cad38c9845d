import { describe, expect, it } from 'vitest';
import { type ProbeEvent, probeReplicas, probeUnits } from '../../../src/lib/global/probe.js';
import { PROBE_MARK, probeItem, probeKey } from '../../../src/lib/global/probe-item.js';
import { fakeClock } from '../../support/fake-clock.js';
import { aRegionTable } from '../../support/fake-global.js';
import { fakeItems } from '../../support/fake-items.js';
import { seededRandom } from '../../support/seeded-random.js';

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1'] as const;

function stage(lagMs: (from: string, to: string) => number = () => 800, isStrong = false) {
  const clock = fakeClock(0);
  const fake = fakeItems(clock, REGIONS, lagMs);
  const probe = async (
    options: {
      readonly rounds?: number;
      readonly signal?: AbortSignal;
      readonly onEvent?: (event: ProbeEvent) => void;
    } = {},
  ): Promise<readonly ProbeEvent[]> => {
    const events: ProbeEvent[] = [];
    const probing = probeReplicas({
      aws: { items: region => fake.items(region) },
      home: aRegionTable('us-east-1', { isStronglyConsistent: isStrong }),
      regions: REGIONS,
      timeToLive: undefined,
      rounds: options.rounds ?? 2,
      patienceMs: 5_000,
      clock,
      random: seededRandom(7),
      signal: options.signal ?? new AbortController().signal,
    });
    for await (const event of probing) {
      events.push(event);
      options.onEvent?.(event);
    }
    return events;
  };
  const held = (): number => [...fake.store.values()].reduce((sum, items) => sum + items.size, 0);
  return { clock, fake, probe, held };
}

const pairsOf = (events: readonly ProbeEvent[]) =>
  events.flatMap(event => (event.type === 'summary' ? event.pairs : []));

describe('canaries', () => {
  it('are timed in every direction, to the poll in which they are found', async () => {
    const { probe } = stage((from, to) => (from === 'us-east-1' && to === 'ap-south-1' ? 1_250 : 640));
    const pairs = pairsOf(await probe());
    expect(pairs).toHaveLength(6);
    expect(pairs.find(pair => pair.from === 'us-east-1' && pair.to === 'ap-south-1')).toEqual({
      from: 'us-east-1',
      to: 'ap-south-1',
      sent: 2,
      lost: 0,
      p50Ms: 1_300,
      p90Ms: 1_300,
      p99Ms: 1_300,
      maximumMs: 1_300,
    });
    expect(pairs.find(pair => pair.from === 'eu-west-1' && pair.to === 'us-east-1')).toMatchObject({ p50Ms: 700 });
  });

  it('are all removed at the end', async () => {
    const { clock, fake, probe } = stage();
    fake.putAll({ pk: { S: 'order#1' } });
    const events = await probe();
    expect(events.find(event => event.type === 'cleaned')).toMatchObject({ removed: 6, left: 0 });
    await clock.sleep(2_000);
    // A read brings what is on its way to its end.
    await (await fake.items('us-east-1')).get('Orders', { pk: { S: 'x' } });
    for (const items of fake.store.values()) expect([...items.values()]).toEqual([{ pk: { S: 'order#1' } }]);
  });

  it('that do not arrive in time are lost', async () => {
    const { fake, probe } = stage();
    fake.cut('ap-south-1');
    const events = await probe({ rounds: 1 });
    const lost = pairsOf(events).filter(pair => pair.lost > 0);
    expect(lost.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([
      'ap-south-1 eu-west-1',
      'ap-south-1 us-east-1',
      'eu-west-1 ap-south-1',
      'us-east-1 ap-south-1',
    ]);
    expect(lost[0]).toMatchObject({ p50Ms: undefined, maximumMs: undefined });
    expect(events.find(event => event.type === 'lost')).toMatchObject({ afterMs: 5_000 });
  });

  it('are removed after Ctrl-C, too', async () => {
    const { clock, fake, probe } = stage();
    const stop = new AbortController();
    const onEvent = (event: ProbeEvent): void => {
      if (event.type === 'arrived') stop.abort(new Error('stopped'));
    };
    await expect(probe({ signal: stop.signal, onEvent })).rejects.toThrow();
    await clock.sleep(5_000);
    await (await fake.items('us-east-1')).get('Orders', { pk: { S: 'x' } });
    for (const items of fake.store.values()) expect(items.size).toBe(0);
  });

  it('are removed after a failure, too', async () => {
    const { fake, probe, held } = stage();
    fake.onGet = () => fake.failNext('GetItem', 'denied', 9);
    await expect(probe()).rejects.toMatchObject({ kind: 'denied' });
    expect(held()).toBe(0);
  });

  it('that cannot be removed are named', async () => {
    const { fake, probe } = stage(() => 0);
    const onEvent = (event: ProbeEvent): void => {
      if (event.type === 'arrived') fake.failNext('DeleteItem', 'throttled', 1);
    };
    const events = await probe({ rounds: 1, onEvent });
    expect(events.find(event => event.type === 'cleaned')).toMatchObject({
      removed: 2,
      left: 1,
      keys: [{ pk: { S: expect.stringMatching(/^ddbx-probe#[0-9a-f]{32}$/) } }],
    });
  });

  it('in a strongly consistent table must be there at the first read', async () => {
    const { probe } = stage(() => 0, true);
    expect(pairsOf(await probe()).every(pair => pair.lost === 0)).toBe(true);
    const slow = stage(() => 300, true);
    const events = await slow.probe({ rounds: 1 });
    expect(pairsOf(events).every(pair => pair.lost === 1)).toBe(true);
    expect(slow.clock.now()).toBeLessThan(300);
  });
});

describe('a canary', () => {
  it('has a key of any type that no application would write', () => {
    const id = '0123456789abcdef0123456789abcdef';
    expect(
      probeKey(
        [
          { name: 'pk', type: 'S' },
          { name: 'sk', type: 'N' },
        ],
        id,
      ),
    ).toEqual({
      pk: { S: `ddbx-probe#${id}` },
      sk: { N: expect.stringMatching(/^\d{1,37}$/) },
    });
    expect(probeKey([{ name: 'pk', type: 'B' }], id)).toEqual({
      pk: { B: Buffer.from(`ddbx-probe#${id}`).toString('base64') },
    });
  });

  it('is marked, and goes by itself after a day where the table has time to live', () => {
    const item = probeItem(
      { pk: { S: 'k' } },
      { runId: 'run', region: 'us-east-1', nowMs: 5_000, timeToLive: 'expires' },
    );
    expect(item).toEqual({
      expires: { N: '86405' },
      'ddbx-probe-written-in': { S: 'us-east-1' },
      'ddbx-probe-written-at': { S: '1970-01-01T00:00:05Z' },
      [PROBE_MARK]: { S: 'run' },
      pk: { S: 'k' },
    });
  });

  it('costs a replicated write for each Region, twice', () => {
    expect(probeUnits(3, 10)).toEqual({ writes: 180, reads: 600 });
  });
});
