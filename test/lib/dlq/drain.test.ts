import { beforeEach, describe, expect, it } from 'vitest';
import type { DrainSink } from '../../../src/lib/dlq/drain-sink.js';
import { drainStage, MemorySink, type Stage, sumOf } from './drain-stage.js';
import { sampleBody } from './samples.js';

let stage: Stage;
let shardId: string;

beforeEach(() => {
  stage = drainStage();
  shardId = stage.streams.open();
});

/** Batches of `size` records, one message each. */
function failBatches(batches: number, size: number, shard = shardId): readonly string[] {
  return Array.from({ length: batches }, () => stage.fail(shard, stage.streams.write(shard, size)));
}

const allNumbers = (): readonly string[] =>
  [...stage.streams.written.values()].flat().map(record => record.sequenceNumber);

describe('draining a queue', () => {
  it('delivers every record of every batch, then deletes the messages', async () => {
    const other = stage.streams.open();
    failBatches(30, 3);
    failBatches(12, 2, other);
    const { totals, error } = await stage.run();
    expect(error).toBeUndefined();
    expect([...stage.sink.got].sort()).toEqual([...allNumbers()].sort());
    expect(stage.queues.left()).toEqual([]);
    expect(totals).toMatchObject({ taken: 42, deleted: 42, failed: 0, records: { delivered: 114 } });
    expect(sumOf(totals)).toBe(totals.taken);
    expect(stage.sink).toMatchObject({ opened: 1, closed: 1 });
  });

  it('reads what the batches of a shard share only once', async () => {
    failBatches(60, 5);
    await stage.run();
    const reads = stage.streams.calls.filter(call => call.operation === 'GetRecords').length;
    expect(reads).toBeLessThan(20);
  });

  it('deletes in batches of ten', async () => {
    failBatches(60, 1);
    await stage.run();
    const deletes = stage.queues.calls.filter(call => call.operation === 'deleteBatch');
    expect(deletes.reduce((sum, call) => sum + call.entries, 0)).toBe(60);
    expect(deletes.length).toBeLessThanOrEqual(12);
  });

  it('tells each message with what became of it', async () => {
    const [id = ''] = failBatches(1, 4);
    const { events } = await stage.run();
    expect(events.map(event => event.type)).toEqual(['message', 'summary']);
    expect(events[0]).toMatchObject({
      messageId: id,
      outcome: 'deleted',
      fate: 'deleted',
      records: 4,
      leftOut: 0,
      loss: undefined,
      message: { batch: { shardId, batchSize: 4 }, failure: { consumerName: 'orders-indexer' } },
    });
  });

  it('ends when nothing has come for the idle time, with polls that wait', async () => {
    const { totals } = await stage.run({ idleTimeoutMs: 5_000 });
    expect(totals.taken).toBe(0);
    expect(totals.durationMs).toBe(5_000);
    expect(stage.queues.calls.every(call => (call.waitSeconds ?? 0) >= 1)).toBe(true);
  });

  it('goes on listening when asked to, until it is stopped', async () => {
    const stop = new AbortController();
    const later = stage.clock.sleep(90_000).then(() => failBatches(1, 1));
    stage.sink.before = async () => {
      await stage.clock.sleep(10);
      stop.abort();
    };
    const { totals } = await stage.run({ idleTimeoutMs: undefined, signal: stop.signal });
    await later;
    expect(totals).toMatchObject({ taken: 1, deleted: 1 });
  });

  it('gives back all that a poll brought, when it is stopped while the pace holds a part of it up', async () => {
    failBatches(10, 1);
    const stop = new AbortController();
    stage.sink.before = async () => {
      await stage.clock.sleep(10);
      stop.abort();
    };
    const { totals } = await stage.run({ ratePerSecond: 1, signal: stop.signal });
    expect(totals).toMatchObject({ taken: 10, deleted: 1, kept: 9, released: 9 });
    expect(stage.queues.visible()).toHaveLength(9);
  });

  it('leaves foreign messages, visible to others at once', async () => {
    const ids = [
      stage.queues.put('order 17 failed'),
      stage.queues.put(sampleBody('kinesis')),
      stage.queues.put('{"DDBStreamBatchInfo": {"streamArn": 1}, "requestContext": {"functionArn": "f"}}'),
    ];
    failBatches(2, 1);
    const { totals, settled } = await stage.run();
    expect(totals).toMatchObject({ taken: 5, deleted: 2, foreign: 3 });
    expect(sumOf(totals)).toBe(5);
    expect(stage.queues.visible()).toEqual(ids);
    expect(ids.map(id => settled(id)?.outcome)).toEqual(['foreign', 'foreign', 'foreign']);
    expect(settled(ids[1] ?? '')?.reason).toContain('Kinesis stream arn:aws:kinesis');
  });

  it('does not go round and round over foreign messages', async () => {
    stage.queues.put('{}');
    await stage.run({ idleTimeoutMs: 10_000 });
    expect(stage.queues.calls.filter(call => call.operation === 'receive').length).toBeLessThan(45);
  });

  it('takes no more than asked for, and gives back what was not worked on', async () => {
    const ids = failBatches(25, 1);
    const { totals } = await stage.run({ maxMessages: 7 });
    expect(totals).toMatchObject({ taken: 7, deleted: 7 });
    expect(stage.queues.left()).toHaveLength(18);
    expect(stage.queues.visible()).toHaveLength(18);
    expect(ids).toHaveLength(25);
  });

  it('leaves what is not asked for, hidden from itself until the end', async () => {
    failBatches(5, 1);
    const other = stage.streams.open();
    const wanted = failBatches(5, 1, other);
    const { totals, settled } = await stage.run({ wants: ({ batch }) => batch.shardId === other });
    expect(totals).toMatchObject({ taken: 10, deleted: 5, kept: 5 });
    expect(wanted.map(id => settled(id)?.outcome)).toEqual(Array.from({ length: 5 }, () => 'deleted'));
    expect(stage.queues.visible()).toHaveLength(5);
    expect(stage.queues.left().map(id => stage.queues.receivesOf(id))).toEqual([1, 1, 1, 1, 1]);
  });

  it('keeps a pace', async () => {
    failBatches(10, 1);
    const { totals } = await stage.run({ ratePerSecond: 2, idleTimeoutMs: 1_000 });
    expect(totals.deleted).toBe(10);
    // The last of ten begins four and a half seconds after the first.
    expect(totals.durationMs).toBeGreaterThanOrEqual(4_500);
  });

  it('works on what is forgotten first, before the rest', async () => {
    const young = stage.streams.open();
    const old = stage.streams.open();
    const numbers = stage.streams.write(old, 1);
    stage.clock.advance(3_600_000);
    stage.fail(young, stage.streams.write(young, 1));
    // Sent last, though its record was written an hour before.
    stage.clock.advance(-3_600_000);
    stage.fail(old, numbers);
    stage.clock.advance(3_600_000);
    await stage.run({ order: 'soonest-expiry', concurrency: 1 });
    expect(stage.sink.got[0]).toBe(numbers[0]);
  });

  it('delivers to every sink before it deletes', async () => {
    const second = new MemorySink();
    second.fails = () => 'no room';
    failBatches(2, 2);
    const { totals } = await stage.run({ sinks: [stage.sink, second] });
    expect(totals).toMatchObject({ failed: 2, deleted: 0, records: { delivered: 0 } });
    expect(stage.sink.got).toHaveLength(4);
    expect(stage.queues.left()).toHaveLength(2);
  });

  it('hands the later sinks nothing that an earlier one has failed', async () => {
    const second = new MemorySink();
    stage.sink.fails = (_delivery, nth) => (nth === 1 ? 'not this one' : undefined);
    failBatches(3, 1);
    const { totals } = await stage.run({ sinks: [stage.sink, second] });
    expect(totals).toMatchObject({ failed: 1, deleted: 2 });
    expect(second.got).toHaveLength(2);
  });
});

