import { describe, expect, it } from 'vitest';
import { Progress, formatCheckpoint, parseCheckpoint } from '../../../src/lib/streams/checkpoint.js';
import { DdbxError } from '../../../src/lib/model/error.js';
import type { ReadEvent, ShardPosition } from '../../../src/lib/streams/read-events.js';
import { aRecord } from './records.js';

const ARN = 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';
const stream = { streamArn: ARN, tableName: 'Orders', region: 'eu-central-1' };
const NOW_MS = Date.UTC(2026, 10, 20, 12);
const HOUR_MS = 3_600_000;

function withShards(shards: unknown): string {
  return JSON.stringify({ ddbxCheckpoint: 1, streams: { [ARN]: { shards } } });
}

function damageOf(text: string): DdbxError {
  try {
    parseCheckpoint(text, 'orders.json');
  } catch (error) {
    if (error instanceof DdbxError) return error;
    throw error;
  }
  throw new Error(`was read: ${text}`);
}

describe('a damaged checkpoint', () => {
  it.each([
    ['nothing', '', 'it is not JSON'],
    ['half of it', formatCheckpoint({ streams: new Map() }, NOW_MS).slice(0, 30), 'it is not JSON'],
    ['zeros', '\0\0\0\0', 'it is not JSON'],
    ['another kind of JSON', '[]', 'it has no "ddbxCheckpoint": 1'],
    ['null', 'null', 'it has no "ddbxCheckpoint": 1'],
    ['another version', '{"ddbxCheckpoint":2,"streams":{}}', 'it has no "ddbxCheckpoint": 1'],
    ['no streams', '{"ddbxCheckpoint":1}', 'it has no "streams"'],
    ['a list of streams', '{"ddbxCheckpoint":1,"streams":[]}', 'it has no "streams"'],
    ['a stream without shards', `{"ddbxCheckpoint":1,"streams":{"${ARN}":{}}}`, `"${ARN}" has no "shards"`],
    ['a stream that is null', `{"ddbxCheckpoint":1,"streams":{"${ARN}":null}}`, `"${ARN}" has no "shards"`],
    ['no position', withShards({ s1: null }), 'the position of s1 is unreadable'],
    ['an unknown position', withShards({ s1: { kind: 'latest' } }), 'the position of s1 is unreadable'],
    ['no sequence number', withShards({ s1: { kind: 'at' } }), 'the position of s1 is unreadable'],
    [
      'a sequence number that is a number',
      withShards({ s1: { kind: 'after', sequenceNumber: 8, atMs: 1 } }),
      'the position of s1 is unreadable',
    ],
    [
      'a sequence number with letters',
      withShards({ s1: { kind: 'at', sequenceNumber: '12x' } }),
      'the position of s1 is unreadable',
    ],
    ['no time', withShards({ s1: { kind: 'after', sequenceNumber: '12' } }), 'the position of s1 is unreadable'],
    [
      'an endless time',
      withShards({ s1: { kind: 'since', sinceMs: 1 } }).replace('"sinceMs":1', '"sinceMs":1e999'),
      'the position of s1 is unreadable',
    ],
    ['a time as text', withShards({ s1: { kind: 'since', sinceMs: '1' } }), 'the position of s1 is unreadable'],
    ['an end at no time', withShards({ s1: { kind: 'ended', atMs: 'x' } }), 'the position of s1 is unreadable'],
  ])('is refused by name: %s', (_what, text, why) => {
    const damage = damageOf(text);
    expect(damage.code).toBe('checkpoint-damaged');
    expect(damage.message).toBe(`orders.json is not a checkpoint that can be gone on from: ${why}.`);
    expect(damage.hint).toContain('the file was left as it is');
  });
});

