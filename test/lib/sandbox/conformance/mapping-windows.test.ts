import { UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MappingFixture, printingHandler, startMappingFixture } from '../mapping-fixture.js';

let fixture: MappingFixture;

/** Counts records, and keeps the count as the window's state. */
const counting = 'return { state: { count: (event.state.count ?? 0) + keys.length } };';

beforeEach(async () => {
  fixture = await startMappingFixture();
  await fixture.addFunction(printingHandler(counting));
});
afterEach(async () => {
  await fixture.close();
});

const seen = () =>
  fixture.events().map(event => ({
    records: event.Records.length,
    state: event.state,
    isFinal: event.isFinalInvokeForWindow,
    isEarly: event.isWindowTerminatedEarly,
  }));

describe('a tumbling window', () => {
  it('B.4: tells its bounds, its shard and the stream', async () => {
    await fixture.createAtRest({ TumblingWindowInSeconds: 60 });
    await fixture.put('a');
    await fixture.settle();
    const [event] = fixture.events();
    expect(event).toMatchObject({
      window: { start: '2026-11-20T10:11:00Z', end: '2026-11-20T10:12:00Z' },
      state: {},
      shardId: fixture.invocations()[0]?.shardId,
      eventSourceARN: fixture.streamArn,
      isFinalInvokeForWindow: false,
      isWindowTerminatedEarly: false,
    });
  });

  it('B.4: hands the state from one invocation to the next, and to the last one when its time is over', async () => {
    await fixture.createAtRest({ TumblingWindowInSeconds: 60 });
    for (const key of ['a', 'b']) {
      await fixture.put(key);
      await fixture.settle();
    }
    await fixture.settle(60_000);
    await fixture.put('d');
    await fixture.settle();
    expect(seen()).toEqual([
      { records: 1, state: {}, isFinal: false, isEarly: false },
      { records: 1, state: { count: 1 }, isFinal: false, isEarly: false },
      { records: 0, state: { count: 2 }, isFinal: true, isEarly: false },
      { records: 1, state: {}, isFinal: false, isEarly: false },
    ]);
  });

  it('B.4: closes with its shard; the child begins with a fresh state', async () => {
    await fixture.createAtRest({ TumblingWindowInSeconds: 900 });
    await fixture.put('a');
    await fixture.settle();
    fixture.harness.sandbox.control.rollShard({ table: 'Orders' });
    await fixture.put('b');
    await fixture.settle();
    expect(seen()).toMatchObject([
      { records: 1, isFinal: false },
      { records: 0, state: { count: 1 }, isFinal: true },
      { records: 1, state: {}, isFinal: false },
    ]);
  });

  it('B.4: takes a reply without a state for a failure', async () => {
    await fixture.addFunction(printingHandler('return {};'));
    await fixture.createAtRest({ TumblingWindowInSeconds: 60, MaximumRetryAttempts: 0 });
    await fixture.put('a');
    await fixture.settle();
    expect(fixture.discards()).toMatchObject([{ condition: 'RetryAttemptsExhausted' }]);
  });

  it('B.4: processes nothing else until its last invocation has succeeded', async () => {
    await fixture.addFunction(
      printingHandler(`if (event.isFinalInvokeForWindow) throw new Error("not yet"); ${counting}`),
    );
    await fixture.createAtRest({ TumblingWindowInSeconds: 60, MaximumRetryAttempts: 0 });
    await fixture.put('a');
    await fixture.settle(60_000);
    await fixture.put('b');
    await fixture.settle(10_000);
    expect(fixture.batches().flat()).toEqual(['a']);
    await fixture.addFunction(printingHandler(counting));
    await fixture.settle(60_000);
    expect(fixture.batches().flat()).toEqual(['a', 'b']);
  });

  it('B.4: ends early when its state is larger than 1 MB, and goes on afresh', async () => {
    await fixture.addFunction(
      printingHandler('return { state: { text: keys[0] === "a" ? "x".repeat(1024 * 1024) : "small" } };'),
    );
    await fixture.createAtRest({ TumblingWindowInSeconds: 60, BatchSize: 1 });
    await fixture.put('a', 'b');
    await fixture.settle();
    expect(seen().map(({ records, isFinal, isEarly }) => [records, isFinal, isEarly])).toEqual([
      [1, false, false],
      [0, false, true],
      [1, false, false],
    ]);
    expect(fixture.events()[2]?.state).toEqual({});
  });

  it('keeps its state over a pause', async () => {
    const UUID = await fixture.createAtRest({ TumblingWindowInSeconds: 900 });
    await fixture.put('a');
    await fixture.settle();
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    await fixture.settle(1_000);
    await fixture.put('b');
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    await fixture.settle(1_000);
    expect(seen().at(-1)).toMatchObject({ records: 1, state: { count: 1 } });
  });
});
