import { describe, expect, it } from 'vitest';
import { type Retention, retentionOf } from '../../../src/lib/streams/retention.js';
import { listShards } from '../../../src/lib/streams/shard-listing.js';
import { fakeClock } from '../../support/fake-clock.js';
import { type FakeListedStreams, fakeListedStreams, type ListedShard } from '../../support/fake-listed-streams.js';
import { fakeStreamArn } from '../../support/fake-tables.js';

const HOUR_MS = 3_600_000;
const nowMs = Date.UTC(2026, 10, 23, 12);
const label = '2026-11-20T10:11:12.123';
const streamArn = fakeStreamArn('Orders', label);
const { signal } = new AbortController();

const at = (sequenceNumber: string, hoursAgo: number) => ({ sequenceNumber, createdAtMs: nowMs - hoursAgo * HOUR_MS });

interface Case {
  readonly shards: readonly ListedShard[];
  readonly successorHoursAgo?: number;
  readonly status?: 'ENABLED' | 'DISABLED';
  readonly prepare?: (gateway: FakeListedStreams) => void;
}

async function retention({ shards, successorHoursAgo, status = 'DISABLED', prepare }: Case) {
  const clock = fakeClock(nowMs);
  const gateway = fakeListedStreams({ clock, streams: [{ tableName: 'Orders', label, status, shards }] });
  prepare?.(gateway);
  const stream = await listShards(gateway, streamArn);
  const successorMs = successorHoursAgo === undefined ? undefined : nowMs - successorHoursAgo * HOUR_MS;
  const look = { gateway, streamArn, clock, random: () => 0.5, signal };
  return { found: await retentionOf(stream, successorMs, look), gateway };
}

const inHours = (hours: number, exact: boolean): Retention => ({ kind: 'ends', atMs: nowMs + hours * HOUR_MS, exact });

describe('retentionOf', () => {
  it('knows no end while the stream is on, and reads nothing', async () => {
    const { found, gateway } = await retention({
      status: 'ENABLED',
      shards: [{ shardId: 'a', records: [at('1', 1)] }],
    });
    expect(found).toEqual({ kind: 'live' });
    expect(gateway.count('getRecords')).toBe(0);
  });

  it('takes the youngest of the last records, one request for each youngest shard', async () => {
    const { found, gateway } = await retention({
      shards: [
        { shardId: 'a', closed: true, records: [at('1', 20), at('2', 10)] },
        { shardId: 'b', closed: true, parentShardId: 'a', records: [at('3', 9), at('4', 5)] },
        { shardId: 'c', closed: true, parentShardId: 'a', records: [at('5', 8)] },
      ],
    });
    expect(found).toEqual(inHours(19, true));
    expect(gateway.count('getRecords')).toBe(2);
  });

  it('looks at the parent where the youngest shard is empty', async () => {
    const { found } = await retention({
      shards: [
        { shardId: 'a', closed: true, records: [at('1', 7)] },
        { shardId: 'b', closed: true, parentShardId: 'a', endingSequenceNumber: '9' },
      ],
    });
    expect(found).toEqual(inHours(17, true));
  });

  it('is over where everything is trimmed', async () => {
    const { found } = await retention({
      shards: [{ shardId: 'a', closed: true, records: [at('1', 30)], trimmedBeforeMs: nowMs - 24 * HOUR_MS }],
    });
    expect(found).toEqual(inHours(0, true));
  });

  it('is over where no shard is listed any more', async () => {
    expect((await retention({ shards: [] })).found).toEqual(inHours(0, true));
  });

  it('is bounded by the next stream where the last record cannot be read', async () => {
    const shards = [{ shardId: 'a', closed: true, records: [at('1', 7)] }];
    const prepare = (gateway: FakeListedStreams) => {
      gateway.fail('getRecords', 'denied');
    };
    expect((await retention({ shards, successorHoursAgo: 6, prepare })).found).toEqual(inHours(18, false));
    expect((await retention({ shards, prepare })).found).toEqual(inHours(24, false));
  });

  it('is bounded where the ending sequence number is no record’s', async () => {
    const shards = [{ shardId: 'a', closed: true, endingSequenceNumber: '99', records: [at('1', 7)] }];
    expect((await retention({ shards, successorHoursAgo: 3 })).found).toEqual(inHours(21, false));
  });

  it('is over for certain when the next stream is older than a day, and reads nothing', async () => {
    const shards = [{ shardId: 'a', closed: true, records: [at('1', 30)] }];
    const { found, gateway } = await retention({ shards, successorHoursAgo: 25 });
    expect(found).toEqual(inHours(-1, true));
    expect(gateway.count('getRecords')).toBe(0);
  });

  it('does not read one record of each of a great many shards', async () => {
    const shards = Array.from({ length: 40 }, (_, index) => ({
      shardId: `shard-${index}`,
      closed: true,
      records: [at('1', 7)],
    }));
    const { found, gateway } = await retention({ shards, successorHoursAgo: 1 });
    expect(found).toEqual(inHours(23, false));
    expect(gateway.count('getRecords')).toBe(0);
  });

  it('repeats a read that is throttled', async () => {
    const shards = [{ shardId: 'a', closed: true, records: [at('1', 7)] }];
    const { found } = await retention({
      shards,
      prepare: gateway => {
        gateway.fail('getRecords', 'throttled', { times: 3 });
      },
    });
    expect(found).toEqual(inHours(17, true));
  });
});
