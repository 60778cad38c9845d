import { describe, expect, it } from 'vitest';
import { AwsError, type AwsErrorKind } from '../../../src/lib/aws/aws-error.js';
import { fakeClock } from '../../support/fake-clock.js';
import { type FakeCall, FakeStreams, type FakeStreamsOptions } from '../../support/fake-streams.js';
import { START_MS, course, ofType, read, readOptions, records, sequenceNumbers, told } from './reading.js';

function aShard(options: Omit<FakeStreamsOptions, 'clock'> = {}) {
  const clock = fakeClock(START_MS);
  const streams = new FakeStreams({ clock, ...options });
  return { clock, streams, shardId: streams.open() };
}

/** Fails the calls of an operation whose numbers lie between. */
function failing(operation: FakeCall['operation'], from: number, to: number, kind: AwsErrorKind) {
  return (call: FakeCall): AwsErrorKind | undefined =>
    call.operation === operation && call.nth >= from && call.nth <= to ? kind : undefined;
}

const MINUTE_MS = 60_000;

describe('an expired iterator', () => {
  it('is renewed behind the last record', async () => {
    const { clock, streams, shardId } = aShard({ pageSize: 2 });
    const written = streams.write(shardId, 6);
    const options = readOptions(streams, clock);
    // The consumer takes 20 minutes over the first page.
    const { events } = await read(options, all => {
      if (all.at(-1)?.type === 'page') clock.advance(20 * MINUTE_MS);
      return records(6)(all);
    });
    expect(sequenceNumbers(events)).toEqual(written);
    expect(ofType(events, 'iterator-renewed').length).toBeGreaterThan(0);
    expect(streams.calls.filter(call => call.start === 'AFTER_SEQUENCE_NUMBER').length).toBeGreaterThan(0);
  });

  it('loses nothing when nothing was read yet from LATEST', async () => {
    const { clock, streams, shardId } = aShard();
    streams.write(shardId, 3);
    clock.advance(5 * MINUTE_MS);
    const options = readOptions(streams, clock, { start: { from: 'latest' } });
    const wanted: string[] = [];
    const { events } = await read(options, all => {
      if (all.at(-1)?.type === 'caught-up') {
        // As a laptop does that sleeps: the iterator grows old while records come in.
        clock.advance(10 * MINUTE_MS);
        wanted.push(...streams.write(shardId, 1));
        clock.advance(10 * MINUTE_MS);
        wanted.push(...streams.write(shardId, 1));
      }
      return records(2)(all);
    });
    expect(sequenceNumbers(events)).toEqual(wanted);
    expect(streams.calls.filter(call => call.start === 'LATEST')).toHaveLength(1);
  });

  it('does not hide records from LATEST whose stamps lie far behind the clock of the endpoint', async () => {
    const { clock, streams, shardId } = aShard();
    const ahead = Object.create(streams, { serverNow: { value: () => clock.now() + 3_600_000 } }) as FakeStreams;
    const wanted: string[] = [];
    streams.at(START_MS + 10_000, () => wanted.push(...streams.write(shardId, 2)));
    const options = { ...readOptions(streams, clock, { start: { from: 'latest' } }), gateway: bound(ahead) };
    const { events } = await read(options, records(2));
    expect(sequenceNumbers(events)).toEqual(wanted);
  });

  it('of an endpoint that makes none that hold is a failure, not a loop', async () => {
    const { clock, streams, shardId } = aShard();
    streams.write(shardId, 1);
    streams.fails = failing('GetRecords', 1, Number.POSITIVE_INFINITY, 'expired-iterator');
    await expect(read(readOptions(streams, clock))).rejects.toMatchObject({ kind: 'expired-iterator' });
    expect(clock.now() - START_MS).toBe(600_000);
  });
});

