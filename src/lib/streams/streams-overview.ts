import pLimit from 'p-limit';
import { isAwsError } from '../aws/aws-error.js';
import type { Aws } from '../aws/connection.js';
import type { StreamName, StreamStatus, StreamsGateway, StreamViewType } from '../aws/streams-gateway.js';
import type { Clock } from '../model/clock.js';
import { type ConsumerLookup, consumersOf, findConsumers } from './consumers.js';
import { pacedGateway } from './paced-gateway.js';
import { type Retention, retentionOf } from './retention.js';
import { isOpen, listShards, type StreamListing } from './shard-listing.js';

/** One stream as the list shows it. */
export interface StreamOverview {
  readonly region: string;
  readonly tableName: string;
  readonly streamArn: string;
  readonly label: string;
  readonly status: StreamStatus;
  readonly viewType: StreamViewType | undefined;
  readonly createdAtMs: number | undefined;
  /** By the endpoint's clock. */
  readonly ageMs: number | undefined;
  readonly openShards: number;
  readonly closedShards: number;
  readonly consumers: ConsumerLookup;
  readonly retention: Retention;
  /** Until the last record is gone, by the endpoint's clock; undefined while the stream is on. */
  readonly leftMs: number | undefined;
}

/** What the streams of one Region are. */
export type OverviewEvent =
  | ({ readonly type: 'stream' } & StreamOverview)
  | { readonly type: 'table-without-stream'; readonly region: string; readonly tableName: string }
  /** One stream could not be described; the others can. */
  | { readonly type: 'stream-failed'; readonly region: string; readonly streamArn: string; readonly error: unknown }
  | { readonly type: 'region-failed'; readonly region: string; readonly error: unknown };

