import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchOutcome } from '../../../src/lib/aws/batch-outcome.js';
import type { TopicsGateway } from '../../../src/lib/aws/topics-gateway.js';
import { type ConsumerSinkOptions, consumerSink } from '../../../src/lib/dlq/consumer-sink.js';
import { fileSink, outputSink } from '../../../src/lib/dlq/line-sinks.js';
import { queueSink, topicSink } from '../../../src/lib/dlq/message-sinks.js';
import { readRecorded } from '../../../src/lib/streams/recorded.js';
import type { ReplayTarget, TargetAnswer } from '../../../src/lib/streams/replay-targets.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { FakeQueues, fakeQueueUrl } from '../../support/fake-queues.js';
import { aDelivery, SHARD_ID, STREAM_ARN } from './deliveries.js';

const signal = new AbortController().signal;
let clock: FakeClock;
let folder: string;

beforeEach(async () => {
  clock = fakeClock(Date.UTC(2026, 10, 22));
  folder = await mkdtemp(join(tmpdir(), 'ddbx-sinks-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a file', () => {
  it('holds the records as any recording does', async () => {
    const path = join(folder, 'rescued.ndjson');
    const sink = fileSink(path);
    await sink.open(signal);
    expect(await sink.deliver([aDelivery(0, 2), aDelivery(5, 1)], signal)).toEqual([{ done: true }, { done: true }]);
    await sink.close();
    expect(sink.name).toBe(`file:${path}`);
    const recorded: unknown[] = [];
    for await (const record of readRecorded(chunksOf(await readFile(path)))) recorded.push(record);
    expect(recorded).toMatchObject([
      { eventSourceArn: STREAM_ARN, shardId: SHARD_ID, record: { sequenceNumber: '800000000000000000000' } },
      { record: { sequenceNumber: '800000000000000000001' } },
      { record: { sequenceNumber: '800000000000000000005' } },
    ]);
  });
});

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

describe('stdout', () => {
  it('has a delivery only when its bytes have left', async () => {
    const written: Uint8Array[] = [];
    const sink = outputSink({
      write: async bytes => {
        await clock.sleep(1_000);
        written.push(bytes);
      },
    });
    await sink.deliver([aDelivery(0, 3)], signal);
    expect(Buffer.concat(written).toString('utf8').trim().split('\n')).toHaveLength(3);
  });

  it('that nobody reads fails the delivery', async () => {
    const sink = outputSink({ write: () => Promise.reject(new Error('EPIPE')) });
    await expect(sink.deliver([aDelivery(0, 1)], signal)).rejects.toThrow('EPIPE');
  });
});

/** A function that answers as it is told, by the sequence numbers of its batch. */
function aFunction(answer: (sequenceNumbers: readonly string[]) => TargetAnswer): ReplayTarget & {
  readonly batches: (readonly string[])[];
  readonly lifecycle: string[];
} {
  const batches: (readonly string[])[] = [];
  const lifecycle: string[] = [];
  return {
    name: 'lambda:orders-indexer',
    batches,
    lifecycle,
    open: async () => {
      lifecycle.push('open');
    },
    invoke: async event => {
      const numbers = [...event.toString('utf8').matchAll(/"SequenceNumber":"(\d+)"/g)].map(match => match[1] ?? '');
      batches.push(numbers);
      return answer(numbers);
    },
    close: async () => {
      lifecycle.push('close');
    },
  };
}

const ok: TargetAnswer = { kind: 'answered', status: 200, body: 'null' };
const broken: TargetAnswer = { kind: 'failed', status: 200, errorType: 'Unhandled', message: 'TypeError: no total' };
const POISON = '800000000000000000003';

function overFunction(target: ReplayTarget, options: Partial<ConsumerSinkOptions> = {}) {
  return consumerSink({
    target,
    batchSize: 10_000,
    retries: 0,
    bisect: false,
    invokeTimeoutMs: 30_000,
    clock,
    ...options,
  });
}

describe('a function', () => {
  it('gets each batch as one event, and stays open in between', async () => {
    const target = aFunction(() => ok);
    const sink = overFunction(target);
    await sink.open(signal);
    const outcomes = await sink.deliver([aDelivery(0, 3), aDelivery(10, 2)], signal);
    await sink.close();
    expect(outcomes).toEqual([{ done: true }, { done: true }]);
    expect(target.batches.map(batch => batch.length)).toEqual([3, 2]);
    expect(target.lifecycle).toEqual(['open', 'close']);
  });

  it('gets smaller events when asked to', async () => {
    const target = aFunction(() => ok);
    await overFunction(target, { batchSize: 2 }).deliver([aDelivery(0, 5)], signal);
    expect(target.batches.map(batch => batch.length)).toEqual([2, 2, 1]);
  });

  it('that fails has not got the batch', async () => {
    const [outcome] = await overFunction(aFunction(() => broken)).deliver([aDelivery(0, 3)], signal);
    expect(outcome).toEqual({ done: false, reason: 'all 3 records failed: TypeError: no total', poison: [], taken: 0 });
  });

  it('that reports a batch item failure has not got the batch', async () => {
    const target = aFunction(() => ({
      kind: 'answered',
      status: 200,
      body: `{"batchItemFailures":[{"itemIdentifier":"${POISON}"}]}`,
    }));
    const [outcome] = await overFunction(target).deliver([aDelivery(0, 5)], signal);
    expect(outcome).toMatchObject({ done: false, reason: '2 of 5 records failed: reported in batchItemFailures' });
  });

  it('that fails on one record is given the rest, and the one is named', async () => {
    const target = aFunction(numbers => (numbers.includes(POISON) ? broken : ok));
    const [bad, good] = await overFunction(target, { bisect: true }).deliver(
      [aDelivery(0, 8), aDelivery(8, 4)],
      signal,
    );
    expect(good).toEqual({ done: true });
    expect(bad).toMatchObject({
      done: false,
      reason: '1 of 8 records failed: TypeError: no total',
      taken: 7,
      poison: [{ reason: 'TypeError: no total', record: { record: { sequenceNumber: POISON } } }],
    });
    const taken = new Set(target.batches.filter(batch => !batch.includes(POISON)).flat());
    expect(taken.size).toBe(11);
  });

  it('is asked again as often as wanted', async () => {
    let calls = 0;
    const target = aFunction(() => ((calls += 1) < 3 ? broken : ok));
    const [outcome] = await overFunction(target, { retries: 2 }).deliver([aDelivery(0, 2)], signal);
    expect(outcome).toEqual({ done: true });
  });

  it('that is interrupted has said nothing', async () => {
    const stop = new AbortController();
    const target = aFunction(() => {
      stop.abort(new Error('Ctrl-C'));
      return ok;
    });
    const delivering = overFunction(target, { batchSize: 1 }).deliver([aDelivery(0, 2)], stop.signal);
    await expect(delivering).rejects.toThrow('Ctrl-C');
  });
});

describe('another queue', () => {
  const sinkOver = (queues: FakeQueues, queueName = 'replayed') =>
    queueSink(queues.gateway(), { queueName, queueUrl: fakeQueueUrl }, { clock, random: () => 0.5 });

  it('gets one message a record, in batches of ten', async () => {
    const queues = new FakeQueues({ clock });
    expect(await sinkOver(queues).deliver([aDelivery(0, 12), aDelivery(20, 1)], signal)).toEqual([
      { done: true },
      { done: true },
    ]);
    expect(queues.calls.map(call => call.entries)).toEqual([10, 3]);
    expect(JSON.parse(queues.sent[12]?.body ?? '')).toMatchObject({
      eventSourceARN: STREAM_ARN,
      dynamodb: { SequenceNumber: '800000000000000000020' },
    });
    expect(queues.sent[0]?.groupId).toBeUndefined();
  });

  it('that keeps an order gets the shard as group, and each change once', async () => {
    const queues = new FakeQueues({ clock });
    await sinkOver(queues, 'replayed.fifo').deliver([aDelivery(0, 1)], signal);
    expect(queues.sent).toMatchObject([{ groupId: SHARD_ID, deduplicationId: '800000000000000000000' }]);
  });

  it('is sent again what it did not take', async () => {
    const queues = new FakeQueues({ clock });
    queues.failsEntry = (_operation, body, nth) => (nth < 3 && body.includes('order#1"') ? 'server' : undefined);
    expect(await sinkOver(queues).deliver([aDelivery(0, 3)], signal)).toEqual([{ done: true }]);
    expect(queues.sent).toHaveLength(3);
  });

  it('that refuses a record fails its delivery only', async () => {
    const queues = new FakeQueues({ clock });
    queues.failsEntry = (_operation, body) => (body.includes('order#1"') ? 'sender' : undefined);
    const outcomes = await sinkOver(queues).deliver([aDelivery(0, 3), aDelivery(5, 2)], signal);
    expect(outcomes).toEqual([{ done: false, reason: 'The receipt handle has expired', poison: [] }, { done: true }]);
  });

  it('sends no more at once than a call may carry; what is too long by itself is refused alone', async () => {
    const queues = new FakeQueues({ clock });
    await sinkOver(queues).deliver([aDelivery(0, 5, 400_000)], signal);
    expect(queues.calls.map(call => call.entries)).toEqual([2, 2, 1]);

    queues.fails = ({ entries, nth }) => (entries === 1 && nth === 4 ? 'validation' : undefined);
    const outcomes = await sinkOver(queues).deliver([aDelivery(0, 1, 2_000_000), aDelivery(5, 1)], signal);
    expect(outcomes.map(outcome => outcome.done)).toEqual([false, true]);
  });

  it('that is not there ends the drain', async () => {
    const queues = new FakeQueues({ clock });
    queues.fails = () => 'not-found';
    await expect(sinkOver(queues).deliver([aDelivery(0, 1)], signal)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('a topic', () => {
  it('gets one notification a record, and calls of 256 KiB', async () => {
    const sizes: number[] = [];
    const gateway: TopicsGateway = {
      region: 'us-east-1',
      publishBatch: async <Entry>(_arn: string, entries: readonly Entry[]): Promise<BatchOutcome<Entry>> => {
        sizes.push(entries.length);
        return { done: entries, failed: [] };
      },
    };
    const arn = 'arn:aws:sns:us-east-1:111122223333:orders';
    const sink = topicSink(gateway, arn, { clock, random: () => 0 });
    expect(sink.name).toBe('sns:orders');
    expect(await sink.deliver([aDelivery(0, 4, 100_000)], signal)).toEqual([{ done: true }]);
    expect(sizes).toEqual([2, 2]);
  });
});
