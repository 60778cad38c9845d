import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { awsDefaults } from '../../../src/lib/aws/mapping-settings.js';
import type { EventSourceMapping } from '../../../src/lib/aws/mappings-gateway.js';
import { oldStreamProgress } from '../../../src/lib/esm/old-stream.js';
import { planRepoint } from '../../../src/lib/esm/plan-repoint.js';
import { repoint, type RepointEvent } from '../../../src/lib/esm/repoint.js';
import { type StreamMapping, toStreamMapping } from '../../../src/lib/esm/stream-mapping.js';
import { deadlineAfter } from '../../../src/lib/streams/wait-for-table.js';
import { fakeClock } from '../../support/fake-clock.js';
import { fakeListedStreams, type ListedShard } from '../../support/fake-listed-streams.js';
import {
  type FakeMapping,
  type FakeMappings,
  fakeFunctionArn,
  fakeMappings,
  fakeUuid,
} from '../../support/fake-mappings.js';
import { fakeMetrics } from '../../support/fake-metrics.js';
import { fakeStreamArn, fakeTables } from '../../support/fake-tables.js';

const OLD_LABEL = '2026-11-20T10:11:12.123';
const NEW_LABEL = '2026-11-23T09:00:00.000';
const OLD = fakeStreamArn('Orders', OLD_LABEL);
const NEW = fakeStreamArn('Orders', NEW_LABEL);
const startMs = Date.UTC(2026, 10, 23, 10);
const ofFunction = { FunctionName: 'orders-indexer' };
const iteratorAge = { namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions: ofFunction };

interface Parts {
  readonly mappings?: readonly FakeMapping[];
  readonly shards?: readonly ListedShard[];
  readonly timeoutMs?: number;
  readonly streamOff?: boolean;
}

function setUp(parts: Parts = {}) {
  const clock = fakeClock(startMs);
  const mappings = fakeMappings(
    clock,
    parts.mappings ?? [{ settings: { batchSize: 7, filters: ['{"eventName":["INSERT"]}'] } }],
  );
  const tables = fakeTables(clock, [
    {
      tableName: 'Orders',
      latestStreamArn: NEW,
      ...(parts.streamOff === true ? {} : { streamViewType: 'KEYS_ONLY' as const }),
    },
  ]);
  const shards = parts.shards ?? [{ shardId: 'shardId-1', closed: true, endingSequenceNumber: '5' }];
  const streams = fakeListedStreams({
    clock,
    streams: [{ tableName: 'Orders', label: OLD_LABEL, status: 'DISABLED', shards }],
  });
  const metrics = fakeMetrics();
  const tools = {
    mappings,
    streams,
    metrics,
    clock,
    signal: new AbortController().signal,
    deadline: deadlineAfter(parts.timeoutMs, clock, 'go on'),
    wait: true,
    quietMs: 180_000,
    tags: { team: 'ops' },
  };
  return { clock, mappings, tables, streams, metrics, tools };
}

const ofStream = (all: readonly EventSourceMapping[]): readonly StreamMapping[] =>
  all.flatMap(mapping => toStreamMapping(mapping) ?? []);

async function planNow({ mappings, tables }: Pick<ReturnType<typeof setUp>, 'mappings' | 'tables'>, now = false) {
  const [mapping] = ofStream(mappings.all()).filter(({ uuid }) => uuid === fakeUuid(1));
  if (mapping === undefined) throw new Error('the mapping is gone');
  return planRepoint(mapping, await tables.describeTable('Orders'), ofStream(mappings.all()), now);
}

async function run(world: ReturnType<typeof setUp>, now = false): Promise<readonly RepointEvent[]> {
  const events: RepointEvent[] = [];
  for await (const event of repoint(await planNow(world, now), world.tools)) events.push(event);
  return events;
}

