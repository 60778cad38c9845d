import { describe, expect, it } from 'vitest';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';
import { type FilterMeasurement, measureFilter, type MeasureEvent } from '../../../src/lib/streams/measure-filter.js';
import type { StreamRecord } from '../../../src/lib/streams/stream-record.js';
import { fakeClock } from '../../support/fake-clock.js';
import { aRecord } from './records.js';
import { collect, eventsOf, readScript, scriptSource, START_MS, STREAM } from './scripted-stream.js';

const at = (seconds: number) => START_MS / 1000 + seconds;
const paid = { status: { S: 'paid' } };

const records: readonly StreamRecord[] = [
  aRecord({ eventName: 'INSERT' }, { ApproximateCreationDateTime: at(0), NewImage: paid }),
  aRecord({ eventName: 'MODIFY' }, { ApproximateCreationDateTime: at(1), NewImage: paid }),
  aRecord({ eventName: 'MODIFY' }, { ApproximateCreationDateTime: at(2), NewImage: { status: { S: 'new' } } }),
  aRecord({ eventName: 'REMOVE' }, { ApproximateCreationDateTime: at(3), NewImage: undefined, SequenceNumber: '9' }),
];

async function measured(patterns: readonly unknown[], given = records): Promise<readonly MeasureEvent[]> {
  const clock = fakeClock(START_MS + 60_000);
  const options = {
    source: scriptSource(clock),
    sinceMs: START_MS,
    patterns: patterns.map(pattern => parsePattern(JSON.stringify(pattern))),
    batch: { batchSize: 100, windowMs: 0 },
  };
  return collect(measureFilter(options, readScript([{ shardId: 'shard-1', records: given, ended: false }], { clock })));
}

async function measurementOf(...patterns: readonly unknown[]): Promise<FilterMeasurement | undefined> {
  return (await measured(patterns)).flatMap(event => (event.type === 'summary' ? [event.measurement] : []))[0];
}

describe('measureFilter', () => {
  it('counts what passes, by event, the invocations, and what is lost with a reason for it', async () => {
    expect(await measurementOf({ dynamodb: { NewImage: { status: { S: ['paid'] } } } })).toStrictEqual({
      from: '2026-11-22T00:13:19Z',
      to: '2026-11-22T00:14:19Z',
      records: 4,
      passed: 2,
      share: 0.5,
      byEvent: {
        INSERT: { records: 1, passed: 1, share: 1 },
        MODIFY: { records: 2, passed: 1, share: 0.5 },
        REMOVE: { records: 1, passed: 0, share: 0 },
      },
      invocations: { batchSize: 100, windowMs: 0, withoutFilter: 4, withFilter: 2, saved: 2, savedShare: 0.5 },
      lost: {
        records: 2,
        reasons: [
          {
            filter: 1,
            path: 'dynamodb.NewImage.status.S',
            records: 2,
            example: {
              at: '2026-11-22T00:13:21Z',
              event: 'MODIFY',
              keys: { pk: 'order#1' },
              shardId: 'shard-1',
              sequenceNumber: '800000000003126276362',
              found: { kind: 'values', values: ['new'] },
            },
          },
        ],
      },
    });
  });

  it('blames the filter that is nearest, and the most frequent reason first', async () => {
    const far = { eventName: ['REMOVE'], dynamodb: { OldImage: { status: { S: ['x'] } }, Keys: { pk: { S: ['x'] } } } };
    const near = { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { status: { S: ['new'] } } } };
    const measurement = await measurementOf(far, near);
    const reasons = measurement?.lost.reasons.map(({ filter, path, records: count }) => [filter, path, count]);
    expect(reasons).toStrictEqual([
      [2, 'dynamodb.NewImage.status.S', 2],
      [1, 'dynamodb.OldImage.status.S', 1],
    ]);
  });

  it('judges records as Lambda delivers them', async () => {
    const arn = await measurementOf({ eventSourceARN: [STREAM.streamArn] });
    expect(arn?.passed).toBe(4);
    const expired = aRecord({
      eventName: 'REMOVE',
      userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
    });
    const events = await measured([{ userIdentity: { type: ['Service'] } }], [expired]);
    expect(events.at(-1)).toMatchObject({ measurement: { passed: 1, lost: { records: 0, reasons: [] } } });
  });

  it('has shares of nothing for no records', async () => {
    const events = await measured([{ eventName: ['INSERT'] }], []);
    expect(events.at(-1)).toMatchObject({
      gaps: 0,
      measurement: { records: 0, share: null, invocations: { withoutFilter: 0, savedShare: null } },
    });
  });

  it('hands on what happens while it reads, and counts the gaps', async () => {
    const clock = fakeClock(START_MS);
    const gap = {
      type: 'gap',
      stream: STREAM,
      shardId: 'shard-1',
      reason: 'trimmed',
      fromSequenceNumber: undefined,
      fromMs: undefined,
      toSequenceNumber: '8',
      toMs: START_MS,
    } as const;
    const options = {
      source: scriptSource(clock),
      sinceMs: START_MS,
      patterns: [],
      batch: { batchSize: 1, windowMs: 0 },
    };
    const page = { type: 'page', stream: STREAM, shardId: 'shard-1', records } as const;
    const events = await collect(measureFilter(options, () => eventsOf([gap, page])));
    expect(events.slice(0, 2)).toStrictEqual([gap, { type: 'measure-progress', records: 4, passed: 4 }]);
    expect(events.at(-1)).toMatchObject({ type: 'summary', gaps: 1 });
  });
});
