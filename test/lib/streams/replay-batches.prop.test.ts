import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lambdaEvent } from '../../../src/lib/streams/lambda-event.js';
import { type Batch, BatchGatherer } from '../../../src/lib/streams/replay-batches.js';
import { aRecord } from './records.js';

const numberOf = (batch: Batch) => batch.records.map(({ record }) => record.sequenceNumber);

describe('BatchGatherer', () => {
  it('sends every record once, each shard in order, no batch too large', () => {
    const arrivals = fc.array(fc.record({ shard: fc.nat(2), size: fc.nat(400) }), { maxLength: 60 });
    const limits = fc.record({
      batchSize: fc.integer({ min: 1, max: 7 }),
      maxPayloadBytes: fc.integer({ min: 500, max: 2_500 }),
    });
    fc.assert(
      fc.property(arrivals, limits, (records, { batchSize, maxPayloadBytes }) => {
        const gatherer = new BatchGatherer({ batchSize, windowMs: 1_000, maxPayloadBytes });
        const sent: Batch[] = [];
        const expected = new Map<string, string[]>();
        for (const [index, { shard, size }] of records.entries()) {
          const shardId = `shard-${shard}`;
          const record = aRecord({}, { SequenceNumber: String(index + 1), Keys: { pk: { S: 'x'.repeat(size) } } });
          expected.set(shardId, [...(expected.get(shardId) ?? []), record.sequenceNumber]);
          const full = gatherer.add(shardId, shardId, { record, eventSourceArn: undefined }, 0);
          if (full !== undefined) sent.push(full);
        }
        sent.push(...gatherer.takeAll());
        for (const [shardId, numbers] of expected) {
          expect(sent.filter(batch => batch.shardId === shardId).flatMap(numberOf)).toEqual(numbers);
        }
        expect(sent.flatMap(numberOf)).toHaveLength(records.length);
        for (const batch of sent) {
          expect(batch.records.length).toBeLessThanOrEqual(batchSize);
          if (batch.records.length > 1) expect(lambdaEvent(batch.records).length).toBeLessThanOrEqual(maxPayloadBytes);
        }
      }),
    );
  });

  it('knows what has been gathered long enough', () => {
    const gatherer = new BatchGatherer({ batchSize: 10, windowMs: 1_000, maxPayloadBytes: 1e6 });
    const record = { record: aRecord(), eventSourceArn: undefined };
    expect(gatherer.nextDueAtMs).toBeUndefined();
    gatherer.add('a', 'a', record, 0);
    gatherer.add('b', 'b', record, 400);
    gatherer.add('a', 'a', record, 900);
    expect(gatherer.nextDueAtMs).toBe(1_000);
    expect(gatherer.takeDue(999)).toEqual([]);
    expect(gatherer.takeDue(1_000).map(batch => [batch.shardId, batch.records.length])).toEqual([['a', 2]]);
    expect(gatherer.nextDueAtMs).toBe(1_400);
  });
});
