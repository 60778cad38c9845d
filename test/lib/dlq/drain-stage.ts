import { everyRecord } from '../../../src/lib/dlq/batch-filter.js';
import { drain } from '../../../src/lib/dlq/drain.js';
import { DrainCount, type DrainTotals } from '../../../src/lib/dlq/drain-count.js';
import type { DrainEvent, SettledMessage } from '../../../src/lib/dlq/drain-events.js';
import type { DrainOptions } from '../../../src/lib/dlq/drain-options.js';
import { type Delivery, DELIVERED, type DeliveryOutcome, type DrainSink } from '../../../src/lib/dlq/drain-sink.js';
import { queueSource } from '../../../src/lib/dlq/queue-source.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { FakeQueues, fakeQueueUrl } from '../../support/fake-queues.js';
import { FakeStreams, type FakeStreamsOptions } from '../../support/fake-streams.js';
import { failureBody } from './samples.js';

const START_MS = Date.UTC(2026, 10, 22, 12);

/** A sink that remembers what it got, and fails what it is told to. */
export class MemorySink implements DrainSink {
  readonly name = 'memory';
  readonly got: string[] = [];
  readonly deliveries: Delivery[] = [];
  opened = 0;
  closed = 0;
  fails: (delivery: Delivery, nth: number) => string | undefined = () => undefined;
  before: (deliveries: readonly Delivery[], signal: AbortSignal) => Promise<void> = async () => {};
  #count = 0;

  async open(): Promise<void> {
    this.opened += 1;
  }

  async deliver(deliveries: readonly Delivery[], signal: AbortSignal): Promise<readonly DeliveryOutcome[]> {
    await this.before(deliveries, signal);
    return deliveries.map(delivery => {
      this.#count += 1;
      const reason = this.fails(delivery, this.#count);
      if (reason !== undefined) return { done: false, reason, poison: [] };
      this.deliveries.push(delivery);
      this.got.push(...delivery.records.map(({ record }) => record.sequenceNumber));
      return DELIVERED;
    });
  }

  async close(): Promise<void> {
    this.closed += 1;
  }
}

/** A stream, a failure queue and a sink around a drain. */
export interface Stage {
  readonly clock: FakeClock;
  readonly streams: FakeStreams;
  readonly queues: FakeQueues;
  readonly sink: MemorySink;
  /** Puts the message for records of a shard into the queue. @returns its id */
  fail(shardId: string, sequenceNumbers: readonly string[], batchSize?: number): string;
  run(options?: Partial<DrainOptions>): Promise<Run>;
}

/** What a drain told. */
export interface Run {
  readonly events: readonly DrainEvent[];
  readonly totals: DrainTotals;
  readonly error: unknown;
  settled(messageId: string): SettledMessage | undefined;
}

/** Sets the stage; `visibilityMs` is how long what was taken stays hidden. */
export function drainStage(options: Partial<FakeStreamsOptions> = {}, visibilityMs = 60_000): Stage {
  const clock = fakeClock(START_MS);
  const streams = new FakeStreams({ clock, ...options });
  const queues = new FakeQueues({ clock });
  const sink = new MemorySink();
  return {
    clock,
    streams,
    queues,
    sink,
    fail: (shardId, sequenceNumbers, batchSize = sequenceNumbers.length) =>
      queues.put(
        failureBody({
          streamArn: streams.streamArn,
          shardId,
          start: sequenceNumbers[0] ?? '',
          end: sequenceNumbers.at(-1) ?? '',
          batchSize,
          writtenAtMs: clock.now(),
        }),
      ),
    async run(changes = {}) {
      const count = new DrainCount(clock.now());
      const events: DrainEvent[] = [];
      let error: unknown;
      try {
        for await (const event of drain({
          source: queueSource(queues.gateway(), { queueName: 'orders-failures', queueUrl: fakeQueueUrl }, visibilityMs),
          sinks: [sink],
          streams: async () => streams,
          filters: async () => ({ accepts: everyRecord, unknown: undefined }),
          wants: () => true,
          keep: false,
          expired: 'keep',
          archive: undefined,
          maxMessages: undefined,
          ratePerSecond: undefined,
          concurrency: 3,
          order: 'oldest',
          idleTimeoutMs: 5_000,
          maxWaitMs: 60_000,
          clock,
          random: () => 0.5,
          signal: new AbortController().signal,
          count,
          ...changes,
        })) {
          events.push(event);
        }
      } catch (thrown) {
        error = thrown;
      }
      const summary = events.find(event => event.type === 'summary');
      if (summary === undefined) throw new Error('the drain gave no summary');
      return {
        events,
        totals: summary.totals,
        error,
        settled: messageId =>
          events.find((event): event is SettledMessage => event.type === 'message' && event.messageId === messageId),
      };
    },
  };
}

/** The sum that every summary has to come to. */
export function sumOf({ deleted, kept, foreign, expired, failed }: DrainTotals): number {
  return deleted + kept + foreign + expired + failed;
}
