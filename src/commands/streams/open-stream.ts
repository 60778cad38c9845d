import type { CommandContext } from '../../context.js';
import type { TableRef } from '../../lib/aws/arn.js';
import type { Pace } from '../../lib/streams/read-events.js';
import { currentStream, resolveTable } from '../../lib/streams/resolve-table.js';
import type { Output } from '../../lib/terminal/output.js';
import { regionFor } from '../region.js';
import { type WatchedSource, warnOfReaders } from './warn-of-readers.js';

/**
 * Finds the stream that an argument names: the table's enabled one, or the one of the ARN, as a source that begins at its oldest record.
 * @throws DdbxError `table-not-found`, `stream-not-enabled`, `usage`; AwsError
 */
export async function openStream(table: TableRef, context: CommandContext): Promise<WatchedSource> {
  const aws = await context.aws();
  const region = await regionFor(table, aws, context.globals);
  const gateway = await aws.streams(region);
  const start = { from: 'trim-horizon' } as const;
  if (table.streamArn !== undefined) {
    const stream = { streamArn: table.streamArn, tableName: table.tableName, region };
    return { gateway, start, stream, isReplica: false, viewType: undefined };
  }
  const found = await resolveTable(await aws.tables(region), table, context.signal);
  return {
    gateway,
    start,
    stream: currentStream(found),
    isReplica: found.replicaRegions.length > 0,
    viewType: found.streamViewType,
  };
}

/** What reading takes besides where to begin. */
export function readingParts({ gateway, stream }: WatchedSource, context: CommandContext, pace: Pace) {
  const { clock, random, signal } = context;
  return { gateway, stream, clock, random, signal, pace };
}

/** Counts the stream's readers beside the work, which does not wait for it. */
export function watchReaders(source: WatchedSource, context: CommandContext, output: Output): void {
  warnOfReaders([source], context, output).catch((error: unknown) => {
    if (!context.signal.aborted) output.detail(`The readers could not be counted: ${String(error)}`);
  });
}
