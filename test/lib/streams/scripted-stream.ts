import type { StreamsGateway } from '../../../src/lib/aws/streams-gateway.js';
import type { ReadEvent, ReadOptions, ShardPosition, StreamRef } from '../../../src/lib/streams/read-events.js';
import type { StreamRecord } from '../../../src/lib/streams/stream-record.js';
import { fakeClock, type FakeClock } from '../../support/fake-clock.js';
import { aRecord } from './records.js';

/** The stream of all scripts. */
export const STREAM: StreamRef = {
  streamArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123',
  tableName: 'Orders',
  region: 'us-east-1',
};

/** 2026-11-22T00:13:19Z. */
export const START_MS = 1_795_306_399_000;

/** A shard of a script: its records, and whether it has come to its end. */
export interface ScriptedShard {
  readonly shardId: string;
  readonly parentShardId?: string;
  readonly records: readonly StreamRecord[];
  readonly ended: boolean;
}

/** Records of one shard, one a second, numbered on from `first`. */
export function someRecords(count: number, first = 1, startMs: number = START_MS): readonly StreamRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return aRecord(
      {},
      {
        SequenceNumber: sequenceNumber(number),
        ApproximateCreationDateTime: startMs / 1000 + index,
        Keys: { pk: { S: `order#${number}` } },
      },
    );
  });
}

export function sequenceNumber(number: number): string {
  return `8${String(number).padStart(20, '0')}`;
}

/** A gateway of which only the clock is used. */
function clockGateway(clock: { now(): number }): StreamsGateway {
  const refuse = (): never => {
    throw new Error('a script makes no calls');
  };
  return {
    region: STREAM.region,
    serverNow: () => clock.now(),
    listStreams: refuse,
    describeStream: refuse,
    getShardIterator: refuse,
    getRecords: refuse,
  };
}

/** What every operation that reads needs, over a script. */
export function scriptSource(clock: FakeClock = fakeClock(START_MS), signal = new AbortController().signal) {
  return { gateway: clockGateway(clock), clock, random: () => 0.5, signal, stream: STREAM };
}

/**
 * Reads a script as the engine reads a stream: pages of open shards in turns, children after their parents, on from positions, until
 * the signal is aborted. Each page takes `pageMs`.
 */
export function readScript(
  shards: readonly ScriptedShard[],
  { pageSize = 3, pageMs = 1_000, clock }: { pageSize?: number; pageMs?: number; clock: FakeClock },
): (options: ReadOptions) => AsyncGenerator<ReadEvent, void, undefined> {
  return async function* read({ start, signal }) {
    const ended = new Set<string>();
    const reading = new Map<string, { shard: ScriptedShard; left: StreamRecord[] }>();
    let unread = shards.filter(shard => {
      if (positionOf(start, shard.shardId).kind === 'ended') ended.add(shard.shardId);
      return !ended.has(shard.shardId);
    });
    for (;;) {
      for (const shard of unread) {
        const { shardId, parentShardId } = shard;
        if (parentShardId !== undefined && !ended.has(parentShardId)) continue;
        const position = positionOf(start, shardId);
        yield { type: 'shard-opened', stream: STREAM, shardId, parentShardId, position };
        reading.set(shardId, { shard, left: recordsFrom(shard, position) });
      }
      unread = unread.filter(shard => !reading.has(shard.shardId) && !ended.has(shard.shardId));
      if (reading.size === 0) return;
      for (const [shardId, { shard, left }] of reading) {
        if (signal.aborted) return;
        const records = left.splice(0, pageSize);
        clock.advance(pageMs);
        if (records.length > 0) yield { type: 'page', stream: STREAM, shardId, records };
        if (left.length > 0) continue;
        reading.delete(shardId);
        if (!shard.ended) continue;
        yield { type: 'shard-ended', stream: STREAM, shardId };
        ended.add(shardId);
      }
    }
  };
}

/** Hands events over one by one. */
export async function* eventsOf(events: readonly ReadEvent[]): AsyncGenerator<ReadEvent, void, undefined> {
  for (const event of events) yield event;
}

export async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

function positionOf(start: ReadOptions['start'], shardId: string): ShardPosition {
  switch (start.from) {
    case 'positions':
      return start.positions.get(shardId) ?? { kind: 'trim-horizon' };
    case 'since':
      return { kind: 'since', sinceMs: start.sinceMs };
    case 'latest':
      return { kind: 'latest' };
    case 'trim-horizon':
    case 'sequence-number':
      return { kind: 'trim-horizon' };
  }
}

function recordsFrom({ records }: ScriptedShard, position: ShardPosition): StreamRecord[] {
  if (position.kind === 'after') {
    const at = records.findIndex(record => record.sequenceNumber === position.sequenceNumber);
    if (at < 0) throw new Error(`the script has no record ${position.sequenceNumber}`);
    return records.slice(at + 1);
  }
  if (position.kind === 'since') return records.filter(record => record.createdAtMs >= position.sinceMs);
  return [...records];
}