describe('a batch of which a sink takes a part', () => {
  it('stays, and what was taken of it is counted apart from what was delivered', async () => {
    failBatches(3, 4);
    const deliver = stage.sink.deliver.bind(stage.sink);
    let at = 0;
    const halfway: DrainSink = {
      name: 'function',
      open: () => Promise.resolve(),
      close: () => Promise.resolve(),
      deliver: async (deliveries, signal) => {
        const outcomes = await deliver(deliveries, signal);
        return outcomes.map(outcome =>
          (at += 1) === 2 ? { done: false, reason: 'no', poison: [], taken: 3 } : outcome,
        );
      },
    };
    const { totals } = await stage.run({ sinks: [halfway] });
    expect(totals).toMatchObject({ taken: 3, deleted: 2, failed: 1, records: { delivered: 8, takenOfFailed: 3 } });
    expect(stage.queues.visible()).toHaveLength(1);
  });
});

describe('a rescue', () => {
  it('delivers each message once, and leaves all of them visible', async () => {
    failBatches(15, 2);
    const { totals } = await stage.run({ keep: true, idleTimeoutMs: 300_000 });
    expect(totals).toMatchObject({ taken: 15, kept: 15, deleted: 0, records: { delivered: 30 } });
    expect(stage.sink.got).toHaveLength(30);
    expect(stage.queues.visible()).toHaveLength(15);
  });

  it('and a dry run, which reads and delivers nothing', async () => {
    failBatches(3, 2);
    const { totals } = await stage.run({ sinks: [] });
    expect(totals).toMatchObject({ taken: 3, kept: 3, records: { delivered: 6 } });
    expect(stage.sink).toMatchObject({ opened: 0, got: [] });
    expect(stage.queues.visible()).toHaveLength(3);
  });
});