/** What to list. */
export interface OverviewOptions {
  readonly regions: readonly string[];
  readonly tableName: string | undefined;
  readonly all: boolean;
  readonly aws: Pick<Aws, 'streams' | 'tables' | 'consumers'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

const STREAMS_AT_ONCE = 8;

/** Lists the streams of some Regions, side by side; the Regions come in the order in which they were named. */
export async function* streamsOverview(options: OverviewOptions): AsyncGenerator<OverviewEvent, void, void> {
  const regions = options.regions.map(region => ({
    region,
    listing: overviewOfRegion(region, options).catch((error: unknown): readonly OverviewEvent[] => [
      { type: 'region-failed', region, error },
    ]),
  }));
  for (const { listing } of regions) {
    yield* await listing;
    options.signal.throwIfAborted();
  }
}

async function overviewOfRegion(region: string, options: OverviewOptions): Promise<readonly OverviewEvent[]> {
  const { aws, tableName, clock, signal } = options;
  const streams = pacedGateway(await aws.streams(region), clock);
  const tableNames = options.all && tableName === undefined ? listTableNames(aws, region, signal) : [];
  const [names, allTables] = await Promise.all([listStreams(streams, tableName, signal), tableNames]);
  const parallel = pLimit(STREAMS_AT_ONCE);
  const [lookup, described] = await Promise.all([
    consumersOfRegion(names[0], region, options),
    Promise.all(names.map(name => parallel(() => describe(streams, name, signal)))),
  ]);
  const events = await Promise.all(
    described.map(async (result): Promise<readonly OverviewEvent[]> => {
      if (result === undefined) return [];
      if ('error' in result) return [{ type: 'stream-failed', region, ...result }];
      const successorMs = successorCreatedAtMs(result, described);
      return [await parallel(() => overview(result, successorMs, lookup, streams, options))];
    }),
  );
  const shown = events.flat().filter(event => event.type !== 'stream' || options.all || isReadable(event));
  const withStream = new Set(names.map(name => name.tableName));
  const without = allTables.filter(name => !withStream.has(name));
  return [
    ...shown.sort(byTableThenNewest),
    ...without.map(name => ({ type: 'table-without-stream' as const, region, tableName: name })),
  ];
}

/** Asked for once, for all streams; not at all, and without loading what it takes, where there is no stream. */
async function consumersOfRegion(
  stream: StreamName | undefined,
  region: string,
  { aws, clock, signal }: OverviewOptions,
): Promise<ConsumerLookup> {
  if (stream === undefined) return { consumers: [], unknown: [] };
  // `arn:aws:dynamodb:`, whatever the partition.
  const arnPrefix = `${stream.streamArn.split(':').slice(0, 3).join(':')}:`;
  return findConsumers(await aws.consumers(region), { arnPrefix }, clock, signal);
}

type Described = StreamListing | { readonly streamArn: string; readonly error: unknown } | undefined;

/** Undefined: the stream went away while the list was made. */
async function describe(gateway: StreamsGateway, { streamArn }: StreamName, signal: AbortSignal): Promise<Described> {
  try {
    return await listShards(gateway, streamArn, signal);
  } catch (error) {
    if (isAwsError(error, 'not-found')) return undefined;
    // What fails for the whole Region fails the Region, once.
    if (!isAwsError(error, 'denied', 'throttled', 'service', 'validation')) throw error;
    return { streamArn, error };
  }
}

async function overview(
  stream: StreamListing,
  successorCreatedAtMs: number | undefined,
  lookup: ConsumerLookup,
  gateway: StreamsGateway,
  { clock, random, signal }: OverviewOptions,
): Promise<{ readonly type: 'stream' } & StreamOverview> {
  const look = { gateway, streamArn: stream.streamArn, clock, random, signal };
  const retention = await retentionOf(stream, successorCreatedAtMs, look);
  const nowMs = gateway.serverNow();
  const createdMs = createdAtMs(stream);
  const openShards = stream.shards.filter(isOpen).length;
  return {
    type: 'stream',
    region: gateway.region,
    tableName: stream.tableName,
    streamArn: stream.streamArn,
    label: stream.label,
    status: stream.status,
    viewType: stream.viewType,
    createdAtMs: createdMs,
    ageMs: createdMs === undefined ? undefined : Math.max(0, nowMs - createdMs),
    openShards,
    closedShards: stream.shards.length - openShards,
    consumers: consumersOf(lookup, stream.streamArn),
    retention,
    leftMs: retention.kind === 'live' ? undefined : Math.max(0, retention.atMs - nowMs),
  };
}

/** A stream that is on, or that still holds records. */
function isReadable({ leftMs }: StreamOverview): boolean {
  return leftMs === undefined || leftMs > 0;
}

/** When the stream that came after this one was created; undefined when none did. */
function successorCreatedAtMs(stream: StreamListing, all: readonly Described[]): number | undefined {
  const createdMs = createdAtMs(stream);
  if (createdMs === undefined) return undefined;
  const later = all
    .filter(other => other !== undefined && !('error' in other) && other.tableName === stream.tableName)
    .map(createdAtMs)
    .filter(otherMs => otherMs !== undefined)
    .filter(otherMs => otherMs > createdMs);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** AWS names both; the label is the same instant, in UTC. */
function createdAtMs(stream: Described): number | undefined {
  if (stream === undefined || 'error' in stream) return undefined;
  if (stream.createdAtMs !== undefined) return stream.createdAtMs;
  const ms = Date.parse(`${stream.label}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

async function listStreams(
  gateway: StreamsGateway,
  tableName: string | undefined,
  signal: AbortSignal,
): Promise<readonly StreamName[]> {
  const streams: StreamName[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await gateway.listStreams({ tableName, after }, signal);
    streams.push(...page.streams);
    if (page.lastEvaluatedStreamArn === undefined || page.lastEvaluatedStreamArn === after) return streams;
    after = page.lastEvaluatedStreamArn;
  }
}

async function listTableNames(
  aws: OverviewOptions['aws'],
  region: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const gateway = await aws.tables(region);
  const names: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await gateway.listTables({ after }, signal);
    names.push(...page.tableNames);
    if (page.lastEvaluatedTableName === undefined || page.lastEvaluatedTableName === after) return names;
    after = page.lastEvaluatedTableName;
  }
}

function byTableThenNewest(a: OverviewEvent, b: OverviewEvent): number {
  const [nameA, labelA] = sortKey(a);
  const [nameB, labelB] = sortKey(b);
  if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  if (labelA === labelB) return 0;
  return labelA > labelB ? -1 : 1;
}

function sortKey(event: OverviewEvent): readonly [string, string] {
  return event.type === 'stream' ? [event.tableName, event.label] : ['\uffff', ''];
}
