import fc from 'fast-check';
import type { AwsErrorKind } from '../../../src/lib/aws/aws-error.js';
import type { FakeClock } from '../../support/fake-clock.js';
import { FakeStreams } from '../../support/fake-streams.js';

/** One thing that happens to a stream; `shard` picks among those it can happen to. */
type Step =
  | { readonly does: 'write'; readonly shard: number; readonly count: number; readonly afterMs: number }
  | { readonly does: 'split'; readonly shard: number; readonly into: number; readonly afterMs: number }
  | { readonly does: 'trim'; readonly shard: number; readonly count: number; readonly afterMs: number }
  | { readonly does: 'remove'; readonly afterMs: number };

/** What a stream went through before a read, what it goes through meanwhile, and what the endpoint is like. */
export interface History {
  readonly roots: number;
  readonly before: readonly Step[];
  readonly meanwhile: readonly Step[];
  readonly pageSize: number;
  readonly describePageSize: number;
  readonly listingDelayMs: number;
  readonly fullListingDelayMs: number;
  readonly latencyMs: number;
  readonly emptyPages: number;
  readonly shardFilter: 'known' | 'ignored' | 'refused';
  /** The calls that fail, by their number. */
  readonly faults: ReadonlyMap<number, AwsErrorKind>;
}

const afterMs = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.nat(5_000) },
  { weight: 1, arbitrary: fc.nat(100_000) },
);
const shard = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('write'), shard, count: fc.integer({ min: 1, max: 6 }), afterMs }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('split'), shard, into: fc.integer({ min: 1, max: 3 }), afterMs }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('trim'), shard, count: fc.integer({ min: 1, max: 8 }), afterMs }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('remove'), afterMs }) },
);

/** What a history may hold beside writes and splits: without trims and removals a read that is right loses nothing. */
export type Losses = 'none' | 'trims' | 'trims and removals';

const LOSING: Readonly<Record<Losses, readonly string[]>> = {
  none: [],
  trims: ['trim'],
  'trims and removals': ['trim', 'remove'],
};

/** Any history. */
export function history(...losses: readonly Losses[]): fc.Arbitrary<History> {
  return fc.constantFrom(...losses).chain(withLosses);
}

function withLosses(losses: Losses): fc.Arbitrary<History> {
  const steps = step.filter(({ does }) => does === 'write' || does === 'split' || LOSING[losses].includes(does));
  return fc.record({
    roots: fc.integer({ min: 1, max: 4 }),
    before: fc.array(steps, { maxLength: 12 }),
    meanwhile: fc.array(steps, { maxLength: 15 }),
    pageSize: fc.integer({ min: 1, max: 4 }),
    describePageSize: fc.integer({ min: 1, max: 5 }),
    listingDelayMs: fc.constantFrom(0, 0, 300, 5_000, 100_000),
    fullListingDelayMs: fc.constantFrom(0, 0, 150_000),
    latencyMs: fc.constantFrom(0, 40),
    emptyPages: fc.integer({ min: 0, max: 4 }),
    shardFilter: fc.constantFrom('known', 'known', 'ignored', 'refused'),
    faults: fc
      .array(
        fc.tuple(fc.nat(200), fc.constantFrom<AwsErrorKind>('throttled', 'service', 'network', 'expired-iterator')),
        { maxLength: 25 },
      )
      .map(entries => new Map(entries)),
  });
}

/** A stream to which the first part of a history has happened; the second is still to come, and then it is disabled. */
export function live(past: History, clock: FakeClock): FakeStreams {
  const streams = new FakeStreams({ ...past, clock, emptyPagesBetween: () => past.emptyPages });
  for (let root = 0; root < past.roots; root += 1) streams.open();
  for (const each of past.before) {
    clock.advance(each.afterMs);
    act(streams, each);
  }
  // What is taken away before anybody could have seen it listed, nobody can miss.
  const isListedAtOnce = past.listingDelayMs === 0 && past.fullListingDelayMs === 0;
  const oldIds = new Set(isListedAtOnce ? streams.shardIds : streams.shardIds.slice(0, past.roots));
  // By then whoever begins to read now has seen what is there.
  let atMs = clock.now() + 1_000;
  for (const each of past.meanwhile) {
    atMs += each.afterMs;
    streams.at(atMs, () => act(streams, each, oldIds));
  }
  // Whoever reads has seen every shard listed before the stream ends.
  const endMs = atMs + Math.max(past.listingDelayMs, past.fullListingDelayMs) + 1_000;
  streams.at(endMs, () => streams.disable());
  let seen = 0;
  streams.fails = call => {
    seen += 1;
    const kind = past.faults.get(seen);
    // A first listing that fails otherwise is a failed read, and only GetRecords knows expired iterators.
    if (call.operation === 'DescribeStream') return kind === undefined ? undefined : 'throttled';
    return call.operation !== 'GetRecords' && kind === 'expired-iterator' ? 'service' : kind;
  };
  return streams;
}

function act(streams: FakeStreams, each: Step, removable: ReadonlySet<string> = new Set()): void {
  if (each.does === 'remove') {
    // AWS takes away the oldest shards first, and only closed ones.
    const oldest = streams.oldestClosed();
    if (oldest !== undefined && removable.has(oldest)) streams.remove(oldest);
    return;
  }
  const among = each.does === 'trim' ? streams.shardIds : streams.shardIds.filter(id => streams.isOpen(id));
  const shardId = among[each.shard % Math.max(1, among.length)];
  if (shardId === undefined) return;
  if (each.does === 'write') streams.write(shardId, each.count);
  else if (each.does === 'split') streams.split(shardId, each.into);
  else streams.trim(shardId, each.count);
}
