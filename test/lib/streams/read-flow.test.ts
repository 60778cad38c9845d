import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStream } from '../../../src/lib/streams/read-stream.js';
import { fakeClock } from '../../support/fake-clock.js';
import { FakeStreams, type FakeStreamsOptions } from '../../support/fake-streams.js';
import { START_MS, course, ofType, read, readOptions, records, sequenceNumbers } from './reading.js';

function aShard(options: Omit<FakeStreamsOptions, 'clock'> = {}) {
  const clock = fakeClock(START_MS);
  const streams = new FakeStreams({ clock, ...options });
  return { clock, streams, shardId: streams.open() };
}

describe('reading to the end as it was at the start', () => {
  it('ends although records keep coming', async () => {
    const { clock, streams, shardId } = aShard({ pageSize: 1, latencyMs: 50 });
    const written = streams.write(shardId, 20);
    for (let i = 1; i < 5_000; i += 1) streams.at(START_MS + i * 40, () => streams.write(shardId, 1));
    const { events } = await read(readOptions(streams, clock, { follow: false }));
    expect(sequenceNumbers(events).slice(0, 20)).toEqual(written);
    expect(sequenceNumbers(events).length).toBeLessThan(150);
    expect(ofType(events, 'stream-ended')).toEqual([]);
  });

  it('reads behind empty pages, of open shards and of closed ones', async () => {
    const { clock, streams, shardId } = aShard({ pageSize: 2, emptyPagesBetween: () => 6 });
    const written = streams.write(shardId, 5);
    const closed = streams.open();
    written.concat(streams.write(closed, 5));
    streams.close(closed);
    const { events } = await read(readOptions(streams, clock, { follow: false }));
    expect(sequenceNumbers(events)).toHaveLength(10);
  });

  it('follows a closed shard through any number of empty pages', async () => {
    const { clock, streams, shardId } = aShard({ emptyPagesBetween: () => 200 });
    const written = streams.write(shardId, 5);
    streams.split(shardId);
    const { events } = await read(readOptions(streams, clock, { follow: false }));
    expect(sequenceNumbers(events)).toEqual(written);
  });

  it('waits a moment for what was written just before', async () => {
    const { clock, streams, shardId } = aShard();
    streams.at(START_MS + 500, () => streams.write(shardId, 1));
    const { events } = await read(readOptions(streams, clock, { follow: false }));
    expect(sequenceNumbers(events)).toHaveLength(1);
  });

  it('reads children that were not listed yet when their parent had ended', async () => {
    const { clock, streams, shardId } = aShard({ listingDelayMs: 1_200 });
    streams.write(shardId, 1);
    for (const child of streams.split(shardId)) streams.write(child, 1);
    const { events } = await read(readOptions(streams, clock, { follow: false }));
    expect(sequenceNumbers(events)).toHaveLength(3);
  });

  it('ends at a stream without shards, and at a disabled one', async () => {
    const clock = fakeClock(START_MS);
    const empty = await read(readOptions(new FakeStreams({ clock }), clock, { follow: false }));
    expect(empty.events).toEqual([]);
    const { streams, shardId } = aShard();
    streams.write(shardId, 1);
    streams.disable();
    const disabled = await read(readOptions(streams, clock, { follow: false }));
    expect(course(disabled.events)).toEqual(['open 1', '1 of 1', 'end 1']);
  });
});

describe('reading until an instant', () => {
  it('reads what was written by then, with its delay, and ends', async () => {
    const { clock, streams, shardId } = aShard();
    const wanted: string[] = [];
    for (let second = 1; second <= 30; second += 1) {
      streams.at(START_MS + second * 1_000, () => wanted.push(...streams.write(shardId, 1)));
    }
    streams.at(START_MS + 30_400, () => wanted.push(...streams.write(shardId, 1)));
    const { events } = await read(readOptions(streams, clock, { endAtMs: START_MS + 30_000 }));
    expect(sequenceNumbers(events)).toEqual(wanted);
    expect(clock.now() - START_MS).toBeLessThan(35_000);
  });

  it('ends then, though no shard is left to read', async () => {
    const { clock, streams, shardId } = aShard({ listingDelayMs: 3_600_000 });
    streams.split(shardId);
    await read(readOptions(streams, clock, { endAtMs: START_MS + 300_000 }));
    expect(clock.now() - START_MS).toBe(300_000);
  });
});

