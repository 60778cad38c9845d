import type { Aws } from '../aws/connection.js';
import { isAwsError } from '../aws/aws-error.js';
import type { ItemsGateway } from '../aws/items-gateway.js';
import type { RegionTable } from '../aws/region-table.js';
import type { AttributeMap } from '../model/attribute-value.js';
import type { Clock } from '../model/clock.js';
import { DdbxError } from '../model/error.js';
import { mergeEvents } from '../streams/merge-events.js';
import { PROBE_MARK, probeId, probeItem, probeKey } from './probe-item.js';

/** The latencies of one direction, of the canaries that arrived. */
export interface PairTimes {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  /** Not there within the time that was given; for strong consistency: not there at the first read. */
  readonly lost: number;
  readonly p50Ms: number | undefined;
  readonly p90Ms: number | undefined;
  readonly p99Ms: number | undefined;
  readonly maximumMs: number | undefined;
}

/** What happens while canaries fly. */
export type ProbeEvent =
  | { readonly type: 'written'; readonly region: string; readonly round: number }
  | {
      readonly type: 'arrived';
      readonly from: string;
      readonly to: string;
      readonly round: number;
      readonly tookMs: number;
    }
  | {
      readonly type: 'lost';
      readonly from: string;
      readonly to: string;
      readonly round: number;
      readonly afterMs: number;
    }
  /** `left` canaries could not be removed; their keys are in `keys`. */
  | {
      readonly type: 'cleaned';
      readonly removed: number;
      readonly left: number;
      readonly keys: readonly AttributeMap[];
      readonly region: string | undefined;
    }
  | { readonly type: 'summary'; readonly runId: string; readonly pairs: readonly PairTimes[] };

/** What a probe needs. */
export interface ProbeOptions {
  readonly aws: Pick<Aws, 'items'>;
  readonly home: RegionTable;
  readonly regions: readonly string[];
  /** The table's attribute of time to live. */
  readonly timeToLive: string | undefined;
  /** Canaries of each Region. */
  readonly rounds: number;
  /** How long a canary may take. */
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** Between two reads for a canary; the times are as exact as this and the way there and back. */
const POLL_MS = 100;
const CLEANING_MS = 15_000;

/**
 * Writes a canary in each Region, round by round, and times its arrival in every other: from the moment AWS has taken
 * the write to the first strongly consistent read there that finds it. In a strongly consistent table the first read
 * must find it. Whatever happens, what was written is removed at the end, by its mark.
 * @throws AwsError for what AWS refuses
 */
export async function* probeReplicas(options: ProbeOptions): AsyncGenerator<ProbeEvent, void, undefined> {
  const { aws, regions, rounds, random, signal } = options;
  const gateways = new Map<string, ItemsGateway>();
  for (const region of regions) gateways.set(region, await aws.items(region));
  const run: Run = { options, gateways, runId: probeId(random), written: [], times: new Map(), lost: new Map() };
  let failed = true;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      yield* mergeEvents(regions.map(region => oneFlight(run, region, round)));
      signal.throwIfAborted();
    }
    failed = false;
  } finally {
    // A consumer that left early hears nothing more, but the canaries go all the same.
    const cleaned = await clean(run);
    if (!failed || !signal.aborted) yield cleaned;
  }
  yield { type: 'summary', runId: run.runId, pairs: pairsOf(run) };
}

interface Run {
  readonly options: ProbeOptions;
  readonly gateways: ReadonlyMap<string, ItemsGateway>;
  readonly runId: string;
  readonly written: { readonly region: string; readonly key: AttributeMap }[];
  /** By `from to`. */
  readonly times: Map<string, number[]>;
  readonly lost: Map<string, number>;
}

/** One canary of one Region, to all others. */
async function* oneFlight(run: Run, from: string, round: number): AsyncGenerator<ProbeEvent, void, undefined> {
  const { options, runId } = run;
  const { home, regions, clock, random, signal, timeToLive } = options;
  const key = probeKey(home.key, probeId(random));
  const item = probeItem(key, { runId, region: from, nowMs: clock.now(), timeToLive });
  // Before the call: also a write whose answer is lost may have been made.
  run.written.push({ region: from, key });
  const isNew = await gatewayOf(run, from).putNew(home.tableName, item, home.key[0]?.name ?? '', signal);
  if (!isNew) throw keyTaken(home.tableName, from);
  const writtenAtMs = clock.now();
  yield { type: 'written', region: from, round };
  yield* mergeEvents(
    regions.filter(region => region !== from).map(to => arrival(run, { from, to, round, key, writtenAtMs })),
  );
}

