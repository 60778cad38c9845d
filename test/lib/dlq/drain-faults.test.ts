import { beforeEach, describe, expect, it } from 'vitest';
import type { ExpiredArchive, ExpiredMessage } from '../../../src/lib/dlq/expired-archive.js';
import { DdbxError } from '../../../src/lib/model/error.js';
import { drainStage, type Stage, sumOf } from './drain-stage.js';

let stage: Stage;
let shardId: string;

beforeEach(() => {
  stage = drainStage();
  shardId = stage.streams.open();
});

function failBatches(batches: number, size = 1): readonly string[] {
  return Array.from({ length: batches }, () => stage.fail(shardId, stage.streams.write(shardId, size)));
}

function archive(): ExpiredArchive & { readonly lines: ExpiredMessage[] } {
  const lines: ExpiredMessage[] = [];
  return {
    name: 'memory',
    lines,
    open: async () => {},
    add: async messages => {
      lines.push(...messages);
    },
    close: async () => {},
  };
}

describe('records that the stream has forgotten', () => {
  beforeEach(() => {
    failBatches(1);
    failBatches(1, 4);
    failBatches(1);
    // All of the first batch, half of the second.
    stage.streams.trim(shardId, 3);
  });

  it('leave their message in the queue, and what is left of them is delivered', async () => {
    const { totals, events, settled } = await stage.run();
    expect(totals).toMatchObject({ taken: 3, deleted: 1, expired: 2, expiredInPart: 1, records: { delivered: 3 } });
    expect(sumOf(totals)).toBe(3);
    expect(stage.queues.visible()).toEqual(['m-1', 'm-2']);
    expect(settled('m-1')).toMatchObject({ outcome: 'expired', fate: 'left', records: 0, loss: { all: true } });
    expect(settled('m-2')).toMatchObject({ outcome: 'expired', fate: 'left', records: 2, loss: { all: false } });
    expect(events.filter(event => event.type === 'count-differs')).toEqual([]);
  });

  it('go to the archive as metadata before their message goes', async () => {
    const kept = archive();
    const { totals, settled } = await stage.run({ expired: 'archive', archive: kept });
    expect(totals).toMatchObject({ deleted: 1, expired: 2 });
    expect(stage.queues.left()).toEqual([]);
    expect(kept.lines.map(line => line.taken.id).sort()).toEqual(['m-1', 'm-2']);
    expect(settled('m-1')).toMatchObject({ outcome: 'expired', fate: 'deleted', archived: true });
  });

  it('are deleted when that is asked for, and still named', async () => {
    const { totals, settled } = await stage.run({ expired: 'delete' });
    expect(totals).toMatchObject({ deleted: 1, expired: 2 });
    expect(stage.queues.left()).toEqual([]);
    expect(settled('m-1')).toMatchObject({ outcome: 'expired', fate: 'deleted', archived: false });
  });

  it('are not deleted by a rescue, whatever is asked for', async () => {
    await stage.run({ expired: 'delete', keep: true });
    expect(stage.queues.left()).toHaveLength(3);
  });

  it('keep their message when the archive cannot be written', async () => {
    const broken = archive();
    broken.add = async () => {
      throw new DdbxError({ code: 'output-failed', message: 'no space left' });
    };
    const { error, totals } = await stage.run({ expired: 'archive', archive: broken });
    expect(error).toMatchObject({ code: 'output-failed' });
    expect(stage.queues.left()).toContain('m-1');
    expect(stage.queues.visible()).toEqual(stage.queues.left());
    expect(sumOf(totals)).toBe(totals.taken);
  });
});

describe('a shard that is trimmed under the drain', () => {
  it('costs what it costs, and nothing beside it', async () => {
    stage = drainStage({ pageSize: 5 });
    shardId = stage.streams.open();
    failBatches(20, 2);
    let reads = 0;
    stage.streams.fails = ({ operation }) => {
      if (operation === 'GetRecords' && (reads += 1) === 2) stage.streams.trim(shardId, 21);
      return undefined;
    };
    const { totals } = await stage.run({ concurrency: 1 });
    expect(totals).toMatchObject({ taken: 20, failed: 0, kept: 0 });
    expect(totals.expired).toBeGreaterThan(0);
    expect(sumOf(totals)).toBe(20);
    const got = new Set(stage.sink.got);
    const written = stage.streams.written.get(shardId) ?? [];
    expect(written.slice(21).every(record => got.has(record.sequenceNumber))).toBe(true);
  });
});