describe('the plan of a move', () => {
  it('waits, makes, removes; with --now it does not wait', async () => {
    expect((await planNow(setUp())).steps).toEqual(['wait', 'create', 'remove']);
    expect((await planNow(setUp(), true)).steps).toEqual(['create', 'remove']);
  });

  it('is nothing when the present stream is read', async () => {
    expect((await planNow(setUp({ mappings: [{ eventSourceArn: NEW }] }))).steps).toEqual([]);
  });

  it('goes on where it stopped: the successor is there', async () => {
    const successor = { uuid: fakeUuid(2), eventSourceArn: NEW, settings: { batchSize: 9 } };
    const plan = await planNow(setUp({ mappings: [{}, successor] }));
    expect(plan).toMatchObject({ steps: ['remove'], successor: { uuid: fakeUuid(2) }, differences: ['batchSize'] });
  });

  it('takes the mapping of another function, or of an alias, for no successor', async () => {
    const others = [
      { uuid: fakeUuid(2), eventSourceArn: NEW, functionArn: fakeFunctionArn('audit') },
      { uuid: fakeUuid(3), eventSourceArn: NEW, functionArn: fakeFunctionArn('orders-indexer:live') },
    ];
    expect((await planNow(setUp({ mappings: [{}, ...others] }))).successor).toBeUndefined();
  });

  it.each<[code: string, parts: Parts, now: boolean]>([
    ['stream-not-enabled', { streamOff: true }, false],
    ['mapping-paused', { mappings: [{ state: 'Disabled' }] }, false],
    ['filters-not-readable', { mappings: [{ settings: { filters: undefined } }] }, true],
  ])('refuses with %s', async (code, parts, now) => {
    await expect(planNow(setUp(parts), now)).rejects.toMatchObject({ code });
  });
});

describe('a move', () => {
  it('gives the same settings and tags to a mapping at the oldest record, then removes the old one', async () => {
    const world = setUp();
    const events = await run(world);
    expect(events.map(({ type }) => type)).toEqual([
      'old-stream-read',
      'requested',
      'reached',
      'requested',
      'reached',
      'repointed',
    ]);
    expect(world.mappings.all()).toMatchObject([
      {
        eventSourceArn: NEW,
        startingPosition: 'TRIM_HORIZON',
        state: 'Enabled',
        settings: { ...awsDefaults, batchSize: 7, filters: ['{"eventName":["INSERT"]}'] },
      },
    ]);
    const [moved] = world.mappings.all();
    expect(await world.mappings.tags(moved?.mappingArn ?? '')).toEqual({ team: 'ops' });
    expect(events.at(-1)).toMatchObject({ oldUuid: fakeUuid(1), uuid: moved?.uuid, streamArn: NEW, oldStreamArn: OLD });
  });

  it('keeps a paused mapping paused', async () => {
    const world = setUp({ mappings: [{ state: 'Disabled' }] });
    await run(world, true);
    expect(world.mappings.all()).toMatchObject([{ eventSourceArn: NEW, state: 'Disabled' }]);
  });

  it('waits while Lambda still reads', async () => {
    const world = setUp();
    const lastReadMs = startMs - 60_000;
    world.metrics.put(iteratorAge, 'SampleCount', [{ atMs: lastReadMs, value: 3 }]);
    const events = await run(world);
    const waits = events.filter(event => event.type === 'reading-old-stream');
    expect(waits[0]).toMatchObject({ why: 'Lambda was still reading at 2026-11-23T09:59:00Z' });
    expect(world.clock.now()).toBeGreaterThanOrEqual(lastReadMs + 180_000);
    expect(world.mappings.changes).toHaveLength(2);
  });

  it('gives up at the deadline without having changed anything', async () => {
    const world = setUp({ timeoutMs: 30_000, mappings: [{ lastProcessingResult: 'PROBLEM: Function call failed' }] });
    await expect(run(world)).rejects.toMatchObject({ exitCode: 6, hint: 'go on' });
    expect(world.mappings.changes).toEqual([]);
  });

  it('takes a mapping that somebody else has made meanwhile', async () => {
    const world = setUp();
    const plan = await planNow(world, true);
    world.mappings.put({ uuid: fakeUuid(5), eventSourceArn: NEW });
    const events: RepointEvent[] = [];
    for await (const event of repoint(plan, world.tools)) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'repointed', uuid: fakeUuid(5) });
    expect(world.mappings.all().map(({ uuid }) => uuid)).toEqual([fakeUuid(5)]);
  });

  it('ends the same wherever it is interrupted, and never without a mapping', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }), async stops => {
        const world = setUp();
        for (const stop of stops) {
          if (!world.mappings.all().some(({ uuid }) => uuid === fakeUuid(1))) break;
          let left = stop;
          for await (const _event of repoint(await planNow(world), world.tools)) {
            expect(world.mappings.all().length).toBeGreaterThan(0);
            if (left === 0) break;
            left -= 1;
          }
        }
        if (world.mappings.all().some(({ uuid }) => uuid === fakeUuid(1))) await run(world);
        expect(world.mappings.all()).toMatchObject([{ eventSourceArn: NEW, settings: { batchSize: 7 } }]);
        expect(creations(world.mappings)).toBe(1);
      }),
      { numRuns: 60 },
    );
  });
});