describe('trimmed records', () => {
  it('are told as a gap from the last record read to the first that is left', async () => {
    const { clock, streams, shardId } = aShard({ pageSize: 2 });
    const written = streams.write(shardId, 2);
    streams.at(START_MS + 10_000, () => {
      streams.write(shardId, 4);
      streams.trim(shardId, 5);
    });
    const { events } = await read(readOptions(streams, clock), records(3));
    const [first, last] = [written.at(-1), sequenceNumbers(events).at(-1)];
    expect(ofType(events, 'gap')).toEqual([
      {
        type: 'gap',
        stream: expect.anything(),
        shardId,
        reason: 'trimmed',
        fromSequenceNumber: first,
        fromMs: START_MS,
        toSequenceNumber: last,
        toMs: START_MS + 10_000,
      },
    ]);
    expect(course(events)).toEqual(['open 1', '2 of 1', 'caught-up', 'gap 1 trimmed', '1 of 1']);
  });

  it('are one gap when the next ones are trimmed before the first that is left is found', async () => {
    const { clock, streams, shardId } = aShard({ emptyPagesBetween: () => 3 });
    const [lost = ''] = streams.write(shardId, 10);
    streams.trim(shardId, 2);
    let trims = 0;
    streams.fails = call => {
      if (call.operation === 'GetRecords' && call.nth % 2 === 0 && trims < 3) {
        trims += 1;
        streams.trim(shardId, 2);
      }
      return undefined;
    };
    const start = { from: 'sequence-number', shardId, sequenceNumber: lost } as const;
    const { events } = await read(readOptions(streams, clock, { start }), records(2));
    expect(trims).toBe(3);
    expect(ofType(events, 'gap')).toHaveLength(1);
    expect(ofType(events, 'gap')).toMatchObject([
      { fromSequenceNumber: lost, toSequenceNumber: sequenceNumbers(events)[0] },
    ]);
  });

  it('are told without an end when nothing is left behind them', async () => {
    const { clock, streams, shardId } = aShard();
    const [lost = ''] = streams.write(shardId, 3);
    streams.trim(shardId, 3);
    const start = { from: 'sequence-number', shardId, sequenceNumber: lost } as const;
    const open = await read(readOptions(streams, clock, { start }), told('gap'));
    expect(ofType(open.events, 'gap')).toMatchObject([{ fromSequenceNumber: lost, toSequenceNumber: undefined }]);
    streams.disable();
    const closed = await read(readOptions(streams, clock, { start }));
    expect(course(closed.events)).toEqual([
      ...['open 1', 'gap 1 trimmed', 'end 1', 'caught-up', 'stream-ended disabled'],
    ]);
  });
});

describe('throttles and outages', () => {
  it('waits a while after a throttle, longer each time, and says so', async () => {
    const { clock, streams, shardId } = aShard();
    streams.write(shardId, 1);
    streams.fails = failing('GetRecords', 1, 4, 'throttled');
    const { events } = await read(readOptions(streams, clock), records(1));
    expect(ofType(events, 'throttled').map(event => event.delayMs)).toEqual([50, 100, 200, 400]);
    expect(clock.now() - START_MS).toBe(750);
  });

  it.each(['service', 'network'] as const)('reads on after failures of kind %s', async kind => {
    const { clock, streams, shardId } = aShard();
    const written = streams.write(shardId, 3);
    streams.fails = failing('GetRecords', 1, 5, kind);
    const { events } = await read(readOptions(streams, clock), records(3));
    expect(sequenceNumbers(events)).toEqual(written);
    expect(ofType(events, 'retrying')).toHaveLength(5);
  });

  it.each(['service', 'network', 'throttled'] as const)(
    'gives up when %s has lasted as long as allowed',
    async kind => {
      const { clock, streams, shardId } = aShard();
      streams.write(shardId, 1);
      streams.fails = failing('GetRecords', 1, Number.POSITIVE_INFINITY, kind);
      const pace = { pollIntervalMs: 1_000, maxRequestsPerSecond: undefined, maxWaitMs: 30_000 };
      await expect(read(readOptions(streams, clock, { pace }))).rejects.toMatchObject({ kind });
      expect(clock.now() - START_MS).toBe(30_000);
    },
  );

  it('counts the time without an answer, not the failures', async () => {
    const { clock, streams, shardId } = aShard();
    streams.fails = call => (call.operation === 'GetRecords' && call.nth % 2 === 0 ? 'service' : undefined);
    streams.at(START_MS + 30 * MINUTE_MS, () => streams.write(shardId, 1));
    const { events } = await read(readOptions(streams, clock), records(1));
    expect(sequenceNumbers(events)).toHaveLength(1);
  });

  it('lets the other shards go on while some are throttled', async () => {
    const { clock, streams } = aShard();
    const throttled = Array.from({ length: 60 }, () => streams.open());
    const busy = streams.open();
    streams.fails = call =>
      throttled.includes(call.shardId ?? '') && call.operation === 'GetRecords' ? 'throttled' : undefined;
    for (let second = 1; second <= 60; second += 1) {
      streams.at(START_MS + second * 1_000, () => streams.write(busy, 1));
    }
    await read(readOptions(streams, clock), records(60));
    // Each poll of the one that is not throttled came in its time, though sixty others hold back.
    expect(clock.now() - START_MS).toBeLessThan(63_000);
  });

  it('asks for an iterator again when that fails', async () => {
    const { clock, streams, shardId } = aShard();
    const written = streams.write(shardId, 2);
    streams.fails = failing('GetShardIterator', 1, 3, 'network');
    const { events } = await read(readOptions(streams, clock), records(2));
    expect(sequenceNumbers(events)).toEqual(written);
  });

  it.each(['denied', 'credentials', 'validation'] as const)('fails at once for %s', async kind => {
    const { clock, streams } = aShard();
    streams.open();
    streams.fails = failing('GetRecords', 3, 3, kind);
    const reading = read(readOptions(streams, clock));
    await expect(reading).rejects.toBeInstanceOf(AwsError);
    await expect(reading).rejects.toMatchObject({ kind });
    const calls = streams.calls.length;
    await clock.sleep(10 * MINUTE_MS);
    expect(streams.calls).toHaveLength(calls);
  });

  it('says at once that the stream cannot be listed, but bears a throttle', async () => {
    const { clock, streams, shardId } = aShard();
    streams.write(shardId, 1);
    streams.fails = failing('DescribeStream', 1, 1, 'network');
    await expect(read(readOptions(streams, clock))).rejects.toMatchObject({ kind: 'network' });
    expect(clock.now()).toBe(START_MS);
    streams.fails = failing('DescribeStream', 2, 9, 'throttled');
    const { events } = await read(readOptions(streams, clock), records(1));
    expect(sequenceNumbers(events)).toHaveLength(1);
  });

  it('survives a rescan that fails', async () => {
    const { clock, streams, shardId } = aShard();
    streams.fails = failing('DescribeStream', 2, 4, 'network');
    streams.at(START_MS + 200_000, () => streams.write(shardId, 1));
    const { events } = await read(readOptions(streams, clock), records(1));
    expect(sequenceNumbers(events)).toHaveLength(1);
  });

  it('gives up when nothing is left to read and the listing fails for too long', async () => {
    const { clock, streams, shardId } = aShard({ listingDelayMs: 24 * 60 * MINUTE_MS });
    streams.split(shardId);
    streams.fails = failing('DescribeStream', 3, Number.POSITIVE_INFINITY, 'network');
    await expect(read(readOptions(streams, clock))).rejects.toMatchObject({ kind: 'network' });
    expect(clock.now() - START_MS).toBeLessThan(13 * MINUTE_MS);
  });
});

