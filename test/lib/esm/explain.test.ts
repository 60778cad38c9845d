import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { awsDefaults, type MappingSettings } from '../../../src/lib/aws/mapping-settings.js';
import { explainSettings } from '../../../src/lib/esm/explain.js';

const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:orders-failures';
const explain = (settings: Partial<MappingSettings>, timeoutMs?: number) =>
  explainSettings({ ...awsDefaults, ...settings }, timeoutMs);
const textOf = (settings: Partial<MappingSettings>, topic: string, timeoutMs?: number): string =>
  explain(settings, timeoutMs).points.find(point => point.topic === topic)?.text ?? '';

describe('attempts', () => {
  it.each([
    [0, 1],
    [1, 2],
    [3, 4],
    [10_000, 10_001],
  ])('%i retries are %i invocations', (maximumRetryAttempts, attempts) => {
    expect(explain({ maximumRetryAttempts })).toMatchObject({ attempts, failingInvocations: attempts });
  });

  it('are without end when retries are', () => {
    expect(explain({})).toMatchObject({ attempts: undefined, failingInvocations: undefined, worstBlockMs: 86_400_000 });
    expect(textOf({}, 'attempts')).toContain('without end');
  });

  it('do not count throttles', () => {
    expect(textOf({ maximumRetryAttempts: 3 }, 'attempts')).toBe(
      'A batch is tried up to 4 times: 1 + 3 retries. Throttles and failures of Lambda itself do not count as retries.',
    );
    expect(textOf({ maximumRetryAttempts: 1 }, 'attempts')).toContain('1 + 1 retry.');
  });
});

describe('splits', () => {
  it.each([
    [1, 0],
    [2, 1],
    [3, 2],
    [100, 7],
    [128, 7],
    [129, 8],
    [10_000, 14],
  ])('of %i records: %i, and they use up no retry', (batchSize, splits) => {
    const explained = explain({ batchSize, bisectBatchOnFunctionError: true, maximumRetryAttempts: 2 });
    expect(explained).toMatchObject({ splits, attempts: 3, failingInvocations: splits + 3 });
  });

  it('are none without bisect: the others go down with the bad one', () => {
    expect(explain({ maximumRetryAttempts: 2 }).splits).toBe(0);
    expect(textOf({}, 'splits')).toContain('the up to 99 records beside the bad one');
    expect(textOf({ batchSize: 1 }, 'splits')).toContain('A batch is one record');
  });

  it('halving a batch down to one record takes as often as is said', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(), (batchSize, at) => {
        let [from, to] = [0, batchSize];
        const bad = at % batchSize;
        let splits = 0;
        while (to - from > 1) {
          const middle = from + Math.ceil((to - from) / 2);
          if (bad < middle) to = middle;
          else from = middle;
          splits += 1;
        }
        expect(splits).toBeLessThanOrEqual(explain({ batchSize, bisectBatchOnFunctionError: true }).splits);
      }),
    );
  });
});

describe('how long a shard is held up', () => {
  it('is at most the record age, and never more than the stream keeps', () => {
    expect(explain({ maximumRecordAgeSeconds: 3_600 }).worstBlockMs).toBe(3_600_000);
    expect(explain({ maximumRecordAgeSeconds: 604_800 }).worstBlockMs).toBe(86_400_000);
    expect(textOf({ maximumRecordAgeSeconds: 604_800 }, 'age')).toBe(
      'A record may become 7d old, but the stream drops it after 24 hours.',
    );
  });

  it('is counted out where the timeout is known', () => {
    const settings = { maximumRetryAttempts: 5, bisectBatchOnFunctionError: true, maximumRecordAgeSeconds: 43_200 };
    expect(explain(settings, 30_000).invocationsMs).toBe(13 * 30_000);
    expect(textOf(settings, 'blocks', 30_000)).toBe(
      "Its shard waits for it. 13 failing invocations x 30s timeout = 6m30s at most, and Lambda's pauses between them, which AWS does not publish. At worst it is held up for 12h, the record age.",
    );
    expect(textOf(settings, 'blocks')).toContain('13 failing invocations');
  });

  it('concerns one lane of a shard that has several', () => {
    expect(textOf({ parallelizationFactor: 4 }, 'blocks')).toContain(
      '4 lanes, by item: the lane of this item waits, the other 3 go on',
    );
  });
});

describe('where it ends', () => {
  it.each([
    ['', /disappears without a trace/],
    [QUEUE, /the queue orders-failures.*must be drained within 24 hours/],
    ['arn:aws:sns:eu-central-1:111122223333:alerts', /the topic alerts/],
    ['arn:aws:s3:::failures', /the bucket failures, with the records as payload/],
  ])('%s', (onFailure, text) => {
    expect(textOf({ onFailure }, 'ends')).toMatch(text);
  });
});

describe('partial failures and windows', () => {
  it('are explained where they are on', () => {
    expect(textOf({}, 'partial failures')).toMatch(/^Off/);
    const both = { reportBatchItemFailures: true, bisectBatchOnFunctionError: true };
    expect(textOf(both, 'partial failures')).toContain('split there instead of in the middle');
    expect(textOf({ tumblingWindowSeconds: 60 }, 'windows')).toContain('windows of 1m');
    expect(explain({}).points.map(({ topic }) => topic)).not.toContain('windows');
  });
});