const creations = (mappings: FakeMappings): number =>
  mappings.changes.filter(change => change.startsWith('create')).length;

describe('the old stream', () => {
  const look = (
    world: ReturnType<typeof setUp>,
    parts: { readonly replacedAtMs?: number; readonly metrics?: readonly string[] } = {},
  ) => {
    const [mapping] = ofStream(world.mappings.all());
    if (mapping === undefined) throw new Error('no mapping');
    const settings = { ...mapping.settings, metrics: parts.metrics ?? [] };
    return oldStreamProgress({
      ...world.tools,
      mapping: { ...mapping, settings },
      replacedAtMs: parts.replacedAtMs ?? startMs - 3_600_000,
      nowMs: startMs,
    });
  };

  it.each<[what: string, parts: Parts, expected: object]>([
    ['closed and quiet', {}, { kind: 'read', because: 'quiet' }],
    ['without shards', { shards: [] }, { kind: 'read', because: 'empty' }],
    ['with an open shard', { shards: [{ shardId: 'shardId-1' }] }, { kind: 'reading' }],
    [
      'with a problem',
      { mappings: [{ lastProcessingResult: 'PROBLEM: Function call failed' }] },
      { kind: 'reading', why: 'PROBLEM: Function call failed' },
    ],
    [
      'that is gone',
      { mappings: [{ eventSourceArn: fakeStreamArn('Orders', '2026-11-01T00:00:00.000') }] },
      { kind: 'read', because: 'gone' },
    ],
  ])('%s', async (_what, parts, expected) => {
    expect(await look(setUp(parts))).toMatchObject(expected);
  });

  it('that was replaced just now says nothing by its silence', async () => {
    expect(await look(setUp(), { replacedAtMs: startMs - 60_000 })).toMatchObject({ kind: 'reading' });
  });

  it('of a mapping that was resumed just now, or is throttled, says nothing by its silence either', async () => {
    expect(await look(setUp({ mappings: [{ lastModifiedMs: startMs - 60_000 }] }))).toMatchObject({
      kind: 'reading',
      why: expect.stringContaining('the mapping was changed') as string,
    });
    const throttled = setUp();
    throttled.metrics.put({ ...iteratorAge, name: 'Throttles' }, 'Sum', [{ atMs: startMs - 60_000, value: 1 }]);
    expect(await look(throttled)).toEqual({ kind: 'reading', why: 'the function is throttled' });
  });

  it('is judged by the metrics of the mapping itself where it has them', async () => {
    const world = setUp();
    world.metrics.put(iteratorAge, 'SampleCount', [{ atMs: startMs - 60_000, value: 1 }]);
    expect(await look(world)).toMatchObject({ kind: 'reading' });
    expect(await look(world, { metrics: ['EventCount'] })).toEqual({ kind: 'read', because: 'quiet' });
  });
});
