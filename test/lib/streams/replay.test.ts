import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadEvent } from '../../../src/lib/streams/read-events.js';
import { readRecorded } from '../../../src/lib/streams/recorded.js';
import { replay, type ReplayEvent, type ReplayOptions } from '../../../src/lib/streams/replay.js';
import { inputOfRecording, inputOfStream, type ReplayInput } from '../../../src/lib/streams/replay-input.js';
import type { ReplayTarget, TargetAnswer } from '../../../src/lib/streams/replay-targets.js';
import { lambdaSplice, writeNdjson } from '../../../src/lib/streams/stream-record.js';
import { fakeClock } from '../../support/fake-clock.js';
import { collect, eventsOf, sequenceNumber, someRecords, START_MS, STREAM } from './scripted-stream.js';

const page = (shardId: string, count: number, first = 1): ReadEvent => ({
  type: 'page',
  stream: STREAM,
  shardId,
  records: someRecords(count, first),
});
const ended = (shardId: string): ReadEvent => ({ type: 'shard-ended', stream: STREAM, shardId });

const answered = (body: string): TargetAnswer => ({ kind: 'answered', status: 200, body });
const broken = (message: string): TargetAnswer => ({ kind: 'failed', status: 200, errorType: 'Unhandled', message });
const failing = (...numbers: readonly number[]): TargetAnswer =>
  answered(JSON.stringify({ batchItemFailures: numbers.map(number => ({ itemIdentifier: sequenceNumber(number) })) }));

/** A consumer that answers as it is told, and keeps the numbers of what it was given. */
class FakeTarget implements ReplayTarget {
  readonly name = 'fake';
  readonly got: (readonly number[])[] = [];
  readonly events: unknown[] = [];
  isClosed = false;
  readonly #answer: (numbers: readonly number[], call: number) => TargetAnswer | Promise<TargetAnswer>;

  constructor(answer: (numbers: readonly number[], call: number) => TargetAnswer | Promise<TargetAnswer>) {
    this.#answer = answer;
  }

  async open(): Promise<void> {}

  async invoke(event: Buffer): Promise<TargetAnswer> {
    const parsed = JSON.parse(event.toString()) as { Records: readonly { dynamodb: { SequenceNumber: string } }[] };
    this.events.push(parsed);
    const numbers = parsed.Records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber.slice(1)));
    this.got.push(numbers);
    return this.#answer(numbers, this.got.length);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

const fine = () => new FakeTarget(() => answered(''));

function aReplay(
  target: ReplayTarget | undefined,
  input: AsyncIterable<ReplayInput>,
  overrides: Partial<ReplayOptions> = {},
): ReplayOptions {
  return {
    input,
    target,
    limits: { batchSize: 100, windowMs: 0, maxPayloadBytes: 6 * 1024 * 1024 },
    retries: 0,
    bisect: false,
    accepts: () => true,
    limit: undefined,
    invokeTimeoutMs: 30_000,
    clock: fakeClock(START_MS),
    signal: new AbortController().signal,
    ...overrides,
  };
}