interface Flight {
  readonly from: string;
  readonly to: string;
  readonly round: number;
  readonly key: AttributeMap;
  readonly writtenAtMs: number;
}

async function* arrival(run: Run, flight: Flight): AsyncGenerator<ProbeEvent, void, undefined> {
  const { home, clock, signal, patienceMs } = run.options;
  const { from, to, round, key, writtenAtMs } = flight;
  const pair = `${from} ${to}`;
  for (;;) {
    const item = await gatewayOf(run, to).get(home.tableName, key, signal);
    const tookMs = clock.now() - writtenAtMs;
    if (item !== undefined) {
      run.times.set(pair, [...(run.times.get(pair) ?? []), tookMs]);
      yield { type: 'arrived', from, to, round, tookMs };
      return;
    }
    if (home.isStronglyConsistent || tookMs >= patienceMs) {
      run.lost.set(pair, (run.lost.get(pair) ?? 0) + 1);
      yield { type: 'lost', from, to, round, afterMs: tookMs };
      return;
    }
    await clock.sleep(POLL_MS, signal);
  }
}

/** Removes all canaries where they were written; their removal is replicated like any other. Also after Ctrl-C. */
async function clean(run: Run): Promise<Extract<ProbeEvent, { type: 'cleaned' }>> {
  const { home, clock } = run.options;
  const over = new AbortController();
  const timer = clock.sleep(CLEANING_MS, over.signal).then(
    () => {
      over.abort();
    },
    () => undefined,
  );
  const left: { readonly region: string; readonly key: AttributeMap }[] = [];
  await Promise.all(
    run.written.map(async ({ region, key }) => {
      try {
        const mark = { attribute: PROBE_MARK, text: run.runId };
        await gatewayOf(run, region).deleteMarked(home.tableName, key, mark, over.signal);
      } catch (error) {
        if (!isAwsError(error)) throw error;
        left.push({ region, key });
      }
    }),
  );
  over.abort();
  await timer;
  return {
    type: 'cleaned',
    removed: run.written.length - left.length,
    left: left.length,
    keys: left.map(each => each.key),
    region: left[0]?.region,
  };
}

function gatewayOf(run: Run, region: string): ItemsGateway {
  const gateway = run.gateways.get(region);
  if (gateway === undefined) throw new Error(`no gateway was opened for ${region}`);
  return gateway;
}

function pairsOf({ options, times, lost }: Run): readonly PairTimes[] {
  return options.regions.flatMap(from =>
    options.regions
      .filter(to => to !== from)
      .map((to): PairTimes => {
        const sorted = [...(times.get(`${from} ${to}`) ?? [])].sort((a, b) => a - b);
        return {
          from,
          to,
          sent: options.rounds,
          lost: lost.get(`${from} ${to}`) ?? 0,
          p50Ms: percentile(sorted, 0.5),
          p90Ms: percentile(sorted, 0.9),
          p99Ms: percentile(sorted, 0.99),
          maximumMs: sorted.at(-1),
        };
      }),
  );
}

/** The nearest rank; of few values the high percentiles are the highest one. */
function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** Cannot be by chance: the key holds 128 random bits. */
function keyTaken(tableName: string, region: string): DdbxError {
  return new DdbxError({
    code: 'probe-key-taken',
    message: `The key of a canary is there already in ${tableName} in ${region}, and nothing is written over.`,
    hint: 'Run the command again; each run has keys of its own.',
  });
}

/** The request units of a probe, at most for the writes, and about for the reads. */
export function probeUnits(regions: number, rounds: number): { readonly writes: number; readonly reads: number } {
  // Each canary is written and removed, and both are replicated to every Region (FACTS D.9).
  const writes = 2 * rounds * regions * regions;
  // About a second until it arrives.
  const reads = rounds * regions * (regions - 1) * (1_000 / POLL_MS);
  return { writes, reads };
}