describe('the filter of the mapping', () => {
  it('is applied again, and what it leaves out is counted', async () => {
    const numbers = stage.streams.write(shardId, 6);
    const passing = new Set([numbers[0], numbers[2], numbers[5]]);
    const id = stage.fail(shardId, numbers, 3);
    const { totals, settled, events } = await stage.run({
      filters: async () => ({ accepts: record => passing.has(record.sequenceNumber), unknown: undefined }),
    });
    expect(new Set(stage.sink.got)).toEqual(passing);
    expect(settled(id)).toMatchObject({ outcome: 'deleted', records: 3, leftOut: 3 });
    expect(totals).toMatchObject({ countDiffers: 0, records: { delivered: 3, leftOut: 3 } });
    expect(events.some(event => event.type === 'count-differs')).toBe(false);
  });

  it('that is not known leaves nothing out, and the difference is told', async () => {
    const id = stage.fail(shardId, stage.streams.write(shardId, 6), 3);
    const { totals, events } = await stage.run({
      filters: async () => ({ accepts: () => true, unknown: 'the mapping is gone' }),
    });
    expect(stage.sink.got).toHaveLength(6);
    expect(events.find(event => event.type === 'count-differs')).toMatchObject({
      messageId: id,
      records: 6,
      batchSize: 3,
      why: 'the mapping is gone',
    });
    expect(totals.countDiffers).toBe(1);
  });

  it('that has changed since loses nothing', async () => {
    stage.fail(shardId, stage.streams.write(shardId, 4), 4);
    const { totals, events } = await stage.run({ filters: async () => ({ accepts: () => false, unknown: undefined }) });
    expect(stage.sink.got).toHaveLength(4);
    expect(totals).toMatchObject({ deleted: 1, countDiffers: 0 });
    expect(events.map(event => event.type)).toEqual(['message', 'summary']);
  });
});

describe('records in the message', () => {
  it('are taken from it, without asking the stream', async () => {
    const id = stage.queues.put(sampleBody('s3-object.documented-string-payload'));
    const { settled } = await stage.run();
    expect(stage.sink.got).toEqual(['800000000003126276362']);
    expect(settled(id)?.outcome).toBe('deleted');
    expect(stage.streams.calls).toEqual([]);
  });

  it('that are not those of its range are read from the stream', async () => {
    const numbers = stage.streams.write(shardId, 2);
    const body: unknown = JSON.parse(sampleBody('s3-object.object-payload-variant'));
    const batch = { shardId, startSequenceNumber: numbers[0], endSequenceNumber: numbers[1], batchSize: 2 };
    const info = { ...batch, streamArn: stage.streams.streamArn };
    stage.queues.put(JSON.stringify(Object.assign({}, body, { DDBStreamBatchInfo: info })));
    await stage.run();
    expect(stage.sink.got).toEqual(numbers);
  });
});
