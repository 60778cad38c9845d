import { describe, expect, it } from 'vitest';
import { describeStream } from '../../../src/lib/streams/describe-stream.js';
import { fakeClock } from '../../support/fake-clock.js';
import { type FakeListedStreams, fakeListedStreams, type ListedShard } from '../../support/fake-listed-streams.js';
import { fakeStreamArn } from '../../support/fake-tables.js';

const HOUR_MS = 3_600_000;
const nowMs = Date.UTC(2026, 10, 23, 12);
const label = '2026-11-20T10:11:12.123';
const streamArn = fakeStreamArn('Orders', label);

const at = (sequenceNumber: string, hoursAgo: number) => ({ sequenceNumber, createdAtMs: nowMs - hoursAgo * HOUR_MS });

interface Parts {
  readonly peek?: boolean;
  readonly shardsPerPage?: number;
  readonly skewMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (looked: number, shards: number) => void;
  readonly prepare?: (gateway: FakeListedStreams) => void;
}

async function description(shards: readonly ListedShard[], parts: Parts = {}) {
  const clock = fakeClock(nowMs);
  const { shardsPerPage = 100, skewMs = 0 } = parts;
  const streams = [{ tableName: 'Orders', label, shards }];
  const gateway = fakeListedStreams({ clock, streams, shardsPerPage, skewMs });
  parts.prepare?.(gateway);
  const found = await describeStream({
    gateway,
    streamArn,
    peek: parts.peek ?? true,
    clock,
    random: () => 0.5,
    signal: parts.signal ?? new AbortController().signal,
    ...(parts.onProgress === undefined ? {} : { onProgress: parts.onProgress }),
  });
  return { found, gateway };
}

describe('describeStream', () => {
  it('dates the oldest readable record of each shard, and counts the hours left', async () => {
    const { found } = await description([
      { shardId: 'a', closed: true, records: [at('1', 23), at('2', 10)] },
      { shardId: 'b', parentShardId: 'a', records: [at('3', 9)] },
      { shardId: 'c', parentShardId: 'a' },
    ]);
    expect(found).toMatchObject({ openShards: 2, closedShards: 1, status: 'ENABLED' });
    expect(found.shards.map(shard => [shard.shardId, shard.open, shard.oldestRecord?.kind])).toEqual([
      ['a', false, 'record'],
      ['b', true, 'record'],
      ['c', true, 'not-found'],
    ]);
    expect(found.shards.map(shard => shard.oldestRecordLeftMs)).toEqual([HOUR_MS, 15 * HOUR_MS, undefined]);
  });

  it('reads all pages, however many', async () => {
    const shards = Array.from({ length: 257 }, (_, index) => ({ shardId: `shard-${String(index).padStart(3, '0')}` }));
    const { found, gateway } = await description(shards, { shardsPerPage: 10, peek: false });
    expect(found.shards.map(shard => shard.shardId)).toEqual(shards.map(shard => shard.shardId));
    expect(gateway.count('describeStream')).toBe(26);
  });

  it('reads nothing when told not to', async () => {
    const { found, gateway } = await description([{ shardId: 'a', records: [at('1', 1)] }], { peek: false });
    expect(gateway.count('getRecords') + gateway.count('getShardIterator')).toBe(0);
    expect(found).toMatchObject({ getRecordsRequests: 0 });
    expect(found.shards[0]).toMatchObject({ oldestRecord: undefined, oldestRecordLeftMs: undefined });
  });

  it('looks behind a few empty pages, but not behind many', async () => {
    const { found, gateway } = await description([
      { shardId: 'a', records: [at('1', 1)], emptyPages: 3 },
      { shardId: 'b', records: [at('1', 1)], emptyPages: 4 },
      { shardId: 'c', closed: true },
    ]);
    expect(found.shards.map(shard => shard.oldestRecord?.kind)).toEqual(['record', 'not-found', 'none']);
    expect(gateway.count('getRecords')).toBe(4 + 4 + 1);
    expect(found.getRecordsRequests).toBe(9);
  });

  it('reads eight shards at once at most, and tells how far it is', async () => {
    const progress: number[] = [];
    const shards = Array.from({ length: 40 }, (_, index) => ({ shardId: `shard-${index}`, records: [at('1', 1)] }));
    const { gateway } = await description(shards, { onProgress: looked => progress.push(looked) });
    expect(gateway.mostReadsAtOnce).toBe(8);
    expect(progress).toEqual(shards.map((_, index) => index + 1));
  });

  it('shows the shards also where their records may not be read, or are trimmed while it looks', async () => {
    const { found } = await description([{ shardId: 'a' }, { shardId: 'b' }, { shardId: 'c', records: [at('1', 2)] }], {
      prepare: gateway => {
        gateway.fail('getRecords', 'denied', { about: 'a' });
        gateway.fail('getShardIterator', 'trimmed', { about: 'b' });
      },
    });
    expect(found.shards.map(shard => shard.oldestRecord)).toMatchObject([
      { kind: 'unknown', reason: 'Fake-denied' },
      { kind: 'gone' },
      { kind: 'record', sequenceNumber: '1' },
    ]);
  });

  it('measures by the endpoint’s clock, and never shows less than nothing', async () => {
    const shards = [{ shardId: 'a', records: [at('1', 23.5)] }];
    const { found } = await description(shards, { skewMs: 0.25 * HOUR_MS });
    expect(found.shards[0]?.oldestRecordLeftMs).toBe(0.25 * HOUR_MS);
    const { found: late } = await description(shards, { skewMs: HOUR_MS });
    expect(late.shards[0]?.oldestRecordLeftMs).toBe(0);
  });

  it('fails for a stream that is not there, and when interrupted', async () => {
    const clock = fakeClock(nowMs);
    const gateway = fakeListedStreams({ clock, streams: [] });
    const { signal } = new AbortController();
    await expect(
      describeStream({ gateway, streamArn, peek: true, clock, random: () => 0, signal }),
    ).rejects.toMatchObject({ kind: 'not-found' });
    const controller = new AbortController();
    const interrupted = description([{ shardId: 'a' }, { shardId: 'b' }], {
      signal: controller.signal,
      onProgress: () => {
        controller.abort(new Error('interrupted'));
      },
      prepare: fake => {
        fake.fail('getRecords', 'throttled', { times: 2, about: 'b' });
      },
    });
    await expect(interrupted).rejects.toThrow('interrupted');
  });
});
