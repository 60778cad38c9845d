import type { CommandContext } from '../../context.js';
import { ExitCode } from '../../lib/model/error.js';
import { groupBatches } from '../../lib/dlq/group-batches.js';
import { peek } from '../../lib/dlq/peek.js';
import { plural } from '../../lib/terminal/human.js';
import { withSpinner } from '../../lib/terminal/spinner.js';
import { openPlace } from './open-queue.js';
import type { PeekCommandOptions } from './peek.js';
import { batchJson, batchTable, foreignText, groupJson, groupTable } from './peek-view.js';

/** Long enough for a look at a thousand messages; they are given back at its end. */
const VISIBILITY_MS = 30_000;

/** Runs `ddbx dlq peek`. */
export async function runPeek(options: PeekCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, signal, io } = context;
  const output = context.output();
  const { source, queue } = await openPlace(options.place, VISIBILITY_MS, undefined, context);
  const look = (update: (text: string) => void) =>
    peek({
      source,
      maxMessages: options.maxMessages,
      clock,
      signal,
      onSeen: messages => {
        update(`Looking into ${source.name}: ${plural(messages, 'message')}`);
      },
    });
  const { batches, foreign, complete } = await (output.format === 'human' && io.progress
    ? withSpinner(io, `Looking into ${source.name}`, look)
    : look(() => undefined));
  const nowMs = clock.now();
  const groups = options.by === undefined ? undefined : groupBatches(batches, options.by);

  if (output.format === 'ndjson') {
    if (groups === undefined)
      for (const each of batches) await output.event({ type: 'batch', ...batchJson(each, nowMs) });
    else for (const group of groups) await output.event({ type: 'group', ...groupJson(group, nowMs) });
    await output.event({ type: 'summary', queue: source.name, batches: batches.length, foreign, complete });
  } else if (output.format === 'json') {
    const rows =
      groups === undefined
        ? { batches: batches.map(each => batchJson(each, nowMs)) }
        : { by: options.by, groups: groups.map(group => groupJson(group, nowMs)) };
    await output.document({ queue: source.name, ...rows, foreign, complete });
  } else {
    if (groups !== undefined && groups.length > 0) await output.line(await groupTable(groups, options.by, nowMs, io));
    else if (batches.length > 0) await output.line(await batchTable(batches, nowMs, io));
    else output.note(`No failed batch of a DynamoDB stream waits in ${source.name}.`);
  }
  for (const text of foreignText(foreign)) output.note(text);
  if (!complete)
    output.note(
      `Only ${plural(options.maxMessages, 'message')} were looked at (--max-messages), or as many as one look has time for.`,
    );
  if (queue !== undefined && batches.length > 0) {
    const limit = redriveLimit(queue.attributes['RedrivePolicy']);
    const where =
      limit === undefined ? '' : `; after ${limit} of them SQS moves a message to the dead-letter queue of this queue`;
    output.note(`Looking counts as a receive of each message${where}. All of them are visible again.`);
  }
  return ExitCode.done;
}

function redriveLimit(policy: string | undefined): string | undefined {
  return /"maxReceiveCount"\s*:\s*"?(\d+)/.exec(policy ?? '')?.[1];
}
