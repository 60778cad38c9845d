import type { CommandContext } from '../../context.js';
import type { TableRef } from '../../lib/aws/arn.js';
import { isAwsError } from '../../lib/aws/aws-error.js';
import { ExitCode, usageError } from '../../lib/model/error.js';
import { parseInstant } from '../../lib/model/instant.js';
import { openCheckpointFile } from '../../lib/streams/checkpoint-file.js';
import type { ReadStart, StreamRef } from '../../lib/streams/read-events.js';
import { emptyStats } from '../../lib/streams/read-stream.js';
import { compileRecordFilter } from '../../lib/streams/record-filter.js';
import { compileRedaction } from '../../lib/streams/redact.js';
import { currentStream, resolveTable } from '../../lib/streams/resolve-table.js';
import { waitForSuccessor } from '../../lib/streams/successor.js';
import { tail } from '../../lib/streams/tail.js';
import { chooseFilters } from '../chosen-filters.js';
import { regionFor } from '../region.js';
import type { TailOptions } from './tail.js';
import { pickTable } from './pick-table.js';
import { makeTailView } from './tail-view.js';
import { type WatchedSource, warnOfReaders } from './warn-of-readers.js';

/** How far apart in time records may arrive and still be put in order. */
const ORDER_WINDOW_MS = 2_000;

/** Runs `ddbx streams tail`: finds the streams, reads them, draws what comes. */
export async function runTail(typed: TailOptions, context: CommandContext): Promise<ExitCode> {
  const options = typed.tables.length > 0 ? typed : { ...typed, tables: [await pickTable(context)] };
  const { clock, random, signal } = context;
  const untilMs = options.until === undefined ? undefined : parseInstant(options.until, clock.now());
  const start = startOf(options, clock.now());
  if (untilMs !== undefined && start.from === 'since' && start.sinceMs >= untilMs) {
    throw usageError('--since lies after --until, so no record can be in between.');
  }
  const redact = options.redact.length === 0 ? undefined : compileRedaction(options.redact);
  const isForPeople = context.io.stdoutIsTty || options.template !== undefined;
  const output = context.output(isForPeople ? 'human' : 'ndjson');
  const chosen = chooseFilters(options.filter, context, output);
  const stats = emptyStats();
  const view = makeTailView({ options, context, output, stats });

  const sources = await findSources(options, start, context);
  const accepts = compileRecordFilter({
    events: options.events.length === 0 ? undefined : options.events,
    keys: options.keys.length === 0 ? undefined : options.keys,
    changed: options.changed.length === 0 ? undefined : options.changed,
    ttl: options.ttl,
    sinceMs: start.from === 'since' ? start.sinceMs : undefined,
    untilMs,
    patterns: await chosen.patterns(sources[0]?.stream.region),
  });
  for (const { stream, viewType } of sources) {
    if (options.changed.length === 0 || viewType === undefined || viewType === 'NEW_AND_OLD_IMAGES') continue;
    output.warn(
      `--changed finds nothing in ${stream.tableName} (${stream.region}): its stream carries ${viewType}, not both images.`,
    );
  }
  warnOfReaders(sources, context, output).catch((error: unknown) => {
    if (!signal.aborted) output.detail(`The readers could not be counted: ${String(error)}`);
  });
  const file =
    options.checkpoint === undefined
      ? undefined
      : await openCheckpointFile(
          options.checkpoint,
          sources.map(source => source.stream.streamArn),
          clock,
        );
  const events = tail(
    {
      sources: sources.map(source => {
        const positions = file?.found?.streams.get(source.stream.streamArn);
        return positions === undefined || positions.size === 0
          ? source
          : { ...source, start: { from: 'positions', positions } };
      }),
      follow: options.follow,
      endAtMs: untilMs,
      onlyShardId: options.shardId,
      accepts,
      redact,
      limit: options.limit,
      orderWindowMs: options.order === 'time' ? ORDER_WINDOW_MS : undefined,
      checkpoint: file === undefined ? undefined : { file, flush: () => output.flush() },
      pace: {
        pollIntervalMs: options.pollIntervalMs,
        maxRequestsPerSecond: options.maxRequestsPerSecond,
        maxWaitMs: options.maxWaitMs,
      },
      clock,
      random,
      signal,
    },
    stats,
  );
  let gaps = 0;
  try {
    for await (const event of events) {
      await view.draw(event);
      if (event.type === 'summary') gaps = event.totals.gaps;
    }
  } finally {
    await view.end();
  }
  if (signal.aborted) return ExitCode.interrupted;
  return gaps > 0 ? ExitCode.partial : ExitCode.done;
}

function startOf({ from }: TailOptions, nowMs: number): ReadStart {
  switch (from.kind) {
    case 'latest':
    case 'trim-horizon':
      return { from: from.kind };
    case 'since':
      return { from: 'since', sinceMs: parseInstant(from.instant, nowMs, { future: 'refuse' }) };
    case 'sequence-number':
      return { from: 'sequence-number', shardId: from.shardId, sequenceNumber: from.sequenceNumber };
  }
}

/** The stream of each table in each Region; tables are looked up side by side. */
async function findSources(
  options: TailOptions,
  start: ReadStart,
  context: CommandContext,
): Promise<readonly WatchedSource[]> {
  const aws = await context.aws();
  const inRegion = async (table: TableRef, region: string): Promise<WatchedSource> => {
    const gateway = await aws.streams(region);
    if (table.streamArn !== undefined) {
      return {
        gateway,
        start,
        isReplica: false,
        viewType: undefined,
        stream: { streamArn: table.streamArn, tableName: table.tableName, region },
      };
    }
    const tables = await aws.tables(region);
    const found = await resolveTable(tables, table, context.signal);
    const stream: StreamRef = currentStream(found);
    return {
      gateway,
      start,
      stream,
      isReplica: found.replicaRegions.length > 0,
      viewType: found.streamViewType,
      successor: (ended, signal) => waitForSuccessor(tables, ended, context.clock, signal),
    };
  };
  const pairs = await Promise.all(
    options.tables.map(async table => {
      const regions = options.regions.length > 0 ? options.regions : [await regionFor(table, aws, context.globals)];
      return regions.map(region => ({ table, region }));
    }),
  );
  const wanted = new Map(
    pairs.flat().map(pair => [`${pair.region}/${pair.table.streamArn ?? pair.table.tableName}`, pair]),
  );
  try {
    return await Promise.all([...wanted.values()].map(({ table, region }) => inRegion(table, region)));
  } catch (error) {
    if (isAwsError(error, 'aborted')) context.signal.throwIfAborted();
    throw error;
  }
}
