import { describe, expect, it } from 'vitest';
import { type ConflictEvent, type ConflictOptions, findConflicts } from '../../../src/lib/global/conflicts.js';
import type { AttributeMap } from '../../../src/lib/model/attribute-value.js';
import { defaultPace } from '../../../src/lib/streams/read-events.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { FakeStreams } from '../../support/fake-streams.js';

const START_MS = Date.UTC(2026, 10, 24, 12);
const EAST = 'us-east-1';
const EUROPE = 'eu-west-1';

/** The stream of one Region: one shard of it, and what happens to items there. */
interface RegionStream {
  readonly streams: FakeStreams;
  readonly shardId: string;
  /** An item becomes another version; undefined: it is not there. */
  change(key: string, before: string | undefined, after: string | undefined): void;
}

function regionStream(clock: FakeClock, region: string, pageSize?: number): RegionStream {
  const streams = new FakeStreams({ clock, region, ...(pageSize === undefined ? {} : { pageSize }) });
  const shardId = streams.open();
  const image = (key: string, version: string | undefined): AttributeMap | undefined =>
    version === undefined ? undefined : { pk: { S: key }, status: { S: version } };
  return {
    streams,
    shardId,
    change(key, before, after) {
      const [OldImage, NewImage] = [image(key, before), image(key, after)];
      streams.change(shardId, {
        Keys: { pk: { S: key } },
        ...(OldImage === undefined ? {} : { OldImage }),
        ...(NewImage === undefined ? {} : { NewImage }),
      });
    },
  };
}

function twoRegions(pageSize?: number) {
  const clock = fakeClock(START_MS);
  return { clock, east: regionStream(clock, EAST, pageSize), europe: regionStream(clock, EUROPE) };
}

/** Both Regions change the same version in the same second; what Europe wrote stays. */
function collide({ clock, east, europe }: ReturnType<typeof twoRegions>, key: string): void {
  east.change(key, 'placed', 'shipped');
  europe.change(key, 'placed', 'cancelled');
  clock.advance(1_000);
  east.change(key, 'shipped', 'cancelled');
}

async function search(
  { clock, east, europe }: ReturnType<typeof twoRegions>,
  options: Partial<ConflictOptions> = {},
  onEvent: (event: ConflictEvent) => void = () => undefined,
): Promise<readonly ConflictEvent[]> {
  const events: ConflictEvent[] = [];
  const sources = [east, europe].map(({ streams }) => {
    const { streamArn, tableName, region } = streams;
    return { gateway: streams, stream: { streamArn, tableName, region } };
  });
  const found = findConflicts({
    sources,
    start: { from: 'trim-horizon' },
    follow: false,
    pace: defaultPace,
    clock,
    random: () => 0.5,
    signal: new AbortController().signal,
    top: 10,
    windowMs: 2_000,
    regionAttribute: undefined,
    ...options,
  });
  for await (const event of found) {
    events.push(event);
    onEvent(event);
  }
  return events;
}

describe('a search of what is there', () => {
  it('finds what two Regions changed at the same time, each once, and sums it up', async () => {
    const world = twoRegions();
    collide(world, 'order#1');
    collide(world, 'order#2');
    const events = await search(world);
    expect(events.map(event => event.type)).toEqual(['conflict', 'conflict', 'summary']);
    expect(events[0]).toMatchObject({
      key: { pk: { S: 'order#1' } },
      certainty: 'certain',
      decided: true,
      base: { status: { S: 'placed' } },
      versions: [
        { regions: [EUROPE], item: { status: { S: 'cancelled' } } },
        { regions: [EAST], item: { status: { S: 'shipped' } } },
      ],
    });
    expect(events.at(-1)).toEqual({
      type: 'summary',
      records: [
        { region: EAST, records: 4 },
        { region: EUROPE, records: 2 },
      ],
      certain: 2,
      possible: 0,
      gaps: 0,
      letGo: 0,
      keys: [
        { key: 'pk=order#1', conflicts: 1 },
        { key: 'pk=order#2', conflicts: 1 },
      ],
    });
  });

  it('takes what a Region wrote and the other received for no conflict', async () => {
    const world = twoRegions();
    const { clock, east, europe } = world;
    east.change('order#1', undefined, 'placed');
    clock.advance(1_000);
    europe.change('order#1', undefined, 'placed');
    clock.advance(5_000);
    europe.change('order#1', 'placed', 'cancelled');
    clock.advance(1_000);
    east.change('order#1', 'placed', 'cancelled');
    const events = await search(world);
    expect(events.at(-1)).toMatchObject({ type: 'summary', certain: 0, possible: 0, keys: [] });
  });

  it('judges when both Regions are read, however far one is ahead of the other', async () => {
    const world = twoRegions();
    // Europe answers so late that a window that ran by the clock would have closed long ago.
    const { clock, europe } = world;
    collide(world, 'order#1');
    europe.streams.fails = ({ operation, nth }) => (operation === 'GetRecords' && nth <= 5 ? 'throttled' : undefined);
    const events = await search(world);
    expect(clock.now()).toBeGreaterThan(START_MS + 1_000);
    expect(events.map(event => event.type)).toEqual(['conflict', 'summary']);
  });

  it('says where records were gone before they were read', async () => {
    const world = twoRegions(2);
    const { east } = world;
    for (let order = 1; order <= 6; order += 1) east.change(`order#${order}`, undefined, 'placed');
    east.streams.fails = ({ operation, nth }) => {
      if (operation === 'GetRecords' && nth === 2) east.streams.trim(east.shardId, 4);
      return undefined;
    };
    const events = await search(world);
    expect(events.filter(event => event.type === 'gap')).toEqual([{ type: 'gap', region: EAST }]);
    expect(events.at(-1)).toMatchObject({ type: 'summary', gaps: 1, certain: 0 });
  });
});

describe('a search that follows', () => {
  it('tells a conflict when its window has closed, while the streams go on', async () => {
    const world = twoRegions();
    const { clock, east, europe } = world;
    const stop = new AbortController();
    east.streams.at(START_MS + 10_000, () => east.change('order#1', 'placed', 'shipped'));
    europe.streams.at(START_MS + 10_000, () => europe.change('order#1', 'placed', 'cancelled'));
    east.streams.at(START_MS + 11_000, () => east.change('order#1', 'shipped', 'cancelled'));
    let toldAtMs = 0;
    const events = await search(world, { start: { from: 'latest' }, follow: true, signal: stop.signal }, event => {
      if (event.type !== 'conflict') return;
      toldAtMs = clock.now();
      stop.abort();
    });
    expect(events.map(event => event.type)).toEqual(['caught-up', 'conflict', 'summary']);
    expect(toldAtMs).toBeGreaterThanOrEqual(START_MS + 11_000 + 2_000);
  });

  it('that is ended before says what it has so far', async () => {
    const world = twoRegions();
    const stop = new AbortController();
    collide(world, 'order#1');
    const events = await search(world, { follow: true, signal: stop.signal }, event => {
      if (event.type === 'caught-up') stop.abort();
    });
    expect(events.map(event => event.type)).toEqual(['caught-up', 'conflict', 'summary']);
  });
});
