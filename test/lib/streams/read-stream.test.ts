import { describe, expect, it } from 'vitest';
import { DdbxError } from '../../../src/lib/model/error.js';
import { fakeClock } from '../../support/fake-clock.js';
import { FakeStreams, type FakeStreamsOptions } from '../../support/fake-streams.js';
import { START_MS, course, ofType, read, readOptions, records, sequenceNumbers, told } from './reading.js';

function aStream(options: Omit<FakeStreamsOptions, 'clock'> = {}) {
  const clock = fakeClock(START_MS);
  return { clock, streams: new FakeStreams({ clock, ...options }) };
}

describe('the order of shards', () => {
  it('reads parents before their children, through a split and a rollover', async () => {
    const { clock, streams } = aStream({ pageSize: 2 });
    const root = streams.open();
    streams.write(root, 3);
    const [left = '', right = ''] = streams.split(root);
    streams.write(left, 1);
    const [next = ''] = streams.split(right, 1);
    streams.write(next, 1);
    const { events } = await read(readOptions(streams, clock), told('caught-up'));
    expect(course(events)).toEqual([
      'open 1',
      '2 of 1',
      '1 of 1',
      'end 1',
      'open 2',
      'open 3',
      ...['1 of 2', 'end 3', 'open 4', '1 of 4', 'caught-up'],
    ]);
  });

  it('reads a shard whose parent is not listed any more', async () => {
    const { clock, streams } = aStream();
    const root = streams.open();
    const [child = ''] = streams.split(root, 1);
    streams.write(child, 1);
    streams.remove(root);
    const { events } = await read(readOptions(streams, clock), records(1));
    expect(course(events)).toEqual(['open 2', '1 of 2']);
  });

  it('lists all pages of DescribeStream', async () => {
    const { clock, streams } = aStream({ describePageSize: 3 });
    for (let i = 0; i < 10; i += 1) streams.write(streams.open(), 1);
    const { events } = await read(readOptions(streams, clock), records(10));
    expect(ofType(events, 'shard-opened')).toHaveLength(10);
    expect(streams.count('DescribeStream')).toBe(4);
  });

  it.each(['known', 'ignored', 'refused'] as const)('finds new children where ShardFilter is %s', async shardFilter => {
    const { clock, streams } = aStream({ shardFilter, describePageSize: 2 });
    const root = streams.open();
    streams.open();
    streams.open();
    streams.at(START_MS + 5_000, () => {
      for (const child of streams.split(root)) streams.write(child, 1);
    });
    const { events } = await read(readOptions(streams, clock), records(2));
    expect(sequenceNumbers(events)).toHaveLength(2);
    // Only where the filter does not work, the slow rescan is what finds them.
    expect(clock.now() - START_MS >= 60_000).toBe(shardFilter === 'refused');
  });

  it('finds children that are listed only some seconds after their parent ended', async () => {
    const { clock, streams } = aStream({ listingDelayMs: 3_000 });
    const root = streams.open();
    streams.open();
    streams.at(START_MS + 5_000, () => {
      for (const child of streams.split(root)) streams.write(child, 1);
    });
    const { events } = await read(readOptions(streams, clock), records(2));
    expect(sequenceNumbers(events)).toHaveLength(2);
    expect(clock.now() - START_MS).toBeLessThan(60_000);
  });

  it('finds by the rescan what was listed too late for all looks, though shards end all the time', async () => {
    const { clock, streams } = aStream({ listingDelayMs: 50_000 });
    const late = streams.open();
    let busy = streams.open();
    for (let second = 5; second < 300; second += 5) {
      streams.at(START_MS + second * 1_000, () => {
        streams.close(busy);
        busy = streams.open();
      });
    }
    streams.at(START_MS + 5_000, () => {
      for (const child of streams.split(late)) streams.write(child, 1);
    });
    const { events } = await read(readOptions(streams, clock), records(2));
    expect(sequenceNumbers(events)).toHaveLength(2);
  });

  it('does not read a shard again that the listing forgot for a while', async () => {
    const { clock, streams } = aStream({ fullListingDelayMs: 200_000 });
    const root = streams.open();
    const other = streams.open();
    streams.at(START_MS + 5_000, () => {
      const [child = ''] = streams.split(root, 1);
      streams.write(child, 1);
      streams.split(child, 1);
    });
    streams.at(START_MS + 600_000, () => {
      streams.write(other, 1);
    });
    const { events } = await read(readOptions(streams, clock), records(2));
    expect(new Set(sequenceNumbers(events)).size).toBe(2);
    expect(ofType(events, 'shard-opened')).toHaveLength(4);
  });
});