describe('progress', () => {
  const opened = (shardId: string, position: ShardPosition): ReadEvent => ({
    type: 'shard-opened',
    stream,
    shardId,
    parentShardId: undefined,
    position,
  });
  const positions = (progress: Progress) => Object.fromEntries(progress.checkpoint().streams.get(ARN) ?? []);

  it('follows a shard from its opening to its end', () => {
    const progress = new Progress();
    progress.note(opened('s1', { kind: 'trim-horizon' }), NOW_MS);
    expect(positions(progress)).toEqual({ s1: { kind: 'trim-horizon' } });
    const record = aRecord({}, { SequenceNumber: '800000000003126276362' });
    progress.note({ type: 'page', stream, shardId: 's1', records: [aRecord(), record] }, NOW_MS);
    expect(positions(progress)).toEqual({
      s1: { kind: 'after', sequenceNumber: '800000000003126276362', atMs: record.createdAtMs },
    });
    progress.note({ type: 'shard-ended', stream, shardId: 's1' }, NOW_MS);
    expect(positions(progress)).toEqual({ s1: { kind: 'ended', atMs: NOW_MS } });
  });

  it('finds a shard that was read from LATEST again by the time of its opening', () => {
    const progress = new Progress();
    progress.note(opened('s1', { kind: 'latest', atMs: NOW_MS - HOUR_MS }), NOW_MS);
    progress.note(opened('s2', { kind: 'latest' }), NOW_MS);
    expect(positions(progress)).toEqual({
      s1: { kind: 'since', sinceMs: NOW_MS - HOUR_MS - 60_000 },
      s2: { kind: 'since', sinceMs: NOW_MS - 60_000 },
    });
  });

  it('keeps the place before a gap until what lies behind it was dealt with', () => {
    const gap = { type: 'gap', stream, shardId: 's1', toSequenceNumber: '9', toMs: NOW_MS } as const;
    const from = { fromSequenceNumber: '5', fromMs: NOW_MS } as const;
    const progress = new Progress();
    progress.moveTo(ARN, 's1', { kind: 'after', sequenceNumber: '5', atMs: NOW_MS });
    progress.note({ ...gap, ...from, reason: 'trimmed' }, NOW_MS);
    expect(positions(progress)).toEqual({ s1: { kind: 'after', sequenceNumber: '5', atMs: NOW_MS } });
    progress.note({ ...gap, ...from, reason: 'shard-gone' }, NOW_MS);
    expect(positions(progress)).toEqual({ s1: { kind: 'ended', atMs: NOW_MS } });
  });

  it('counts changes, and none for what moves nothing', () => {
    const progress = new Progress();
    progress.note({ type: 'caught-up', stream, shards: 1 }, NOW_MS);
    progress.note({ type: 'throttled', stream, shardId: 's1', delayMs: 1 }, NOW_MS);
    progress.note({ type: 'retrying', stream, shardId: 's1', delayMs: 1, reason: 'x' }, NOW_MS);
    progress.note({ type: 'iterator-renewed', stream, shardId: 's1' }, NOW_MS);
    progress.note({ type: 'stream-ended', stream, reason: 'disabled' }, NOW_MS);
    progress.forget('arn:of-another');
    expect(progress.changes).toBe(0);
    progress.note(opened('s1', { kind: 'trim-horizon' }), NOW_MS);
    progress.forget(ARN);
    expect(progress.changes).toBe(2);
    expect(progress.checkpoint().streams.size).toBe(0);
  });

  it('hands out a checkpoint that later notes do not change', () => {
    const progress = new Progress();
    progress.note(opened('s1', { kind: 'trim-horizon' }), NOW_MS);
    const before = progress.checkpoint();
    progress.note({ type: 'shard-ended', stream, shardId: 's1' }, NOW_MS);
    expect(before.streams.get(ARN)?.get('s1')).toEqual({ kind: 'trim-horizon' });
  });

  it('stays small through weeks of shards, and across runs', () => {
    let progress = new Progress();
    for (let hour = 0; hour < 24 * 21; hour += 1) {
      const nowMs = NOW_MS + hour * HOUR_MS;
      progress.note(opened(`s${hour}`, { kind: 'trim-horizon' }), nowMs);
      progress.note({ type: 'shard-ended', stream, shardId: `s${hour}` }, nowMs);
      // Every few hours it is another process that goes on.
      if (hour % 7 === 0) {
        progress = new Progress(parseCheckpoint(formatCheckpoint(progress.checkpoint(), nowMs), 'orders.json'));
      }
    }
    const kept = Object.keys(positions(progress));
    expect(kept).toHaveLength(49);
    expect(kept.at(-1)).toBe('s503');
  });
});
