import type { CommandContext } from '../../context.js';
import { parseTableRef } from '../../lib/aws/arn.js';
import { queueOverview } from '../../lib/dlq/queue-overview.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { plural } from '../../lib/terminal/human.js';
import { withSpinner } from '../../lib/terminal/spinner.js';
import { regionFor } from '../region.js';
import type { StatusCommandOptions } from './status.js';
import { mappingName, queueJson, queueTable } from './status-view.js';

/** Runs `ddbx dlq status`. */
export async function runStatus(options: StatusCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, signal, io, globals } = context;
  const output = context.output();
  const name = options.name;
  const functionName = name === undefined ? undefined : /^(?:arn:.*:function:)?([\w-]+(?::[\w$-]+)?)$/.exec(name)?.[1];
  const table =
    name === undefined ||
    (functionName !== undefined && /:function:/.test(name)) ||
    functionName?.includes(':') === true
      ? undefined
      : parseTableRef(name);
  const aws = await context.aws();
  const region = table === undefined ? await aws.defaultRegion() : await regionFor(table, aws, globals);
  const mappings = await aws.mappings(region);
  const common = {
    mappings,
    queues: (of: string) => aws.queues(of),
    looks: options.looks,
    clock,
    signal,
  };
  const look = async () => {
    const ofTable =
      table === undefined
        ? undefined
        : await queueOverview({ ...common, tableName: table.tableName, functionName: undefined });
    if (ofTable !== undefined && ofTable.queues.length + ofTable.without.length > 0) return ofTable;
    // A name may be a function's as well as a table's.
    return queueOverview({
      ...common,
      tableName: undefined,
      functionName: name === undefined ? undefined : (functionName ?? name),
    });
  };
  const { queues, without } = await (output.format === 'human' && io.progress
    ? withSpinner(io, `Looking at the failure queues in ${region}`, look)
    : look());
  if (name !== undefined && queues.length + without.length === 0) throw nothingOf(name, region);
  const nowMs = clock.now();
  const summary = {
    region,
    messages: queues.reduce((sum, queue) => sum + (queue.depth ?? 0), 0),
    queues: queues.length,
    withoutDestination: without.map(mappingName),
  };
  if (output.format === 'ndjson') {
    for (const queue of queues) await output.event({ type: 'queue', ...queueJson(queue, nowMs) });
    await output.event({ type: 'summary', ...summary });
  } else if (output.format === 'json') {
    await output.document({ ...summary, queues: queues.map(queue => queueJson(queue, nowMs)) });
  } else if (queues.length > 0) await output.line(await queueTable(queues, nowMs, io));
  else output.note(`No mapping in ${region} sends its failures anywhere.`);
  for (const mapping of without) {
    output.note(
      `${mappingName(mapping)} has no failure destination: what it gives up is gone. ddbx dlq create <name> --attach ${mappingName(mapping)} gives it one.`,
    );
  }
  const { failAbove } = options;
  if (failAbove === undefined) return ExitCode.done;
  const unknown = queues.filter(queue => queue.kind === 'queue' && queue.depth === undefined);
  const above = queues.filter(queue => (queue.depth ?? 0) + (queue.inFlight ?? 0) > failAbove);
  if (above.length + unknown.length === 0) return ExitCode.done;
  for (const queue of above)
    output.warn(
      `${queue.name} holds ${plural((queue.depth ?? 0) + (queue.inFlight ?? 0), 'message')}, more than ${failAbove}.`,
    );
  return ExitCode.checkFailed;
}

function nothingOf(name: string, region: string): DdbxError {
  return new DdbxError({
    code: 'no-mappings',
    message: `No event source mapping in ${region} reads a stream of a table ${name}, or invokes a function ${name}.`,
    hint: 'ddbx dlq status shows all of the Region. Check the Region (--region) and the account (--profile).',
  });
}
