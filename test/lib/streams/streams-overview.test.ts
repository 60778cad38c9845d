import { describe, expect, it } from 'vitest';
import { type OverviewEvent, streamsOverview } from '../../../src/lib/streams/streams-overview.js';
import { fakeClock } from '../../support/fake-clock.js';
import { aMapping, aPipe, fakeConsumers, type FakeConsumersOptions } from '../../support/fake-consumers.js';
import { type FakeListedStreams, fakeListedStreams, type ListedStream } from '../../support/fake-listed-streams.js';
import { fakeStreamArn, fakeTables } from '../../support/fake-tables.js';

const HOUR_MS = 3_600_000;
const nowMs = Date.UTC(2026, 10, 23, 12);
const at = (sequenceNumber: string, hoursAgo: number) => ({ sequenceNumber, createdAtMs: nowMs - hoursAgo * HOUR_MS });
const labelOf = (hoursAgo: number) => new Date(nowMs - hoursAgo * HOUR_MS).toISOString().slice(0, -1);

const enabled: ListedStream = {
  tableName: 'Orders',
  label: labelOf(3),
  viewType: 'NEW_AND_OLD_IMAGES',
  shards: [
    { shardId: 'a', closed: true, records: [at('1', 3)] },
    { shardId: 'b', parentShardId: 'a', records: [at('2', 1)] },
    { shardId: 'c', parentShardId: 'a' },
  ],
};
const old: ListedStream = {
  tableName: 'Orders',
  label: labelOf(50),
  status: 'DISABLED',
  viewType: 'KEYS_ONLY',
  shards: [{ shardId: 'd', closed: true, records: [at('1', 5)] }],
};
const empty: ListedStream = { tableName: 'Orders', label: labelOf(90), status: 'DISABLED', shards: [] };

interface Parts {
  readonly streams?: Readonly<Record<string, readonly ListedStream[]>>;
  readonly tableNames?: readonly string[];
  readonly tableName?: string;
  readonly all?: boolean;
  readonly consumers?: FakeConsumersOptions;
  readonly prepare?: (gateway: FakeListedStreams) => void;
}

async function overview(parts: Parts) {
  const clock = fakeClock(nowMs);
  const streams = parts.streams ?? { 'eu-central-1': [old, enabled] };
  const gateways = new Map(
    Object.entries(streams).map(([region, listed]) => {
      const gateway = fakeListedStreams({ clock, streams: listed, region, streamsPerPage: 2 });
      parts.prepare?.(gateway);
      return [region, gateway];
    }),
  );
  const events: OverviewEvent[] = [];
  for await (const event of streamsOverview({
    regions: Object.keys(streams),
    tableName: parts.tableName,
    all: parts.all ?? false,
    aws: {
      streams: async region => {
        const gateway = gateways.get(region);
        if (gateway === undefined) throw new Error(`no gateway for ${region}`);
        return gateway;
      },
      tables: async region => {
        const names = parts.tableNames ?? ['Orders'];
        return fakeTables(
          clock,
          names.map(tableName => ({ tableName })),
          region,
        );
      },
      consumers: async () => fakeConsumers(parts.consumers),
    },
    clock,
    random: () => 0.5,
    signal: new AbortController().signal,
  })) {
    events.push(event);
  }
  return events;
}

const streamsOf = (events: readonly OverviewEvent[]) =>
  events.flatMap(event => (event.type === 'stream' ? [event] : []));

