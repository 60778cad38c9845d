import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstLimiter, pacedGateway } from '../../../src/lib/streams/paced-gateway.js';
import { fakeClock } from '../../support/fake-clock.js';
import { fakeListedStreams } from '../../support/fake-listed-streams.js';
import { fakeStreamArn } from '../../support/fake-tables.js';

const { signal } = new AbortController();
// Many callers wait for their turns at once.
setMaxListeners(0, signal);

function mostInAnySpan(timesMs: readonly number[], spanMs: number): number {
  return Math.max(...timesMs.map(from => timesMs.filter(at => at >= from && at < from + spanMs).length));
}

describe('pacedGateway', () => {
  const label = '2026-11-20T10:11:12.123';
  const streamArn = fakeStreamArn('Orders', label);

  it('describes the first ten streams at once, and never more than ten in a second', async () => {
    const clock = fakeClock(0);
    const gateway = fakeListedStreams({ clock, streams: [{ tableName: 'Orders', label }] });
    const paced = pacedGateway(gateway, clock);
    await Promise.all(Array.from({ length: 35 }, () => paced.describeStream({ streamArn }, signal)));
    const timesMs = gateway.calls.map(call => call.atMs);
    expect(timesMs.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 0));
    expect(mostInAnySpan(timesMs, 1_000)).toBe(10);
    expect(clock.now()).toBe(3_000);
  });

  it('lists at most five pages of streams in a second', async () => {
    const clock = fakeClock(0);
    const gateway = fakeListedStreams({ clock, streams: [{ tableName: 'Orders', label }] });
    const paced = pacedGateway(gateway, clock);
    for (let page = 0; page < 11; page += 1) await paced.listStreams({}, signal);
    expect(
      mostInAnySpan(
        gateway.calls.map(call => call.atMs),
        1_000,
      ),
    ).toBe(5);
  });

  it('passes everything else through', async () => {
    const clock = fakeClock(5_000);
    const shards = [{ shardId: 'shard-1', records: [{ sequenceNumber: '7', createdAtMs: 1_000 }] }];
    const gateway = fakeListedStreams({ clock, streams: [{ tableName: 'Orders', label, shards }], skewMs: 250 });
    const paced = pacedGateway(gateway, clock);
    expect(paced.region).toBe('eu-central-1');
    expect(paced.serverNow()).toBe(5_250);
    const iterator = await paced.getShardIterator({ streamArn, shardId: 'shard-1', start: { type: 'TRIM_HORIZON' } });
    expect((await paced.getRecords({ iterator, streamArn })).toString()).toContain('"SequenceNumber":"7"');
  });
});

describe('burstLimiter', () => {
  it('keeps within its limit however the callers come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        async (gapsMs, most) => {
          const clock = fakeClock(0);
          const limiter = burstLimiter(most, 1_000, clock);
          const timesMs: number[] = [];
          const turns: Promise<void>[] = [];
          for (const gapMs of gapsMs) {
            turns.push(limiter.take(signal).then(() => void timesMs.push(clock.now())));
            if (gapMs > 0) await clock.sleep(gapMs);
          }
          await Promise.all(turns);
          if (timesMs.length > 0) expect(mostInAnySpan(timesMs, 1_000)).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 60 },
    );
  });
});