const run = (options: ReplayOptions) => collect(replay(options));
const stream = (...events: readonly ReadEvent[]) => inputOfStream(eventsOf(events), 0);
const answersOf = (events: readonly ReplayEvent[]) => events.filter(event => event.type === 'batch-answered');
const totalsOf = (events: readonly ReplayEvent[]) => {
  const last = events.at(-1);
  if (last?.type !== 'summary') throw new Error('no summary');
  return last.totals;
};
const batchesOf = (size: number) => ({ batchSize: size, windowMs: 0, maxPayloadBytes: 6 * 1024 * 1024 });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('replay', () => {
  it('sends each shard in order, in batches, as the exact event of Lambda', async () => {
    const target = fine();
    const events = await run(
      aReplay(target, stream(page('shard-1', 5), page('shard-2', 1, 11)), { limits: batchesOf(2) }),
    );
    expect(target.got).toEqual([[1, 2], [3, 4], [5], [11]]);
    expect(Object.keys(target.events[0] as object)).toEqual(['Records']);
    expect(target.events[0]).toMatchObject({ Records: [{ eventSourceARN: STREAM.streamArn }, {}] });
    expect(JSON.stringify(target.events)).not.toContain('shardId');
    expect(answersOf(events)[0]).toMatchObject({
      batch: 1,
      attempt: 1,
      shardId: 'shard-1',
      records: 2,
      firstSequenceNumber: sequenceNumber(1),
      lastSequenceNumber: sequenceNumber(2),
      outcome: 'success',
      status: 200,
      next: 'done',
    });
    expect(totalsOf(events)).toMatchObject({ batches: 4, invocations: 4, delivered: 6, failed: 0 });
    expect(target.isClosed).toBe(true);
  });

  it('passes by what is not wanted, and stops at the limit', async () => {
    const target = fine();
    const accepts: ReplayOptions['accepts'] = record => Number(record.sequenceNumber.slice(1)) % 2 === 1;
    const events = await run(aReplay(target, stream(page('shard-1', 20)), { accepts, limit: 3 }));
    expect(target.got).toEqual([[1, 3, 5]]);
    expect(totalsOf(events)).toMatchObject({ delivered: 3, passedOver: 2 });
  });

  it('sends nothing in a dry run', async () => {
    const events = await run(aReplay(undefined, stream(page('shard-1', 3)), { limits: batchesOf(2) }));
    expect(events.map(event => event.type)).toEqual(['batch-planned', 'batch-planned', 'summary']);
    expect(totalsOf(events)).toMatchObject({ batches: 2, invocations: 0, delivered: 0 });
  });

  it('gives a batch up when its retries are used up, and goes on with the next', async () => {
    const target = new FakeTarget(numbers => (numbers.includes(1) ? broken('boom') : answered('{}')));
    const events = await run(aReplay(target, stream(page('shard-1', 4)), { limits: batchesOf(2), retries: 2 }));
    expect(target.got).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [3, 4],
    ]);
    expect(answersOf(events).map(({ attempt, next }) => [attempt, next])).toEqual([
      [1, 'retry'],
      [2, 'retry'],
      [3, 'give-up'],
      [1, 'done'],
    ]);
    expect(events).toContainEqual({
      type: 'records-failed',
      batch: 1,
      shardId: 'shard-1',
      sequenceNumbers: [sequenceNumber(1), sequenceNumber(2)],
      reason: 'boom',
      isAlone: false,
    });
    expect(totalsOf(events)).toMatchObject({ delivered: 2, failed: 2 });
  });

  it('goes on from the lowest number that was returned', async () => {
    const target = new FakeTarget((_numbers, call) => (call === 1 ? failing(4, 3) : answered('')));
    const events = await run(aReplay(target, stream(page('shard-1', 5)), { retries: 1 }));
    expect(target.got).toEqual([range(1, 5), range(3, 5)]);
    expect(answersOf(events)[0]).toMatchObject({ outcome: 'partial', failedFrom: sequenceNumber(3), next: 'retry' });
    expect(totalsOf(events)).toMatchObject({ delivered: 5, failed: 0 });
  });

  it('counts as failed all from there on when no retry is left', async () => {
    const events = await run(aReplay(new FakeTarget(() => failing(4)), stream(page('shard-1', 5))));
    expect(totalsOf(events)).toMatchObject({ delivered: 3, failed: 2 });
    expect(totalsOf(events).failedRecords.map(record => record.sequenceNumber)).toEqual([4, 5].map(sequenceNumber));
  });

  it('sends the whole batch again for an answer that names what is not in it', async () => {
    const target = new FakeTarget((_numbers, call) => (call === 1 ? failing(99) : answered('')));
    await run(aReplay(target, stream(page('shard-1', 3)), { retries: 1 }));
    expect(target.got).toEqual([range(1, 3), range(1, 3)]);
  });

  it('halves a batch until the poison record stands alone, in order, and spends retries on that record only', async () => {
    const target = new FakeTarget(numbers => (numbers.includes(6) ? broken('poison') : answered('')));
    const events = await run(aReplay(target, stream(page('shard-1', 8)), { bisect: true, retries: 1 }));
    expect(target.got).toEqual([range(1, 8), range(1, 4), range(5, 8), [5, 6], [5], [6], [6], [7, 8]]);
    expect(events.filter(event => event.type === 'records-failed')).toMatchObject([
      { sequenceNumbers: [sequenceNumber(6)], isAlone: true, reason: 'poison' },
    ]);
    expect(totalsOf(events)).toMatchObject({ delivered: 7, failed: 1 });
  });

  it('splits at the returned number where both are on', async () => {
    const target = new FakeTarget(numbers => (numbers.includes(6) ? failing(6) : answered('')));
    const events = await run(aReplay(target, stream(page('shard-1', 8)), { bisect: true }));
    expect(target.got).toEqual([range(1, 8), [6, 7, 8], [6, 7], [6], [7], [8]]);
    expect(totalsOf(events)).toMatchObject({ delivered: 7, failed: 1 });
  });

  it('sends each record to success once or tells it, whatever the consumer does', async () => {
    const behaviour = fc.record({
      poison: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
      reports: fc.boolean(),
      bisect: fc.boolean(),
      retries: fc.nat(2),
      batchSize: fc.integer({ min: 1, max: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(behaviour, async ({ poison, reports, bisect, retries, batchSize }) => {
        const done: number[] = [];
        const target = new FakeTarget(numbers => {
          const bad = numbers.find(number => poison.includes(number));
          done.push(...numbers.filter(number => bad === undefined || (reports && number < bad)));
          if (bad === undefined) return answered('');
          return reports ? failing(bad) : broken('poison');
        });
        const events = await run(
          aReplay(target, stream(page('shard-1', 30)), { bisect, retries, limits: batchesOf(batchSize) }),
        );
        const totals = totalsOf(events);
        const failed = totals.failedRecords.map(record => Number(record.sequenceNumber.slice(1)));
        expect([...done, ...failed].sort((a, b) => a - b)).toEqual(range(1, 30));
        expect(done).toEqual(done.toSorted((a, b) => a - b));
        expect(totals.delivered).toBe(done.length);
        for (const number of poison) expect(failed).toContain(number);
        if (bisect) expect(failed).toHaveLength(poison.length);
      }),
    );
  });

  it('fails a batch that takes too long', async () => {
    const target = new FakeTarget(() => new Promise(() => {}));
    const hanging: ReplayTarget = {
      name: 'hanging',
      open: () => target.open(),
      close: () => target.close(),
      invoke: (_event, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('cut short'));
          });
        }),
    };
    const events = await run(aReplay(hanging, stream(page('shard-1', 1)), { invokeTimeoutMs: 5_000 }));
    expect(answersOf(events)).toMatchObject([{ outcome: 'failed', errorType: 'TimedOut', durationMs: 5_000 }]);
  });

  it('ends with a summary when it is interrupted in the middle of a batch', async () => {
    const stop = new AbortController();
    const target = new FakeTarget((_numbers, call) => {
      if (call === 1) return answered('');
      stop.abort();
      throw new Error('aborted');
    });
    const options = aReplay(target, stream(page('shard-1', 6)), { limits: batchesOf(2), signal: stop.signal });
    const events = await run(options);
    expect(target.got).toHaveLength(2);
    expect(totalsOf(events)).toMatchObject({ delivered: 2, failed: 0 });
    expect(target.isClosed).toBe(true);
  });

  it('passes on what makes further batches pointless', async () => {
    const target = new FakeTarget(() => {
      throw new Error('no such function');
    });
    await expect(run(aReplay(target, stream(page('shard-1', 1))))).rejects.toThrow('no such function');
    expect(target.isClosed).toBe(true);
  });

  it('gathers live records within the window, and not beyond the end of their shard', async () => {
    const clock = fakeClock(START_MS);
    const live = async function* (): AsyncGenerator<ReadEvent> {
      yield page('shard-1', 1);
      await clock.sleep(600);
      yield page('shard-1', 1, 2);
      await clock.sleep(1_000);
      yield page('shard-1', 1, 3);
      yield ended('shard-1');
      yield page('shard-2', 1, 10);
    };
    const target = fine();
    const sentAtMs: number[] = [];
    const limits = { batchSize: 100, windowMs: 1_000, maxPayloadBytes: 1e6 };
    for await (const event of replay(aReplay(target, inputOfStream(live(), 1_000), { clock, limits }))) {
      if (event.type === 'batch-answered') sentAtMs.push(clock.now() - START_MS);
    }
    expect(target.got).toEqual([[1, 2], [3], [10]]);
    expect(sentAtMs).toEqual([1_000, 1_600, 1_600]);
  });

  it('tells gaps, and counts them', async () => {
    const gap: ReadEvent = {
      type: 'gap',
      stream: STREAM,
      shardId: 'shard-1',
      reason: 'trimmed',
      fromSequenceNumber: undefined,
      fromMs: undefined,
      toSequenceNumber: undefined,
      toMs: undefined,
    };
    const events = await run(aReplay(fine(), stream(gap)));
    expect(events[0]).toEqual(gap);
    expect(totalsOf(events).gaps).toBe(1);
  });
});

describe('a recording', () => {
  const lines = (shardId: string, count: number, first: number) =>
    writeNdjson(someRecords(count, first), lambdaSplice(STREAM.streamArn, shardId));
  const recording = async function* (...parts: readonly Buffer[]) {
    yield* parts;
  };

  it('is sent in full batches, but what a new shard may be the child of is sent before it', async () => {
    const target = fine();
    const recorded = readRecorded(
      recording(
        lines('parent', 3, 1),
        lines('beside', 1, 50),
        lines('parent', 2, 4),
        lines('child', 3, 10),
        lines('beside', 4, 51),
      ),
    );
    await run(aReplay(target, inputOfRecording(recorded), { limits: batchesOf(4) }));
    expect(target.got).toEqual([range(1, 3), [50], [4, 5], range(51, 54), range(10, 12)]);
  });

  it('may be an event of Lambda without shards', async () => {
    const target = fine();
    const event = { Records: someRecords(3).map(record => record.parsed()) };
    const recorded = readRecorded(recording(Buffer.from(JSON.stringify(event))));
    const events = await run(aReplay(target, inputOfRecording(recorded)));
    expect(target.events).toEqual([event]);
    expect(answersOf(events)).toMatchObject([{ records: 3, shardId: undefined }]);
  });
});