describe('where reading begins', () => {
  it('reads from LATEST only what is written from then on, and all of a child', async () => {
    const { clock, streams } = aStream();
    const root = streams.open();
    streams.write(root, 5);
    const wanted: string[] = [];
    streams.at(START_MS + 3_000, () => {
      wanted.push(...streams.write(root, 2));
      for (const child of streams.split(root)) wanted.push(...streams.write(child, 1));
    });
    const { events } = await read(readOptions(streams, clock, { start: { from: 'latest' } }), records(4));
    expect(sequenceNumbers(events)).toEqual(wanted);
  });

  it('takes the place of every shard at LATEST before it waits its turn to ask for records', async () => {
    const { clock, streams } = aStream();
    const shardIds = Array.from({ length: 20 }, () => streams.open());
    const wanted: string[] = [];
    streams.at(START_MS + 5_000, () => {
      for (const shardId of shardIds) wanted.push(...streams.write(shardId, 1));
    });
    const pace = { pollIntervalMs: 1_000, maxRequestsPerSecond: 2, maxWaitMs: 600_000 };
    const { events } = await read(readOptions(streams, clock, { start: { from: 'latest' }, pace }), records(20));
    expect([...sequenceNumbers(events)].sort()).toEqual(wanted);
  });

  it('reads from a sequence number on, and what descends from its shard', async () => {
    const { clock, streams } = aStream();
    const root = streams.open();
    const unrelated = streams.open();
    streams.write(unrelated, 3);
    const written = streams.write(root, 5);
    const [child = ''] = streams.split(root, 1);
    const inChild = streams.write(child, 2);
    const start = { from: 'sequence-number', shardId: root, sequenceNumber: written[3] ?? '' } as const;
    const { events } = await read(readOptions(streams, clock, { start, follow: false }));
    expect(sequenceNumbers(events)).toEqual([...written.slice(3), ...inChild]);
  });

  it('refuses a sequence number of a shard that is not there', async () => {
    const { clock, streams } = aStream();
    streams.open();
    const start = { from: 'sequence-number', shardId: 'shardId-gone', sequenceNumber: '1' } as const;
    const reading = read(readOptions(streams, clock, { start }));
    await expect(reading).rejects.toThrow(DdbxError);
    await expect(reading).rejects.toThrow('The stream has no shard shardId-gone.');
  });

  it('goes on from positions: shards that are gone, known, older, and new', async () => {
    const { clock, streams } = aStream();
    const gone = streams.open();
    const [lost = ''] = streams.write(gone, 2);
    const older = streams.open(gone);
    streams.write(older, 2);
    const [known = ''] = streams.split(older, 1);
    const written = streams.write(known, 4);
    const young = streams.split(known).flatMap(child => streams.write(child, 1));
    streams.remove(gone);
    const positions = new Map([
      [gone, { kind: 'after', sequenceNumber: lost, atMs: START_MS } as const],
      [known, { kind: 'after', sequenceNumber: written[1] ?? '', atMs: START_MS } as const],
    ]);
    const { events } = await read(readOptions(streams, clock, { start: { from: 'positions', positions } }), records(4));
    expect(sequenceNumbers(events)).toEqual([...written.slice(2), ...young]);
    expect(ofType(events, 'gap')).toEqual([
      expect.objectContaining({ shardId: gone, reason: 'shard-gone', fromSequenceNumber: lost, fromMs: START_MS }),
    ]);
  });

  it('reads one shard alone, whatever becomes of it', async () => {
    const { clock, streams } = aStream();
    const root = streams.open();
    const other = streams.open();
    streams.write(other, 3);
    const written = streams.write(root, 1);
    streams.at(START_MS + 200_000, () => {
      written.concat(streams.write(root, 1));
      for (const child of streams.split(root)) streams.write(child, 1);
    });
    const { events } = await read(readOptions(streams, clock, { onlyShardId: root }));
    expect(course(events)).toEqual(['open 1', '1 of 1', 'caught-up', '1 of 1', 'end 1']);
  });

  it('does not take up shards that open while it reads one shard alone', async () => {
    const { clock, streams } = aStream();
    const root = streams.open();
    const other = streams.open();
    streams.at(START_MS + 10_000, () => {
      for (const child of streams.split(other)) streams.write(child, 1);
    });
    streams.at(START_MS + 300_000, () => {
      streams.write(root, 1);
    });
    const { events } = await read(readOptions(streams, clock, { onlyShardId: root }), records(1));
    expect(course(events)).toEqual(['open 1', 'caught-up', '1 of 1']);
  });
});

