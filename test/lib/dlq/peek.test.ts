import { beforeEach, describe, expect, it } from 'vitest';
import { groupBatches } from '../../../src/lib/dlq/group-batches.js';
import { peek, type PeekResult } from '../../../src/lib/dlq/peek.js';
import { queueSource } from '../../../src/lib/dlq/queue-source.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { FakeQueues, fakeQueueUrl } from '../../support/fake-queues.js';
import { failureBody, sampleBody } from './samples.js';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 22, 12);
let clock: FakeClock;
let queues: FakeQueues;

beforeEach(() => {
  clock = fakeClock(NOW_MS);
  queues = new FakeQueues({ clock });
});

function look(maxMessages = 1_000, signal = new AbortController().signal): Promise<PeekResult> {
  const source = queueSource(queues.gateway(), { queueName: 'orders-failures', queueUrl: fakeQueueUrl }, 30_000);
  return peek({ source, maxMessages, clock, signal });
}

const failedAt = (hoursAgo: number, parts: Parameters<typeof failureBody>[0] = {}): string =>
  failureBody({ writtenAtMs: NOW_MS - hoursAgo * HOUR_MS, ...parts });

describe('a look into a queue', () => {
  it('shows what is forgotten soonest first, and leaves everything visible', async () => {
    queues.put(failedAt(1, { start: '11' }));
    queues.put(failedAt(20, { start: '12' }));
    queues.put(failedAt(5, { start: '13' }));
    const { batches, complete } = await look();
    expect(batches.map(batch => batch.message.batch.startSequenceNumber)).toEqual(['12', '13', '11']);
    expect(batches[0]).toMatchObject({
      expiry: { firstAtMs: NOW_MS + 4 * HOUR_MS, exact: true },
      receiveCount: 1,
      sentAtMs: NOW_MS,
    });
    expect(complete).toBe(true);
    expect(queues.visible()).toHaveLength(3);
  });

  it('counts what is none of ours', async () => {
    queues.put(sampleBody('kinesis'));
    queues.put('hello');
    queues.put('{}');
    expect(await look()).toMatchObject({ batches: [], foreign: { kinesis: 1, other: 2 } });
    expect(queues.visible()).toHaveLength(3);
  });

  it('sees each of many messages once', async () => {
    for (let index = 0; index < 95; index += 1) queues.put(failedAt(1, { start: String(1_000 + index) }));
    const { batches } = await look();
    expect(new Set(batches.map(batch => batch.messageId)).size).toBe(95);
    expect(queues.visible()).toHaveLength(95);
  });

  it('ends at the most that is wanted, and says that there may be more', async () => {
    for (let index = 0; index < 30; index += 1) queues.put(failedAt(1));
    const { batches, complete } = await look(12);
    expect(batches).toHaveLength(12);
    expect(complete).toBe(false);
  });

  it('ends before what was seen first becomes visible again', async () => {
    for (let index = 0; index < 50; index += 1) queues.put(failedAt(1));
    queues.afterReceive = () => {
      clock.advance(8_000);
    };
    const { batches, complete } = await look();
    expect(batches).toHaveLength(30);
    expect(complete).toBe(false);
  });

  it('gives back what it has when a call fails, and when it is interrupted', async () => {
    for (let index = 0; index < 20; index += 1) queues.put(failedAt(1));
    queues.fails = ({ operation, nth }) => (operation === 'receive' && nth === 2 ? 'denied' : undefined);
    await expect(look()).rejects.toMatchObject({ kind: 'denied' });
    expect(queues.visible()).toHaveLength(20);

    const stop = new AbortController();
    queues.afterReceive = () => {
      stop.abort(new Error('Ctrl-C'));
    };
    await expect(look(1_000, stop.signal)).rejects.toThrow('Ctrl-C');
    expect(queues.visible()).toHaveLength(20);
  });
});

describe('groups of batches', () => {
  it('add up, the most urgent first', async () => {
    queues.put(failedAt(1, { functionName: 'indexer', batchSize: 3, shardId: 'shardId-1' }));
    queues.put(failedAt(2, { functionName: 'indexer', batchSize: 4, shardId: 'shardId-2' }));
    queues.put(failedAt(9, { functionName: 'mailer', condition: 'RecordAgeExceeded', shardId: 'shardId-2' }));
    const { batches } = await look();
    expect(groupBatches(batches, 'function')).toEqual([
      {
        name: 'mailer',
        batches: 1,
        records: 1,
        soonestExpiryMs: NOW_MS + 15 * HOUR_MS,
        firstFailureMs: NOW_MS - 9 * HOUR_MS + 30_717,
      },
      {
        name: 'indexer',
        batches: 2,
        records: 7,
        soonestExpiryMs: NOW_MS + 22 * HOUR_MS,
        firstFailureMs: NOW_MS - 2 * HOUR_MS + 30_717,
      },
    ]);
    expect(groupBatches(batches, 'condition').map(group => group.name)).toEqual([
      'RecordAgeExceeded',
      'RetryAttemptsExhausted',
    ]);
    expect(groupBatches(batches, 'shard').map(group => group.batches)).toEqual([2, 1]);
    expect(groupBatches(batches, 'table')).toMatchObject([{ name: 'Orders', batches: 3 }]);
  });
});