describe('a sink', () => {
  it('that fails 1 in 5 keeps those, and the next run has only them to do', async () => {
    failBatches(50, 2);
    stage.sink.fails = (_delivery, nth) => (nth % 5 === 0 ? 'refused' : undefined);
    const first = await stage.run();
    expect(first.totals).toMatchObject({ taken: 50, deleted: 40, failed: 10 });
    expect(stage.queues.visible()).toHaveLength(10);
    stage.sink.fails = () => undefined;
    const second = await stage.run();
    expect(second.totals).toMatchObject({ taken: 10, deleted: 10, failed: 0 });
    expect(new Set(stage.sink.got).size).toBe(100);
    expect(stage.sink.got).toHaveLength(100);
  });

  it('that can take nothing more ends the drain, and everything goes back', async () => {
    failBatches(30);
    let deliveries = 0;
    stage.sink.before = async () => {
      if ((deliveries += 1) === 2) throw new DdbxError({ code: 'output-failed', message: 'no space left on device' });
    };
    const { error, totals } = await stage.run({ concurrency: 1 });
    expect(error).toMatchObject({ code: 'output-failed' });
    expect(totals.deleted).toBe(30 - stage.queues.left().length);
    expect(totals.kept).toBe(totals.released);
    expect(sumOf(totals)).toBe(totals.taken);
    expect(stage.queues.visible()).toEqual(stage.queues.left());
  });

  it('that fails while a poll waits leaves nothing hidden by that poll', async () => {
    failBatches(3);
    stage.sink.before = async () => {
      await stage.clock.sleep(500);
      throw new DdbxError({ code: 'output-failed', message: 'no space left on device' });
    };
    const { totals } = await stage.run({ concurrency: 2 });
    expect(totals).toMatchObject({ taken: 3, released: 3 });
    expect(stage.queues.visible()).toHaveLength(3);
  });

  it('that cannot be opened takes nothing', async () => {
    failBatches(1);
    stage.sink.open = async () => {
      throw new DdbxError({ code: 'output-failed', message: 'no such folder' });
    };
    const { error, totals } = await stage.run();
    expect(error).toMatchObject({ code: 'output-failed' });
    expect(totals.taken).toBe(0);
    expect(stage.queues.calls).toEqual([]);
  });
});

describe('calls that fail', () => {
  it('receives are made again', async () => {
    failBatches(5);
    stage.queues.fails = ({ operation, nth }) => (operation === 'receive' && nth < 4 ? 'throttled' : undefined);
    const { totals } = await stage.run();
    expect(totals).toMatchObject({ deleted: 5, failed: 0 });
  });

  it('a queue that is not there ends the drain', async () => {
    stage.queues.fails = () => 'not-found';
    const { error } = await stage.run();
    expect(error).toMatchObject({ kind: 'not-found' });
  });

  it('deletes that half fail are made again for that half', async () => {
    failBatches(20);
    const tried = new Set<string>();
    stage.queues.failsEntry = (operation, messageId) => {
      if (operation !== 'deleteBatch' || Number(messageId.slice(2)) % 2 === 1 || tried.has(messageId)) return undefined;
      tried.add(messageId);
      return 'server';
    };
    const { totals, events } = await stage.run();
    expect(totals).toMatchObject({ taken: 20, deleted: 20 });
    expect(stage.queues.left()).toEqual([]);
    expect(stage.sink.got).toHaveLength(20);
    expect(events.some(event => event.type === 'retrying' && event.what === 'deleting messages')).toBe(true);
  });

  it('deletes that fail as a whole are made again', async () => {
    failBatches(3);
    stage.queues.fails = ({ operation, nth }) => (operation === 'deleteBatch' && nth < 3 ? 'service' : undefined);
    const { totals } = await stage.run();
    expect(totals).toMatchObject({ deleted: 3 });
  });

  it('a delete that is refused is said, with what was delivered', async () => {
    const [id = ''] = failBatches(1);
    stage.queues.failsEntry = operation => (operation === 'deleteBatch' ? 'sender' : undefined);
    const { totals, settled } = await stage.run();
    expect(totals).toMatchObject({ deleted: 0, failed: 1 });
    expect(settled(id)?.reason).toContain('could not be deleted: The receipt handle has expired');
    expect(stage.queues.visible()).toEqual([id]);
  });

  it('a missing permission on the stream ends the drain, and everything goes back', async () => {
    failBatches(15);
    stage.streams.fails = () => 'denied';
    const { error, totals } = await stage.run();
    expect(error).toMatchObject({ kind: 'denied' });
    expect(totals).toMatchObject({ deleted: 0, released: totals.taken });
    expect(stage.queues.visible()).toHaveLength(15);
  });

  it('a release that fails leaves the message to come back by itself', async () => {
    failBatches(2);
    stage.queues.failsEntry = operation => (operation === 'changeVisibilityBatch' ? 'server' : undefined);
    const { totals } = await stage.run({ keep: true, idleTimeoutMs: 1_000 });
    expect(totals).toMatchObject({ kept: 2 });
    expect(stage.queues.visible()).toEqual([]);
    stage.clock.advance(60_000);
    expect(stage.queues.visible()).toHaveLength(2);
  });
});