describe('reading back to a time', () => {
  /** A line of shards, each with a record every minute for ten minutes; the clock ends behind the last. */
  function aLine(lines: number, generations: number) {
    const world = aStream();
    const { clock, streams } = world;
    const leaves = Array.from({ length: lines }, () => streams.open());
    const open = [...leaves];
    for (let generation = 0; generation < generations; generation += 1) {
      for (let minute = 0; minute < 10; minute += 1) {
        for (const shardId of open) streams.write(shardId, 1);
        clock.advance(60_000);
      }
      if (generation === generations - 1) break;
      open.splice(0, open.length, ...open.flatMap(shardId => streams.split(shardId, 1)));
    }
    return world;
  }

  it('looks at no shard that cannot hold anything of it', async () => {
    const { clock, streams } = aLine(2, 12);
    const sinceMs = clock.now() - 15 * 60_000;
    const { events, stats } = await read(
      readOptions(streams, clock, { start: { from: 'since', sinceMs }, follow: false }),
    );
    // Of the 12 generations the last began 10 minutes ago and the one before 20: those are looked at and read.
    expect(ofType(events, 'shard-opened').map(event => event.shardId)).toHaveLength(4);
    const touched = new Set(streams.calls.flatMap(call => (call.operation === 'GetRecords' ? [call.shardId] : [])));
    expect(touched.size).toBe(4);
    expect(sequenceNumbers(events)).toHaveLength(2 * 15);
    expect(streams.count('GetRecords')).toBe(stats.getRecordsCalls);
    // A look each, a page of each closed shard, a page and the silence of each open one.
    expect(stats.getRecordsCalls).toBeLessThanOrEqual(4 + 2 + 2 * 12);
  });

  it('keeps what was written within the second that is asked for', async () => {
    const { clock, streams } = aStream();
    const root = streams.open();
    streams.write(root, 1);
    clock.advance(10_700);
    const wanted = streams.write(root, 1);
    const start = { from: 'since', sinceMs: clock.now() } as const;
    const { events } = await read(readOptions(streams, clock, { start, follow: false }));
    expect(sequenceNumbers(events)).toEqual(wanted);
  });

  it('bears throttles while it looks', async () => {
    const { clock, streams } = aLine(1, 3);
    streams.fails = call => (call.operation === 'GetRecords' && call.nth <= 6 ? 'throttled' : undefined);
    const start = { from: 'since', sinceMs: START_MS } as const;
    const { events } = await read(readOptions(streams, clock, { start, follow: false }));
    expect(sequenceNumbers(events)).toHaveLength(30);
  });
});
