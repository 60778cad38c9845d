import pLimit from 'p-limit';
import type { Aws } from '../aws/connection.js';
import type { RegionTable } from '../aws/region-table.js';
import type { AttributeMap } from '../model/attribute-value.js';
import type { Clock } from '../model/clock.js';
import { EventQueue } from '../streams/event-queue.js';
import { confirmDifferences } from './confirm-differences.js';
import { digestOf, digestText, keyOf, keyTextOf, rangeOf } from './item-digest.js';
import { type RegionScan, type ScanState } from './scan-state.js';
import { type UnitLimiter, unitLimiter } from './unit-limiter.js';

/** One key that is not the same in all Regions. */
export interface KeyDifference {
  readonly type: 'difference';
  readonly key: AttributeMap;
  /** By Region: the item's digest, or null where there is no item. */
  readonly items: readonly { readonly region: string; readonly digest: string | null }[];
}

/** What happens while replicas are compared. */
export type VerifyEvent =
  | {
      readonly type: 'progress';
      readonly items: number;
      readonly units: number;
      readonly segmentsDone: number;
      readonly segments: number;
    }
  /** All has been read once. */
  | {
      readonly type: 'compared';
      readonly ranges: number;
      readonly differingRanges: number;
      readonly segmentsToReread: number;
    }
  /** The differing part has been read again. */
  | { readonly type: 'narrowed'; readonly candidates: number; readonly complete: boolean }
  | KeyDifference
  | {
      readonly type: 'summary';
      readonly regions: readonly { readonly region: string; readonly items: number; readonly units: number }[];
      readonly differences: number;
      /** Keys that changed all the time while they were looked at: neither the same nor different. */
      readonly changing: number;
      /** False when there were more differing keys than are kept; then there are more than are listed. */
      readonly complete: boolean;
    };

/** What a comparison needs. */
export interface VerifyOptions {
  readonly aws: Pick<Aws, 'items'>;
  readonly home: RegionTable;
  /** Where the first reading begins; it is moved on in place. */
  readonly state: ScanState;
  /** Segments of one Region that are read at once. */
  readonly parallel: number;
  /** Read units a second, in each Region. */
  readonly maxUnitsPerSecond: number | undefined;
  /** How long replication is given before what differs is read again. */
  readonly settleMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Keeps the state; called now and then, between two pages. */
  readonly save: (state: ScanState) => Promise<void>;
}

/** The state is kept this often. */
const SAVE_MS = 5_000;
/** So many differing keys are kept; a table that differs in more is not worth a list. */
const MOST_CANDIDATES = 100_000;
const LARGEST_PAGE_BYTES = 1_048_576;
/** An eventually consistent read takes half a unit for 4 KB. */
const BYTES_PER_UNIT = 8_192;

/**
 * Compares the items of all Regions: reads each once, adds digests up by segment and by key range, reads the segments
 * that differ again after a pause, and looks at the keys that still differ one by one, strongly consistent.
 * @throws AwsError for a Region that cannot be read; run again with the same state, it goes on
 */
export async function* verifyReplicas(options: VerifyOptions): AsyncGenerator<VerifyEvent, void, undefined> {
  const { state, clock, signal, settleMs } = options;
  yield* firstReading(options);
  const { ranges, segments } = differing(state);
  yield { type: 'compared', ranges: state.ranges, differingRanges: ranges.size, segmentsToReread: segments.length };
  let differences = 0;
  let changing = 0;
  let complete = true;
  if (ranges.size > 0) {
    await clock.sleep(settleMs, signal);
    const narrowed = await readAgain(options, ranges, segments);
    ({ complete } = narrowed);
    yield { type: 'narrowed', candidates: narrowed.keys.length, complete };
    for await (const found of confirmDifferences(narrowed.keys, options)) {
      if (found.type === 'changing') changing += 1;
      else {
        differences += 1;
        yield found;
      }
    }
  }
  yield {
    type: 'summary',
    regions: state.regions.map(({ region, items, units }) => ({ region, items, units })),
    differences,
    changing,
    complete,
  };
}

/** Ranges and segments that are not the same in all Regions. */
function differing({ regions }: ScanState): {
  readonly ranges: ReadonlySet<number>;
  readonly segments: readonly number[];
} {
  const [first, ...others] = regions;
  const ranges = new Set<number>();
  const segments = new Set<number>();
  if (first === undefined) return { ranges, segments: [] };
  for (const other of others) {
    for (const range of first.byRange.differingFrom(other.byRange)) ranges.add(range);
    for (const segment of first.bySegment.differingFrom(other.bySegment)) segments.add(segment);
  }
  // With equal ranges the tables are equal, even if AWS had cut their segments differently.
  return { ranges, segments: ranges.size === 0 ? [] : [...segments].sort((a, b) => a - b) };
}