describe('visibility', () => {
  it('is extended while a slow sink works', async () => {
    failBatches(3);
    stage.sink.before = () => stage.clock.sleep(10 * 60_000);
    const { totals, events } = await stage.run();
    expect(totals).toMatchObject({ taken: 3, deleted: 3 });
    expect(stage.sink.got).toHaveLength(3);
    expect(events.filter(event => event.type === 'visibility-lost')).toEqual([]);
    expect(stage.queues.calls.filter(call => call.visibilitySeconds === 60).length).toBeGreaterThan(20);
  });

  it('that runs out all the same brings a message twice, and its newest handle deletes it', async () => {
    const [id = ''] = failBatches(1);
    let first = true;
    stage.sink.before = async () => {
      if (!first) return;
      first = false;
      stage.queues.expireVisibility(id);
      await stage.clock.sleep(10_000);
    };
    const { totals } = await stage.run();
    expect(stage.queues.left()).toEqual([]);
    expect(totals).toMatchObject({ taken: 1, deleted: 1 });
    expect(stage.sink.got).toHaveLength(1);
  });

  it('that another drain has taken over is told', async () => {
    failBatches(1);
    stage.queues.failsEntry = operation => (operation === 'changeVisibilityBatch' ? 'sender' : undefined);
    stage.sink.before = () => stage.clock.sleep(120_000);
    const { events } = await stage.run();
    expect(events.find(event => event.type === 'visibility-lost')).toMatchObject({ messageId: 'm-1' });
  });

  it('of a removed message that SQS delivers once more: it is removed again, not delivered', async () => {
    const [id = ''] = failBatches(1);
    const later = stage.clock.sleep(2_000).then(() => stage.queues.put('{"comes": "again"}', id));
    const { totals } = await stage.run({ idleTimeoutMs: 8_000 });
    await later;
    expect(totals).toMatchObject({ taken: 1, deleted: 1 });
    expect(stage.queues.left()).toEqual([]);
    expect(stage.queues.receivesOf(id)).toBe(0);
  });
});

describe('an interrupt', () => {
  it('while a sink works gives everything back, and the sum is right', async () => {
    failBatches(40);
    const stop = new AbortController();
    let deliveries = 0;
    stage.sink.before = async (_deliveries, signal) => {
      if ((deliveries += 1) < 2) return;
      stop.abort(new Error('Ctrl-C'));
      signal.throwIfAborted();
    };
    const { totals, error } = await stage.run({ signal: stop.signal, concurrency: 1 });
    expect(error).toBeUndefined();
    expect(totals.released).toBeGreaterThan(0);
    expect(sumOf(totals)).toBe(totals.taken);
    expect(stage.queues.visible()).toEqual(stage.queues.left());
    expect(stage.queues.left()).toHaveLength(40 - totals.deleted);
    expect(new Set(stage.sink.got).size).toBe(totals.deleted);
  });

  it('still deletes what has been delivered by then', async () => {
    failBatches(1);
    const stop = new AbortController();
    stage.sink.before = async () => {
      stop.abort(new Error('Ctrl-C'));
    };
    const { totals } = await stage.run({ signal: stop.signal });
    expect(totals).toMatchObject({ deleted: 1, released: 0 });
    expect(stage.queues.left()).toEqual([]);
  });

  it('before anything was taken ends at once', async () => {
    failBatches(1);
    const { totals } = await stage.run({ signal: AbortSignal.abort(new Error('Ctrl-C')) });
    expect(totals.taken).toBe(0);
    expect(stage.queues.calls.filter(call => call.operation === 'deleteBatch')).toEqual([]);
  });
});

describe('several drains of one queue', () => {
  it('share its messages, and each is delivered once', async () => {
    failBatches(120, 2);
    const runs = await Promise.all([stage.run(), stage.run(), stage.run()]);
    expect(stage.queues.left()).toEqual([]);
    expect(stage.sink.got).toHaveLength(240);
    expect(runs.reduce((sum, run) => sum + run.totals.deleted, 0)).toBe(120);
  });
});
