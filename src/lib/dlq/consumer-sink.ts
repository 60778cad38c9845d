import type { Clock } from '../model/clock.js';
import { replay } from '../streams/replay.js';
import { maxPayloadBytes } from '../streams/replay-batches.js';
import type { ReplayInput } from '../streams/replay-input.js';
import type { ReplayTarget } from '../streams/replay-targets.js';
import { type Delivery, DELIVERED, type DeliveryOutcome, type DrainSink, type PoisonRecord } from './drain-sink.js';

/** How a consumer gets its batches. */
export interface ConsumerSinkOptions {
  /** A function in Lambda, or a handler in a local module. */
  readonly target: ReplayTarget;
  /** Records of one invocation, at most. */
  readonly batchSize: number;
  /** How often a batch that failed is sent again. */
  readonly retries: number;
  /** Halve a batch that fails until the record that fails stands alone. */
  readonly bisect: boolean;
  readonly invokeTimeoutMs: number;
  readonly clock: Clock;
}

/**
 * Sends each batch as the Lambda event that it was, in order, and honours what the consumer reports (FACTS B.4): a
 * batch is done when the consumer has returned without failing any of its records.
 */
export function consumerSink(options: ConsumerSinkOptions): DrainSink {
  const { target } = options;
  return {
    name: target.name,
    open: signal => target.open(signal),
    async deliver(deliveries, signal) {
      const outcomes: DeliveryOutcome[] = [];
      for (const delivery of deliveries) outcomes.push(await deliverOne(delivery, options, signal));
      return outcomes;
    },
    close: () => target.close(),
  };
}

async function deliverOne(
  { message, records }: Delivery,
  options: ConsumerSinkOptions,
  signal: AbortSignal,
): Promise<DeliveryOutcome> {
  const { target, batchSize, retries, bisect, invokeTimeoutMs, clock } = options;
  const bySequenceNumber = new Map(records.map(record => [record.record.sequenceNumber, record]));
  const poison: PoisonRecord[] = [];
  let failed = 0;
  let reason = '';
  const events = replay({
    input: asInput(message.batch.shardId, records),
    // It stays open for the next batch.
    target: { name: target.name, open: async () => {}, invoke: target.invoke.bind(target), close: async () => {} },
    limits: { batchSize, windowMs: 0, maxPayloadBytes },
    retries,
    bisect,
    accepts: () => true,
    limit: undefined,
    invokeTimeoutMs,
    clock,
    signal,
  });
  let delivered = 0;
  for await (const event of events) {
    if (event.type === 'summary') delivered = event.totals.delivered;
    if (event.type !== 'records-failed') continue;
    failed += event.sequenceNumbers.length;
    reason = event.reason;
    const [only = ''] = event.sequenceNumbers;
    const record = bySequenceNumber.get(only);
    if (event.isAlone && record !== undefined) poison.push({ record, reason: event.reason });
  }
  // A replay that is stopped ends without a word about what it did not send.
  signal.throwIfAborted();
  if (failed === 0 && delivered === records.length) return DELIVERED;
  return { done: false, reason: failedText(failed, records.length, reason), poison, taken: delivered };
}

function failedText(failed: number, records: number, reason: string): string {
  const what =
    records === 1 ? 'the record' : failed === records ? `all ${records} records` : `${failed} of ${records} records`;
  return `${what} failed: ${reason}`;
}

async function* asInput(shardId: string, records: Delivery['records']): AsyncGenerator<ReplayInput, void, undefined> {
  yield { type: 'records', key: shardId, shardId, records };
  yield { type: 'flush', key: shardId };
}