async function* firstReading(options: VerifyOptions): AsyncGenerator<VerifyEvent, void, undefined> {
  const { state, home, clock, save } = options;
  const keyNames = home.key.map(part => part.name);
  const queue = new EventQueue<VerifyEvent>();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  let savedAtMs = clock.now();
  const report = async (): Promise<void> => {
    if (clock.now() - savedAtMs >= SAVE_MS) {
      savedAtMs = clock.now();
      await save(state);
    }
    await queue.put(progressOf(state));
  };
  const reading = Promise.all(
    state.regions.map(async region => {
      const limiter = unitLimiter(options.maxUnitsPerSecond, clock);
      const left = region.segments.flatMap((segment, index) => (segment.done ? [] : [index]));
      const count = (item: AttributeMap, segment: number): void => {
        const digest = digestOf(item);
        region.bySegment.add(segment, digest);
        region.byRange.add(rangeOf(keyTextOf(item, keyNames), state.ranges), digest);
        region.items += 1;
      };
      await readSegments({ ...options, signal }, region, left, limiter, async (items, segment, lastKey) => {
        // One page is counted and its end noted in one go, so that what is saved is always whole pages.
        for (const item of items) count(item, segment);
        region.segments[segment] = { done: lastKey === undefined, lastKey };
        await report();
      });
    }),
  ).then(
    () => {
      queue.end();
    },
    (error: unknown) => {
      stop.abort();
      queue.end(error);
    },
  );
  try {
    yield* queue.events();
  } finally {
    stop.abort();
    queue.discard();
    await reading;
    await save(state);
  }
}

function progressOf({ regions, segments }: ScanState): VerifyEvent {
  const sum = (of: (region: RegionScan) => number): number => regions.reduce((total, region) => total + of(region), 0);
  return {
    type: 'progress',
    items: sum(region => region.items),
    units: sum(region => region.units),
    segmentsDone: sum(region => region.segments.filter(segment => segment.done).length),
    segments: segments * regions.length,
  };
}

type OnPage = (items: readonly AttributeMap[], segment: number, lastKey: AttributeMap | undefined) => Promise<void>;

async function readSegments(
  { aws, home, state, parallel, maxUnitsPerSecond, signal }: VerifyOptions,
  region: RegionScan,
  segments: readonly number[],
  limiter: UnitLimiter,
  onPage: OnPage,
): Promise<void> {
  const gateway = await aws.items(region.region);
  const limit = pageLimit(home, maxUnitsPerSecond);
  const atOnce = pLimit(parallel);
  await Promise.all(
    segments.map(segment =>
      atOnce(async () => {
        let after = region.segments[segment]?.lastKey;
        do {
          await limiter.turn(signal);
          signal.throwIfAborted();
          const input = { segment, segments: state.segments, after, limit };
          const page = await gateway.scan(home.tableName, input, signal);
          limiter.took(page.consumedUnits);
          region.units += page.consumedUnits;
          after = page.lastKey;
          await onPage(page.items, segment, after);
        } while (after !== undefined);
      }),
    ),
  );
}

/** Under a small limit whole pages of 1 MB (128 units) would come in bursts, so that pages are made smaller. */
function pageLimit(home: RegionTable, maxUnitsPerSecond: number | undefined): number | undefined {
  if (maxUnitsPerSecond === undefined || home.itemCount === 0) return undefined;
  const pageBytes = Math.min(LARGEST_PAGE_BYTES, maxUnitsPerSecond * BYTES_PER_UNIT);
  return Math.max(1, Math.floor(pageBytes / Math.max(1, home.sizeBytes / home.itemCount)));
}

interface Narrowed {
  readonly keys: readonly AttributeMap[];
  readonly complete: boolean;
}

/** Reads the differing segments again, keeping only keys of differing ranges: what agrees by now was in flight. */
async function readAgain(
  options: VerifyOptions,
  ranges: ReadonlySet<number>,
  segments: readonly number[],
): Promise<Narrowed> {
  const { state, home, clock } = options;
  const keyNames = home.key.map(part => part.name);
  const found = new Map<string, { readonly key: AttributeMap; readonly digests: (string | undefined)[] }>();
  let complete = true;
  await Promise.all(
    state.regions.map((region, index) => {
      // Read from their begin: the first reading's positions are behind it.
      const fresh: RegionScan = { ...region, segments: [] };
      const limiter = unitLimiter(options.maxUnitsPerSecond, clock);
      return readSegments(options, fresh, segments, limiter, async items => {
        for (const item of items) {
          const keyText = keyTextOf(item, keyNames);
          if (!ranges.has(rangeOf(keyText, state.ranges))) continue;
          const known = found.get(keyText);
          if (known === undefined && found.size >= MOST_CANDIDATES) {
            complete = false;
            continue;
          }
          const entry = known ?? { key: keyOf(item, keyNames), digests: [] };
          entry.digests[index] = digestText(digestOf(item));
          found.set(keyText, entry);
        }
      }).then(() => {
        region.units = fresh.units;
      });
    }),
  );
  const keys = [...found.values()]
    .filter(({ digests }) => state.regions.some((_, index) => digests[index] !== digests[0]))
    .map(({ key }) => key);
  return { keys, complete };
}