describe('what is gone', () => {
  it('ends at a disabled stream, read to its last record', async () => {
    const { clock, streams, shardId } = aShard();
    streams.write(shardId, 2);
    streams.at(START_MS + 10_000, () => {
      streams.write(shardId, 1);
      streams.disable();
    });
    const { events } = await read(readOptions(streams, clock));
    expect(course(events)).toEqual([...['open 1', '2 of 1', 'caught-up', '1 of 1', 'end 1', 'stream-ended disabled']]);
  });

  it.each([true, false])('ends at a deleted stream (follow: %s)', async follow => {
    const { clock, streams, shardId } = aShard({ pageSize: 1 });
    streams.open();
    streams.write(shardId, 3);
    streams.fails = call => {
      if (call.operation === 'GetRecords' && call.nth === 4) streams.delete();
      return undefined;
    };
    const { events } = await read(readOptions(streams, clock, { follow }));
    expect(events.at(-1)).toMatchObject({ type: 'stream-ended', reason: 'deleted' });
    expect(ofType(events, 'stream-ended')).toHaveLength(1);
  });

  it('says what a deleted shard takes with it, and reads its children', async () => {
    const { clock, streams, shardId } = aShard({ pageSize: 1 });
    const [first] = streams.write(shardId, 3);
    const [child = ''] = streams.split(shardId, 1);
    const [inChild] = streams.write(child, 1);
    streams.fails = call => {
      if (call.operation === 'GetRecords' && call.nth === 2) streams.remove(shardId);
      return undefined;
    };
    const { events } = await read(readOptions(streams, clock), records(2));
    expect(sequenceNumbers(events)).toEqual([first, inChild]);
    expect(ofType(events, 'gap')).toMatchObject([{ shardId, reason: 'shard-gone', fromSequenceNumber: first }]);
  });

  it('bears an outage while it finds out whether the stream is still there', async () => {
    const { clock, streams, shardId } = aShard();
    const other = streams.open();
    streams.remove(other);
    streams.write(shardId, 1);
    const hidden = new FakeStreams({ clock });
    hidden.open();
    const gone = hidden.open();
    hidden.fails = call => {
      if (call.shardId === gone) hidden.remove(gone);
      return call.operation === 'DescribeStream' && call.nth > 1 && call.nth < 9 ? 'service' : undefined;
    };
    const { events } = await read(readOptions(hidden, clock), told('gap'));
    expect(ofType(events, 'gap')).toMatchObject([{ shardId: gone, reason: 'shard-gone' }]);
  });
});

/** The methods of a gateway whose prototype is a fake: private members need the fake itself. */
function bound(gateway: FakeStreams) {
  const streams = Object.getPrototypeOf(gateway) as FakeStreams;
  return {
    region: streams.region,
    serverNow: () => gateway.serverNow(),
    listStreams: () => streams.listStreams(),
    describeStream: streams.describeStream.bind(streams),
    getShardIterator: streams.getShardIterator.bind(streams),
    getRecords: streams.getRecords.bind(streams),
  };
}