describe('the pace', () => {
  it('says that it has caught up when all was read, not before', async () => {
    const { clock, streams, shardId } = aShard({ pageSize: 2, emptyPagesBetween: () => 4 });
    streams.write(shardId, 4);
    for (const child of streams.split(shardId)) streams.write(child, 4);
    const { events, stats } = await read(readOptions(streams, clock), all => all.at(-1)?.type === 'caught-up');
    expect(sequenceNumbers(events)).toHaveLength(12);
    expect(ofType(events, 'caught-up')).toMatchObject([{ shards: 3 }]);
    expect([...stats.lagMsByShard.values()]).toEqual([0, 0]);
  });

  it('asks an idle shard at the interval, then half as often', async () => {
    const { clock, streams, shardId } = aShard();
    streams.at(START_MS + 100_000, () => streams.write(shardId, 1));
    await read(readOptions(streams, clock, { start: { from: 'latest' } }), records(1));
    const polls = streams.calls.filter(call => call.operation === 'GetRecords').map(call => call.atMs - START_MS);
    expect(polls.slice(0, 5)).toEqual([0, 1_000, 2_000, 3_500, 5_500]);
    expect(polls.at(-1)).toBeLessThanOrEqual(102_000);
  });

  it('keeps to the requests a second over all shards', async () => {
    const { clock, streams, shardId } = aShard({ pageSize: 1 });
    const shardIds = [shardId, ...Array.from({ length: 9 }, () => streams.open())];
    for (const each of shardIds) streams.write(each, 5);
    const pace = { pollIntervalMs: 1_000, maxRequestsPerSecond: 4, maxWaitMs: 600_000 };
    await read(readOptions(streams, clock, { pace, start: { from: 'since', sinceMs: START_MS } }), records(50));
    const times = streams.calls.filter(call => call.operation === 'GetRecords').map(call => call.atMs);
    expect(times.length).toBeGreaterThanOrEqual(60);
    const spacings = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...spacings)).toBeGreaterThanOrEqual(250);
  });
});

describe('a consumer that is slow', () => {
  it('is not fetched ahead for: two pages a shard, and 24 MB in all', async () => {
    const { clock, streams, shardId } = aShard({ pageSize: 100 });
    const shardIds = [shardId, ...Array.from({ length: 39 }, () => streams.open())];
    for (const each of shardIds) streams.write(each, 300, 10_000);
    const reading = readStream(readOptions(streams, clock));
    // Every shard is opened, then the first page comes; the consumer stops there.
    let pages = 0;
    while (pages === 0) {
      const { value } = await reading.next();
      if (value?.type === 'page') pages += 1;
    }
    await clock.sleep(3_600_000);
    expect(streams.count('GetRecords')).toBeLessThanOrEqual(24);
    expect(streams.count('GetRecords')).toBeGreaterThan(12);
    while (pages < 120) {
      const { value } = await reading.next();
      if (value?.type === 'page') pages += 1;
    }
    await reading.return();
  });

  it('is not fetched more than two pages of a shard ahead for, however small they are', async () => {
    const { clock, streams, shardId } = aShard({ pageSize: 1 });
    streams.write(shardId, 100);
    const reading = readStream(readOptions(streams, clock));
    await reading.next();
    await reading.next();
    await clock.sleep(3_600_000);
    expect(streams.count('GetRecords')).toBe(2);
    await reading.return();
  });

  it('is not told of more and more throttles', async () => {
    const { clock, streams, shardId } = aShard();
    streams.write(shardId, 1);
    streams.fails = call => (call.operation === 'GetRecords' ? 'throttled' : undefined);
    const reading = readStream(readOptions(streams, clock));
    await reading.next();
    await reading.next();
    await clock.sleep(3_600_000);
    expect(streams.count('GetRecords')).toBe(1);
    await reading.return();
  });
});

