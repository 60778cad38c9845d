import type { CommandContext } from '../../context.js';
import type { TableRef } from '../../lib/aws/arn.js';
import type { Aws } from '../../lib/aws/connection.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { resolveTable } from '../../lib/streams/resolve-table.js';
import { type OverviewEvent, streamsOverview } from '../../lib/streams/streams-overview.js';
import { withSpinner } from '../../lib/terminal/spinner.js';
import { regionFor } from '../region.js';
import type { ListOptions } from './list.js';
import { listDocument, listText, overviewEvent } from './list-view.js';

/** Runs `ddbx streams list`: one Region's failure does not hide the streams of the others. */
export async function runList(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, random, signal, io } = context;
  const output = context.output();
  const aws = await context.aws();
  const scope = await scopeOf(options, aws, context);
  const events: OverviewEvent[] = [];
  const collect = async (): Promise<void> => {
    const overview = streamsOverview({
      regions: scope.regions,
      tableName: options.table?.tableName,
      all: options.all,
      aws,
      clock,
      random,
      signal,
    });
    for await (const event of overview) {
      events.push(event);
      if (output.format === 'ndjson') await output.event(await overviewEvent(event));
    }
  };
  await (output.format === 'human' && io.progress
    ? withSpinner(io, `Listing streams in ${scope.regions.join(', ')}`, collect)
    : collect());
  signal.throwIfAborted();

  const failures = events.filter(event => event.type === 'region-failed' || event.type === 'stream-failed');
  const [firstFailure] = failures;
  if (firstFailure !== undefined && failures.length === events.length) throw firstFailure.error;
  const found = events.some(event => event.type === 'stream' || event.type === 'table-without-stream');
  if (!found && scope.notFound !== undefined) throw scope.notFound;

  for (const text of unknownConsumers(events)) output.detail(text);
  const { document, summary } = await listDocument(events, scope.regions);
  if (output.format === 'json') await output.document(document);
  else if (output.format === 'ndjson') await output.event({ type: 'summary', ...summary });
  else {
    if (found) await output.line(await listText(events, scope.regions, io));
    else output.note(nothingText(options, scope.regions));
    for (const { region, streamArn, message } of document.failed) output.warn(`${streamArn ?? region}: ${message}`);
  }
  return failures.length > 0 ? ExitCode.partial : ExitCode.done;
}

interface Scope {
  readonly regions: readonly string[];
  /** The table is not there; but streams outlive their table by a day, so they are looked for all the same. */
  readonly notFound: DdbxError | undefined;
}

/** The Regions to look in: those that were named, else all replicas of the table, else the configured one. */
async function scopeOf(options: ListOptions, aws: Aws, context: CommandContext): Promise<Scope> {
  if (options.regions.length > 0) return { regions: options.regions, notFound: undefined };
  const ref: TableRef | undefined = options.table;
  if (ref === undefined) return { regions: [await aws.defaultRegion()], notFound: undefined };
  const home = await regionFor(ref, aws, context.globals);
  try {
    const table = await resolveTable(await aws.tables(home), ref, context.signal);
    return { regions: [home, ...table.replicaRegions.filter(region => region !== home)], notFound: undefined };
  } catch (error) {
    if (!(error instanceof DdbxError) || error.code !== 'table-not-found') throw error;
    return { regions: [home], notFound: error };
  }
}

function nothingText({ table, all }: ListOptions, regions: readonly string[]): string {
  const where = regions.join(', ');
  if (table !== undefined) {
    return `${table.tableName} has no stream in ${where}. Turn one on with: ddbx streams enable ${table.tableName} --view new-and-old-images`;
  }
  return all
    ? `There is no table in ${where}.`
    : `No table in ${where} has a stream. ddbx streams list --all names the tables without one.`;
}

function unknownConsumers(events: readonly OverviewEvent[]): readonly string[] {
  const texts = events.flatMap(event =>
    event.type === 'stream'
      ? event.consumers.unknown.map(
          ({ kind, reason }) => `${event.region}: consumers of kind ${kind} are not known: ${reason}`,
        )
      : [],
  );
  return [...new Set(texts)];
}