describe('streamsOverview', () => {
  it('shows the enabled stream first, then the older one that can still be read', async () => {
    const events = streamsOf(await overview({}));
    expect(events).toMatchObject([
      {
        tableName: 'Orders',
        status: 'ENABLED',
        viewType: 'NEW_AND_OLD_IMAGES',
        openShards: 2,
        closedShards: 1,
        ageMs: 3 * HOUR_MS,
        retention: { kind: 'live' },
        leftMs: undefined,
      },
      { status: 'DISABLED', viewType: 'KEYS_ONLY', leftMs: 19 * HOUR_MS, retention: { exact: true } },
    ]);
  });

  it('bounds what is left of an old stream by the creation of the next one', async () => {
    const events = streamsOf(
      await overview({
        prepare: gateway => {
          gateway.fail('getRecords', 'denied');
        },
      }),
    );
    expect(events[1]).toMatchObject({ leftMs: 21 * HOUR_MS, retention: { kind: 'ends', exact: false } });
  });

  it('shows streams that hold nothing, and tables without a stream, only with all', async () => {
    const streams = { 'eu-central-1': [empty, old, enabled] };
    const tableNames = ['Customers', 'Orders'];
    expect(await overview({ streams, tableNames })).toHaveLength(2);
    const all = await overview({ streams, tableNames, all: true });
    expect(all).toHaveLength(4);
    expect(all[2]).toMatchObject({ type: 'stream', label: empty.label, leftMs: 0 });
    expect(all[3]).toEqual({ type: 'table-without-stream', region: 'eu-central-1', tableName: 'Customers' });
  });

  it('sorts by table, the newest stream of each first', async () => {
    const streams = {
      'eu-central-1': [{ ...enabled, tableName: 'Zoo' }, old, enabled, { ...enabled, tableName: 'Apes' }],
    };
    expect(streamsOf(await overview({ streams })).map(event => `${event.tableName} ${event.status}`)).toEqual([
      'Apes ENABLED',
      'Orders ENABLED',
      'Orders DISABLED',
      'Zoo ENABLED',
    ]);
  });

  it('shows one table only when it is named', async () => {
    const streams = { 'eu-central-1': [enabled, { ...enabled, tableName: 'Apes' }] };
    expect(streamsOf(await overview({ streams, tableName: 'Apes' })).map(event => event.tableName)).toEqual(['Apes']);
  });

  it('names the consumers of each stream', async () => {
    const newArn = fakeStreamArn('Orders', enabled.label);
    const oldArn = fakeStreamArn('Orders', old.label);
    const consumers = { consumers: [aMapping(newArn), aPipe(newArn), aMapping(oldArn, 'forgotten')] };
    const events = streamsOf(await overview({ consumers }));
    expect(events.map(event => event.consumers.consumers.map(consumer => consumer.name))).toEqual([
      ['orders-indexer', 'orders-audit'],
      ['forgotten'],
    ]);
  });

  it('goes on without the consumers where they cannot be listed', async () => {
    const failing = { 'event-source-mapping': 'denied', pipe: 'unknown-operation' } as const;
    const events = streamsOf(await overview({ consumers: { failing } }));
    expect(events[0]?.consumers.unknown.map(({ kind }) => kind)).toEqual(['event-source-mapping', 'pipe']);
  });

  it('keeps the Regions in order, and one that fails does not hide the others', async () => {
    const streams = { 'us-east-1': [enabled], 'eu-west-1': [enabled], 'ap-south-1': [enabled] };
    const events = await overview({
      streams,
      prepare: gateway => {
        if (gateway.region === 'eu-west-1') gateway.fail('listStreams', 'network');
      },
    });
    expect(events.map(event => `${event.type} ${event.region}`)).toEqual([
      'stream us-east-1',
      'region-failed eu-west-1',
      'stream ap-south-1',
    ]);
  });

  it('one stream that may not be described does not hide the others; one that went away is left out', async () => {
    const streams = { 'eu-central-1': [enabled, { ...enabled, tableName: 'Apes' }, { ...enabled, tableName: 'Gone' }] };
    const events = await overview({
      streams,
      prepare: gateway => {
        gateway.fail('describeStream', 'denied', { about: 'table/Apes' });
        gateway.fail('describeStream', 'not-found', { about: 'table/Gone' });
      },
    });
    expect(events.map(event => event.type)).toEqual(['stream', 'stream-failed']);
    expect(events[1]).toMatchObject({ streamArn: fakeStreamArn('Apes', enabled.label), error: { kind: 'denied' } });
  });

  it('keeps within ten calls of DescribeStream a second', async () => {
    const streams = Array.from({ length: 45 }, (_, index) => ({ ...enabled, tableName: `Table-${index}` }));
    let gateway: FakeListedStreams | undefined;
    const events = await overview({
      streams: { 'eu-central-1': streams },
      prepare: opened => {
        gateway = opened;
      },
    });
    expect(events).toHaveLength(45);
    const timesMs = (gateway?.calls ?? []).filter(call => call.operation === 'describeStream').map(call => call.atMs);
    expect(timesMs).toHaveLength(45);
    for (const from of timesMs) {
      expect(timesMs.filter(time => time >= from && time < from + 1_000).length).toBeLessThanOrEqual(10);
    }
  });
});