describe('an abort', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  beforeEach(() => {
    process.on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
  });

  /** A read that goes through starts, splits, gaps, throttles and idle polls. */
  function aFullLife(latencyMs: number) {
    const world = aShard({ pageSize: 1, latencyMs, listingDelayMs: 700 });
    const { streams, shardId } = world;
    const [lost = ''] = streams.write(shardId, 3);
    streams.trim(shardId, 2);
    streams.at(START_MS + 2_000, () => {
      for (const child of streams.split(shardId)) streams.write(child, 1);
    });
    streams.at(START_MS + 70_000, () => {
      streams.disable();
    });
    const position = { kind: 'after', sequenceNumber: lost, atMs: START_MS } as const;
    return { ...world, start: { from: 'positions', positions: new Map([[shardId, position]]) } as const };
  }

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await new Promise(resolve => setImmediate(resolve));
  }

  it.each([0, 30])('in the middle of any call ends the read without a word (latency %i ms)', async latencyMs => {
    for (let at = 1; at <= 90; at += 1) {
      const { clock, streams, start } = aFullLife(latencyMs);
      const abort = new AbortController();
      let answered = 0;
      streams.fails = call => {
        answered += 1;
        if (answered === at) abort.abort();
        return call.operation === 'GetRecords' && call.nth % 5 === 0 ? 'throttled' : undefined;
      };
      const { events } = await read(readOptions(streams, clock, { start, signal: abort.signal }));
      const calls = streams.calls.length;
      await clock.sleep(600_000);
      await settle();
      expect(streams.calls).toHaveLength(calls);
      expect(abort.signal.aborted).toBe(answered >= at);
      expect(new Set(sequenceNumbers(events)).size).toBe(sequenceNumbers(events).length);
    }
    expect(unhandled).toEqual([]);
  });

  it('at any time ends the read at that time', async () => {
    for (let afterMs = 0; afterMs < 75_000; afterMs += 733) {
      const { clock, streams, start } = aFullLife(30);
      const abort = new AbortController();
      const stopped = clock.sleep(afterMs).then(() => {
        abort.abort();
      });
      await read(readOptions(streams, clock, { start, signal: abort.signal }));
      if (abort.signal.aborted) expect(clock.now() - START_MS).toBe(afterMs);
      await stopped;
      await settle();
    }
    expect(unhandled).toEqual([]);
  });

  it.each(['break', 'throw'] as const)('by a %s of the consumer at any event stops all calls', async how => {
    const whole = aFullLife(30);
    const { events } = await read(readOptions(whole.streams, whole.clock, { start: whole.start }));
    expect(events.at(-1)?.type).toBe('stream-ended');
    for (let at = 1; at <= events.length; at += 1) {
      const { clock, streams, start } = aFullLife(30);
      let told = 0;
      const consume = async (): Promise<void> => {
        for await (const _event of readStream(readOptions(streams, clock, { start }))) {
          told += 1;
          if (told < at) continue;
          if (how === 'throw') throw new Error('the consumer fails');
          break;
        }
      };
      if (how === 'throw') await expect(consume()).rejects.toThrow('the consumer fails');
      else await consume();
      const calls = streams.calls.length;
      await clock.sleep(600_000);
      await settle();
      expect(streams.calls).toHaveLength(calls);
    }
    expect(unhandled).toEqual([]);
  });

  it('before the first call makes none', async () => {
    const { clock, streams } = aShard();
    const { events } = await read(readOptions(streams, clock, { signal: AbortSignal.abort() }));
    expect(events).toEqual([]);
    expect(streams.calls).toEqual([]);
  });
});

describe('many shards', () => {
  it('wait on one signal without a warning from Node', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on('warning', note);
    const { clock, streams, shardId } = aShard();
    for (let shard = 0; shard < 200; shard += 1) streams.open();
    streams.at(START_MS + 10_000, () => streams.write(shardId, 1));
    await read(readOptions(streams, clock), records(1));
    await new Promise(resolve => setImmediate(resolve));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });
});
