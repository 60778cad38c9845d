import { describe, expect, it } from 'vitest';
import { createSandboxClock } from '../../../../src/lib/sandbox/clock.js';
import { createDeliveryLog, type Delivery } from '../../../../src/lib/sandbox/mappings/delivery-log.js';
import { failureObjectKey } from '../../../../src/lib/sandbox/mappings/failure-message.js';
import { lanesOf } from '../../../../src/lib/sandbox/mappings/progress.js';
import { createRests } from '../../../../src/lib/sandbox/mappings/rests.js';
import { defaultRetryPace, retryDelayMs } from '../../../../src/lib/sandbox/mappings/retry-pace.js';

describe('the pace of retries', () => {
  it('doubles up to the most, and no further', () => {
    const delays = [1, 2, 3, 6, 7, 1_000].map(failures => retryDelayMs(defaultRetryPace, failures));
    expect(delays).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
  });
});

describe('the key of a failure object', () => {
  it('B.5: is the mapping, the shard, the day and the moment', () => {
    expect(failureObjectKey('uuid', 'shardId-1', Date.UTC(2026, 10, 2, 3, 4, 5, 678), 'random')).toBe(
      'aws/lambda/uuid/shardId-1/2026/11/02/2026-11-02T03.04.05-random',
    );
  });
});

describe('the delivery log', () => {
  const delivery = (count: number, at: string): Delivery => ({
    type: 'discard',
    at,
    region: 'us-east-1',
    mapping: 'm',
    function: 'f',
    shardId: 's',
    sequenceNumbers: Array.from({ length: count }, (_, each) => String(each)),
    condition: 'RecordAgeExceeded',
    isDelivered: false,
  });

  it('keeps the newest, however many there are', () => {
    const log = createDeliveryLog();
    for (let at = 0; at < 1_000; at += 1) log.add(delivery(999, String(at)));
    const kept = log.all();
    expect(kept.at(-1)).toMatchObject({ at: '999' });
    expect(kept.length).toBeGreaterThanOrEqual(100);
    expect(kept.length).toBeLessThanOrEqual(200);
    log.clear();
    expect(log.all()).toEqual([]);
  });
});

describe('rests', () => {
  const stopped = () => createSandboxClock({ now: () => 0, sleep: async () => {} });

  it('tell work from waiting, also when the time has come and nobody has noticed yet', async () => {
    const clock = stopped();
    let told = 0;
    const rests = createRests(clock, new AbortController().signal, () => (told += 1));
    expect(rests.isWorking()).toBe(true);
    const resting = rests.rest({ untilMs: 10, endsWithNews: false });
    expect([rests.isWorking(), rests.waitsUntilMs(), told]).toEqual([false, 10, 1]);
    rests.wake();
    expect(rests.isWorking()).toBe(false);
    clock.advance(10);
    expect(rests.isWorking()).toBe(true);
    await resting;
    expect(rests.waitsUntilMs()).toBeUndefined();
  });

  it('end with news when they may, and whenever all has to stop', async () => {
    const stopping = new AbortController();
    const rests = createRests(stopped(), stopping.signal, () => {});
    const resting = rests.rest({ endsWithNews: true });
    rests.wake();
    expect(rests.isWorking()).toBe(true);
    await resting;
    const again = rests.rest({ untilMs: 10, endsWithNews: false });
    stopping.abort();
    await again;
    await rests.rest({ endsWithNews: false });
  });
});

describe('the readers of a shard', () => {
  const lane = (offset: number) => ({
    position: { generation: 1, offset },
    window: { startMs: 0, endMs: 1, state: '{}' },
  });

  it('stay where they are while their number does', () => {
    const progress = { shardId: 's', lanes: [lane(5), lane(9)], isDone: false };
    expect(lanesOf(progress, 2, true)).toEqual([lane(5), lane(9)]);
    expect(lanesOf(progress, 2, false).map(({ window }) => window)).toEqual([undefined, undefined]);
  });

  it('begin where the slowest stood when it changes, so that nothing is lost', () => {
    const progress = { shardId: 's', lanes: [lane(9), lane(5), lane(7)], isDone: false };
    expect(lanesOf(progress, 2, true).map(({ position }) => position.offset)).toEqual([5, 5]);
    expect(progress.lanes).toHaveLength(2);
  });
});
